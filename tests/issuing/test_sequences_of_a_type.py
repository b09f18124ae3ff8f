"""Several sequences of one type that no set and no policy names: windows and `requires` choose among them."""

from pathlib import Path

import pytest

from tests.book import Book

LANES = pytest.mark.parametrize("lane", [(), ("--actor=ada",)], ids=["express", "full"])
"""A value behind an equals sign is not known to the express lane."""

YEARS = """
[sequences.invoice]
pattern = "INV-{number:4}"
effective_until = 2026-12-31
[sequences.invoice-2027]
document_type = "invoice"
pattern = "INV27-{number:4}"
effective_from = 2027-01-01
"""
BEFORE, AFTER = ("--date", "2026-12-31"), ("--date", "2027-01-01")


@pytest.fixture
def years(book: Book) -> Book:
    book.load(YEARS)
    return book


@LANES
def test_next_years_sequence_lies_ready_beside_this_years(years: Book, lane: tuple[str, ...]) -> None:
    assert years.ok(*lane, "next", "invoice", *BEFORE).lines == ["INV-0001"]
    assert years.ok(*lane, "next", "invoice", *AFTER).lines == ["INV27-0001"]
    assert years.ok(*lane, "reserve", "invoice", *AFTER).lines == ["INV27-0002"]
    assert years.ok(*lane, "peek", "Invoice", *BEFORE).lines == ["INV-0002"]


def test_records_take_the_one_of_their_date(years: Book) -> None:
    path = years.file("id,d\n1,2026-12-31\n2,2027-01-01\n3,2026-11-05\n", "r.csv")
    rows = years.ok("assign", "invoice", "--input", path, "--date-column", "d").rows
    assert [row["number"] for row in rows] == ["INV-0001", "INV27-0001", "INV-0002"]


def test_simulate_goes_over_at_the_turn_of_the_year(years: Book) -> None:
    words = ("simulate", "invoice", "--from", "2026-12-31", "--to", "2027-01-01", "--json")
    steps = years.ok(*words).json
    assert [(step["number"], step["sequence"]) for step in steps] == [
        ("INV-0001", "invoice"),
        ("INV27-0001", "invoice-2027"),
    ]


def test_explain_names_what_was_passed_over(years: Book) -> None:
    told = years.ok("explain", "invoice", *AFTER)
    assert "sequence 'invoice' is not effective on the document date" in told.out
    assert "invoice-2027" in told.out
    passed = years.ok("explain", "invoice", *AFTER, "--json").json
    assert passed["passed_over"][0]["reason"] == "not_effective"
    assert passed["reason"] == "it is the only active sequence of the document type that can serve"
    assert years.ok("explain", "invoice", *BEFORE, "--json").json["passed_over"] == []


def test_the_zone_of_each_sequence_decides_which_day_it_is(book: Book) -> None:
    book.load(
        '[book]\ntimezone = "UTC"\n'
        '[sequences.west]\ndocument_type = "t"\nprefix = "W"\ntimezone = "America/New_York"\n'
        "effective_until = 2026-12-31\n"
        '[sequences.east]\ndocument_type = "t"\nprefix = "E"\ntimezone = "Asia/Tokyo"\n'
        "effective_from = 2027-01-02\n"
    )
    # 1 January in Tokyo, 31 December in New York.
    assert book.next("t", "--date", "2026-12-31T23:00Z") == ["W1"]
    assert book.next("t", "--date", "2027-01-01T16:00Z") == ["E1"]


@pytest.mark.parametrize("command", ["next", "peek", "reserve", "explain"])
def test_windows_that_overlap_are_no_choice(book: Book, command: str) -> None:
    book.warned(
        *(
            "import",
            book.file(
                '[sequences.a]\ndocument_type = "t"\nprefix = "A"\n'
                '[sequences.b]\ndocument_type = "t"\nprefix = "B"\neffective_from = 2026-06-01\n'
                '[sequences.c]\ndocument_type = "t"\nprefix = "C"\nstatus = "inactive"\n'
            ),
        )
    )
    assert book.next("t", "--date", "2026-05-31") == ["A1"]
    if command == "explain":
        refused = book.ok("explain", "t", "--date", "2026-06-01", "--json").json["refused"]
        assert refused["code"] == "ambiguous_sequence"
        return
    error = book.fails(5, "ambiguous_sequence", command, "t", "--date", "2026-06-01")
    assert "'a'" in error["message"] and "'b'" in error["message"]
    assert "'c'" not in error["message"]
    path = book.file("id,d\n1,2026-06-01\n", "r.csv")
    book.fails(5, "ambiguous_sequence", "assign", "t", "--input", path, "--date-column", "d")


