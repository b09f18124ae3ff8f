"""Document dates: their order within a counter, and dates far ahead."""

import pytest

FAR = "2099-01-01"


def add(book, order, *words):
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


def issue(book, date, entity="DE", *words):
    return ("next", "a", "--attr", f"entity={entity}", "--date", date, *words)


def test_refuse_names_the_number_and_the_date_in_the_way_and_consumes_nothing(book):
    add(book, "refuse")
    book.ok(*issue(book, "2026-05-04"))
    book.ok(*issue(book, "2026-05-05"))
    error = book.fails(5, "date_order", *issue(book, "2026-05-04"))
    for part in ("2026-05-04", "2026-05-05", "DE-2"):
        assert part in error["message"]
    assert "2026-05-05" in error["hint"]
    assert book.texts() == ["DE-1", "DE-2"]


def test_the_same_date_keeps_the_order(book):
    add(book, "refuse")
    for value in range(1, 4):
        assert book.ok(*issue(book, "2026-05-04")).lines == [f"DE-{value}"]


def test_warn_says_the_same_and_issues(book):
    add(book, "warn")
    book.ok(*issue(book, "2026-05-05"))
    warned = book.warned(*issue(book, "2026-05-04"))
    assert warned.lines == ["DE-2"]
    for part in ("2026-05-04", "2026-05-05", "DE-1"):
        assert part in warned.err
    assert "DE-1" in book.warned(*issue(book, "2026-05-04")).err


def test_off_says_nothing(book):
    add(book, "off")
    book.ok(*issue(book, "2026-05-05"))
    assert book.ok(*issue(book, "2020-05-04")).lines == ["DE-2"]


def test_each_counter_has_an_order_of_its_own(book):
    add(book, "refuse")
    book.ok(*issue(book, "2026-05-05"))
    assert book.ok(*issue(book, "2026-05-04", "FR")).lines == ["FR-1"]


def test_a_closed_year_goes_on_in_its_own_order(book):
    pattern = ("--pattern", "{YYYY}-{number}", "--reset", "year", "--date-order", "refuse")
    book.ok("sequence", "add", "a", *pattern)
    book.next("a", "--date", "2024-12-30")
    book.next("a", "--date", "2025-01-02")
    assert book.next("a", "--date", "2024-12-31") == ["2024-2"]
    book.fails(5, "date_order", "next", "a", "--date", "2024-12-30")


def test_an_order_that_is_switched_on_later_knows_the_dates_before(book):
    add(book, "off")
    book.ok(*issue(book, "2026-05-05"))
    book.ok("sequence", "edit", "a", "--date-order", "refuse")
    book.fails(5, "date_order", *issue(book, "2026-05-04"))


@pytest.mark.parametrize("order", ["off", "warn"])
def test_a_far_date_warns_and_issues(book, order):
    add(book, order)
    warned = book.warned(*issue(book, FAR))
    assert warned.lines == ["DE-1"]
    assert FAR in warned.err


@pytest.mark.parametrize("words", [(), ("--json",), ("-n", "5")], ids=" ".join)
def test_under_refuse_a_far_date_needs_yes_and_without_a_terminal_the_flag_is_named(book, words):
    add(book, "refuse")
    result = book(*issue(book, FAR), *words)
    assert result.status == 2
    assert "--yes" in result.err
    assert book.numbers() == []
    error = book.fails(2, "confirmation_needed", *issue(book, FAR))
    assert FAR in error["message"]


def test_with_yes_a_far_date_is_issued_with_a_warning(book):
    add(book, "refuse")
    assert book.warned(*issue(book, FAR), "--yes").lines == ["DE-1"]


def test_peek_of_a_far_date_consumes_nothing_and_is_like_next(book):
    add(book, "refuse")
    assert book("peek", "a", "--attr", "entity=DE", "--date", FAR).status == 2
    assert book.warned("peek", "a", "--attr", "entity=DE", "--date", FAR, "--yes").lines == ["DE-1"]
    assert book.numbers() == []


@pytest.mark.parametrize(("days", "warns"), [(366, False), (367, True)])
def test_far_is_more_than_366_days_ahead(invoices, days, warns):
    from datetime import UTC, datetime, timedelta

    date = str(datetime.now(UTC).date() + timedelta(days=days))
    result = invoices("next", "invoice", "--date", date)
    assert result.lines == ["INV-00001"]
    assert bool(result.err) == warns


def test_yes_does_not_lift_the_order_of_dates(book):
    add(book, "refuse")
    book.ok(*issue(book, "2026-05-05"))
    book.fails(5, "date_order", *issue(book, "2026-05-04"), "--yes")
