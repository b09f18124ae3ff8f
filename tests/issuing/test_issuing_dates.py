"""Document dates: their order within a counter, and dates far ahead."""

from datetime import date

import pytest

from tests.book import Book

FAR = "2099-01-01"


def add(book: Book, order: str, *words: object) -> None:
    book.ok(
        "sequence",
        "add",
        "a",
        "--pattern",
        "{entity}-{number}",
        "--scope",
        "entity",
        "--date-order",
        order,
        *words,
    )


def issue(book: Book, date: str, entity: str = "DE", *words: str) -> tuple[str, ...]:
    return ("next", "a", "--attr", f"entity={entity}", "--date", date, *words)


def test_refuse_names_the_number_and_the_date_in_the_way_and_consumes_nothing(book: Book) -> None:
    add(book, "refuse")
    book.ok(*issue(book, "2026-05-04"))
    book.ok(*issue(book, "2026-05-05"))
    error = book.fails(5, "date_order", *issue(book, "2026-05-04"))
    for part in ("2026-05-04", "2026-05-05", "DE-2"):
        assert part in error["message"]
    assert "2026-05-05" in error["hint"]
    assert book.texts() == ["DE-1", "DE-2"]


def test_the_same_date_keeps_the_order(book: Book) -> None:
    add(book, "refuse")
    for value in range(1, 4):
        assert book.ok(*issue(book, "2026-05-04")).lines == [f"DE-{value}"]


def test_warn_says_the_same_and_issues(book: Book) -> None:
    add(book, "warn")
    book.ok(*issue(book, "2026-05-05"))
    warned = book.warned(*issue(book, "2026-05-04"))
    assert warned.lines == ["DE-2"]
    for part in ("2026-05-04", "2026-05-05", "DE-1"):
        assert part in warned.err
    assert "DE-1" in book.warned(*issue(book, "2026-05-04")).err


def test_off_says_nothing(book: Book) -> None:
    add(book, "off")
    book.ok(*issue(book, "2026-05-05"))
    assert book.ok(*issue(book, "2020-05-04")).lines == ["DE-2"]


def test_each_counter_has_an_order_of_its_own(book: Book) -> None:
    add(book, "refuse")
    book.ok(*issue(book, "2026-05-05"))
    assert book.ok(*issue(book, "2026-05-04", "FR")).lines == ["FR-1"]


def test_a_closed_year_goes_on_in_its_own_order(book: Book) -> None:
    pattern = ("--pattern", "{YYYY}-{number}", "--reset", "year", "--date-order", "refuse")
    book.ok("sequence", "add", "a", *pattern)
    book.next("a", "--date", "2024-12-30")
    book.next("a", "--date", "2025-01-02")
    assert book.next("a", "--date", "2024-12-31") == ["2024-2"]
    book.fails(5, "date_order", "next", "a", "--date", "2024-12-30")


def test_an_order_that_is_switched_on_later_knows_the_dates_before(book: Book) -> None:
    add(book, "off")
    book.ok(*issue(book, "2026-05-05"))
    book.ok("sequence", "edit", "a", "--date-order", "refuse")
    book.fails(5, "date_order", *issue(book, "2026-05-04"))


@pytest.mark.parametrize("order", ["off", "warn", "refuse"])
@pytest.mark.parametrize("words", [(), ("--json",), ("-n", "5")], ids=" ".join)
def test_a_far_date_needs_yes_and_without_a_terminal_the_flag_is_named(
    book: Book, words: tuple[str, ...], order: str
) -> None:
    add(book, order)
    result = book(*issue(book, FAR), *words)
    assert result.status == 2
    assert "--yes" in result.err
    assert book.numbers() == []
    error = book.fails(2, "confirmation_needed", *issue(book, FAR))
    assert FAR in error["message"]


@pytest.mark.parametrize("order", ["off", "refuse"])
@pytest.mark.parametrize("command", ["next", "reserve"])
def test_with_yes_a_far_date_is_issued_with_a_warning(book: Book, order: str, command: str) -> None:
    add(book, order)
    warned = book.warned(command, *issue(book, FAR)[1:], "--yes")
    assert warned.lines == ["DE-1"]
    assert FAR in warned.err


def test_peek_of_a_far_date_warns_and_consumes_nothing(book: Book) -> None:
    add(book, "refuse")
    warned = book.warned("peek", "a", "--attr", "entity=DE", "--date", FAR)
    assert warned.lines == ["DE-1"]
    assert FAR in warned.err
    assert book.numbers() == []


def test_a_repeated_key_is_answered_without_a_question(book: Book) -> None:
    add(book, "off")
    book.warned(*issue(book, FAR), "--key", "k", "--yes")
    assert book.ok(*issue(book, FAR), "--key", "k").lines == ["DE-1"]


def test_what_is_refused_anyway_is_refused_without_a_question(book: Book) -> None:
    book.ok("sequence", "add", "a", "--end", "1")
    book.warned("sequence", "add", "b", "--document-type", "a", "--allow-collisions")
    book.fails(4, "not_found", "next", "nothing", "--date", FAR)
    book.ok("sequence", "add", "c", "--requires", "entity=DE")
    book.fails(5, "not_for", "next", "c", "--date", FAR)
    book.ok("next", "a")
    book.fails(5, "number_taken", "next", "b", "--date", FAR)
    book.fails(5, "exhausted", "next", "a", "--sequence", "a", "--date", FAR)
    assert len(book.numbers()) == 1


def test_confirm_asks_for_a_far_date_that_is_given(book: Book) -> None:
    book.ok("sequence", "add", "a")
    book.ok("reserve", "a")
    assert FAR in book.fails(2, "confirmation_needed", "confirm", "1", "--date", FAR)["message"]
    book.fails(4, "not_found", "confirm", "7", "--date", FAR)
    assert book.numbers()[0]["state"] == "reserved"
    assert FAR in book.warned("confirm", "1", "--date", FAR, "--yes").err
    assert (book.numbers()[0]["state"], book.numbers()[0]["date"]) == ("issued", FAR)


def test_confirm_does_not_ask_again_for_the_date_of_the_reservation(book: Book) -> None:
    book.ok("sequence", "add", "a")
    book.warned("reserve", "a", "--date", FAR, "--yes")
    book.ok("confirm", "1")


@pytest.mark.parametrize(("days", "warns"), [(366, False), (367, True)])
def test_far_is_more_than_366_days_ahead(invoices: Book, today: date, days: int, warns: bool) -> None:
    from datetime import timedelta

    date = str(today + timedelta(days=days))
    assert invoices("next", "invoice", "--date", date).status == (2 if warns else 0)
    result = invoices("peek", "invoice", "--date", date)
    assert bool(result.err) == warns


def test_yes_does_not_lift_the_order_of_dates(book: Book) -> None:
    add(book, "refuse")
    book.ok(*issue(book, "2026-05-05"))
    book.fails(5, "date_order", *issue(book, "2026-05-04"), "--yes")
