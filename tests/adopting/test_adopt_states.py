"""`adopt` and what the book holds already: from which states it goes, and what it refuses."""

import pytest

from tests.book import Book, Sql


@pytest.fixture
def used(book: Book) -> Book:
    """A gapless sequence that issued INV-00001 to INV-00009 and allows adopting."""
    book.ok("sequence", "add", "invoice", "--pattern", "INV-{number:5}", "--manual")
    book.next("invoice", "-n", "9", "--date", "2026-01-05")
    return book


def gap_states(book: Book) -> dict[tuple[int, int], str]:
    return {(gap["first"], gap["last"]): gap["state"] for gap in book.ok("gaps", "--json").json}


def test_freed_numbers_are_adopted_and_go_out_no_more(used: Book, sql: Sql) -> None:
    used.ok("release", *[f"INV-0000{n}" for n in (2, 3, 4, 7)], "--reason", "never sent")
    told = used.ok("adopt", "invoice", "INV-00003", "INV-00007", "--json").json
    assert told["adopted"] == 2
    assert gap_states(used) == {(2, 2): "reusable", (4, 4): "reusable"}
    assert sql("SELECT accounted, reusable FROM counter") == [(9, 2)]
    (before,) = sql("SELECT json_extract(detail, '$.runs_before') FROM event WHERE action = 'adopt'")
    assert before == ('[[1,2,4,"reusable",4],[1,7,7,"reusable",4]]',)
    assert used.next("invoice", "-n", "3") == ["INV-00002", "INV-00004", "INV-00010"]
    assert used.run("audit", "verify").status == 0


def test_numbers_under_review_are_adopted(used: Book) -> None:
    used.ok("release", "INV-00002", "INV-00003", "--reason", "no document")
    used.ok("gaps", "review", "invoice", "INV-00002..INV-00003", "--reason", "looking for it")
    used.ok("adopt", "invoice", "INV-00002")
    assert gap_states(used) == {(3, 3): "review"}


def test_blocked_numbers_need_a_review_first(used: Book) -> None:
    used.ok("release", "INV-00002", "--reason", "no document")
    used.ok("gaps", "block", "invoice", "INV-00002", "--reason", "lost in the mail")
    error = used.fails(6, "invalid_input", "adopt", "invoice", "INV-00002")
    assert "'INV-00002' is blocked: lost in the mail" in error["message"]
    assert "seqctl gaps review invoice INV-00002" in error["hint"]
    used.ok("gaps", "review", "invoice", "INV-00002", "--reason", "it turned up")
    used.ok("adopt", "invoice", "INV-00002")
    assert gap_states(used) == {}


def test_missing_numbers_of_a_standard_sequence_are_adopted(book: Book) -> None:
    book.ok("sequence", "add", "order", "--mode", "standard", "--manual")
    book.next("order", "-n", "3")
    book.ok("release", "2", "--reason", "x")
    assert book.ok("adopt", "order", "2", "--json").json["counters"][0]["missing"] == 0


@pytest.mark.parametrize(
    ("options", "words", "hint"),
    [
        (
            ["--date", "2026-01-06"],
            "is held with the document date 2026-01-05, not 2026-01-06",
            "see: seqctl show INV-00001",
        ),
        (
            ["--record", "B"],
            "is held with no record, not 'B'",
            "note it with: seqctl record INV-00001 --record B",
        ),
    ],
)
def test_another_date_or_record_is_a_problem(used: Book, options: list[str], words: str, hint: str) -> None:
    error = used.fails(6, "invalid_input", "adopt", "invoice", "INV-00001", *options)
    assert words in error["message"]
    assert error["hint"] == hint


def test_a_date_or_record_that_the_book_lacks_is_a_problem(book: Book) -> None:
    book.ok("sequence", "add", "invoice")
    book.ok("adopt", "invoice", "1")
    error = book.fails(6, "invalid_input", "adopt", "invoice", "1", "--date", "2026-01-05")
    assert "is held with no document date, not 2026-01-05" in error["message"]


