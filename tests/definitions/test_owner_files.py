"""`set assign --input`: the owners of a set come from a file."""

from tests.book import Book


def test_owners_of_a_file_are_assigned_at_once(book: Book) -> None:
    book.ok("sequence", "add", "invoice")
    book.ok("set", "add", "europe", "invoice=invoice")
    path = book.file("Owner;Name\naccount:ACME;Acme\nbranch:7;Seven\naccount:ACME;again\n", "o.csv")
    result = book.run("set", "assign", "europe", "--input", path)
    assert (result.status, result.err) == (0, f"seqctl: {path}: owners from 'Owner'\n")
    shown = book.ok("set", "show", "europe", "--json").json
    assert sorted(shown["assignments"]) == ["account:ACME", "branch:7"]
    book.ok("set", "assign", "europe", "--input", book.file("account:GLOBEX\n", "p.txt"))


def test_all_or_nothing(book: Book) -> None:
    book.ok("sequence", "add", "invoice")
    book.ok("set", "add", "europe", "invoice=invoice")
    path = book.file("account:ACME\nGLOBEX\naccount:\n", "o.txt")
    error = book.fails(6, "invalid_input", "set", "assign", "europe", "--input", path)
    assert [item["line"] for item in error["findings"]] == [2, 3]
    book.fails(2, "usage", "set", "assign", "europe")
    book.fails(2, "usage", "set", "assign", "europe", "account:A", "--input", path)
    assert not book.ok("set", "show", "europe", "--json").json.get("assignments")


def test_owners_that_are_none_can_be_skipped(book: Book) -> None:
    book.ok("sequence", "add", "invoice")
    book.ok("set", "add", "europe", "invoice=invoice")
    path = book.file("account:ACME\nGLOBEX\n", "o.txt")
    result = book.run("set", "assign", "europe", "--input", path, "--skip-invalid")
    assert result.status == 3
    assert "o.txt:2: " in result.err
    assert book.ok("set", "show", "europe", "--json").json["assignments"] == ["account:ACME"]
    book.fails(2, "usage", "set", "assign", "europe", "account:A", "--skip-invalid")
