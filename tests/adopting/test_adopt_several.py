"""`adopt` without a TARGET: each line of a file names its sequence, and a whole book comes in at once."""

import shlex

from tests.book import Book, Result

KEPT = ("number", "value", "sequence", "document_type", "period", "scope", "date", "state", "record")
TOLD = ("reason", "note")


def _done(book: Book, *args: object) -> Result:
    """A call that must succeed; it may say how it read a file."""
    result = book.run(*args)
    assert result.status == 0, result
    return result


def _kept(book: Book, *args: object) -> list[tuple[object, ...]]:
    listed = _done(book, *args, "numbers", "--json").json
    return [tuple(number[name] for name in (*KEPT, *TOLD)) for number in listed]


STORY = [
    "sequence add invoice --pattern INV-{YYYY}-{number:5} --reset year",
    "sequence add plain --pattern {number:4} --reset year --unique period",
    "sequence add memo --document-type credit_memo --pattern {entity}/{number:3} --scope entity",
    "next invoice -n 3 --date 2025-05-01",
    "next invoice -n 3 --date 2026-05-01",
    "next plain -n 3 --date 2025-02-02",
    "next plain -n 9 --date 2026-02-02",
    "next memo -n 2 --attr 'entity=A & B=1'",
    "next memo -n 2 --attr entity=DE",
    "record INV-2025-00001 --record 4711 --note 'paid twice'",
    "void INV-2026-00002 --reason 'wrong, so wrong'",
    "void 0002 --sequence plain --period 2025 --reason lost",
    "release 0007 0008 --sequence plain --period 2026 --reason 'never sent'",
    "gaps block plain 7..8 --period 2026 --reason 'a torn page'",
]
"""Sequences of all kinds of counters, and numbers in many states."""


def test_a_whole_book_comes_out_equal(book: Book) -> None:
    there = ("--db", book.folder / "there.db")
    _done(book, *there, "init", "--timezone", "UTC")
    for words in STORY:
        _done(book, *there, *shlex.split(words))
    listed = {
        name: book.file(_done(book, *there, *words).out, name)
        for name, words in {
            "book.toml": ("export",),
            "numbers.csv": ("numbers", "-o", "csv"),
            "gaps.csv": ("gaps", "-o", "csv"),
        }.items()
    }
    _done(book, "import", listed["book.toml"])
    _done(book, "adopt", "--input", listed["numbers.csv"])
    _done(book, "gaps", "block", "--input", listed["gaps.csv"])
    assert _kept(book) == _kept(book, *there)
    was = _done(book, *there, "numbers", "--json").json
    told = [(number["source_actor"], number["source_at"]) for number in book.numbers()]
    assert told == [(number["actor"], number["issued_at"]) for number in was]
    gaps = [_done(book, *where, "gaps", "-o", "csv").csv for where in (there, ())]
    same = ("sequence", "scope", "period", "first", "last", "count", "state", "reason")
    assert len(gaps[0]) == 1
    assert [[row[name] for name in same] for row in gaps[0]] == [
        [row[name] for name in same] for row in gaps[1]
    ]
    adopted = [event for event in book.ok("audit", "list", "--json").json if event["action"] == "adopt"]
    assert [(event["subject"], event["count"]) for event in adopted] == [(listed["numbers.csv"], len(was))]
    assert book.run("audit", "verify").status == 0
    assert book.run("check").status == 0
    head = book.ok("audit", "head").out
    assert {row["adopted"] for row in _done(book, "adopt", "--input", listed["numbers.csv"]).rows} == {"0"}
    assert book.ok("audit", "head").out == head


