"""Calendars that list the first day of each fiscal year: 53 weeks, 4-4-5, thirteen months, moved starts."""

import pytest

from tests.book import Book, Sql

RETAIL = """
[calendars.retail]
years = { 2027 = 2027-01-31, 2028 = 2028-01-30, 2029 = 2029-02-04 }
until = 2030-02-02

[calendars.retail.quarters]
2027 = [2027-01-31, 2027-05-02, 2027-08-01, 2027-10-31]
2028 = [2028-01-30, 2028-04-30, 2028-07-30, 2028-10-29]
2029 = [2029-02-04, 2029-05-06, 2029-08-05, 2029-11-04]

[calendars.retail.months]
2027 = [2027-01-31, 2027-02-28, 2027-03-28, 2027-05-02, 2027-05-30, 2027-06-27, 2027-08-01, 2027-08-29,
        2027-09-26, 2027-10-31, 2027-11-28, 2027-12-26]
2028 = [2028-01-30, 2028-02-27, 2028-03-26, 2028-04-30, 2028-05-28, 2028-06-25, 2028-07-30, 2028-08-27,
        2028-09-24, 2028-10-29, 2028-11-26, 2028-12-24]
2029 = [2029-02-04, 2029-03-04, 2029-04-01, 2029-05-06, 2029-06-03, 2029-07-01, 2029-08-05, 2029-09-02,
        2029-09-30, 2029-11-04, 2029-12-02, 2029-12-30]

[sequences.year]
pattern = "Y{FY}-{number:3}"
reset = "fiscal-year"
calendar = "retail"

[sequences.quarter]
pattern = "Q{FY:YY}{FQ}-{number:3}"
reset = "fiscal-quarter"
calendar = "retail"

[sequences.month]
pattern = "M{FYS}{FYE:YY}-{FM}-{number:3}"
reset = "fiscal-month"
calendar = "retail"
"""


ONE = "years = { 2026 = 2026-01-01 }\nuntil = 2026-12-31\n"


@pytest.fixture
def retail(book: Book) -> Book:
    """A retailer whose year 2028 has 53 weeks, each quarter of 4, 4 and 5 weeks."""
    book.load(RETAIL)
    return book


def simulated(book: Book, target: str, first: str, last: str) -> list[tuple[str, str]]:
    """What a rehearsal of every day gives: number and period."""
    listed = book("simulate", target, "--from", first, "--to", last, "--json").json
    return [(item["number"], item["period"]) for item in listed]


def sound(book: Book) -> None:
    """Nothing is wrong with the book or its log, but that these years end one day."""
    assert {item["code"] for item in book("check", "--json").json} <= {"calendar_ends", "calendar_over"}
    assert book.ok("audit", "verify").err == ""


def test_a_year_of_53_weeks_ends_where_its_successor_begins(retail: Book) -> None:
    assert simulated(retail, "year", "2028-01-29", "2028-01-31") == [
        ("Y2027-001", "FY2027"),
        ("Y2028-001", "FY2028"),
        ("Y2028-002", "FY2028"),
    ]
    assert simulated(retail, "year", "2029-02-02", "2029-02-05") == [
        ("Y2028-001", "FY2028"),
        ("Y2028-002", "FY2028"),
        ("Y2029-001", "FY2029"),
        ("Y2029-002", "FY2029"),
    ]


def test_a_quarter_of_four_four_and_five_weeks(retail: Book) -> None:
    assert simulated(retail, "quarter", "2028-04-29", "2028-04-30") == [
        ("Q281-001", "FY2028-Q1"),
        ("Q282-001", "FY2028-Q2"),
    ]
    edges = [("2028-02-26", "01"), ("2028-02-27", "02"), ("2028-03-25", "02"), ("2028-03-26", "03")]
    edges += [("2028-04-29", "03"), ("2028-04-30", "04"), ("2029-02-03", "12"), ("2029-02-04", "01")]
    for day, month in edges:
        ((number, period),) = simulated(retail, "month", day, day)
        assert number[-6:-4] == period[-2:] == month, day


def test_quarters_follow_from_twelve_months(book: Book) -> None:
    months = ", ".join(f"2026-{month:02}-01" for month in range(1, 13))
    book.load(
        f"[calendars.plain]\nyears = {{ 2026 = 2026-01-01 }}\nuntil = 2026-12-31\n"
        f"months = {{ 2026 = [{months}] }}\n"
        '[sequences.q]\npattern = "{FY}{FQ}-{number}"\nreset = "fiscal-quarter"\ncalendar = "plain"\n'
    )
    assert simulated(book, "q", "2026-03-31", "2026-04-01") == [
        ("20261-1", "FY2026-Q1"),
        ("20262-1", "FY2026-Q2"),
    ]


