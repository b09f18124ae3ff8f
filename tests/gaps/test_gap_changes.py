"""`gaps restore`, `gaps block`, `gaps review`: from which states they go, and what they leave in the log."""

import json

import pytest

from tests.book import Book, Sql
from tests.gaps.conftest import LetExpire, Lose, runs


def change(book: Book, action: str, *words: str, reason: str = "because") -> list[tuple[str, str, str]]:
    """The runs that a change gives back, in short."""
    return runs(book.ok("gaps", action, *words, "--reason", reason, "--json"))


@pytest.fixture
def states(ten: Book, lose: Lose) -> Book:
    """Gaps of every state: 1 missing, 2 blocked, 3 under review; 4, 5 and 8 reusable; 6, 7, 9 and 10 held."""
    lose(1, 1, 2, 3)
    change(ten, "block", "invoice", "2")
    change(ten, "review", "invoice", "3")
    return ten


NUMBERS = {"missing": 1, "blocked": 2, "review": 3, "reusable": 4, "held": 6}


@pytest.mark.parametrize(
    ("action", "to", "allowed", "refused"),
    [
        (
            "restore",
            "reusable",
            ("missing", "review"),
            {"reusable": "already_reusable", "blocked": "blocked", "held": "not_a_gap"},
        ),
        (
            "block",
            "blocked",
            ("missing", "reusable", "review"),
            {"blocked": "already_blocked", "held": "not_a_gap"},
        ),
        (
            "review",
            "review",
            ("missing", "reusable", "blocked"),
            {"review": "already_in_review", "held": "not_a_gap"},
        ),
    ],
)
def test_from_which_states_an_action_goes(
    states: Book, action: str, to: str, allowed: tuple[str, ...], refused: dict[str, str]
) -> None:
    for state, code in refused.items():
        states.fails(5, code, "gaps", action, "invoice", NUMBERS[state], "--reason", "x")
        # Nothing half done: the first run of the two would be allowed.
        first = NUMBERS[allowed[0]]
        before = states.ok("gaps").out
        states.fails(5, code, "gaps", action, "invoice", first, NUMBERS[state], "--reason", "x")
        assert states.ok("gaps").out == before
    for state in allowed:
        text = f"INV-{NUMBERS[state]:05}"
        assert change(states, action, "invoice", text) == [(text, text, to)]


def test_refusals_say_what_to_do(states: Book) -> None:
    held = states.fails(5, "not_a_gap", "gaps", "block", "invoice", "5..7", "--reason", "x")
    assert held == {
        **{"code": "not_a_gap", "message": "INV-00006 is issued, not a gap"},
        "hint": "see: seqctl show INV-00006",
    }
    blocked = states.fails(5, "blocked", "gaps", "restore", "invoice", "1..3", "--reason", "x")
    assert "INV-00002 is blocked" in blocked["message"]
    assert "seqctl gaps review invoice INV-00002 --reason TEXT" in blocked["hint"]
    states.ok("reserve", "invoice", "-n", "4")
    reserved = states.fails(5, "not_a_gap", "gaps", "block", "invoice", "11", "--reason", "x")
    assert "INV-00011 is reserved until 20" in reserved["message"]


def test_beyond_the_counter(book: Book) -> None:
    book.ok("sequence", "add", "x", "--end", "999999999999")
    book.fails(5, "not_reached", "gaps", "block", "x", "1", "--reason", "x")
    book.ok("sequence", "set-next", "x", "5", "--reason", "migrated")
    book.fails(5, "not_reached", "gaps", "block", "x", "1", "--reason", "x")
    book.next("x")
    book.fails(5, "not_reached", "gaps", "block", "x", "7", "--reason", "x")
    book.fails(5, "not_reached", "gaps", "review", "x", "5..6", "--reason", "x")
    book.fails(5, "not_a_gap", "gaps", "block", "x", "5..6", "--reason", "x")
    book.fails(5, "before_first", "gaps", "block", "x", "4", "--reason", "x")
    book.fails(5, "before_first", "gaps", "block", "x", "0..5", "--reason", "x")


