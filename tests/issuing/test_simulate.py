"""`simulate`: what it prints, what it refuses, and that it writes nothing."""

import pytest

from tests.book import Book

YEARLY = """
[sequences.invoice]
pattern = "INV-{YYYY}-{number:2}"
reset = "year"
end = 4
warn_at = "1 left"
"""
NEW_YEAR = ("--from", "2026-12-29", "--to", "2027-01-02")


@pytest.fixture
def yearly(book: Book) -> Book:
    book.load(YEARLY)
    return book


def test_a_year_end_is_rehearsed(yearly: Book) -> None:
    yearly.next("invoice", "--date", "2026-12-01")
    rows = yearly.ok("simulate", "invoice", *NEW_YEAR).rows
    assert list(rows[0]) == ["date", "number", "sequence", "period", "policy", "set", "note"]
    assert [(row["date"], row["number"], row["period"]) for row in rows] == [
        ("2026-12-29", "INV-2026-02", "2026"),
        ("2026-12-30", "INV-2026-03", "2026"),
        ("2026-12-31", "INV-2026-04", "2026"),
        ("2027-01-01", "INV-2027-01", "2027"),
        ("2027-01-02", "INV-2027-02", "2027"),
    ]
    assert [row["note"] for row in rows] == [
        "",
        "sequence 'invoice' in period 2026 has 1 number left (warn_at is 1 left)",
        "sequence 'invoice' in period 2026 has 0 numbers left (warn_at is 1 left)",
        "new period",
        "",
    ]


def test_exhaustion_is_a_note_and_the_rehearsal_goes_on(yearly: Book) -> None:
    rows = yearly.ok("simulate", "invoice", *NEW_YEAR, "--count", "3").rows
    assert [row["number"] for row in rows] == [
        "INV-2026-01..INV-2026-03",
        "",
        "",
        "INV-2027-01..INV-2027-03",
        "",
    ]
    assert rows[1]["note"].startswith("exhausted: sequence 'invoice' in period 2026 has only 1 of the 3")
    assert (rows[1]["sequence"], rows[1]["period"]) == ("invoice", "2026")


def test_json_has_the_code_of_a_refusal_and_the_scope(book: Book) -> None:
    book.load('[sequences.s]\npattern = "{entity}-{number}"\nscope = { entity = ["A"] }\nend = 1\n')
    told = book.ok("simulate", "s", *NEW_YEAR, "--attr", "entity=A", "--json").json
    assert list(told[0]) == [
        *("date", "number", "sequence", "period", "scope", "policy", "set", "code", "note"),
    ]
    assert (told[0]["number"], told[0]["scope"], told[0]["code"]) == ("A-1", {"entity": "A"}, None)
    assert (told[1]["number"], told[1]["code"]) == (None, "exhausted")
    refused = book.ok("simulate", "s", *NEW_YEAR, "--attr", "entity=B", "--json").json
    assert {step["code"] for step in refused} == {"scope_value"}


def test_nothing_is_written(yearly: Book) -> None:
    yearly.next("invoice", "--date", "2026-12-01")
    before = yearly.path.read_bytes()
    yearly.ok("simulate", "invoice", *NEW_YEAR, "--count", "2")
    assert yearly.path.read_bytes() == before
    assert yearly.texts() == ["INV-2026-01"]


