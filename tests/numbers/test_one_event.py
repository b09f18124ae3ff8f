"""One event for a request, however many counters it changes, and what it says of each number alone."""

from time import sleep

import pytest

from tests.book import Book, Sql


@pytest.fixture
def shops(book: Book) -> Book:
    """A gapless sequence and one that is not, of one type; five numbers of each branch of the first."""
    book.ok("sequence", "add", "shop", "--pattern", "S-{branch}-{number}", "--scope", "branch")
    book.ok("sequence", "add", "loose", "--pattern", "L-{number}", "--mode", "standard")
    for branch in "AB":
        book.next("shop", "-n", "5", "--attr", f"branch={branch}", "--date", "2026-01-05")
    book.next("loose", "-n", "5", "--date", "2026-01-05")
    return book


def actions(book: Book, text: str) -> list[str]:
    """What happened to a number, as `show` has it."""
    return [event["action"] for event in book.ok("show", text, "--json").json["events"]]


def gaps(book: Book) -> list[tuple[str, str, str, str]]:
    listed = book.ok("gaps", "--json").json
    return [(gap["first_number"], gap["last_number"], gap["state"], gap["reason"]) for gap in listed]


def test_a_file_of_voids_is_one_event(shops: Book, sql: Sql) -> None:
    path = shops.file("number;reason\nS-A-2;doppelt\nL-3;falsch\nS-B-3;\n", "v.csv")
    shops.run("void", "--input", path, "--reason", "cancelled")
    events = sql("SELECT subject, counter_id, first, last FROM event WHERE action = 'void'")
    assert events == [(path, None, 2, 3)]
    for text, reason in (("S-A-2", "doppelt"), ("L-3", "falsch"), ("S-B-3", "cancelled")):
        assert actions(shops, text) == ["issue", "void"]
        assert shops.ok("show", text, "--json").json["reason"] == reason
    # Within its values, and not named.
    for text in ("S-A-3", "S-B-2", "L-2"):
        assert actions(shops, text) == ["issue"]
    listed = {number["number"]: number["reason"] for number in shops.numbers() if number["reason"]}
    assert listed == {"S-A-2": "doppelt", "L-3": "falsch", "S-B-3": "cancelled"}
    found = shops.ok("audit", "list", "--subject", "loose", "--json").json
    assert [event["action"] for event in found][-1] == "void"
    assert "3 numbers, 3 counters" in shops.ok("audit", "list", "--last", "1", "-o", "csv").out
    shops.ok("audit", "verify")


def test_what_was_freed_goes_by_the_mode_and_reason_of_each(shops: Book, sql: Sql) -> None:
    rows = "S-A-1;torn\nS-A-2;torn\nS-A-3;eaten\nL-2;lost\nL-3;lost\nS-B-5;\n"
    path = shops.file(f"number;reason\n{rows}", "r.csv")
    shops.run("release", "--input", path, "--reason", "cancelled")
    assert sql("SELECT count(*) FROM event WHERE action = 'release'") == [(1,)]
    assert gaps(shops) == [
        ("L-2", "L-3", "missing", "lost"),
        ("S-A-1", "S-A-2", "reusable", "torn"),
        ("S-A-3", "S-A-3", "reusable", "eaten"),
        ("S-B-5", "S-B-5", "reusable", "cancelled"),
    ]
    assert "was released at" in shops.fails(5, "already_released", "void", "L-2", "--reason", "x")["message"]
    shops.fails(5, "already_released", "void", "S-B-5", "--sequence", "shop", "--reason", "x")
    shops.fails(4, "not_found", "void", "S-B-5", "--sequence", "loose", "--reason", "x")
    shops.ok("audit", "verify")
    # The last text of each names it still, also after the pattern changed.
    shops.ok("sequence", "edit", "loose", "--pattern", "LOOSE-{number}")
    assert gaps(shops)[0][:2] == ("L-2", "L-3")
    back = shops.file("number;reason\nL-2;found\nS-A-3;found again\n", "b.csv")
    shops.run("reinstate", "--input", back)
    assert sql("SELECT count(*) FROM event WHERE action = 'reinstate'") == [(1,)]
    assert actions(shops, "L-2") == ["issue", "release", "reinstate"]
    reasons = {number["number"]: number["reason"] for number in shops.numbers() if number["reason"]}
    assert reasons == {"L-2": "found", "S-A-3": "found again"}
    assert shops.next("shop", "--attr", "branch=A", "--date", "2026-01-06") == ["S-A-1"]
    shops.ok("audit", "verify")
    assert shops("check").status == 0