def test_a_run_that_is_restored_goes_out_again(ten: Book, lose: Lose) -> None:
    lose(1, 2, 3)
    assert change(ten, "restore", "invoice", "2..3") == [("INV-00002", "INV-00003", "reusable")]
    assert ten.next("invoice", "-n", "6") == [
        *("INV-00002", "INV-00003", "INV-00004", "INV-00005", "INV-00008"),
        "INV-00011",
    ]


def test_runs_that_meet_become_one_row(ten: Book, sql: Sql) -> None:
    expected = [("INV-00004", "INV-00005", "blocked"), ("INV-00008", "INV-00008", "blocked")]
    assert change(ten, "block", "invoice", "5", "8", "4..5", "INV-00004") == expected
    query = "SELECT first, last, state FROM gap_run ORDER BY first"
    assert sql(query) == [(4, 5, "blocked"), (8, 8, "blocked")]


def test_the_event_says_what_was_there_before(ten: Book, sql: Sql, lose: Lose) -> None:
    lose(1, 6)
    change(ten, "block", "invoice", "4", "6", "8", reason="by hand")
    columns = "action, subject, counter_id, first, last, serial, count, detail"
    (event,) = sql(f"SELECT {columns} FROM event ORDER BY id DESC LIMIT 1")
    assert event[:7] == ("block", "invoice", 1, 4, 8, None, None)
    assert json.loads(event[7]) == {
        **{"period": "all", "scope": "", "reason": "by hand", "to": "blocked"},
        "values": [[4, 4], [6, 6], [8, 8]],
        "runs_before": [[4, 5, "reusable", 4], [8, 8, "reusable", 4]],
    }
    assert sql("SELECT first, last, state, event_id FROM gap_run ORDER BY first") == [
        (4, 4, "blocked", 5),
        (5, 5, "reusable", 4),
        (6, 6, "blocked", 5),
        (8, 8, "blocked", 5),
    ]
    assert sql("SELECT accounted, reusable FROM counter") == [(10, 1)]


def test_runs_before_are_told_once_where_two_runs_cut_one(ten: Book, sql: Sql) -> None:
    change(ten, "block", "invoice", "4..5")
    ten.ok("sequence", "set-next", "invoice", "21", "--reason", "x")
    change(ten, "review", "invoice", "12", "15..16", "19")
    ((detail,),) = sql("SELECT detail FROM event ORDER BY id DESC LIMIT 1")
    assert json.loads(detail)["runs_before"] == [[11, 20, "blocked", 6]]


def test_a_dry_run_changes_nothing(ten: Book, sql: Sql) -> None:
    before = ten.ok("gaps").out
    shown = change(ten, "block", "invoice", "4..5", "--dry-run")
    assert shown == [("INV-00004", "INV-00005", "blocked")]
    assert ten.ok("gaps").out == before
    assert sql("SELECT count(*) FROM event") == [(4,)]


def test_the_answer_is_the_list_of_what_they_are_now(ten: Book) -> None:
    answer = ten.ok("gaps", "review", "invoice", "8", "4", "--reason", "x", "--json").json
    assert answer == ten.ok("gaps", "--state", "review", "--json").json
    assert ten.ok("gaps", "block", "invoice", "4", "--reason", "x").rows[0]["state"] == "blocked"


@pytest.mark.parametrize("action", ["restore", "block", "review"])
def test_a_reason_is_required_and_says_something(ten: Book, action: str) -> None:
    assert "--reason" in ten.fails(2, "usage", "gaps", action, "invoice", "4")["message"]
    assert "blank" in ten.fails(2, "usage", "gaps", action, "invoice", "4", "--reason", " ")["message"]


