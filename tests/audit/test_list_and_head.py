"""`audit list` and `audit head`: filters, formats, and an export whose hashes can be computed again."""

import hashlib
import json
from collections.abc import Iterable

import pytest

from tests.audit.conftest import Tamper
from tests.book import Book, Sql


@pytest.fixture
def log(invoices: Book) -> Book:
    """A book with events of two people on three subjects."""
    invoices.next("invoice", "-n", "3", "--actor", "ines")
    invoices.next("invoice", "--actor", "ines")
    invoices.ok("sequence", "add", "payment", "--actor", "bob")
    invoices.ok("sequence", "set-next", "invoice", "9", "--reason", "moved from the old system")
    return invoices


def ids(book: Book, *words: str) -> list[int]:
    return [int(row["id"]) for row in book.ok("audit", "list", *words).rows]


def test_events_are_listed_oldest_first(log: Book) -> None:
    assert [row["action"] for row in log.ok("audit", "list").rows] == [
        "init",
        "sequence add",
        "issue",
        "issue",
        "sequence add",
        "set-next",
    ]


def test_a_line_says_what_an_event_was_about(log: Book) -> None:
    about = [row["about"] for row in log.ok("audit", "list").rows]
    assert about == [
        "timezone UTC",
        "created sequence invoice",
        "3 numbers, 1..3",
        "1 number, 4",
        "created sequence payment",
        "5..8, moved from the old system",
    ]


def test_what_became_of_numbers_is_told_with_their_count(old: Book) -> None:
    about = {int(row["id"]): row["about"] for row in old.ok("audit", "list").rows}
    assert about[12] == "3 numbers, 3..6, to reusable, never came to be"
    assert about[20] == "2 numbers, 2..4, to missing, cancelled"
    assert about[21] == "3 numbers, orders.csv"
    assert about[25] == "through 2025-12-31, filed"
    assert about[34] == "4..7, to review, who knows"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--by", "ines"), [3, 4]),
        (("--by", "nobody"), []),
        (("--action", "sequence add"), [2, 5]),
        (("--subject", "invoice"), [2, 3, 4, 6]),
        (("--subject", "invoice", "--by", "ines", "--action", "issue"), [3, 4]),
        (("--limit", "2"), [1, 2]),
        (("--subject", "invoice", "--limit", "3"), [2, 3, 4]),
        (("--limit", "0"), []),
        (("--action", "void"), []),
        (("--from", "2001-01-01"), [1, 2, 3, 4, 5, 6]),
        (("--to", "2001-01-01"), []),
        (("--from", "9999-12-31"), []),
        (("--to", "9999-12-31"), [1, 2, 3, 4, 5, 6]),
    ],
)
def test_filters_narrow_the_list(log: Book, words: tuple[str, ...], expected: list[int]) -> None:
    assert ids(log, *words) == expected


@pytest.fixture
def dated(log: Book, tamper: Tamper) -> Book:
    """The same events at known instants."""
    instants = [
        "2026-03-01T00:00:00.000000Z",
        "2026-03-01T23:59:59.999999Z",
        "2026-03-02T00:00:00.000000Z",
        "2026-03-02T12:30:00.500000Z",
        "2026-03-03T00:30:00.000000Z",
        "2026-03-04T00:00:00.000000Z",
    ]
    tamper(*[f"UPDATE event SET at = '{at}' WHERE id = {id}" for id, at in enumerate(instants, 1)])
    return log


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--from", "2026-03-02"), [3, 4, 5, 6]),
        (("--to", "2026-03-02"), [1, 2, 3, 4]),
        (("--from", "2026-03-02", "--to", "2026-03-02"), [3, 4]),
        (("--from", "2026-03-02T12:30"), [4, 5, 6]),
        (("--from", "2026-03-02 12:30:01"), [5, 6]),
        (("--to", "2026-03-02T12:30:00.5"), [1, 2, 3, 4]),
        (("--to", "2026-03-02T12:30:00.499999Z"), [1, 2, 3]),
        (("--from", "2026-03-03T01:30+01:00"), [5, 6]),
        (("--from", "2026-03-03T01:30:00.000001+01:00"), [6]),
    ],
)
def test_days_and_instants_are_meant_in_utc(dated: Book, words: tuple[str, ...], expected: list[int]) -> None:
    assert ids(dated, *words) == expected


