"""`gaps restore|block|review --input`: a file of runs, that of `gaps -o csv` for one."""

from collections.abc import Iterator
from typing import Any

from seqctl.actions.gaps.listed_runs import RunList, RunRow
from seqctl.actions.numbers.number_list import NumberList
from seqctl.cli.errors import line as write_line
from seqctl.cli.errors import visible
from seqctl.cli.input_file import table_file, tell
from seqctl.cli.linting.findings import tell_problems
from seqctl.model.cell import unguarded
from seqctl.model.reports.state_words import folded
from seqctl.model.sequence.scope import scope_values
from seqctl.model.text import composed

ROLES = (
    *("first_number", "last_number", "first", "last", "state", "reason", "sequence", "period", "scope"),
    "policy",
)
"""What the columns of a file may hold."""

STATES = {"under review": "review", "in review": "review"}


class RunFile:
    """The runs of one file; `list` is what the action takes."""

    def __init__(self, path: str, form: dict[str, Any], skip_invalid: bool, dry_run: bool) -> None:
        self.file = table_file(path, ROLES, form)
        about = NumberList(
            [], visible(self.file.name), self.file.faults, self.file.found, skip_invalid, dry_run
        )
        self.list = RunList(self._rows(), about)

    def told(self, output: str | None) -> int:
        """Say how the file was read, what was passed over, what came to nothing; 3 where something did."""
        tell(self.file)
        passed = self.list.passed_over
        if passed:
            rows = "1 row in another state was" if passed == 1 else f"{passed:,} rows in other states were"
            write_line(f"seqctl: {visible(self.file.name)}: {rows} passed over")
        return tell_problems("problems", self.list.about.problems, self.list.about.file, output)

    def _rows(self) -> Iterator[list[RunRow]]:
        for some in self.file:
            yield [self._row(line, dict(zip(ROLES, cells, strict=True))) for line, *cells in some]

    def _row(self, line: int, cells: dict[str, str | None]) -> RunRow:
        given = {name: _text(cell) for name, cell in cells.items()}
        # Integers say which counter they are of; a text may lack what a missing number never had.
        by_integer = given["first"] is not None and (given["sequence"] or given["policy"])
        first, last = (
            (given["first"], given["last"]) if by_integer else (given["first_number"], given["last_number"])
        )
        word = str(first or "")
        if last is not None and last != first:
            word = f"{word}..{last}"
        state = folded(given["state"] or "")
        scope = given["scope"]
        return RunRow(
            line,
            word,
            STATES.get(state, state),
            given["reason"],
            given["sequence"],
            given["period"],
            None if scope is None else tuple(scope_values(scope).items()),
            given["policy"],
        )


def _text(cell: str | None) -> str | None:
    """What a cell says; None for a blank one."""
    said = composed(unguarded((cell or "").strip()))
    return said or None
