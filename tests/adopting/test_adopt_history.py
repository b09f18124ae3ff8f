"""`adopt` enters what another system says of its numbers: states, reasons, who issued them and when."""

from pathlib import Path

import pytest

from tests.book import Book, Run, Sql

LIST = (
    "number;date;state;reason;actor;issued_at\n"
    "INV-00001;2026-01-05;issued;;ada;2026-01-05T09:00:00Z\n"
    "INV-00002;2026-01-06;Voided;wrong customer;bob;2026-01-06T09:00:00Z\n"
    "INV-00003;2026-01-07;;;;\n"
    "INV-00004;2026-01-08;void;;;\n"
)


@pytest.fixture
def adopted(invoices: Book) -> Book:
    result = invoices.run("adopt", "invoice", "--input", invoices.file(LIST, "list.csv"))
    assert result.status == 0
    assert "states from 'state', reasons from 'reason', who issued them from 'actor'" in result.err
    assert [(row["adopted"], row["void"]) for row in result.rows] == [("4", "2")]
    return invoices


def test_states_and_reasons_are_entered(adopted: Book, sql: Sql) -> None:
    told = [(number["state"], number["reason"], number["source_actor"]) for number in adopted.numbers()]
    assert told == [
        ("issued", None, "ada"),
        ("void", "wrong customer", "bob"),
        ("issued", None, None),
        ("void", None, None),
    ]
    shown = adopted.ok("show", "INV-00002", "--json").json
    assert (shown["state"], shown["reason"]) == ("void", "wrong customer")
    assert (shown["source_actor"], shown["source_at"]) == ("bob", "2026-01-06T09:00:00Z")
    assert shown["actor"] != "bob"
    assert sql("SELECT count(*) FROM event WHERE action IN ('adopt', 'void')") == [(1,)]
    assert adopted.run("audit", "verify").status == 0
    assert adopted.run("check").status == 0
    assert adopted.ok("statement", "invoice", "--json").json[0]["void"] == 2


def test_void_numbers_go_on_as_any_other(adopted: Book) -> None:
    adopted.fails(5, "already_void", "void", "INV-00002", "--reason", "again")
    adopted.ok("reinstate", "INV-00002", "--reason", "it was right")
    assert adopted.ok("show", "INV-00002", "--json").json["reason"] == "it was right"
    assert [number["reason"] for number in adopted.numbers()][1] == "it was right"
    assert adopted.next("invoice") == ["INV-00005"]
    assert adopted.run("audit", "verify").status == 0


def test_the_same_list_again_changes_nothing(adopted: Book) -> None:
    head = adopted.ok("audit", "head").out
    result = adopted.run("adopt", "invoice", "--input", adopted.file(LIST, "list.csv"))
    assert [(row["adopted"], row["unchanged"], row["void"]) for row in result.rows] == [("0", "4", "0")]
    assert adopted.ok("audit", "head").out == head


def test_another_state_than_the_book_has_is_a_problem(adopted: Book) -> None:
    other = LIST.replace("issued;;ada", "void;lost;ada").replace("Voided", "issued")
    error = adopted.fails(6, "invalid_input", "adopt", "invoice", "--input", adopted.file(other, "other.csv"))
    assert "'INV-00001' is issued in the book, not void" in error["problems"][0]
    assert "'INV-00002' is void; undo a void by mistake" in error["problems"][1]


def test_reserved_numbers_are_issued_with_a_warning(invoices: Book) -> None:
    path = invoices.file("number,state\nINV-00001,reserved\nINV-00002,Reserved\nINV-00003,\n", "r.csv")
    result = invoices.run("adopt", "invoice", "--input", path)
    assert (result.status, [number["state"] for number in invoices.numbers()]) == (0, ["issued"] * 3)
    assert "warning: 2 numbers were reserved in the input, and are issued here\n" in result.err


def test_words_for_states_are_never_guessed(invoices: Book) -> None:
    path = invoices.file("number,state\nINV-00001,bezahlt\nINV-00002,Storniert\n", "d.csv")
    error = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", path)
    assert "'INV-00002' has the state 'Storniert', which is none of issued, void, reserved" in str(error)
    assert "--state-word Storniert=void" in str(error)
    words = ("--state-word", "storniert=void", "--state-word", "bezahlt=issued")
    assert invoices.run("adopt", "invoice", "--input", path, *words).status == 0
    assert [number["state"] for number in invoices.numbers()] == ["issued", "void"]
    wrong = ("adopt", "invoice", "--input", path, "--state-word", "storniert=gone")
    assert "'gone' is not a state" in invoices.fails(2, "usage", *wrong)["message"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE number_source SET reason = 'another' WHERE serial = 2",
        "UPDATE number_source SET actor = NULL WHERE serial = 1",
        "UPDATE number_source SET note = 'put in' WHERE serial = 1",
        "UPDATE number_source SET event_id = 1 WHERE serial = 1",
        "DELETE FROM number_source WHERE serial = 2",
        "DELETE FROM number_source",
        "INSERT INTO number_source VALUES (3, 3, 'put in', NULL, NULL, NULL)",
        "INSERT INTO number_source VALUES (4, 2, 'put in', NULL, NULL, NULL)",
    ],
)
def test_a_changed_source_is_found(adopted: Book, sql: Sql, change: str) -> None:
    sql(change)
    found = adopted.run("audit", "verify", "--json")
    assert (found.status, {finding["code"] for finding in found.json}) == (3, {"source_changed"})