@pytest.mark.parametrize("given", ["today", "2026-13-01", "2026-3-1", "0001-01-01T00:00+05:00", ""])
def test_what_is_no_date_is_wrong_usage(log: Book, given: str) -> None:
    log.fails(2, "usage", "audit", "list", "--from", given)


def verified(lines: Iterable[str]) -> str:
    """The head that exported lines lead to, by the documented rule."""
    before = bytes(32)
    for line in lines:
        event = json.loads(line)
        columns = list(event.values())[:11]
        text = "\n".join("" if column is None else str(column) for column in columns)
        before = hashlib.sha256(before + text.encode()).digest()
        assert before.hex() == event["hash"]
    return before.hex()


def test_the_export_verifies_byte_by_byte(log: Book) -> None:
    log.next("invoice", "--key", 'k"é', "--record", "Ā\\")
    head = log.ok("audit", "head").out
    assert verified(log.ok("audit", "list", "-o", "jsonl").lines) + "\n" == head
    assert verified(map(json.dumps, log.ok("audit", "list", "--json").json)) + "\n" == head


def test_the_export_has_every_column_under_its_name(log: Book, sql: Sql) -> None:
    exported = log.ok("audit", "list", "--json").json
    names = [row[1] for row in sql("PRAGMA table_info (event)")]
    assert [list(event) for event in exported] == [[*names, "cursor"]] * 6
    assert [event["detail"] for event in exported] == [row[0] for row in sql("SELECT detail FROM event")]


def test_an_empty_list_is_a_header_or_an_empty_array(log: Book) -> None:
    assert log.ok("audit", "list", "--by", "x").out == "id\tat\tactor\taction\tsubject\tabout\n"
    assert log.ok("audit", "list", "--by", "x", "--json").json == []


def test_a_long_log_is_listed_as_a_whole(log: Book, tamper: Tamper) -> None:
    rows = ", ".join(
        f"({id}, 'x', 'x', 'x', 'x', NULL, NULL, NULL, NULL, NULL, '{{}}', x'00')" for id in range(7, 2501)
    )
    tamper(f"INSERT INTO event VALUES {rows}")
    assert ids(log) == list(range(1, 2501))
    assert ids(log, "--limit", "1500") == list(range(1, 1501))


@pytest.mark.parametrize("detail", ["{", "[]", "null", '{"changes": [1, 2, 3, 4, 5]}', '{"reason": 7}'])
def test_a_strange_detail_does_not_stop_the_list(log: Book, tamper: Tamper, detail: str) -> None:
    tamper(f"UPDATE event SET detail = '{detail}' WHERE id = 3")
    assert ids(log) == [1, 2, 3, 4, 5, 6]
    assert log.ok("audit", "list", "--json").json[2]["detail"] == detail


def test_a_text_that_is_no_text_does_not_stop_the_list(log: Book, tamper: Tamper) -> None:
    tamper("UPDATE event SET actor = CAST(x'ff41' AS TEXT) WHERE id = 3")
    assert ids(log) == [1, 2, 3, 4, 5, 6]


def test_many_changes_are_counted(book: Book) -> None:
    book.load("".join(f"[sequences.s{at}]\n" for at in range(5)))
    row = book.ok("audit", "list", "--action", "import").rows[0]
    assert row["about"] == "created sequence s0, created sequence s1, created sequence s2, 2 more"


def test_the_head_is_the_hash_of_the_last_event(log: Book, sql: Sql) -> None:
    digest = sql("SELECT hash FROM event ORDER BY id DESC LIMIT 1")[0][0].hex()
    assert log.ok("audit", "head").out == digest + "\n"
    assert log.ok("audit", "head", "--json").json == {"id": 6, "hash": digest}
    assert log.ok("audit", "head", "-o", "tsv").rows == [{"id": "6", "hash": digest}]
    assert log.ok("info", "--json").json["head"] == digest


def test_the_head_of_no_events_is_zeros(log: Book, tamper: Tamper) -> None:
    tamper("DELETE FROM event")
    assert log.ok("audit", "head").out == "0" * 64 + "\n"


def test_the_group_alone_shows_its_help(log: Book) -> None:
    result = log("audit")
    assert (result.status, result.out) == (2, "")
    assert "list" in result.err


def test_there_must_be_a_book(nowhere: Book) -> None:
    nowhere.fails(4, "not_found", "audit", "list")
    nowhere.fails(4, "not_found", "audit", "head")
