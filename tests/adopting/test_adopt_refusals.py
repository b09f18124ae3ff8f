"""What `adopt` refuses or asks before it does it, and what it only warns of."""

from collections.abc import Callable

import pytest

from seqctl.actions.adopting.reading import Reading
from tests.book import Book, Sql


@pytest.fixture
def monthly(book: Book) -> Book:
    book.ok(
        *("sequence", "add", "invoice", "--pattern", "{YYYY}-{MM}-{number}"),
        *("--reset", "month", "--mode", "standard"),
    )
    return book


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["INV-00001", "--input", "-"],
        ["INV-00001", "--column", "number"],
        ["INV-00001", "--date-column", "date"],
        ["INV-00001", "--record-column", "id"],
        ["--input", "-", "--date", "2026-01-05"],
        ["--input", "-", "--record", "A"],
        ["--input", "-", "--date-format", "DD.MM"],
        ["--input", "-", "--encoding", "klingon"],
        ["INV-00001", "--encoding", "utf-8"],
        ["INV-00001", "--date", "05.01.2026"],
        ["INV-00001", "--record", " "],
        ["INV-00001", "--scope", "entity"],
        ["INV-00001", "--period", "2026"],
    ],
    ids=" ".join,
)
def test_wrong_usage(invoices: Book, words: list[str]) -> None:
    assert invoices.run("adopt", "invoice", *words, input="INV-00001\n").status == 2
    assert invoices.numbers() == []


def test_an_unknown_target_offers_near_names(invoices: Book) -> None:
    error = invoices.fails(4, "not_found", "adopt", "invoise", "INV-00001")
    assert "'invoice'" in error["hint"]