def test_requires_chooses(book: Book) -> None:
    book.load(
        '[sequences.de]\ndocument_type = "t"\nprefix = "DE"\nrequires = { Entity = "DE" }\n'
        '[sequences.fr]\ndocument_type = "t"\nprefix = "FR"\nrequires = { entity = ["FR", "MC"] }\n'
    )
    assert book.next("t", "--attr", "entity=DE") == ["DE1"]
    assert book.next("t", "--attr", "ENTITY=MC") == ["FR1"]
    book.fails(5, "not_for", "next", "t")
    path = book.file("id,Entity\n1,DE\n2,FR\n3,MC\n", "r.csv")
    rows = book.ok("assign", "t", "--input", path).rows
    assert [row["number"] for row in rows] == ["DE2", "FR2", "FR3"]


@pytest.mark.parametrize(
    ("date", "entity", "code", "named"),
    [
        ("2025-12-01", "DE", "not_effective", "'early'"),
        ("2026-05-01", "DE", "not_effective", "'early'"),
        ("2026-07-01", "DE", "not_effective", "'late'"),
        ("2026-01-15", "FR", "not_for", "'early'"),
    ],
)
def test_the_reason_of_the_one_that_came_nearest(
    book: Book, date: str, entity: str, code: str, named: str
) -> None:
    book.load(
        '[sequences.early]\ndocument_type = "t"\nprefix = "A"\nrequires = { entity = "DE" }\n'
        "effective_from = 2026-01-01\neffective_until = 2026-01-31\n"
        '[sequences.late]\ndocument_type = "t"\nprefix = "B"\nrequires = { entity = "DE" }\n'
        "effective_from = 2026-09-01\n"
        '[sequences.off]\ndocument_type = "t"\nprefix = "C"\nstatus = "inactive"\n'
    )
    error = book.fails(5, code, "next", "t", "--date", date, "--attr", f"entity={entity}")
    assert named in error["message"]


def test_all_inactive_is_inactive_and_never_not_found(book: Book) -> None:
    for name in ("a", "b"):
        book.run("sequence", "add", name, "--document-type", "t", "--prefix", name)
        book.ok("sequence", "deactivate", name)
    assert "'a'" in book.fails(5, "inactive", "next", "t")["message"]


def test_a_sequence_that_has_the_name_and_was_stopped_lets_no_other_serve(years: Book) -> None:
    years.ok("sequence", "deactivate", "invoice")
    years.fails(5, "inactive", "next", "invoice", *AFTER)


def test_a_type_that_a_set_names_is_not_chosen_by_windows(years: Book) -> None:
    years.warned("sequence", "add", "third", "--document-type", "invoice", "--prefix", "T")
    years.ok("set", "add", "s", "invoice=third")
    years.fails(5, "not_effective", "next", "invoice", *AFTER)
    assert years.next("invoice", *BEFORE) == ["INV-0001"]


def full(book: Book) -> None:
    """Two sequences of a type, of which the first one ends with its second number."""
    book("sequence", "add", "a", "--document-type", "reg", "--pattern", "A{number}", "--end", "2")
    book("sequence", "add", "b", "--document-type", "reg", "--pattern", "B{number}")
    book("sequence", "deactivate", "b")


@LANES
def test_a_successor_takes_over_where_the_first_is_used_up(book: Book, lane: tuple[str, ...]) -> None:
    full(book)
    assert book.next("reg", "-n", "2") == ["A1", "A2"]
    book.fails(5, "exhausted", "next", "reg")
    book.run("sequence", "activate", "b")
    assert book.ok(*lane, "next", "reg").lines == ["B1"]
    told = book.ok("explain", "reg").out
    assert "sequence 'a' is used up" in told
    book.ok("release", "A1", "--reason", "x")
    # It has a number to give out again, and so has the other: they stand level.
    book.fails(5, "ambiguous_sequence", "next", "reg")
    assert book.next("reg", "--sequence", "a") == ["A1"]
    assert book.ok(*lane, "next", "reg").lines == ["B2"]


