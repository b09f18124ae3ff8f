"""Numbers put aside on this machine before the book is locked, and moved to the server within a transaction.

They lie in files without a name that only this process can read, so that a pooler may give each transaction
another session, and nobody waits for the lock while they are read from a slow source.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from seqctl.model.classes import NamedTuple
from seqctl.model.reports.staged import UNTOLD, StagedNumbers, StagedProblem, Telling
from seqctl.store.aside.put_aside import PutAside
from seqctl.store.postgres.bulk.rows import line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PACKED = ("lines", "places", "values", "texts", "dates", "records")
PAGE = 1000

StagedRow = tuple[int, int, int, str, str | None, str | None]
"""A staged number in the order of PACKED."""


class StagedPage(NamedTuple):
    """Some staged numbers in the order of the input, and what is told of some of them, by line."""

    rows: list[StagedRow]
    told: dict[int, Telling]


TO_ADOPT, UNCHANGED, REFUSED, MISFIT = range(4)
"""What is known of a staged number. A misfit does not fit the pattern, and yet the ledger may hold it."""

TABLES = """
CREATE TEMP TABLE staged (line BIGINT PRIMARY KEY, place BIGINT, value BIGINT, text TEXT COLLATE "C" NOT NULL,
  date TEXT COLLATE "C", record TEXT COLLATE "C", entered TEXT COLLATE "C" NOT NULL, reason TEXT COLLATE "C",
  actor TEXT COLLATE "C", source_at TEXT COLLATE "C", note TEXT COLLATE "C", document_type TEXT COLLATE "C",
  state INTEGER NOT NULL DEFAULT 0) ON COMMIT DROP;
CREATE TEMP TABLE staged_place (place BIGINT PRIMARY KEY, counter_id BIGINT, space TEXT COLLATE "C",
  domain TEXT COLLATE "C", first BIGINT, last BIGINT, closed_until TEXT COLLATE "C", ends TEXT COLLATE "C",
  document_type TEXT COLLATE "C" NOT NULL, own_type TEXT COLLATE "C" NOT NULL)
  ON COMMIT DROP;
CREATE TEMP TABLE staged_problem (place BIGINT GENERATED ALWAYS AS IDENTITY, line BIGINT NOT NULL,
  code TEXT NOT NULL, message TEXT NOT NULL, hint TEXT, role TEXT NOT NULL, PRIMARY KEY (line, role))
  ON COMMIT DROP;
CREATE TEMP TABLE staged_held (line BIGINT PRIMARY KEY, counter_id BIGINT, value BIGINT) ON COMMIT DROP;
"""


STAGED = "line, place, value, text, date, record, entered, reason, actor, source_at, note, document_type"


class Staging:
    """The staged numbers of one store; `unpacked` says that questions are asked of all of them."""

    __slots__ = ("_numbers", "_problems", "unpacked")

    def __init__(self) -> None:
        self._numbers: PutAside | None = None
        self._problems: PutAside | None = None
        self.unpacked = False

    def begin(self) -> None:
        """Make room for the numbers of one request."""
        self.discard()
        self._numbers, self._problems = PutAside(), PutAside()

    def add(self, numbers: StagedNumbers) -> None:
        """Put numbers aside that belong to a place, in the order of the input."""
        assert self._numbers is not None
        if numbers.lines:
            self._numbers.add([numbers.told, *(getattr(numbers, name) for name in PACKED)])

    def refuse(self, problems: Iterable[StagedProblem]) -> None:
        """Put numbers aside that cannot be entered, with the reason."""
        assert self._problems is not None
        remaining = iter(problems)
        while some := [tuple(problem) for problem in islice(remaining, PAGE)]:
            self._problems.add(some)

    def unpack(self) -> None:
        """Make it possible to ask questions of all numbers at once: the next transaction has them."""
        self.unpacked = True

    def clear(self) -> None:
        """Throw everything away."""
        self.discard()

    def discard(self) -> None:
        """The same, for a store that is closed."""
        for aside in (self._numbers, self._problems):
            if aside is not None:
                aside.close()
        self._numbers = self._problems = None
        self.unpacked = False

    def packed(self) -> Iterator[StagedPage]:
        """The numbers that were put aside, thousands at a time, in the order of the input."""
        items = () if self._numbers is None else self._numbers.items()
        return (StagedPage(list(zip(*columns, strict=True)), told) for told, *columns in items)

    def problems(self) -> Iterator[list[StagedProblem]]:
        """The numbers that cannot be entered, some at a time, in the order in which they came."""
        items = () if self._problems is None else self._problems.items()
        return ([StagedProblem(*each) for each in some] for some in items)


def lines(page: StagedPage) -> str:
    """Staged numbers as COPY takes them."""
    told = page.told
    return "".join([line((*row, *told.get(row[0], UNTOLD))) for row in page.rows])


def refused_line(problem: StagedProblem) -> str:
    """A number that cannot be entered as COPY takes it, with its state behind it."""
    place = (problem.line, problem.place, problem.value, problem.text, problem.date, problem.record)
    return line((*place, *(problem.told or UNTOLD), MISFIT if problem.may_be_held else REFUSED))


def page_of(rows: "list[Any]") -> StagedPage:
    """Staged numbers as they were put aside, from rows of STAGED."""
    told = {row[0]: row[6:] for row in rows if row[6:] != UNTOLD}
    return StagedPage([row[:6] for row in rows], told)