def test_thirteen_months_after_a_moved_start(book: Book) -> None:
    """A company that closed in December closes in January from 2027 on: its year 2026 has 13 months."""
    months = ", ".join([f"2026-{month:02}-01" for month in range(1, 13)] + ["2027-01-01"])
    book.load(
        "[calendars.moved]\nyears = { 2026 = 2026-01-01, 2027 = 2027-02-01 }\nuntil = 2028-01-31\n"
        f"[calendars.moved.months]\n2026 = [{months}]\n"
        f"2027 = [{', '.join(f'2027-{month:02}-01' for month in range(2, 13))}, 2028-01-01]\n"
        '[sequences.m]\npattern = "{FY}-{FM}-{number}"\nreset = "fiscal-month"\ncalendar = "moved"\n'
    )
    assert simulated(book, "m", "2026-12-31", "2027-01-01") == [
        ("2026-12-1", "FY2026-M12"),
        ("2026-13-1", "FY2026-M13"),
    ]
    assert simulated(book, "m", "2027-01-31", "2027-02-01") == [
        ("2026-13-1", "FY2026-M13"),
        ("2027-01-1", "FY2027-M01"),
    ]
    book("next", "m", "--date", "2027-01-15", "--yes")
    assert book.texts("m", "--period", "FY2026-M13") == ["2026-13-1"]
    book.fails(2, "usage", "numbers", "m", "--period", "FY2027-M13")
    sound(book)


def test_a_start_that_moved_keeps_the_years_that_were_used(book: Book) -> None:
    book.ok("calendar", "add", "year", "--start", "04-01", "--named-by", "start")
    book.ok(
        "sequence",
        "add",
        "invoice",
        "--pattern",
        "{FY}-{number}",
        "--reset",
        "fiscal-year",
        "--calendar",
        "year",
    )
    assert book.next("invoice", "--date", "2026-05-01") == ["2026-1"]
    short = ("--year", "2026=2026-04-01", "--year", "2027=2027-01-01", "--until", "2027-12-31")
    # Nothing says where the months of the used year began: its days are other ones then.
    book.fails(5, "locked_field", "calendar", "edit", "year", *short)


def test_a_day_outside_of_all_years_is_refused(retail: Book) -> None:
    error = retail.fails(5, "no_fiscal_year", "next", "year", "--date", "2027-01-30")
    assert "2027-01-31 to 2030-02-02" in error["message"]
    retail.fails(5, "no_fiscal_year", "peek", "year", "--date", "2030-02-03")
    assert "no_fiscal_year" in str(
        retail("simulate", "year", "--from", "2030-02-03", "--to", "2030-02-03", "--json")
    )


def test_years_are_added_and_used_ones_stay(book: Book) -> None:
    text = RETAIL[: RETAIL.index("[calendars.retail.quarters]")]
    book.load(text + RETAIL[RETAIL.index("[sequences.year]") : RETAIL.index("[sequences.quarter]")])
    assert book("next", "year", "--date", "2029-02-03", "--yes").out == "Y2028-001\n"
    more = ("--year", "2030=2030-02-03", "--until", "2031-02-01")
    book.ok("calendar", "edit", "retail", *more)
    assert book("next", "year", "--date", "2030-02-03", "--yes").out == "Y2030-001\n"
    book.fails(5, "locked_field", "calendar", "edit", "retail", "--year", "2029=2029-02-05")
    book.fails(5, "locked_field", "calendar", "edit", "retail", "--year", "2028=2028-01-31")
    # A year in which nothing was numbered may move.
    book.ok("calendar", "edit", "retail", "--year", "2027=2027-02-01")
    book.fails(5, "locked_field", "calendar", "edit", "retail", "--until", "2031-02-08")
    sound(book)