@pytest.mark.parametrize(
    ("every", "dates"),
    [
        ("month", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        ("30d", ["2026-01-31", "2026-03-02", "2026-04-01"]),
        ("4w", ["2026-01-31", "2026-02-28", "2026-03-28", "2026-04-25"]),
        ("quarter", ["2026-01-31", "2026-04-30"]),
        ("year", ["2026-01-31"]),
    ],
)
def test_steps(invoices: Book, every: str, dates: list[str]) -> None:
    rows = invoices.ok(
        "simulate", "invoice", "--from", "2026-01-31", "--to", "2026-04-30", "--every", every
    ).rows
    assert [row["date"] for row in rows] == dates


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "2026-01-01"),
        ("--to", "2026-01-01"),
        ("--from", "2026-01-02", "--to", "2026-01-01"),
        ("--from", "20260101", "--to", "2026-01-02"),
        ("--from", "2026-01-01T10:00", "--to", "2026-01-02"),
        ("--from", "2026-01-01", "--to", "2026-02-30"),
        ("--from", "2026-01-01", "--to", "2026-01-02", "--every", "fortnight"),
        ("--from", "2026-01-01", "--to", "2026-01-02", "--count", "0"),
        ("--from", "2026-01-01", "--to", "2036-02-18"),
        ("--from", "2026-01-01", "--to", "2026-12-31", "--count", "100000"),
    ],
)
def test_wrong_usage(invoices: Book, words: tuple[str, ...]) -> None:
    invoices.fails(2, "usage", "simulate", "invoice", *words)


def test_the_longest_rehearsal(invoices: Book) -> None:
    rows = invoices.warned("simulate", "invoice", "--from", "2026-01-01", "--to", "2036-02-17").rows
    assert len(rows) == 3700
    assert rows[-1]["number"] == "INV-03700"


def test_unknown_names_are_not_found(invoices: Book) -> None:
    error = invoices.fails(4, "not_found", "simulate", "invoise", *NEW_YEAR)
    assert "'invoice'" in error["hint"]
    invoices.fails(4, "not_found", "simulate", "invoice", *NEW_YEAR, "--sequence", "x")
    invoices.fails(4, "not_found", "simulate", "invoice", *NEW_YEAR, "--set", "x")
    invoices.fails(5, "wrong_target", "simulate", "whatever", *NEW_YEAR, "--sequence", "invoice")
    assert invoices.ok("simulate", "invoice", *NEW_YEAR, "--sequence", "invoice").rows


def test_a_type_that_is_served_only_at_times_is_no_unknown_target(book: Book) -> None:
    book.load(
        '[book]\ntimezone = "Pacific/Auckland"\n'
        '[sequences.one]\ndocument_type = "invoice"\npattern = "A-{number}"\n'
        '[policies.p]\ndocument_type = "invoice"\nsequence = "one"\n'
        "effective_from = 2026-12-31\neffective_until = 2027-01-01\n"
    )
    steps = book.ok("simulate", "invoice", *NEW_YEAR, "--json").json
    assert [(step["number"], step["policy"], step["code"]) for step in steps] == [
        (None, None, "not_found"),
        (None, None, "not_found"),
        ("A-1", "p", None),
        ("A-2", "p", None),
        (None, None, "not_found"),
    ]


def test_dates_far_ahead_are_near_when_they_come(book: Book) -> None:
    book.load('[sequences.s]\npattern = "S-{number}"\ndate_order = "refuse"\n')
    rows = book.warned("simulate", "s", "--from", "2090-01-01", "--to", "2090-01-02").rows
    assert [(row["number"], row["note"]) for row in rows] == [("S-1", ""), ("S-2", "")]


def test_date_order_refuses_until_the_latest_date_is_reached(book: Book) -> None:
    book.load('[sequences.s]\npattern = "S-{number}"\ndate_order = "refuse"\n')
    book.next("s", "--date", "2026-12-31")
    rows = book.ok("simulate", "s", *NEW_YEAR).rows
    assert [row["number"] for row in rows] == ["", "", "S-2", "S-3", "S-4"]
    assert rows[0]["note"].startswith("date_order: the document date 2026-12-29 lies before 2026-12-31")


def test_there_must_be_a_book(nowhere: Book) -> None:
    nowhere.fails(4, "not_found", "simulate", "invoice", *NEW_YEAR)


def test_each_step_has_its_own_day_as_today(book: Book) -> None:
    book.load('[sequences.s]\npattern = "S-{number}"\ndate_order = "refuse"\n')
    rows = book.warned("simulate", "s", "--from", "2026-01-01", "--to", "2030-01-01", "--every", "year").rows
    assert [(row["number"], row["note"]) for row in rows] == [(f"S-{place}", "") for place in range(1, 6)]
