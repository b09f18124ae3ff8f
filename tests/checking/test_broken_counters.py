"""Every invariant of counters, ledger and gap runs, broken with plain SQL: `check` names it and exits 3."""

import pytest

from tests.book import Book
from tests.checking.conftest import Break

COUNTER = (
    "(SELECT c.id FROM counter c JOIN sequence s ON s.id = c.sequence_id"
    " WHERE s.name = '{}' AND period = '{}')"
)
RUN = "INSERT INTO gap_run (counter_id, first, last, state, event_id) "
INVOICE, ORDER = COUNTER.format("invoice", "2026"), COUNTER.format("order", "all")
SLIP = COUNTER.format("slip", "2026-01")
INVOICES, ORDERS = "counters.invoice.2026", "counters.order.all"

BROKEN = {
    "accounted": (
        f"UPDATE counter SET accounted = accounted + 1 WHERE id = {INVOICE}",
        "miscounted",
        INVOICES,
        "accounted for",
    ),
    "reusable": (
        f"UPDATE counter SET reusable = 7 WHERE id = {INVOICE}",
        "miscounted",
        INVOICES,
        "7 integers are to be issued again",
    ),
    "reserved": (
        f"UPDATE counter SET reserved = 0 WHERE id = {ORDER}",
        "miscounted",
        ORDERS,
        "0 integers are reserved; there",
    ),
    "row gone": ("DELETE FROM number WHERE text = 'INV-2026-00005'", "miscounted", INVOICES, "accounted for"),
    "run gone": (
        f"DELETE FROM gap_run WHERE counter_id = {ORDER} AND state = 'blocked'",
        "miscounted",
        ORDERS,
        "accounted for",
    ),
    "last below held": (
        f"UPDATE counter SET last = last - 1 WHERE id = {INVOICE}",
        "counter_range",
        INVOICES,
        "could come again",
    ),
    "first above held": (
        f"UPDATE counter SET first = 3 WHERE id = {INVOICE}",
        "counter_range",
        INVOICES,
        "but 1 is held",
    ),
    "first below start": (
        f"UPDATE counter SET first = 5 WHERE id = {ORDER}",
        "counter_range",
        ORDERS,
        "begins at 5",
    ),
    "turned round": (
        f"UPDATE counter SET first = 90 WHERE id = {ORDER}",
        "counter_range",
        ORDERS,
        "from 90 to",
    ),
    "last off the grid": (
        f"UPDATE counter SET last = last + 2 WHERE id = {ORDER}",
        "counter_range",
        ORDERS,
        "in steps of 5",
    ),
    "latest date before": (
        f"UPDATE counter SET latest_date = '2026-01-02' WHERE id = {INVOICE}",
        "latest_date",
        INVOICES,
        "2026-01-02",
    ),
    "latest date gone": (
        f"UPDATE counter SET latest_date = NULL, latest_value = NULL WHERE id = {INVOICE}",
        "latest_date",
        INVOICES,
        "None",
    ),
    "latest value": (
        f"UPDATE counter SET latest_value = 1 WHERE id = {INVOICE}",
        "latest_date",
        INVOICES,
        "value 1",
    ),
    "latest value not held": (
        f"UPDATE counter SET latest_value = 99 WHERE id = {INVOICE}",
        "latest_date",
        INVOICES,
        "not held",
    ),
    "value off the grid": (
        "UPDATE number SET value = 13 WHERE text = 'O15'",
        "off_grid",
        ORDERS,
        "10 + k * 5",
    ),
    "value below start": (
        "UPDATE number SET value = 5 WHERE text = 'O10'",
        "out_of_range",
        ORDERS,
        "outside the range",
    ),
    "value above end": (
        "UPDATE number SET value = 51 WHERE text = 'R2027-4'",
        "out_of_range",
        "counters.receipt.FY2027",
        "1 to 50",
    ),
    "domain of a row": (
        "UPDATE number SET uniqueness_id = 99 WHERE text = 'O15'",
        "uniqueness",
        ORDERS,
        "kept unique elsewhere",
    ),
    "domain of a counter": (
        "UPDATE counter SET uniqueness_id ="
        f" (SELECT uniqueness_id FROM counter WHERE id = {ORDER}) WHERE id = {SLIP}",
        "uniqueness",
        "counters.slip.2026-01",
        "within order instead of slip 2026-01",
    ),
    "deadline of an issued number": (
        "UPDATE number SET expires_at = '2026-01-01' WHERE text = 'O15'",
        "deadline",
        ORDERS,
        "deadline",
    ),
    "reservation without a deadline": (
        "UPDATE number SET expires_at = NULL WHERE state = 'reserved'",
        "deadline",
        ORDERS,
        "deadline",
    ),
    "date of another period": (
        "UPDATE number SET date = '2025-06-01' WHERE text = 'INV-2026-00005'",
        "date_period",
        INVOICES,
        "dated 2025-06-01",
    ),
    "period that cannot be": (
        f"UPDATE counter SET period = '2026-13' WHERE id = {SLIP}",
        "misplaced_counter",
        "counters.slip.2026-13",
        "2026-13",
    ),
    "scope that cannot be": (
        f"UPDATE counter SET scope = 'colour=red' WHERE id = {INVOICE}",
        "misplaced_counter",
        INVOICES + ".colour=red",
        "colour=red",
    ),
    "run outside": (
        f"UPDATE gap_run SET last = last + 100 WHERE counter_id = {ORDER} AND state = 'blocked'",
        "gap_run",
        ORDERS,
        "lie within",
    ),
    "run off the grid": (
        f"UPDATE gap_run SET first = first + 1 WHERE counter_id = {ORDER} AND state = 'blocked'",
        "gap_run",
        ORDERS,
        "on its grid",
    ),
    "run turned round": (
        f"UPDATE gap_run SET first = last, last = first WHERE counter_id = {ORDER} AND state = 'blocked'",
        "gap_run",
        ORDERS,
        "35..25 does not lie",
    ),
    "reusable in a standard sequence": (
        RUN + "SELECT id, 4, 4, 'reusable', 1 FROM counter WHERE scope = 'letter=A'",
        "gap_run",
        "counters.ticket.all.letter=A",
        "state it can have",
    ),
    "runs overlap": (
        RUN + f"VALUES ({ORDER}, 30, 30, 'review', 1)",
        "gap_run",
        ORDERS,
        "review run 30..30 overlaps",
    ),
    "run over a held number": (
        RUN + f"VALUES ({INVOICE}, 5, 5, 'blocked', 1)",
        "gap_run",
        INVOICES,
        "held after all",
    ),
    "key of two requests": (
        "UPDATE number SET key = 'batch' WHERE text = 'O15'",
        "divided_key",
        "keys.batch",
        "'batch'",
    ),
    "used mark": (
        "UPDATE sequence SET used = 0 WHERE name = 'order'",
        "not_marked_used",
        "sequences.order",
        "fields",
    ),
    "adopted mark": (
        "UPDATE sequence SET used = 2 WHERE name = 'order'",
        "not_marked_used",
        "sequences.order",
        "fields",
    ),
    "policy mark": ("UPDATE policy SET used = 0", "not_marked_used", "policies.big", "removed"),
}


