"""`--input`: files of numbers to void, release, confirm, extend, record and reinstate."""

import pytest

from tests.book import Book, Sql


@pytest.fixture
def issued(invoices: Book) -> Book:
    """INV-00001 to INV-00004 are issued, INV-00005 and INV-00006 reserved."""
    invoices.next("invoice", "-n", "4", "--date", "2026-01-05")
    invoices.ok("reserve", "invoice", "-n", "2", "--date", "2026-01-06", "--ttl", "1h")
    return invoices


def states(book: Book) -> dict[str, str]:
    return {number["number"]: number["state"] for number in book.numbers()}


def told(book: Book, name: str) -> dict[str, object]:
    return {number["number"]: number[name] for number in book.numbers() if number[name] is not None}


def test_void_takes_a_reason_for_each_line_in_one_event(issued: Book, sql: Sql) -> None:
    path = issued.file("number;reason\nINV-00003;doppelt\nINV-00001;falscher Kunde\nINV-00002;\n", "v.csv")
    result = issued.run("void", "--input", path, "--reason", "cancelled")
    assert (result.status, [row["number"] for row in result.rows]) == (
        0,
        ["INV-00003", "INV-00001", "INV-00002"],
    )
    assert result.err == f"seqctl: {path}: numbers from 'number', reasons from 'reason'\n"
    reasons = {"INV-00001": "falscher Kunde", "INV-00002": "cancelled", "INV-00003": "doppelt"}
    assert told(issued, "reason") == reasons
    assert issued.ok("show", "INV-00003", "--json").json["reason"] == "doppelt"
    assert issued.ok("show", "INV-00002", "--json").json["reason"] == "cancelled"
    assert sql("SELECT count(*) FROM event WHERE action = 'void'") == [(1,)]
    assert issued.run("audit", "verify").status == 0


def test_all_or_nothing_and_everything_is_told(issued: Book) -> None:
    issued.ok("void", "INV-00004", "--reason", "x")
    head = issued.ok("audit", "head").out
    text = "number,reason\nINV-00001,a\nINV-00004,b\nINV-00005,c\nINV-00077,d\n,e\nINV-00002,\n"
    path = issued.file(text, "v.csv")
    error = issued.fails(6, "invalid_input", "void", "--input", path)
    assert [(item["line"], item["code"]) for item in error["findings"]] == [
        (3, "already_void"),
        (4, "not_confirmed"),
        (5, "not_found"),
        (6, "invalid_input"),
        (7, "invalid_input"),
    ]
    assert issued.ok("audit", "head").out == head
    result = issued.run("void", "--input", path, "--skip-invalid")
    assert (result.status, [row["number"] for row in result.rows]) == (3, ["INV-00001"])
    assert len(result.err.splitlines()) == 6


def test_one_code_for_all_keeps_its_status(issued: Book) -> None:
    path = issued.file("INV-00005\nINV-00006\n", "r.txt")
    issued.fails(5, "not_confirmed", "void", "--input", path, "--reason", "x")
    issued.fails(4, "not_found", "void", "--input", issued.file("INV-00078\n", "m.txt"), "--reason", "x")


def test_a_rehearsal_changes_nothing(issued: Book) -> None:
    path = issued.file("INV-00001\n", "r.txt")
    head = issued.ok("audit", "head").out
    for words in (("--input", path), ("INV-00001",)):
        assert issued.ok("void", *words, "--reason", "x", "--dry-run").rows[0]["state"] == "void"
        assert issued.ok("release", *words, "--reason", "x", "--dry-run").rows[0]["state"] == "reusable"
    assert issued.ok("audit", "head").out == head


def test_confirm_takes_dates_and_records(issued: Book) -> None:
    path = issued.file("number;date;record\nINV-00006;07.01.2026;R6\nINV-00005;;\n", "c.csv")
    issued.fails(6, "invalid_input", "confirm", "--input", path)
    assert issued.run("confirm", "--input", path, "--date-format", "DD.MM.YYYY").status == 0
    assert [(number["date"], number["record"]) for number in issued.numbers()][4:] == [
        ("2026-01-06", None),
        ("2026-01-07", "R6"),
    ]
    assert issued.run("audit", "verify").status == 0
    assert issued.run("check").status == 0


def test_extend_gives_a_new_deadline(issued: Book) -> None:
    before = issued.ok("show", "INV-00005", "--json").json["expires_at"]
    issued.ok("extend", "INV-00005", "--ttl", "2d")
    assert issued.ok("show", "INV-00005", "--json").json["expires_at"] > before
    issued.ok("extend", "--input", issued.file("INV-00006\n", "e.txt"), "--ttl", "2d")
    issued.fails(5, "not_reserved", "extend", "INV-00001", "--ttl", "2d")
    issued.fails(2, "usage", "extend", "INV-00005", "--ttl", "soon")
    assert issued.run("audit", "verify").status == 0


def test_an_ended_reservation_is_not_extended(issued: Book, sql: Sql) -> None:
    sql("UPDATE number SET expires_at = '2026-01-05T00:00:00.000000Z' WHERE state = 'reserved'")
    issued.fails(5, "reservation_expired", "extend", "INV-00005", "--ttl", "2d")