def test_the_whole_count_comes_from_one_sequence(book: Book) -> None:
    book.ok("sequence", "add", "reg", "--pattern", "A{number}", "--end", "2")
    book.run("sequence", "add", "b", "--document-type", "reg", "--pattern", "B{number}")
    book.fails(5, "exhausted", "next", "reg", "-n", "3")
    assert book.next("reg", "-n", "2") == ["A1", "A2"]
    assert book.next("reg", "-n", "3") == ["B1", "B2", "B3"]


def test_records_go_on_in_the_successor_in_the_middle_of_a_file(book: Book) -> None:
    book.ok("sequence", "add", "reg", "--pattern", "A{number}", "--end", "2")
    book.run("sequence", "add", "b", "--document-type", "reg", "--pattern", "B{number}", "--end", "2")
    path = book.file("id\n" + "".join(f"{place}\n" for place in range(6)), "r.csv")
    error = book.fails(5, "exhausted", "assign", "reg", "--input", path)
    assert "2 of 6 records" in error["message"]
    result = book("assign", "reg", "--input", path, "--partial")
    assert [row["number"] for row in result.rows] == ["A1", "A2", "B1", "B2"]
    assert book.ok("audit", "verify").err == ""


def test_the_years_are_used_up_each_by_itself(book: Book) -> None:
    pattern = ("--reset", "year", "--end", "1")
    book.ok("sequence", "add", "reg", "--pattern", "A{YYYY}-{number}", *pattern)
    book.run("sequence", "add", "b", "--document-type", "reg", "--pattern", "B{YYYY}-{number}", *pattern)
    assert [book.next("reg", "--date", f"{year}-05-04")[0] for year in (2025, 2025, 2026, 2026)] == [
        "A2025-1",
        "B2025-1",
        "A2026-1",
        "B2026-1",
    ]


def test_a_library_that_goes_on_takes_the_same_turns(tmp_path: Path) -> None:
    """One store remembers what it chose; windows and used up counters are looked at all the same."""
    from seqctl import open_store
    from seqctl.actions import add_sequence, issue
    from seqctl.model.number.request import Request

    with open_store(str(tmp_path / "b.db"), create=True) as store:
        add_sequence(store, "t", {"pattern": "A{number}", "end": 2, "effective_until": "2026-12-31"})
        add_sequence(store, "b", {"pattern": "B{number}", "document_type": "t"})
        days = ["2026-05-04", "2027-01-01", "2026-05-04", "2026-05-04", "2027-01-01"]
        drawn = [issue(store, Request("t", date=day, confirmed=True)).texts[0] for day in days]
    assert drawn == ["A1", "B1", "A2", "B2", "B3"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (("--requires", "entity=DE"), "not_for"),
        (("--effective-until", "2020-01-01"), "not_effective"),
        (("--end", "1"), "exhausted"),
    ],
)
def test_explain_does_not_call_one_able_that_is_refused(
    book: Book, fields: tuple[str, ...], code: str
) -> None:
    book.ok("sequence", "add", "x", "--document-type", "memo", "--pattern", "M{number}", *fields)
    if code == "exhausted":
        book.next("memo")
    told = book.ok("explain", "memo", "--json").json
    assert told["refused"]["code"] == code
    assert told["reason"] == "no sequence of the document type can serve, and it comes nearest"


def test_explain_does_not_advise_to_explain(book: Book) -> None:
    book.ok("sequence", "add", "x", "--document-type", "memo", "--pattern", "M{number}")
    for name in ("one", "two"):
        book.ok("policy", "add", name, "--document-type", "memo", "--sequence", "x")
    told = book.ok("explain", "memo", "--json").json["refused"]
    assert (told["code"], told["hint"]) == ("ambiguous_policy", "give one of them a higher priority")