def test_a_far_jump_of_a_used_counter_needs_a_yes(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--manual")
    book.ok("adopt", "invoice", "5000")
    book.ok("adopt", "invoice", "6000", "4000")
    for number, side in (("7001", "beyond"), ("2999", "below")):
        error = book.fails(2, "confirmation_needed", "adopt", "invoice", number)
        assert f"{number} lies 1001 steps {side} the number next to it" in error["message"]
        assert "--yes" in error["hint"]
        book.fails(2, "confirmation_needed", "adopt", "invoice", number, "--dry-run")
    assert len(book.numbers()) == 3
    book.ok("adopt", "invoice", "7001", "2999", "--yes")


def test_a_run_that_follows_is_no_jump(book: Book) -> None:
    book.ok("sequence", "add", "invoice")
    book.ok("adopt", "invoice", "1")
    path = book.file("".join(f"{value}\n" for value in range(2, 3001)), "n.txt")
    book.ok("adopt", "invoice", "--input", path)
    assert book.next("invoice") == ["3001"]


def test_steps_are_counted_not_integers(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--step", "10", "--start", "0")
    book.ok("adopt", "invoice", "0")
    book.ok("adopt", "invoice", "10000")
    book.fails(2, "confirmation_needed", "adopt", "invoice", "20010")


def test_a_person_at_a_terminal_is_asked(invoices: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr("seqctl.cli.adopting.adopt.confirmed", lambda question, yes: asked.append(question))
    invoices.ok("adopt", "invoice", "INV-00001")
    invoices.ok("adopt", "invoice", "INV-09000")
    assert [question[:9] for question in asked] == ["INV-09000"]
    assert invoices.texts() == ["INV-00001", "INV-09000"]


def test_invalid_numbers_are_told_before_anything_is_asked(invoices: Book) -> None:
    invoices.ok("adopt", "invoice", "INV-00001")
    invoices.fails(6, "invalid_input", "adopt", "invoice", "INV-09000", "nonsense")


def test_closed_periods_are_refused(monthly: Book) -> None:
    monthly.ok("adopt", "invoice", "2026-01-1", "2026-03-1")
    monthly.ok("close", "invoice", "--through", "2026-02-15", "--reason", "filed")
    for words in (
        ["2026-01-2"],
        ["2026-01-2", "--date", "2026-01-31"],
        ["2026-02-1", "--date", "2026-02-15"],
    ):
        error = monthly.fails(5, "closed", "adopt", "invoice", *words)
        assert "closed through 2026-02-15" in error["message"]
        assert "seqctl reopen --sequence invoice" in error["hint"]
    # What is held already stays as it is, and what lies behind is free.
    assert monthly.ok("adopt", "invoice", "2026-01-1", "2026-02-1", "--json").json["unchanged"] == 1
    monthly.ok("adopt", "invoice", "2026-02-3", "--date", "2026-02-16")


def test_invalid_counts_before_closed_and_both_are_listed(monthly: Book) -> None:
    monthly.ok("close", "invoice", "--through", "2026-02-15", "--reason", "filed")
    error = monthly.fails(6, "invalid_input", "adopt", "invoice", "2026-01-1", "2026-03-1", "nonsense")
    assert len(error["problems"]) == 2
    error = monthly.fails(5, "closed", "adopt", "invoice", "2026-01-1", "2026-01-2", "2026-03-1")
    assert len(error["problems"]) == 2
    result = monthly.run("adopt", "invoice", "2026-01-1", "2026-03-1", "--skip-invalid", "--json")
    assert (result.status, result.json["problems"][0]["code"]) == (3, "closed")
    assert monthly.texts() == ["2026-03-1"]


def test_a_closed_sequence_without_periods_asks_for_dates_only(book: Book) -> None:
    book.ok("sequence", "add", "invoice")
    book.ok("close", "invoice", "--through", "2026-02-15", "--reason", "filed")
    book.fails(5, "closed", "adopt", "invoice", "1", "--date", "2026-02-15")
    book.ok("adopt", "invoice", "1")


@pytest.mark.parametrize("order", ["off", "warn", "refuse"])
def test_dates_that_go_back_are_told_and_adopted(book: Book, order: str) -> None:
    book.ok("sequence", "add", "invoice", "--date-order", order, "--manual")
    lines = ["1,2026-01-05", "2,2026-01-04", "3,", "4,2026-01-03", "5,2026-01-09"]
    path = book.file("n,d\n" + "\n".join(lines) + "\n", "n.csv")
    words = ("adopt", "invoice", "--input", path, "--column", "n", "--date-column", "d")
    if order == "off":
        book.ok(*words)
    else:
        result = book.warned(*words)
        assert result.err == (
            "seqctl: warning: sequence 'invoice': document dates go back 2 times:"
            " 2, dated 2026-01-04, comes after 1, dated 2026-01-05\n"
        )
    assert len(book.numbers()) == 5


def test_a_number_between_others_is_held_against_both(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--date-order", "refuse", "--manual")
    book.ok("adopt", "invoice", "10", "--date", "2026-01-05")
    book.ok("adopt", "invoice", "30", "--date", "2026-03-05")
    book.ok("adopt", "invoice", "20", "--date", "2026-02-05")
    result = book.warned("adopt", "invoice", "25", "--date", "2026-04-01")
    assert "30, dated 2026-03-05, comes after 25, dated 2026-04-01" in result.err
    assert "go back once" in book.warned("adopt", "invoice", "5", "--date", "2026-02-01").err
    book.ok("adopt", "invoice", "6", "7")


def test_undated_numbers_do_not_count_for_the_order(book: Book, sql: Sql) -> None:
    book.ok("sequence", "add", "invoice", "--date-order", "refuse", "--manual")
    book.ok("adopt", "invoice", "5")
    assert sql("SELECT latest_date, latest_value FROM counter") == [(None, None)]
    assert book.next("invoice", "--date", "2020-01-05") == ["6"]
    book.ok("adopt", "invoice", "7", "--date", "2026-01-05")
    assert sql("SELECT latest_date, latest_value FROM counter") == [("2026-01-05", 7)]
    book.ok("adopt", "invoice", "8")
    book.fails(5, "date_order", "next", "invoice", "--date", "2026-01-04")
    assert book.next("invoice", "--date", "2026-01-05") == ["9"]


@pytest.mark.parametrize("order", ["off", "refuse"])
def test_a_date_far_ahead_needs_a_yes(book: Book, order: str) -> None:
    book.ok("sequence", "add", "x", "--date-order", order)
    words = ("adopt", "x", "1", "--date", "2199-01-05")
    told = "sequence 'x': the document date 2199-01-05 is more than 366 days ahead"
    assert told in book.fails(2, "confirmation_needed", *words)["message"]
    assert book.numbers() == []
    assert told in book.warned(*words, "--dry-run").err
    assert told in book.warned(*words, "--yes").err


def test_what_is_refused_anyway_is_refused_without_a_question_of_a_far_date(book: Book) -> None:
    book.ok("sequence", "add", "x")
    book.warned("sequence", "add", "y", "--document-type", "x", "--allow-collisions")
    book.ok("adopt", "y", "7")
    book.fails(6, "invalid_input", "adopt", "y", "7", "--date", "2199-01-05")
    book.warned("sequence", "edit", "x", "--start", "7", "--allow-collisions")
    book.fails(6, "invalid_input", "adopt", "x", "seven", "--date", "2199-01-05")


def test_all_questions_are_asked_at_once(book: Book) -> None:
    book.ok("sequence", "add", "strict", "--date-order", "refuse")
    book.ok("adopt", "strict", "1")
    error = book.fails(2, "confirmation_needed", "adopt", "strict", "2000", "--date", "2199-01-05")
    assert "steps beyond" in error["message"]
    assert "366 days ahead" in error["message"]


def test_a_definition_that_changes_while_the_input_is_read(
    invoices: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    from seqctl.actions.adopting import adopt as adopting

    read: Callable[..., Reading] = vars(adopting)["read_places"]

    def slow(*words: object) -> Reading:
        found = read(*words)
        invoices.ok("sequence", "edit", "invoice", "--pattern", "R-{number}")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(adopting, "read_places", slow)
        result = invoices.run("adopt", "invoice", "INV-00001")
    assert result.status == 75
    assert "changed while the input was read" in result.err
    assert invoices.numbers() == []


def test_a_latest_date_that_was_freed_stays_a_bound(book: Book, sql: Sql) -> None:
    book.ok("sequence", "add", "invoice", "--date-order", "refuse", "--manual")
    book.next("invoice", "-n", "3", "--date", "2026-01-05")
    book.ok("release", "2", "--reason", "x")
    assert sql("SELECT latest_date, latest_value FROM counter") == [("2026-01-05", None)]
    book.ok("adopt", "invoice", "2", "--date", "2026-01-05")
    assert sql("SELECT latest_date, latest_value FROM counter") == [("2026-01-05", None)]
    book.ok("adopt", "invoice", "4", "--date", "2026-01-06")
    assert sql("SELECT latest_date, latest_value FROM counter") == [("2026-01-06", 4)]
    book.ok("adopt", "invoice", "5", "--date", "2026-01-06")
    assert sql("SELECT latest_date, latest_value FROM counter") == [("2026-01-06", 5)]


@pytest.mark.parametrize("order", [1, -1])
def test_the_latest_date_is_that_of_the_highest_that_carries_it(book: Book, sql: Sql, order: int) -> None:
    book.ok("sequence", "add", "invoice", "--date-order", "warn")
    dates = ["2026-01-05", "2026-01-09", "2026-01-06", "2026-01-09", "", "2026-01-08"]
    rows = [f"{value},{day}" for value, day in enumerate(dates, 1)][::order]
    path = book.file("n,d\n" + "\n".join(rows) + "\n", "n.csv")
    book.warned("adopt", "invoice", "--input", path, "--column", "n", "--date-column", "d")
    assert sql("SELECT latest_date, latest_value FROM counter") == [("2026-01-09", 4)]
