"""Regular expressions of conditions as the standard engine searches for them.

For a Python that does not tell how it reads an expression (see `regular_expression`). What is found and what
is refused is the same, but a search takes the time of the standard engine, which has no bound.
"""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

BEYOND = "the regular expression looks ahead or behind, refers back to a group or gives nothing back"
HINT = "say it with several conditions, joined by the policy's logic"

_WHOLE = re.compile(r"\\[^1-9]|\\[1-3][0-7]{2}|\[\^?\]?(?:[^\]\\]|\\[\s\S])*\]|\(\?#[^)]*\)")
"""What stands for one character, whatever it is written with, and comments."""
_BEYOND = re.compile(
    r"\\[1-9]|\(\?(?:[=!>(]|<[=!]|P=)|(?:[+*?]|\{(?:[0-9]+(?:,[0-9]*)?|,[0-9]*)\})\+", re.ASCII
)


class ExpressionProblem(ValueError):
    """Why a text is no expression that can be used; `hint` says what would be right."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class StandardExpression:
    """An expression, ready to search. Raises ExpressionProblem."""

    def __init__(self, text: str) -> None:
        with compiling(text):
            self._compiled = re.compile(text)
        if _BEYOND.search(_WHOLE.sub("x", text)):
            raise ExpressionProblem(BEYOND, HINT)

    def search(self, text: str) -> bool:
        """Whether the expression is found anywhere in the text."""
        return self._compiled.search(text) is not None


@contextmanager
def compiling(text: str) -> Iterator[None]:
    """Turn what the standard module raises for a text that is no expression into ExpressionProblem."""
    with warnings.catch_warnings():
        # Of what other versions of Python might read otherwise; nobody here could do anything.
        warnings.simplefilter("ignore")
        try:
            yield
        except (re.error, OverflowError) as error:
            raise ExpressionProblem(f"{text!r} is not a regular expression: {error}") from error
        except RecursionError:
            raise ExpressionProblem("the regular expression is nested too deeply") from None