def test_a_line_may_name_a_document_type(invoices: Book) -> None:
    invoices.ok("sequence", "add", "memo", "--document-type", "credit_memo", "--pattern", "CM-{number}")
    path = invoices.file("Number;Document type\nINV-00001;invoice\nCM-1;credit_memo\n", "types.csv")
    error = invoices.fails(6, "invalid_input", "adopt", "--input", path)
    assert "--sequence-column 'Document type', or give a TARGET" in error["message"]
    _done(invoices, "adopt", "--input", path, "--sequence-column", "document type")
    assert [number["sequence"] for number in invoices.numbers()] == ["invoice", "memo"]


def test_lines_that_name_no_sequence_are_told(invoices: Book) -> None:
    path = invoices.file("number,sequence\nINV-00001,invoice\nINV-00002,invoise\nINV-00003,\n", "s.csv")
    error = invoices.fails(6, "invalid_input", "adopt", "--input", path)
    assert "s.csv:3: 'INV-00002' names the sequence 'invoise', which does not exist" in error["problems"][0]
    assert "did you mean 'invoice'" in error["problems"][0]
    assert error["problems"][1].endswith("s.csv:4: 'INV-00003' names no sequence")
    assert [item["column"] for item in error["findings"]] == ["sequence", "sequence"]
    result = invoices.run("adopt", "--input", path, "--skip-invalid")
    assert (result.status, [number["number"] for number in invoices.numbers()]) == (3, ["INV-00001"])


def test_a_target_bounds_what_lines_may_name(invoices: Book) -> None:
    invoices.ok("sequence", "add", "memo", "--pattern", "CM-{number}")
    path = invoices.file("number,series\nINV-00001,\nCM-1,memo\n", "s.csv")
    column = ("--sequence-column", "series")
    error = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", path, *column)
    assert "'CM-1' names the sequence 'memo', which is none of 'invoice'" in error["message"]
    # A column that nobody names means nothing where there is a target.
    named = invoices.file("number,sequence\nINV-00001,from another system\n", "t.csv")
    _done(invoices, "adopt", "invoice", "--input", named)


def test_a_text_of_two_sequences_belongs_to_the_one_that_is_named(book: Book) -> None:
    for name in ("a", "b"):
        book.ok("sequence", "add", name, "--pattern", "{number:3}")
    path = book.file("number,sequence\n001,b\n001,a\n002,a\n", "both.csv")
    _done(book, "adopt", "--input", path)
    assert [(row["number"], row["sequence"]) for row in book.numbers()] == [
        ("001", "b"),
        ("001", "a"),
        ("002", "a"),
    ]
    # A text by which another sequence holds a number is none of this one's.
    book.ok("sequence", "edit", "b", "--pattern", "X{number:3}")
    other = book.file("number,sequence\n001,b\n009x,a\n", "again.csv")
    error = book.fails(6, "invalid_input", "adopt", "--input", other)
    assert "'009x' does not fit" in str(error)


def test_without_target_and_column_nothing_is_guessed(invoices: Book) -> None:
    plain = invoices.file("INV-00001\nINV-00002\n", "plain.txt")
    assert "give a TARGET" in invoices.fails(6, "invalid_input", "adopt", "--input", plain)["message"]
    assert "TARGET" in invoices.fails(2, "usage", "adopt")["message"]
    named = invoices.file("number,sequence\nINV-00001,invoice\n", "n.csv")
    error = invoices.fails(2, "usage", "adopt", "--input", named, "--period", "all")
    assert "--period is for the numbers of one TARGET" in error["message"]


def test_notes_come_along_and_are_held_by_the_log(invoices: Book) -> None:
    path = invoices.file("number,note\nINV-00001,paid twice\nINV-00002,\n", "n.csv")
    _done(invoices, "adopt", "invoice", "--input", path)
    assert [number["note"] for number in invoices.numbers()] == ["paid twice", None]
    assert invoices.ok("show", "INV-00001", "--json").json["note"] == "paid twice"
    invoices.ok("record", "INV-00001", "--note", "settled")
    assert [number["note"] for number in invoices.numbers()] == ["settled", None]
    assert invoices.run("audit", "verify").status == 0