def test_a_run_of_a_trillion_is_one_row(book: Book, sql: Sql) -> None:
    book.ok("sequence", "add", "x")
    book.next("x")
    book.ok("sequence", "set-next", "x", str(10**12), "--reason", "migrated")
    book.next("x")
    assert change(book, "review", "x", f"3..{10**12 - 2}") == [("3", str(10**12 - 2), "review")]
    assert sql("SELECT count(*) FROM gap_run") == [(3,)]
    sql("DELETE FROM gap_run")
    sql("UPDATE counter SET accounted = 2, reusable = 0")
    assert runs(book.ok("gaps", "--json")) == [("2", str(10**12 - 1), "missing")]
    assert change(book, "block", "x", "--all") == [("2", str(10**12 - 1), "blocked")]
    assert book("gaps", "--exit-code").status == 0


def test_reservations_past_their_deadline_are_recorded_first(
    invoices: Book, let_expire: LetExpire, sql: Sql
) -> None:
    invoices.ok("reserve", "invoice", "-n", "3")
    let_expire(1, 3)
    invoices.fails(5, "not_a_gap", "gaps", "block", "invoice", "2", "--reason", "x")
    assert sql("SELECT count(*) FROM event WHERE action = 'expire'") == [(0,)]
    assert change(invoices, "block", "invoice", "3") == [("INV-00003", "INV-00003", "blocked")]
    assert sql("SELECT action FROM event ORDER BY id DESC LIMIT 2") == [("block",), ("expire",)]
    assert runs(invoices.ok("gaps", "--json")) == [
        ("INV-00001", "INV-00001", "reusable"),
        ("INV-00003", "INV-00003", "blocked"),
    ]


class TestStandard:
    @pytest.fixture
    def orders(self, book: Book) -> Book:
        book.ok("sequence", "add", "order", "--mode", "standard", "--pattern", "O{number}")
        book.next("order", "-n", "5")
        book.ok("release", "O2", "O4", "--reason", "x")
        return book

    def test_nothing_is_restored(self, orders: Book) -> None:
        orders.fails(5, "not_gapless", "gaps", "restore", "order", "O2", "--reason", "x")
        orders.fails(5, "not_gapless", "gaps", "restore", "order", "--all", "--reason", "x")
        assert change(orders, "restore", "--type", "order", "--all") == []

    def test_its_gaps_are_explained(self, orders: Book) -> None:
        assert change(orders, "block", "order", "O2") == [("O2", "O2", "blocked")]
        assert change(orders, "review", "order", "--all") == [("O4", "O4", "review")]
        assert orders.ok("gaps", "--state", "missing", "--json").json == []


class TestAll:
    @pytest.fixture
    def lost(self, monthly: Book, lose: Lose) -> Book:
        """Missing: 2 and 3 of DE in January, 1 of DE in February, 2 of FR; a freed one stays freed."""
        monthly.ok("release", "DE-2026-02-004", "--reason", "x")
        lose(1, 2, 3)
        lose(2, 1)
        lose(3, 2)
        return monthly

    EVERY = ("DE-2026-01-002", "DE-2026-02-001", "FR-2026-01-002")

    @pytest.mark.parametrize("action", ["restore", "block", "review"])
    @pytest.mark.parametrize("words", [("m",), ("--type", "m"), ("--policy", "p"), ("m", "--policy", "p")])
    def test_every_missing_run_of_a_target(
        self, lost: Book, action: str, words: tuple[str, ...], sql: Sql
    ) -> None:
        lost.ok("policy", "add", "p", "--document-type", "m", "--sequence", "m")
        before = sql("SELECT count(*) FROM event")[0][0]
        found = change(lost, action, *words, "--all")
        assert [first for first, _, _ in found] == [*self.EVERY]
        assert sql("SELECT count(*) FROM event")[0][0] == before + 1
        assert change(lost, action, *words, "--all") == []
        assert sql("SELECT count(*) FROM event")[0][0] == before + 1

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (("--period", "2026-01"), ["DE-2026-01-002", "FR-2026-01-002"]),
            (("--scope", "entity=DE"), ["DE-2026-01-002", "DE-2026-02-001"]),
            (("--scope", "entity=FR", "--period", "2026-02"), []),
        ],
    )
    def test_of_one_period_or_scope(self, lost: Book, words: tuple[str, ...], expected: list[str]) -> None:
        assert [first for first, _, _ in change(lost, "block", "m", "--all", *words)] == expected

    def test_a_dry_run(self, lost: Book) -> None:
        assert [first for first, _, _ in change(lost, "block", "m", "--all", "--dry-run")] == [*self.EVERY]
        assert len(lost.ok("gaps", "--state", "missing", "--json").json) == 3

    def test_what_is_missing_on_the_command_line(self, lost: Book) -> None:
        for words in ((), ("--all",), ("m",), ("m", "1", "--all"), ("--type", "m")):
            lost.fails(2, "usage", "gaps", "block", *words, "--reason", "x")
        lost.fails(4, "not_found", "gaps", "block", "nothing", "--all", "--reason", "x")