def test_a_file_of_gaps_is_one_event(shops: Book, sql: Sql) -> None:
    shops.ok("release", "S-A-2", "S-A-3", "S-B-2", "L-2", "--reason", "cancelled")
    rows = "shop,S-A-2,torn\nshop,S-A-3,eaten\nshop,S-B-2,torn\nloose,L-2,lost\nloose,L-6..L-8,ahead\n"
    path = shops.file(f"sequence,first_number,reason\n{rows}", "g.csv")
    shops.run("gaps", "block", "--input", path)
    behind = sql("SELECT action, counter_id, first, last FROM event WHERE id > 7 ORDER BY id")
    assert behind == [("block", None, 2, 3), ("set-next", 3, 6, 8)]
    assert gaps(shops) == [
        ("L-2", "L-2", "blocked", "lost"),
        ("L-6", "L-8", "blocked", "ahead"),
        ("S-A-2", "S-A-2", "blocked", "torn"),
        ("S-A-3", "S-A-3", "blocked", "eaten"),
        ("S-B-2", "S-B-2", "blocked", "torn"),
    ]
    assert shops.ok("show", "S-A-3", "--json").json["reason"] == "eaten"
    assert actions(shops, "S-B-2") == ["issue", "release", "block"]
    shops.ok("audit", "verify")
    shops.ok("views")
    viewed = sql("SELECT sequence, scope, first, reason FROM gaps_view ORDER BY sequence, scope, first")
    assert viewed == [
        ("loose", "", 2, "lost"),
        ("loose", "", 6, "ahead"),
        ("shop", "branch=A", 2, "torn"),
        ("shop", "branch=A", 3, "eaten"),
        ("shop", "branch=B", 2, "torn"),
    ]


def test_a_change_that_no_line_names_is_found(shops: Book, sql: Sql) -> None:
    """`audit verify` knows which rows and runs of several counters one event changed."""
    shops.ok("void", "S-A-2", "L-3", "--reason", "x")
    shops.ok("release", "S-A-3", "S-B-3", "--reason", "x")
    shops.ok("audit", "verify")
    for change in (
        "UPDATE number SET state = 'void', change_id = 6 WHERE text = 'S-B-2'",
        "UPDATE number SET state = 'issued', change_id = NULL WHERE text = 'L-3'",
        "UPDATE gap_run SET state = 'blocked' WHERE counter_id = 2",
    ):
        kept = sql("SELECT * FROM number"), sql("SELECT * FROM gap_run")
        sql(change)
        assert shops("audit", "verify").status == 3, change
        sql("DELETE FROM number")
        sql("DELETE FROM gap_run")
        for table, rows in zip(("number", "gap_run"), kept, strict=True):
            for row in rows:
                marks = ", ".join("?" * len(row))
                sql(f"INSERT INTO {table} VALUES ({marks})", *row)
        shops.ok("audit", "verify")


def test_a_key_and_a_reservation_of_another_counter(shops: Book) -> None:
    """What ended is freed for all counters before one comes back, so that no counter is written twice."""
    shops.next("shop", "--attr", "branch=A", "--key", "k", "--date", "2026-01-05")
    shops.ok("release", "S-A-6", "--reason", "x")
    shops.ok("reserve", "shop", "--attr", "branch=B", "--key", "k", "--ttl", "1s")
    shops.ok("void", "S-B-1", "--reason", "x")
    sleep(1.1)
    shops.ok("reinstate", "S-B-1", "S-A-6", "--reason", "it was right")
    shops.ok("audit", "verify")
    assert shops("check").status == 0
