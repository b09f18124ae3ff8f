"""Tens of thousands of definitions in one file: the work grows as the file does, not as its square."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from seqctl import open_store
from seqctl.actions import define, plan_definitions
from seqctl.definitions.toml.reader import read_definitions
from seqctl.definitions.toml.sources import Source
from seqctl.model.catalogue.catalogue import Wanted
from seqctl.model.catalogue.plan import Plan
from seqctl.store.port import Store
from tests.steps import grows_evenly

SEQUENCE = '[sequences.c{0:05}]\ndocument_type = "invoice"\npattern = "C{0:05}-{{number:5}}"\n'
MEMBER = '[sets.s{0:05}]\nmembers = {{ invoice = "c{0:05}" }}\n'
SET = MEMBER + 'assignments = ["customer:K{0:05}"]\n'
POLICY = (
    '[policies.p{0:05}]\ndocument_type = "invoice"\nsequence = "c{0:05}"\n'
    'conditions = [{{ field = "customer", operator = "equals", value = "K{0:05}" }}]\n'
)
CALENDAR = '[calendars.odd]\nstart = "02-29"\nnamed_by = "start"\n'
YEARLY = SEQUENCE + 'calendar = "odd"\nreset = "fiscal-year"\n'
BROKEN = '[sequences.c{0:05}]\npattern = "C{0:05}"\n'

FILES: dict[str, tuple[str, str]] = {
    "sequences": ("", SEQUENCE),
    "sets with owners": ("", SEQUENCE + SET),
    "sets that keep their owners": ("", SEQUENCE + MEMBER),
    "policies": ("", SEQUENCE + POLICY),
    "sets whose sequences are not there": ("", SET),
    "policies whose sequences are not there": ("", POLICY),
    "sets of sequences that are refused": ("", BROKEN + SET),
    "sequences whose calendar is refused": (CALENDAR, YEARLY),
}
"""What stands once at the head of a file, and what stands in it again and again."""


def wanted(name: str, size: int, prune: bool = False) -> Wanted:
    head, each = FILES[name]
    text = head + "".join(each.format(number) for number in range(size))
    found = read_definitions([Source("many.toml", text)]).wanted
    found.prune = prune
    return found


@pytest.mark.parametrize("name", FILES)
def test_planning_grows_as_the_file_does(name: str, tmp_path: Path) -> None:
    numbers = count()

    def work(size: int) -> Callable[[], Plan]:
        given = wanted(name, size)
        store = open_store(str(tmp_path / f"{next(numbers)}.db"), create=True, actor="ada")
        return lambda: planned(store, given)

    assert grows_evenly(work, 60)


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