def test_a_year_that_is_added_checks_every_pattern(retail: Book) -> None:
    more = ("--year", "2030=2030-02-03", "--until", "2031-02-01")
    error = retail.fails(6, "invalid_definition", "calendar", "edit", "retail", *more)
    assert "2030" in str(error)
    retail.ok("sequence", "remove", "quarter", "--yes")
    retail.ok("sequence", "remove", "month", "--yes")
    retail.ok("calendar", "edit", "retail", *more)
    retail.ok("sequence", "add", "late", "--pattern", "L{MM}{DD}-{number}", "--calendar", "retail")
    words = ("--pattern", "{MM}{DD}{number}", "--reset", "fiscal-year", "--calendar", "retail")
    retail.fails(6, "invalid_definition", "sequence", "add", "twice", *words)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ("years = { 2026 = 2026-01-01 }", "until"),
        ('years = { 2026 = 2026-01-01 }\nuntil = 2026-12-31\nstart = "01-01"', "combined with a list"),
        ("years = { 2026 = 2026-02-01, 2027 = 2026-01-01 }\nuntil = 2027-12-31", "not after"),
        ("years = { 2026 = 2026-02-01 }\nuntil = 2026-01-31", "before the first day"),
        ("years = { 26 = 2026-02-01 }\nuntil = 2026-12-31", "not a year"),
        ("years = { 2030 = 2026-02-01 }\nuntil = 2026-12-31", "more than a year away"),
        ("years = { 2026 = 2026-01-01 }\nuntil = 2029-12-31", "731 days"),
        (f"{ONE}months = {{ 2026 = [2026-01-02] }}", "begins 2026-01-02"),
        (f"{ONE}months = {{ 2027 = [2027-01-01] }}", "none of the years"),
        (
            f"{ONE}quarters = {{ 2026 = [2026-01-01, 2027-01-01] }}",
            "lies behind",
        ),
        (
            f"{ONE}months = {{ 2026 = [2026-01-01, 2026-01-01] }}",
            "ascend",
        ),
        ('years = { 2026 = "soon" }\nuntil = 2026-12-31', "not a date"),
        ("until = 2026-12-31", "no table"),
    ],
)
def test_lists_that_make_no_calendar_are_refused(book: Book, fields: str, words: str) -> None:
    error = book.fails(6, "invalid_definition", "import", book.file(f"[calendars.c]\n{fields}\n"))
    assert words in error["message"] + str(error.get("problems"))


def test_sequences_whose_years_could_be_alike_are_found(retail: Book) -> None:
    words = ("--document-type", "year", "--reset", "fiscal-year", "--calendar", "retail")
    retail.fails(6, "collision", "sequence", "add", "again", "--pattern", "Y{FY}-{number:3}", *words)
    # 2031 is no year of this calendar.
    retail.made("sequence", "add", "other", "--pattern", "Y2031-{number:3}", "--document-type", "year")


def test_files_carry_listed_years(retail: Book) -> None:
    text = retail.ok("export").out
    assert "2028 = 2028-01-30" in text
    again = retail.ok("import", retail.file(text, "again.toml"))
    assert "created" not in again.out and "changed\t" not in again.out.replace("unchanged", "")
    exported = retail.ok("export", "--to-format", "json").out
    assert retail.ok("diff", retail.file(exported, "book.json"), "--exit-code").status == 0
    assert retail.ok("calendar", "show", "retail", "--json").json["years"]["2028"] == "2028-01-30"


def test_numbers_are_adopted_closed_and_stated_by_listed_years(retail: Book) -> None:
    retail.ok("adopt", "year", "Y2027-001", "Y2027-003")
    (gap,) = retail.ok("gaps", "--json").json
    assert (gap["first_number"], gap["period"]) == ("Y2027-002", "FY2027")
    retail.fails(6, "invalid_input", "adopt", "year", "Y2031-001")
    closing = ("close", "year", "--through", "2028-01-29", "--reason", "filed")
    error = retail.fails(5, "unexplained_gaps", *closing)
    assert "Y2027-002" in str(error)
    retail.ok("gaps", "block", "year", "Y2027-002", "--reason", "torn out")
    assert retail(*closing).status == 0
    retail.fails(5, "closed", "next", "year", "--date", "2028-01-29")
    (stated,) = retail.ok("statement", "year", "--json").json
    assert (stated["period"], stated["total"], stated["proved"]) == ("FY2027", 3, True)
    sound(retail)


def test_whoever_moves_a_listed_year_is_found(retail: Book, sql: Sql) -> None:
    retail.ok("next", "year", "--date", "2027-02-01")
    sql("UPDATE calendar SET listed = replace(listed, '2028=2028-01-30', '2028=2028-01-31')")
    assert "definition_changed" in {item["code"] for item in retail("audit", "verify", "--json").json}