def found(book: Book, *args: object) -> list[dict[str, str]]:
    """The findings of `check`, which must exit 3 and say nothing beside them."""
    result = book("check", "--json", *args)
    assert (result.status, result.err) == (3, ""), result
    for finding in result.json:
        assert list(finding) == ["code", "severity", "subject", "message", "hint"]
        assert finding["hint"]
    answer: list[dict[str, str]] = result.json
    return answer


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_invariant_is_named(sound: Book, sql: Break, name: str) -> None:
    statement, code, subject, words = BROKEN[name]
    sql(statement)
    matching = [item for item in found(sound) if item["code"] == code]
    assert any(item["subject"] == subject and words in item["message"] for item in matching), matching
    assert all(item["severity"] == "error" for item in matching)


def test_the_list_is_for_people_too(sound: Book, sql: Break) -> None:
    sql(BROKEN["accounted"][0])
    result = sound("check")
    assert (result.status, result.err) == (3, "")
    assert list(result.rows[0]) == ["severity", "code", "subject", "message", "hint"]
    assert "audit verify" in result.rows[0]["hint"]


def test_a_text_that_is_held_twice_where_the_index_is_gone(sound: Book, sql: Break) -> None:
    sql("DROP INDEX number_text", "UPDATE number SET text = 'O10' WHERE text = 'O15'")
    told = {item["code"]: item for item in found(sound)}
    assert told["duplicate_number"]["message"] == "O10 is held 2 times among numbers of order"
    assert told["schema_changed"]["subject"] == "database.number_text"


def test_a_text_that_is_unique_always_beside_one_that_is_so_within_a_period(book: Book, sql: Break) -> None:
    for name, unique in (("always", "always"), ("monthly", "period")):
        book.load(
            f'[sequences.{name}]\ndocument_type = "bill"\npattern = "{name}-{{number}}"\n'
            f'reset = "{"never" if unique == "always" else "month"}"\nunique = "{unique}"\n'
        )
        book.next(name, "-n", "2")
    assert book.ok("check").out == ""
    sql("UPDATE number SET text = 'always-2' WHERE text = 'monthly-2'")
    assert ("duplicate_number", "numbers.always-2") in [
        (item["code"], item["subject"]) for item in found(book)
    ]


def test_the_recount_is_left_out_when_it_shall_be_quick(sound: Book, sql: Break) -> None:
    sql(
        f"UPDATE counter SET reserved = 0 WHERE id = {ORDER}",
        "UPDATE sequence SET used = 0 WHERE name = 'order'",
    )
    assert sound.ok("check", "--quick").out == ""


def test_runs_that_are_too_long_to_be_added_up_are_told_all_the_same(sound: Book, sql: Break) -> None:
    largest = 9223372036854775807
    sql(
        RUN + f"VALUES ({INVOICE}, 0, {largest}, 'blocked', 1)",
        RUN + f"VALUES ({INVOICE}, 7, {largest}, 'blocked', 1)",
        RUN + f"VALUES ({INVOICE}, -7, {largest}, 'blocked', 1)",
    )
    assert {"gap_run", "miscounted"} <= {item["code"] for item in found(sound)}
