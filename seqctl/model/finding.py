"""Findings: one broken rule each, said so that a person can fix it."""

from seqctl.model.classes import frozen

UNREADABLE = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, StopIteration),
    *(TypeError, ValueError),
)
"""What reading a stored value raises that holds what this program would never write."""


@frozen
class Finding:
    """Where (`subject`), what (`message`) and how to fix it (`hint`).

    `severity` is `error` (nothing is applied) or `warning`. `field` names the field of the subject that is
    at fault, so that a file's line can be found.
    """

    code: str
    severity: str
    subject: tuple[str, ...]
    message: str
    hint: str | None = None
    field: tuple[str | int, ...] = ()

    @property
    def place(self) -> str:
        """The subject and field as `sequences.invoice.pattern`."""
        return ".".join(str(part) for part in (*self.subject, *self.field))

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}" if self.subject or self.field else self.message
        return f"{text}; {self.hint}" if self.hint else text


class FindingList(list[Finding]):
    """The findings on one subject, gathered field by field."""

    def __init__(self, *subject: str) -> None:
        super().__init__()
        self.subject = subject

    def error(self, field: str | tuple[str | int, ...], message: str, hint: str | None = None) -> None:
        """Note a broken rule that forbids the definition."""
        self._add("error", field, message, hint)

    def warning(self, field: str | tuple[str | int, ...], message: str, hint: str | None = None) -> None:
        """Note something that is allowed and probably not meant."""
        self._add("warning", field, message, hint)

    def _add(self, severity: str, field: str | tuple[str | int, ...], message: str, hint: str | None) -> None:
        path = (field,) if isinstance(field, str) else field
        self.append(Finding("invalid_definition", severity, self.subject, message, hint, path))


def nearest(name: str, known: "list[str] | tuple[str, ...]", alike: float = 0.6) -> str | None:
    """A hint `did you mean ...?` with the names that are near, or None; `alike` is how near, up to 1."""
    from difflib import get_close_matches

    folded = {candidate.casefold(): candidate for candidate in known}
    matches = get_close_matches(name.casefold(), list(folded), n=3, cutoff=alike)
    if not matches:
        return None
    return "did you mean " + " or ".join(repr(folded[match]) for match in matches) + "?"
