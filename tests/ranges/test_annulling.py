"""Annulling a range that is over, what may still become of its numbers, and the way back."""

from tests.book import Book

CHILE = """
[sequences.factura]
reset = "range"
[ranges.CAF-33-501]
sequence = "factura"
first = 501
last = 1500
valid_from = 2026-05-15
valid_until = 2026-11-15
"""
OPEN = """
[sequences.f]
pattern = "F{number}"
reset = "range"
[ranges.R]
sequence = "f"
first = 1
last = 10
"""
WHY = ("--reason", "over")


def sound(book: Book) -> None:
    assert book.ok("audit", "verify").status == 0
    book.run("check")
    assert "seqctl: error" not in book.run("check").err


def test_chile_accounts_for_each_number_that_was_granted(book: Book) -> None:
    book.load(CHILE)
    assert book.next("factura", "-n", "3", "--date", "2026-11-10") == ["501", "502", "503"]
    error = book.fails(5, "no_range", "next", "factura", "--date", "2026-11-16")
    assert "range 'CAF-33-501' ended on 2026-11-15" in error["message"]
    (run,) = book.ok("range", "annul", "CAF-33-501", *WHY, "--yes", "--json").json
    assert (run["first"], run["last"], run["count"], run["state"]) == (504, 1500, 997, "blocked")
    assert run["reason"] == "over" and run["range"] == run["period"] == "CAF-33-501"
    assert book.ok("gaps", "factura", "--json").json[0]["range"] == "CAF-33-501"
    book.fails(5, "already_annulled", "range", "annul", "CAF-33-501", *WHY)
    book.fails(5, "no_range", "next", "factura", "--date", "2026-11-10")
    (row,) = book.ok("statement", "factura", "--json").json
    assert (row["issued"], row["blocked"], row["missing"], row["total"]) == (3, 997, 0, 1000)
    sound(book)


def test_an_open_range_is_annulled_with_a_yes_alone(book: Book) -> None:
    book.load(OPEN)
    book.fails(2, "confirmation_needed", "range", "annul", "R", *WHY)
    assert book.ok("range", "annul", "R", *WHY, "--dry-run", "--json").json[0]["count"] == 10
    book.ok("range", "annul", "R", *WHY, "--yes")
    book.fails(4, "not_found", "range", "annul", "S", *WHY)
    sound(book)


def test_reserved_numbers_are_in_the_way(book: Book) -> None:
    book.load(OPEN)
    book.ok("reserve", "f")
    book.fails(5, "in_use", "range", "annul", "R", *WHY, "--yes")
    book.ok("release", "F1")
    runs = book.ok("range", "annul", "R", *WHY, "--yes", "--json").json
    assert [(run["first"], run["last"], run["never_printed"]) for run in runs] == [
        (1, 1, False),
        (2, 10, True),
    ]
    sound(book)


def test_reopened_the_blanks_are_as_they_were(book: Book) -> None:
    book.load(OPEN)
    book.ok("next", "f", "-n", "6")
    book.ok("release", "F2", "F3", "--reason", "never sent")
    book.ok("gaps", "review", "f", "F3", "--reason", "who knows")
    before = book.ok("gaps", "f", "--json").json
    runs = book.ok("range", "annul", "R", *WHY, "--yes", "--json").json
    assert [(run["first"], run["last"]) for run in runs] == [(2, 3), (7, 10)]
    book.ok("release", "F5", "--reason", "sent back")
    by_state = {(gap["first"], gap["last"]): gap for gap in book.ok("gaps", "f", "--json").json}
    assert by_state[5, 5]["state"] == "blocked" and by_state[5, 5]["reason"] == "over"
    book.fails(5, "no_range", "gaps", "restore", "f", "F5", "--reason", "x")
    book.ok("gaps", "review", "f", "F9", "--reason", "odd")
    book.fails(5, "no_range", "gaps", "restore", "f", "F9", "--reason", "x")
    sound(book)
    book.ok("gaps", "block", "f", "F9", "--reason", "not odd")
    book.ok("range", "reopen", "R", "--reason", "extended")
    after = book.ok("gaps", "f", "--json").json
    assert [gap for gap in after if gap["first"] in (2, 3)] == before
    assert [(gap["first"], gap["state"]) for gap in after] == [
        (2, "reusable"),
        (3, "review"),
        (5, "reusable"),
        (7, "missing"),
        (9, "blocked"),
    ]
    assert book.next("f", "-n", "3") == ["F2", "F5", "F10"]
    sound(book)


def test_a_range_without_a_last_number_ends_where_it_was_used(book: Book) -> None:
    book.load('[sequences.f]\nreset = "range"\n[ranges.R]\nsequence = "f"\nfirst = 5\n')
    book.fails(5, "not_reached", "range", "annul", "R", *WHY, "--yes")
    assert book.next("f", "-n", "2") == ["5", "6"]
    assert book.ok("range", "annul", "R", *WHY, "--yes", "--json").json == []
    assert "last = 6" in book.ok("export").out
    sound(book)
    book.ok("range", "reopen", "R", "--reason", "goes on")
    assert "last" not in book.ok("export").out
    assert book.next("f") == ["7"]
    book.fails(5, "not_closed", "range", "reopen", "R", "--reason", "goes on")
    sound(book)


def test_numbers_of_an_annulled_range_are_granted_again(book: Book) -> None:
    again = '[ranges.S]\nsequence = "f"\nfirst = 4\nlast = 10\n'
    book.load(OPEN)
    assert book.next("f", "-n", "3") == ["F1", "F2", "F3"]
    book.fails(6, "collision", "import", "-", input=again)
    book.ok("range", "annul", "R", *WHY, "--yes")
    overlapping = again.replace("first = 4", "first = 3")
    book.fails(6, "collision", "import", "-", input=overlapping)
    book.load(again)
    assert book.next("f") == ["F4"]
    assert book.ok("show", "F4", "--json").json["period"] == "S"
    assert book.ok("show", "F3", "--json").json["period"] == "R"
    book.fails(6, "collision", "range", "reopen", "R", "--reason", "x")
    sound(book)
