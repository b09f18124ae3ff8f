"""What `check` says of ranges."""

from tests.book import Book


def test_a_range_that_is_over_is_told_until_it_is_annulled(book: Book) -> None:
    book.load(
        '[sequences.f]\nreset = "range"\n'
        '[ranges.R]\nsequence = "f"\nfirst = 1\nlast = 9\nvalid_until = 2020-12-31\n'
    )
    book.ok("next", "f", "--date", "2020-05-05")
    found = book.run("check", "--json")
    assert found.status == 3
    assert [(item["code"], item["severity"]) for item in found.json] == [
        ("range_missing", "error"),
        ("range_blank", "warning"),
    ]
    assert "8 numbers that no document holds" in found.json[1]["message"]
    book.ok("range", "annul", "R", "--reason", "over")
    assert [item["code"] for item in book.run("check", "--json").json] == ["range_missing"]


def test_a_range_that_runs_out_is_told_where_none_follows(book: Book) -> None:
    book.load(
        '[sequences.f]\nreset = "range"\n'
        '[ranges.R]\nsequence = "f"\nfirst = 1\nlast = 4\nwarn_at = "2 left"\n'
    )
    book.warned("next", "f", "-n", "2")
    (found,) = book.run("check", "--json").json
    assert (found["code"], found["message"]) == ("range_low", "has 2 numbers left (warn_at is 2 left)")
    book.ok("import", "-", input='[ranges.S]\nsequence = "f"\nfirst = 5\nlast = 9\n')
    assert book.ok("check").status == 0
