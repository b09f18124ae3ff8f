"""Every error that a person can cause, with its code, its exit status and a hint.

The classes carry the exit status of the command line's contract; `seqctl.__main__` is the one place
that turns them into a status, and `seqctl.cli` the one that words them. Nothing here knows of Typer.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ParamSpec, TypeVar

    P = ParamSpec("P")
    T = TypeVar("T")


class SeqctlError(Exception):
    """A refusal: what is wrong, where, and in `hint` what to do next.

    `code` is the short name that scripts may test for; it never changes its meaning. `problems` lists every
    problem where there are several, like ones together; `findings` the first thousands of an input one by one
    (`FileFinding`), and `findings_count` how many there are.
    """

    exit_status = 1
    again = False
    """Whether nothing was done, and the same request may succeed if it is repeated at once."""

    def __init__(self, code: str, message: str, hint: "str | None" = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.problems: tuple[str, ...] = ()
        self.findings: tuple[Any, ...] = ()
        self.findings_count = 0

    def __reduce__(self) -> "tuple[object, ...]":
        """How an error is copied and pickled, whatever its class is made from: with all that it holds.

        An exception is else made anew from its message alone, which ends in a TypeError, and in a pool of
        processes in a parent that waits for ever.
        """
        return Exception.__new__, (type(self), *self.args), self.__dict__


def repeatable(action: "Callable[P, T]") -> "Callable[P, T]":
    """An action that is repeated as a whole if nothing was done and the same may succeed at once.

    The store decides how often and how long (`again` of an error). An action whose input can be read only
    once is not repeated.
    """

    def repeated(*given: "P.args", **named: "P.kwargs") -> "T":
        while True:
            try:
                return action(*given, **named)
            except SeqctlError as error:
                if not error.again or any(getattr(each, "read_once", False) for each in given):
                    raise

    repeated.__wrapped__ = action  # type: ignore[attr-defined]
    repeated.__doc__, repeated.__module__ = action.__doc__, action.__module__
    repeated.__name__ = repeated.__qualname__ = action.__name__
    return repeated


class TextHeld(Exception):
    """The store's sign that a text to be issued is held already; actions turn it into a refusal."""


class UsageError(SeqctlError):
    """The command line itself is wrong: a missing option, a value of the wrong shape."""

    exit_status = 2

    def __init__(self, message: str, hint: "str | None" = None, code: str = "usage") -> None:
        super().__init__(code, message, hint)


class NotFound(SeqctlError):
    """Something that was named does not exist."""

    exit_status = 4

    def __init__(self, message: str, hint: "str | None" = None) -> None:
        super().__init__("not_found", message, hint)


class Refused(SeqctlError):
    """A rule forbids the request. Nothing was issued and nothing was changed."""

    exit_status = 5


class InvalidInput(SeqctlError):
    """A definition or an input file is invalid. Every problem is in `problems`; nothing was applied."""

    exit_status = 6


class DatabaseUnusable(SeqctlError):
    """The book cannot be used as it is: not a database, damaged, too new, not writable."""

    exit_status = 7


class NotDelivered(SeqctlError):
    """The numbers are committed, but their output failed; the message names them."""

    exit_status = 74

    def __init__(self, message: str, hint: "str | None" = None) -> None:
        super().__init__("not_delivered", message, hint)


class Busy(SeqctlError):
    """Another writer held the lock of the book for longer than the caller wanted to wait."""

    exit_status = 75

    def __init__(self, message: str, hint: "str | None" = None) -> None:
        super().__init__("busy", message, hint)


class ServerAway(SeqctlError):
    """The server of the book cannot be reached, or cannot keep its promises now: try again."""

    exit_status = 75


class ConfirmationNeeded(UsageError):
    """A person has to confirm: on a terminal seqctl asks, otherwise the hint names the flag."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "if this is what you want, add --yes", "confirmation_needed")