def test_a_changed_state_is_found(adopted: Book, sql: Sql) -> None:
    sql("UPDATE number SET state = 'issued' WHERE serial = 4")
    (finding,) = adopted.run("audit", "verify", "--json").json
    assert (finding["code"], finding["subject"]) == ("number_changed", "numbers.INV-00004")


def test_a_history_moves_to_another_book(run: Run, tmp_path: Path) -> None:
    old, new = Book(tmp_path / "old.db", run), Book(tmp_path / "new.db", run)

    def both(*words: str) -> None:
        for book in (old, new):
            assert book("--db", book.path, *words).status == 0

    both("sequence", "add", "invoice", "--pattern", "INV-{YYYY}-{number:4}", "--reset", "year")

    def do(*words: str, actor: str = "ada") -> None:
        assert old("--db", old.path, "--actor", actor, *words).status == 0

    for day in ("2025-12-30", "2026-01-05", "2026-01-06"):
        do("next", "invoice", "-n", "3", "--date", day, "--record", f"R {day}")
    do("next", "invoice", "--date", "2026-01-07", "--record", "=1+1", actor="Müller")
    do("void", "INV-2026-0002", "INV-2025-0001", "--reason", 'falscher Kunde, "neu"; siehe 7')
    do("release", "INV-2026-0004", "--reason", "never came to be")
    do("gaps", "block", "invoice", "INV-2026-0004", "--reason", "explained")
    listed = tmp_path / "numbers.csv"
    listed.write_text(old("--db", old.path, "numbers", "-o", "csv").out)
    moved = new("--db", new.path, "--actor", "importer", "adopt", "invoice", "--input", listed)
    assert moved.status == 0, moved
    kept = ("number", "state", "reason", "date", "record", "sequence", "period", "value", "document_type")

    def history(book: Book) -> list[dict[str, object]]:
        return list(book("--db", book.path, "numbers", "--json").json)

    before, after = history(old), history(new)
    assert [[number[name] for name in kept] for number in before] == [
        [number[name] for name in kept] for number in after
    ]
    assert [(number["actor"], number["issued_at"]) for number in before] == [
        (number["source_actor"], number["source_at"]) for number in after
    ]
    assert {number["actor"] for number in after} == {"importer"}
    assert new("--db", new.path, "audit", "verify").status == 0


def test_what_lies_behind_the_last_number_moves_with_the_counters(invoices: Book, run: Run) -> None:
    """Freed, blocked and examined numbers at the end of a counter, which no held number follows."""
    invoices.ok("next", "invoice", "-n", 6)
    invoices.ok("release", "INV-00004", "INV-00005", "INV-00006", "--reason", "never sent")
    invoices.ok("gaps", "block", "invoice", "INV-00005", "--reason", "reported")
    invoices.ok("gaps", "review", "invoice", "INV-00006", "--reason", "look")
    invoices.ok("sequence", "set-next", "invoice", 10, "--reason", "a jump")
    numbers = invoices.file(invoices.ok("numbers", "-o", "csv").out, "numbers.csv")
    gaps = invoices.file(invoices.ok("gaps", "-o", "csv").out, "gaps.csv")
    definitions = invoices.run("export", "--with-counters")
    other = Book(invoices.folder / "other.db", run)
    at = ("--db", other.path)
    other.ok(*at, "import", invoices.file(definitions.out, "book.toml"))
    assert other.run(*at, "adopt", "--input", numbers).status == 0
    for verb in ("block", "review", "restore"):
        assert other.run(*at, "gaps", verb, "--input", gaps).status == 0
    told = [
        [(row["first_number"], row["last_number"], row["state"], row["reason"]) for row in result.rows]
        for result in (invoices.ok("gaps"), other.ok(*at, "gaps"))
    ]
    assert told[0] == told[1]
    assert len(told[0]) == 4
    assert invoices.next("invoice", "-n", 2) == ["INV-00004", "INV-00010"]
    assert other.ok(*at, "next", "invoice", "-n", 2).lines == ["INV-00004", "INV-00010"]
