"""Sequences of one type that are effective together while nothing chooses: told once a type."""

import pytest

from tests.book import Book

TWO = """
[sequences.a]
document_type = "t"
pattern = "A{number}"
effective_until = 2026-12-31
[sequences.b]
document_type = "t"
pattern = "B{number}"
effective_from = 2026-12-01
"""


def told(book: Book) -> list[dict[str, str]]:
    return [item for item in book("lint", "--json").json if item["code"] == "overlapping_windows"]


@pytest.mark.parametrize("command", ["import", "add", "edit"])
def test_it_is_warned_of_when_it_is_made(book: Book, command: str) -> None:
    days = "from 2026-12-01 until 2026-12-31"
    if command == "import":
        assert days in book.warned("import", book.file(TWO)).err
    else:
        book.ok("sequence", "add", "a", "--document-type", "t", "--pattern", "A{number}")
        book.ok("sequence", "edit", "a", "--effective-until", "2026-12-31")
        new = ("sequence", "add", "b", "--document-type", "t", "--pattern", "B{number}", "--effective-from")
        if command == "add":
            assert days in book.warned(*new, "2026-12-01").err
        else:
            book.ok(*new, "2027-01-01")
            assert days in book.warned("sequence", "edit", "b", "--effective-from", "2026-12-01").err
            # What changes nothing about it says nothing of it.
            book.ok("sequence", "edit", "b", "--title", "x")
            book.ok("sequence", "add", "other")
    (finding,) = told(book)
    assert finding["subject"] == "sequences.b"
    assert days in finding["message"] and "'a'" in finding["message"]


def test_it_is_told_once_a_type_and_the_file_and_line_where_it_stands(book: Book) -> None:
    text = TWO + "".join(
        f'[sequences.c{n}]\ndocument_type = "t"\npattern = "C{n}-{{number}}"\n' for n in range(3)
    )
    path = book.file(
        text
        + TWO.replace(".a]", ".x]")
        .replace(".b]", ".y]")
        .replace('"t"', '"u"')
        .replace('"A{', '"X{')
        .replace('"B{', '"Y{')
    )
    warned = book.warned("import", path)
    assert warned.err.count("and nothing chooses") == 2
    assert str(path) in warned.err
    assert len(told(book)) == 2


@pytest.mark.parametrize(
    "mended",
    [
        ("sequence", "edit", "b", "--effective-from", "2027-01-01"),
        ("sequence", "deactivate", "b"),
        ("set", "add", "s", "t=a"),
        ("policy", "add", "p", "--document-type", "t", "--sequence", "a"),
    ],
    ids=lambda words: words[0] if isinstance(words, tuple) else "",
)
def test_it_is_mended_by_what_chooses(book: Book, mended: tuple[str, ...]) -> None:
    book.warned("import", book.file(TWO))
    assert len(told(book)) == 1
    book.made(*mended)
    assert told(book) == []


def test_requires_that_no_record_meets_together_are_no_overlap(book: Book) -> None:
    for name, value in (("a", "DE"), ("b", "FR,MC"), ("c", "AT")):
        book.ok(
            *("sequence", "add", name, "--document-type", "t", "--prefix", name),
            "--requires",
            f"entity={value}",
        )
    book.warned("sequence", "add", "d", "--document-type", "t", "--prefix", "d", "--requires", "branch=1")
    assert len(told(book)) == 1