def test_record_fills_and_replaces_under_a_reason(issued: Book) -> None:
    issued.ok("record", "INV-00001", "--record", "R1")
    issued.ok("record", "INV-00001", "--record", "R1", "--note", "paid late")
    issued.fails(2, "usage", "record", "INV-00001", "--record", "R2")
    issued.ok("record", "INV-00001", "--record", "R2", "--reason", "typing error")
    issued.ok("void", "INV-00001", "--reason", "wrong customer")
    issued.ok("record", "INV-00001", "--note", "letter of 7 May")
    shown = issued.ok("show", "INV-00001", "--json").json
    assert (shown["record"], shown["note"], shown["reason"]) == ("R2", "letter of 7 May", "wrong customer")
    assert (told(issued, "note"), told(issued, "reason")) == (
        {"INV-00001": "letter of 7 May"},
        {"INV-00001": "wrong customer"},
    )
    issued.fails(2, "usage", "record", "INV-00001")
    issued.fails(5, "not_confirmed", "record", "INV-00005", "--note", "x")
    assert issued.run("audit", "verify").status == 0


def test_records_and_notes_of_a_file(issued: Book) -> None:
    path = issued.file("number,record,note\nINV-00001,R1,\nINV-00002,R2,second\nINV-00003,,third\n", "r.csv")
    assert issued.run("record", "--input", path).status == 0
    assert told(issued, "record") == {"INV-00001": "R1", "INV-00002": "R2"}
    assert told(issued, "note") == {"INV-00002": "second", "INV-00003": "third"}
    assert issued.run("audit", "verify").status == 0


def test_release_and_reinstate_by_a_file(issued: Book) -> None:
    path = issued.file("number,reason\nINV-00002,never sent\nINV-00003,cancelled\n", "r.csv")
    assert issued.run("release", "--input", path).status == 0
    assert issued.run("reinstate", "--input", path).status == 0
    assert set(states(issued)) >= {"INV-00002", "INV-00003"}
    assert issued.ok("show", "INV-00002", "--json").json["reason"] == "never sent"
    assert issued.run("audit", "verify").status == 0


def test_numbers_of_several_sequences_and_lost_zeros(issued: Book) -> None:
    issued.ok("sequence", "add", "memo", "--pattern", "{number:6}")
    issued.next("memo", "-n", "2")
    path = issued.file("number,sequence\n1,memo\n2.0,memo\nINV-00001,invoice\n", "v.csv")
    issued.fails(4, "not_found", "void", "--input", path, "--reason", "x")
    assert issued.run("void", "--input", path, "--reason", "x", "--pad").status == 0
    voided = [number for number, state in states(issued).items() if state == "void"]
    assert voided == ["INV-00001", "000001", "000002"]


@pytest.mark.parametrize(
    "words",
    [
        ("void", "INV-00001", "--input", "x.txt", "--reason", "x"),
        ("void", "--reason", "x"),
        ("void", "INV-00001"),
        ("void", "INV-00001", "--reason", "x", "--pad"),
        ("void", "INV-00001", "--reason", "x", "--skip-invalid"),
        ("record", "INV-00001", "--note", " "),
    ],
)
def test_wrong_usage(issued: Book, words: tuple[str, ...]) -> None:
    issued.fails(2, "usage", *words)


def test_everything_that_keeps_a_number_from_coming_back_is_told(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "INV-{number:5}", "--date-order", "refuse")
    for day in range(1, 7):
        book.next("invoice", "--date", f"2026-01-{day:02}")
    book.ok("void", "INV-00002", "INV-00003", "--reason", "lost")
    book.ok("release", "INV-00005", "--reason", "never sent")
    book.ok("reinstate", "INV-00005", "--reason", "it was")
    book.ok("release", "INV-00004", "INV-00005", "--reason", "never sent")
    book.ok("next", "invoice", "--date", "2026-01-05")
    book.ok("close", "invoice", "--through", "2026-01-02", "--reason", "filed")
    text = "number,reason\nINV-00002,a\nINV-00003,b\nINV-00004,c\nINV-00005,d\nINV-00099,e\n"
    path = book.file(text, "back.csv")
    error = book.fails(5, "closed", "reinstate", "--input", path)
    told = [(item["line"], item["code"]) for item in error["findings"]]
    assert told == [(2, "closed"), (4, "not_void"), (6, "not_found")]
    result = book.run("reinstate", "--input", path, "--skip-invalid")
    assert result.status == 3
    assert [row["number"] for row in result.rows] == ["INV-00003", "INV-00005"]
    assert book.run("audit", "verify").status == 0
    assert book.run("check").status in (0, 3)


def test_the_list_of_numbers_comes_back_where_texts_repeat(book: Book) -> None:
    book.ok("sequence", "add", "slip", "--pattern", "{number:3}", "--reset", "year", "--unique", "period")
    for year in ("2025", "2026"):
        book.ok("reserve", "slip", "-n", "2", "--ttl", "300d", "--date", f"{year}-05-01")
    listed = book.file(book.ok("numbers", "-o", "csv").out, "numbers.csv")
    for words in (
        ("extend", "--ttl", "301d"),
        ("confirm",),
        ("record", "--note", "x"),
        ("void", "--reason", "y"),
    ):
        assert len(book.run(*words, "--input", listed).rows) == 4, words
    text = "number,period\n001,2025\n002,2026\n"
    assert book.run("reinstate", "--input", book.file(text, "back.csv"), "--reason", "z").status == 0
    states = [(number["period"], number["number"], number["state"]) for number in book.numbers()]
    assert states == [
        ("2025", "001", "issued"),
        ("2025", "002", "void"),
        ("2026", "001", "void"),
        ("2026", "002", "issued"),
    ]
    bare = book.file("number\n001\n", "bare.csv")
    book.fails(5, "ambiguous_number", "release", "--input", bare, "--reason", "z")
    assert book.run("audit", "verify").status == 0