class TestClosed:
    @pytest.fixture
    def closed(self, book: Book, lose: Lose, sql: Sql) -> Book:
        """Numbers 1 to 9 of 2026, dated 1 to 9 January, and two of 2025; 3, 7 and 2025-2 are missing."""
        book.ok("sequence", "add", "x", "--reset", "year", "--pattern", "{YYYY}-{number}")
        for day in range(1, 10):
            book.next("x", "--date", f"2026-01-{day:02}")
        book.next("x", "-n", "2", "--date", "2025-03-01")
        lose(1, 3, 7)
        lose(2, 2)
        sql("UPDATE sequence SET closed_until = '2026-01-05'")
        return book

    def test_nothing_is_restored_that_would_be_dated_in_a_closed_period(self, closed: Book) -> None:
        error = closed.fails(5, "closed", "gaps", "restore", "x", "2026-3", "--reason", "x")
        assert "seqctl reopen --sequence x" in error["hint"]
        closed.fails(5, "closed", "gaps", "restore", "x", "2025-2", "--reason", "x")
        assert change(closed, "restore", "x", "2026-7") == [("2026-7", "2026-7", "reusable")]

    def test_explaining_it_is_no_change_of_what_was_filed(self, closed: Book) -> None:
        assert change(closed, "block", "x", "2026-3") == [("2026-3", "2026-3", "blocked")]
        assert change(closed, "review", "x", "2025-2") == [("2025-2", "2025-2", "review")]


def test_runs_of_several_counters_are_one_transaction_and_one_event(
    monthly: Book, lose: Lose, sql: Sql
) -> None:
    lose(1, 2)
    lose(2, 2)
    words = ("m", "DE-2026-02-002", "DE-2026-01-002")
    monthly.fails(5, "not_a_gap", "gaps", "block", *words, "FR-2026-01-001", "--reason", "x")
    assert change(monthly, "block", *words) == [
        ("DE-2026-01-002", "DE-2026-01-002", "blocked"),
        ("DE-2026-02-002", "DE-2026-02-002", "blocked"),
    ]
    assert sql("SELECT subject, counter_id, first FROM event WHERE action = 'block'") == [("m", None, 2)]
    for text in ("DE-2026-01-002", "DE-2026-02-002"):
        assert monthly.ok("show", text, "--json").json["events"][-1]["action"] == "block"
    assert "block" not in [
        event["action"] for event in monthly.ok("show", "FR-2026-01-002", "--json").json["events"]
    ]


def test_a_note_on_number_2_of_january_explains_nothing_in_february(monthly: Book, lose: Lose) -> None:
    lose(1, 2)
    lose(2, 2)
    change(monthly, "block", "m", "2", "--period", "2026-01", "--scope", "entity=DE", reason="printer jam")
    found = monthly.ok("gaps", "--json").json
    assert [(gap["period"], gap["state"], gap["reason"]) for gap in found] == [
        ("2026-01", "blocked", "printer jam"),
        ("2026-02", "missing", None),
    ]
    assert monthly("gaps", "--exit-code").status == 3
