"""A report as it was gathered: what is said of the whole, and the rows of its sheets, out of memory."""

from __future__ import annotations

from seqctl.json_text import to_json
from seqctl.model.classes import NamedTuple, field, frozen, mutable
from seqctl.model.report.pictures import Fill, Strip
from seqctl.model.report.sheets import FORMS, SheetForm
from seqctl.model.reports.windows import Window
from seqctl.model.sequence.scope import scope_values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Protocol

    class Aside(Protocol):
        """Where rows lie until they are written."""

        def add(self, value: Any) -> None:
            """Put a row behind the others."""

        def items(self) -> Iterator[Any]:
            """The rows in their order."""

        def close(self) -> None:
            """Throw everything away."""


Row = tuple["object", ...]


class Answer(NamedTuple):
    """A line of the summary: a question, the answer in words, and the sheet that has the rest.

    `good` is None where the answer only tells, and nothing about it could be wrong.
    """

    sheet: str
    question: str
    answer: str
    good: bool | None


class Sheet:
    """The rows of one sheet: first all are added, then they are read, as often as needed, once at a time."""

    __slots__ = ("_rows", "form", "rows")

    def __init__(self, form: SheetForm, rows: Aside) -> None:
        self.form = form
        self.rows = 0
        self._rows = rows

    def add(self, *row: object) -> None:
        """Add a row, its cells in the order of the columns."""
        self._rows.add(row)
        self.rows += 1

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows.items())

    def lines(self) -> Iterator[str]:
        """The rows as JSON objects, one a line, without the line ends."""
        names = [column.name for column in self.form.columns]
        scope = names.index("scope") if "scope" in names else None
        for row in self:
            named = dict(zip(names, row, strict=True))
            if scope is not None:
                named["scope"] = scope_values(str(row[scope] or ""))
            yield to_json(named)

    def close(self) -> None:
        """Throw the rows away."""
        self._rows.close()


@frozen
class Made:
    """What a report is of, and how it was made: of which book, when, by whom, with which version.

    `targets`, `set_name` and `window` are what it was narrowed to. `head` is the number and the hash of the
    newest event. `documents` is the name of the file of documents and the SHA-256 of what it holds.
    """

    book: str
    identity: str
    zone: str
    at: str
    actor: str
    version: str
    head: tuple[int, str]
    targets: tuple[str, ...] = ()
    set_name: str | None = None
    window: Window = field(factory=Window)
    documents: tuple[str, str] | None = None
    newest: str | None = None


@mutable
class Report:
    """All of a report. `strips` has a picture of each counter, `days` how many numbers each day has,
    `fills` how full each range is.

    A context: what lies outside of memory goes with it.
    """

    made: Made
    sheets: dict[str, Sheet]
    strips: Aside
    answers: list[Answer] = field(factory=list)
    days: dict[str, int] = field(factory=dict)
    fills: list[Fill] = field(factory=list)

    @property
    def good(self) -> bool:
        """Whether no line of the summary is bad."""
        return all(answer.good is not False for answer in self.answers)

    def pictures(self) -> Iterator[Strip]:
        """The strip of each counter."""
        return map(Strip._make, self.strips.items())

    def title(self, key: str) -> str:
        """What people call a sheet."""
        return FORMS[key].title

    def close(self) -> None:
        """Throw the rows away."""
        for sheet in self.sheets.values():
            sheet.close()
        self.strips.close()

    def __enter__(self) -> Report:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
