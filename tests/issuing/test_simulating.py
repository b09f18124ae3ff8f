"""The rehearsal against the real thing: the same issues, one after the other, in the book itself."""

import datetime
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seqctl.actions.issuing.issue import issue
from seqctl.actions.issuing.simulate import RehearsalClock, simulate
from seqctl.cli.shown import step_shown
from seqctl.days import date
from seqctl.errors import SeqctlError
from seqctl.model.number.request import Request
from seqctl.model.time.steps import every
from seqctl.process import Clock
from seqctl.store.sqlite.engine import SqliteStore, open_book
from seqctl.store.sqlite.file import rehearsal
from seqctl.store.sqlite.file.rehearsal import open_rehearsal
from tests.book import Book, copy_book

BOOK = """
[book]
timezone = "Europe/Berlin"
[calendars.india]
start = "04-01"
[sequences.monthly]
document_type = "invoice"
pattern = "M-{YYYY}{MM}-{number:2}"
reset = "month"
end = 10
warn_at = "80%"
[sequences.fiscal]
document_type = "invoice"
pattern = "{FY}-{entity}-{number:3}"
calendar = "india"
reset = "fiscal-year"
scope = { entity = ["DE", "FR"] }
date_order = "warn"
step = 5
[sequences.letters]
document_type = "invoice"
pattern = "L-{number:1}"
kind = "alpha"
effective_until = 2026-04-10
[sequences.taken]
document_type = "memo"
pattern = "T-1{number}"
[sequences.taker]
document_type = "memo"
pattern = "T-{number}"
[policies.spring]
document_type = "invoice"
sequence = "fiscal"
priority = 1
effective_from = 2026-03-30
effective_until = 2026-04-05
conditions = [{ field = "entity", operator = "is_set" }]
[policies.letters]
document_type = "invoice"
sequence = "letters"
conditions = [{ field = "kind", operator = "equals", value = "letter" }]
[sets.main]
default = true
members = { invoice = "monthly" }
[sets.other]
assignments = ["account:ACME"]
members = { invoice = "letters" }
"""
REQUESTS: dict[str, dict[str, Any]] = {
    "default": {"target": "invoice"},
    "scope": {"target": "invoice", "attributes": {"entity": "DE"}},
    "wrong scope": {"target": "invoice", "attributes": {"entity": "XX"}},
    "policy": {"target": "invoice", "attributes": {"kind": "letter"}},
    "set": {"target": "invoice", "owners": (("account", "ACME"),)},
    "batch": {"target": "invoice", "count": 3},
    "named": {"target": "invoice", "sequence": "fiscal", "attributes": {"entity": "FR"}},
    "taken": {"target": "memo", "sequence": "taken"},
    "unserved": {"target": "memo"},
}
FIRST, LAST = date(2026, 3, 25), date(2026, 4, 14)


@pytest.fixture
def filled(book: Book) -> Path:
    """A book with some history, and a copy of its file to issue in for real."""
    assert book("import", book.file(BOOK), "--allow-collisions").status == 0
    book.next("invoice", "-n", "5", "--date", "2026-03-02")
    book("next", "invoice", "--sequence", "fiscal", "--attr", "entity=DE", "--date", "2026-04-03")
    book.next("memo", "--sequence", "taker", "-n", "20")
    return book.path


def outcome(store: SqliteStore, request: Request, day: datetime.date) -> tuple[list[str] | None, str, str]:
    """What a request really gets: numbers and warnings, or the code and message of its refusal."""
    assert isinstance(store.clock, RehearsalClock)
    store.clock.day, request.date = day, day.isoformat()
    try:
        issued = issue(store, request)
    except SeqctlError as error:
        return None, error.code, f"{error.code}: {error.message}"
    return issued.texts, issued.period, "; ".join(issued.warnings)


