"""Values that people write, whatever they are for: what is wrong with one, and the commonest kinds."""

from __future__ import annotations

from seqctl.model.finding import nearest
from seqctl.model.text import composed, text_problem

LONGEST_NAME = 255


class ValueProblem(ValueError):
    """What is wrong with a value; `hint` says what would be right."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


def name_value(value: object) -> str:
    """A name: 1 to 255 printable characters without leading or trailing blanks."""
    if not isinstance(value, str):
        raise ValueProblem(f"{short_shown(value)} is not a name")
    name = composed(value)
    problem = text_problem(name)
    if problem:
        raise ValueProblem(f"the name {problem}", "remove that character")
    if not 1 <= len(name) <= LONGEST_NAME:
        raise ValueProblem(
            f"the name has {len(name)} characters", f"a name has 1 to {LONGEST_NAME} characters"
        )
    if name != name.strip():
        raise ValueProblem("the name begins or ends with a blank", f"write {name.strip()!r}")
    return name


def choice(value: object, choices: tuple[str, ...]) -> str:
    """One of the listed words."""
    if value not in choices:
        hint = nearest(value, choices) if isinstance(value, str) else None
        raise ValueProblem(f"{short_shown(value)} is not one of {', '.join(choices)}", hint)
    return str(value)


def short_shown(value: object) -> str:
    """A value as a message shows it, cut where it is long."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