def test_void_and_reserved_numbers_are_held_otherwise(used: Book) -> None:
    used.ok("void", "INV-00002", "--reason", "x")
    used.ok("reserve", "invoice")
    error = used.fails(6, "invalid_input", "adopt", "invoice", "INV-00002", "INV-00010", "INV-00003")
    assert error["problems"][0].startswith("'INV-00002' is void; undo")
    assert error["problems"][1].startswith("'INV-00010' is reserved until 20")
    assert error["message"] == "2 of 3 numbers cannot be adopted; nothing was adopted"


def test_an_ended_reservation_is_freed_first(used: Book, sql: Sql) -> None:
    used.ok("reserve", "invoice", "-n", "2", "--ttl", "15m")
    sql("UPDATE number SET expires_at = '2026-01-05T00:00:00.000000Z' WHERE state = 'reserved'")
    used.ok("adopt", "invoice", "INV-00010", "--date", "2026-01-05")
    assert gap_states(used) == {(11, 11): "reusable"}
    assert [row[0] for row in sql("SELECT action FROM event ORDER BY id DESC LIMIT 2")] == ["adopt", "expire"]
    assert sql("SELECT accounted, reusable, reserved FROM counter") == [(11, 1, 0)]


def test_nothing_is_freed_where_nothing_is_adopted(used: Book, sql: Sql) -> None:
    used.ok("reserve", "invoice", "--ttl", "15m")
    sql("UPDATE number SET expires_at = '2026-01-05T00:00:00.000000Z' WHERE state = 'reserved'")
    head = used.ok("audit", "head").out
    used.ok("adopt", "invoice", "INV-00001")
    assert used.ok("audit", "head").out == head


def test_the_same_integer_in_another_text_is_a_problem(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "{letter}{number}")
    book.ok("adopt", "invoice", "C5")
    error = book.fails(6, "invalid_input", "adopt", "invoice", "5")
    assert "'5' has the same value as 'C5', which is held" in error["message"]
    error = book.fails(6, "invalid_input", "adopt", "invoice", "7", "C7")
    assert "'C7' has the same value as '7'" in error["message"]


def test_a_text_that_another_sequence_holds_is_a_problem(book: Book, sql: Sql) -> None:
    book.ok("sequence", "add", "a", "--document-type", "invoice", "--pattern", "{number:3}")
    book.warned(
        *("sequence", "add", "b", "--document-type", "invoice", "--pattern", "{number:2}"),
        "--allow-collisions",
    )
    book.ok("adopt", "b", "100", "101")
    # Into a counter that nobody used, where only the index of texts can tell.
    error = book.fails(6, "invalid_input", "adopt", "a", "100", "102")
    assert "'100' is already held by sequence 'b'" in error["message"]
    result = book.run("adopt", "a", "100", "102", "--skip-invalid")
    assert result.status == 3
    assert book.texts() == ["100", "101", "102"]
    assert sql("SELECT count(*) FROM counter") == [(2,)]


def test_texts_unique_always_and_within_a_period_meet(book: Book) -> None:
    book.ok("sequence", "add", "slip", "--pattern", "S{number}", "--reset", "month", "--unique", "period")
    book.warned(
        *("sequence", "add", "card", "--document-type", "slip", "--pattern", "S{number}"),
        "--allow-collisions",
    )
    book.ok("adopt", "slip", "S1", "--period", "2026-05")
    assert "is already held" in book.fails(6, "invalid_input", "adopt", "card", "S1")["message"]
    book.ok("adopt", "card", "S2")
    words = ("adopt", "slip", "S2", "--period", "2026-06")
    assert "is already held by sequence 'card'" in book.fails(6, "invalid_input", *words)["message"]


def test_a_text_that_comes_again_a_century_later_is_a_problem(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "{YY}-{number}", "--reset", "year")
    path = book.file("n,d\n26-1,1926-01-05\n26-1,2026-01-05\n", "n.csv")
    words = ("adopt", "invoice", "--input", path, "--column", "n", "--date-column", "d")
    error = book.fails(6, "invalid_input", *words)
    assert "n.csv:3: '26-1' is already on line 2" in error["message"]
    result = book.run(*words, "--skip-invalid")
    assert result.status == 3
    assert [number["period"] for number in book.numbers()] == ["1926"]