@pytest.mark.parametrize("name", REQUESTS)
def test_every_step_is_what_issuing_gives(filled: Path, tmp_path: Path, name: str) -> None:
    copy = tmp_path / "copy.db"
    copy_book(filled, copy)
    days = list(every("day").dates(FIRST, LAST))
    clock = RehearsalClock(FIRST)
    with open_book(str(filled), "ada", clock) as book, open_rehearsal(book, clock) as rehearsed:
        steps = list(simulate(rehearsed, Request(**REQUESTS[name]), days))
    request = Request(**REQUESTS[name])
    with open_book(str(copy), "ada", RehearsalClock(FIRST)) as real:
        for step in steps:
            texts, place, notes = outcome(real, request, step.day)
            shown = step_shown(step)
            note = str(shown["note"] or "").removeprefix("new period").removeprefix("; ")
            assert note == notes
            if texts is None:
                assert (shown["number"], shown["code"]) == (None, place)
            else:
                assert shown["number"] == "..".join(dict.fromkeys([texts[0], texts[-1]]))
                assert (shown["period"], shown["code"]) == (place, None)
    assert len(steps) == 21


def test_the_requests_above_see_refusals_resets_and_taken_numbers(filled: Path) -> None:
    clock = RehearsalClock(FIRST)
    seen = {}
    for name, request in REQUESTS.items():
        with open_book(str(filled), "ada", clock) as book, open_rehearsal(book, clock) as rehearsed:
            steps = simulate(rehearsed, Request(**request), every("day").dates(FIRST, LAST))
            seen[name] = [step_shown(step) for step in steps]
    assert {step["code"] for step in seen["default"]} >= {None, "exhausted"}
    assert "new period" in {step["note"] for step in seen["default"]}
    assert {step["policy"] for step in seen["scope"]} == {None, "spring"}
    assert {step["code"] for step in seen["set"]} >= {None, "not_effective"}
    assert seen["taken"][0]["code"] == "number_taken"
    assert {step["code"] for step in seen["unserved"]} == {"ambiguous_sequence"}


def test_a_real_book_is_refused(filled: Path) -> None:
    with open_book(str(filled), "ada", Clock()) as book, pytest.raises(ValueError, match="copy"):
        simulate(book, Request("invoice"), [FIRST])


def test_a_large_book_is_copied_to_a_nameless_file(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsal, "MOST_MEMORY", 1)
    opened: list[str] = []
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def noted(name: str, **rest: Any) -> sqlite3.Connection:
        opened.append(name)
        return connect(name, **rest)

    monkeypatch.setattr(sqlite3, "connect", noted)
    clock = RehearsalClock(FIRST)
    with open_book(str(filled), "ada", clock) as book, open_rehearsal(book, clock) as rehearsed:
        (step,) = simulate(rehearsed, Request("invoice"), [FIRST])
    assert "" in opened
    assert step.number == "M-202603-06"


def test_another_writer_is_not_kept_waiting_and_is_not_seen(filled: Path) -> None:
    clock = RehearsalClock(FIRST)
    with open_book(str(filled), "ada", clock) as book, open_rehearsal(book, clock) as rehearsed:
        with open_book(str(filled), "bob", clock, timeout=0) as other:
            issue(other, Request("invoice", date="2026-03-25"))
        (step,) = simulate(rehearsed, Request("invoice"), [FIRST])
    assert step.number == "M-202603-06"


def test_time_goes_by_in_the_rehearsal_but_never_back() -> None:
    clock = RehearsalClock(date(2090, 1, 1))
    assert clock.now() == "2090-01-01T12:00:00.000000Z"
    assert clock.today("Pacific/Auckland", clock.now()) == date(2090, 1, 1)
    clock.day = date(1990, 1, 1)
    assert clock.now() > "2026"


def test_runs_of_a_batch_that_takes_freed_numbers_first() -> None:
    from seqctl.actions.issuing.simulate import Step
    from seqctl.model.number.issue import Issue

    issued = Issue("s", "s", "2026", "", "2026-01-01", "issued", None, None, None, None)
    issued.numbers = [(3, "S-3", 1), (5, "S-5", 1), (10, "S-10", 0), (11, "S-11", 0), (12, "S-12", 0)]
    shown = step_shown(Step(FIRST, issued))
    assert shown["number"] == "S-3, S-5, S-10..S-12"
    assert shown["note"] == "fills 2 gaps"
