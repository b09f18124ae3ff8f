"""Tens of thousands of definitions in one file: the work grows as the file does, not as its square."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn, cast

import pytest

from seqctl.actions import define, plan_definitions
from seqctl.actions.planning.calendars import plan_calendars
from seqctl.actions.planning.planning import Planning, unwatched
from seqctl.definitions.toml.reader import read_definitions
from seqctl.definitions.toml.sources import Source
from seqctl.model.catalogue.catalogue import Catalogue, Wanted
from seqctl.model.catalogue.plan import Plan
from seqctl.model.classes import replaced
from seqctl.model.sequence.check import check_sequence
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.calendar import Calendar
from seqctl.store.port import Store, Transaction
from seqctl.store.sqlite.file.create import open_store
from tests.steps import database_steps, evenly, grows_evenly

SEQUENCE = '[sequences.c{0:05}]\ndocument_type = "invoice"\npattern = "C{0:05}-{{number:5}}"\n'
MEMBER = '[sets.s{0:05}]\nmembers = {{ invoice = "c{0:05}" }}\n'
SET = MEMBER + 'assignments = ["customer:K{0:05}"]\n'
POLICY = (
    '[policies.p{0:05}]\ndocument_type = "invoice"\nsequence = "c{0:05}"\n'
    'conditions = [{{ field = "customer", operator = "equals", value = "K{0:05}" }}]\n'
)
CALENDAR = '[calendars.odd]\nstart = "02-29"\nnamed_by = "start"\n'
YEARLY = SEQUENCE + 'calendar = "odd"\nreset = "fiscal-year"\n'
FISCAL = (
    '[calendars.y{0:05}]\nstart = "{1}"\nnamed_by = "start"\n[sequences.c{0:05}]\ndocument_type = "invoice"\n'
    'pattern = "C{0:05}-{{FY}}-{{number:5}}"\ncalendar = "y{0:05}"\nreset = "fiscal-year"\n'
)
BROKEN = '[sequences.c{0:05}]\npattern = "C{0:05}"\n'

FILES: dict[str, tuple[str, str]] = {
    "sequences": ("", SEQUENCE),
    "sets with owners": ("", SEQUENCE + SET),
    "sets that keep their owners": ("", SEQUENCE + MEMBER),
    "policies": ("", SEQUENCE + POLICY),
    "calendars": ("", FISCAL),
    "sets whose sequences are not there": ("", SET),
    "policies whose sequences are not there": ("", POLICY),
    "sets of sequences that are refused": ("", BROKEN + SET),
    "sequences whose calendar is refused": (CALENDAR, YEARLY),
}
"""What stands once at the head of a file, and what stands in it again and again."""


def wanted(name: str, size: int, prune: bool = False, start: str = "04-01", shift: int = 0) -> Wanted:
    """So many definitions; `start` is where calendars begin, `shift` by how much owners are other ones."""
    head, each = FILES[name]
    each = each.replace('"customer:K{0:05}"', '"customer:K{2:05}"')
    text = head + "".join(each.format(number, start, number + shift) for number in range(size))
    found = read_definitions([Source("many.toml", text)]).wanted
    found.prune = prune
    return found


@pytest.mark.parametrize("name", [name for name in FILES if name != "calendars"])
def test_planning_grows_as_the_file_does(name: str, tmp_path: Path) -> None:
    numbers = count()

    def work(size: int) -> Callable[[], Plan]:
        given = wanted(name, size)
        store = open_store(str(tmp_path / f"{next(numbers)}.db"), create=True, actor="ada")
        return lambda: planned(store, given)

    assert grows_evenly(work, 60)


@pytest.mark.parametrize("name", ["sequences", "sets with owners", "policies", "calendars"])
@pytest.mark.parametrize("again", [False, True], ids=["new", "all-changed"])
def test_writing_grows_as_the_file_does(name: str, again: bool, tmp_path: Path) -> None:
    def steps(size: int) -> int:
        with open_store(str(tmp_path / f"{size}.db"), create=True, actor="ada") as store:
            if again:
                define(store, wanted(name, size), "import", "many.toml")
            given = wanted(name, size, start="05-01", shift=100_000)
            for sequence in given.sequences.values():
                sequence["title"] = "Many"
            for policy in given.policies.values():
                policy["priority"] = 3
            return database_steps(store.connection, lambda: define(store, given, "import", "many.toml"))

    assert evenly(steps(100), steps(400), 4)


def test_moving_calendars_looks_at_each_sequence_once() -> None:
    def work(size: int) -> Callable[[], object]:
        names = [f"y{number}" for number in range(size)]
        old = Catalogue(
            calendars={name: Calendar(name, 4, 1, "start") for name in names},
            sequences={name: Sequence(name=name, calendar=name, used=1) for name in names},
        )
        # No number was dated in any fiscal year.
        unused = SimpleNamespace(catalogue=SimpleNamespace(fiscal_years=lambda calendar: ()))
        moved = Wanted(calendars={name: {"start": "05-01", "named_by": "start"} for name in names})
        planning = Planning(cast(Transaction, unused), moved, old, replaced(old), Plan(), unwatched)
        return lambda: plan_calendars(planning)

    assert grows_evenly(work, 60)


def test_a_sequence_finds_its_calendar_without_a_look_at_the_others() -> None:
    class Watched(dict[str, Calendar]):
        def __iter__(self) -> NoReturn:
            raise AssertionError("all calendars were walked through")

    calendars = Watched(fiscal=Calendar("fiscal", 4, 1, "start"))
    fields = {"pattern": "{FY}-{number}", "reset": "fiscal-year", "calendar": "fiscal"}
    sequence, findings = check_sequence("invoice", fields, calendars)
    assert sequence is not None and not findings


@pytest.mark.parametrize("name", ["sets with owners", "policies"])
def test_pruning_grows_as_the_book_does(name: str, tmp_path: Path) -> None:
    numbers = count()

    def work(size: int) -> Callable[[], Plan]:
        store = open_store(str(tmp_path / f"{next(numbers)}.db"), create=True, actor="ada")
        define(store, wanted(name, size), "import", "many.toml")
        return lambda: planned(store, wanted("sequences", 0, prune=True))

    assert grows_evenly(work, 60)


def planned(store: Store, given: Wanted) -> Plan:
    with store:
        return plan_definitions(store, given)
