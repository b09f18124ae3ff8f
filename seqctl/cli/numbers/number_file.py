"""`--input`: a file of numbers that are to be changed."""

from collections.abc import Iterator
from typing import Any

from seqctl.actions.numbers.number_list import Asked, NumberList
from seqctl.cli.errors import visible
from seqctl.cli.input_file import table_file, tell
from seqctl.cli.linting.findings import tell_problems
from seqctl.errors import UsageError
from seqctl.model.cell import unguarded
from seqctl.model.number.request import check_line
from seqctl.model.reports.file_problems import FileProblem
from seqctl.model.text import composed
from seqctl.model.time.instant import check_date

LONGEST_REASON = 1000


class NumberFile:
    """The numbers of one file; `list` is what actions take."""

    def __init__(
        self, path: str, roles: tuple[str, ...], form: dict[str, Any], skip_invalid: bool, dry_run: bool
    ) -> None:
        self.file = table_file(path, roles, form)
        self.roles = roles
        self.list = NumberList(
            self._asked(),
            visible(self.file.name),
            self.file.faults,
            self.file.found,
            skip_invalid,
            dry_run,
            form["pad"],
            form["decimal"] == "comma",
        )

    def told(self, output: str | None) -> int:
        """Say how the file was read, and what of it came to nothing; 3 where something did."""
        tell(self.file)
        return tell_problems("problems", self.list.problems, self.list.file, output)

    def _asked(self) -> Iterator[list[Asked]]:
        for rows in self.file:
            asked = [self._row(line, dict(zip(self.roles, cells, strict=True))) for line, *cells in rows]
            yield [item for item in asked if item is not None]

    def _row(self, line: int, cells: dict[str, str | None]) -> Asked | None:
        """One row; None where it is noted as a problem."""
        number = composed(unguarded((cells["number"] or "").strip()))
        role = "number"
        try:
            if not number:
                raise UsageError("is blank")
            role = "date"
            date = _line(cells.get("date"))
            if date is not None:
                date = check_date(self.file.read_date(date))
            role = "record"
            record = _line(cells.get("record"))
            check_line("record", record)
        except (ValueError, UsageError) as error:
            words = error.message if isinstance(error, UsageError) else f"has the document date {error}"
            self.list.problems.append(FileProblem(line, number, "invalid_input", words, None, role))
            return None
        own = [_line(cells.get(role)) for role in ("reason", "note", "sequence", "period")]
        return Asked(number, line, date, record, *own)


def _line(cell: str | None) -> str | None:
    """What a cell says in one line; None for a blank one."""
    said = " ".join(composed(unguarded(cell or "")).split())[:LONGEST_REASON]
    return said if said and said.isprintable() else None
