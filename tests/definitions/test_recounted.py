"""Next values that an unused sequence was given, when its definition changes before the first issue."""

import pytest

from tests.book import Book


def moved(book: Book, name: str = "a", *place: str) -> Book:
    book.ok("sequence", "set-next", name, "50", "--reason", "migrated", *place)
    return book


def verified(book: Book) -> None:
    assert book.ok("audit", "verify").out.startswith("verified "), "the log tells the same"
    book.ok("check")


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (("--pattern", "B-{number:5}"), "B-00050"),
        (("--document-type", "invoice"), "A50"),
        (("--unique", "period"), "A50"),
        (("--start", "20"), "A50"),
        (("--step", "7"), "A50"),
        (("--title", "Invoices"), "A50"),
    ],
)
def test_a_counter_keeps_its_value_where_it_means_the_same(
    book: Book, change: tuple[str, ...], text: str
) -> None:
    book.ok("sequence", "add", "a", "--pattern", "A{number}")
    moved(book)
    (row,) = book.ok("sequence", "edit", "a", *change).rows
    assert "counters" not in row["fields"]
    verified(book)
    assert book.next("a") == [text]
    verified(book)


@pytest.mark.parametrize(
    ("change", "text", "first"),
    [
        (("--start", "100"), "50 (all)", "100"),
        (("--step", "10"), "50 (all)", "1"),
        (("--end", "90", "--start", "60"), "50 (all)", "60"),
        (("--kind", "alpha"), "50 (all)", "a"),
        (("--reset", "year", "--unique", "period"), "50 (all)", "1"),
        (("--scope", "entity", "--pattern", "{entity}-{number}"), "50 (all)", "1"),
    ],
)
def test_a_value_that_no_longer_fits_is_warned_of(
    book: Book, change: tuple[str, ...], text: str, first: str
) -> None:
    book.ok("sequence", "add", "a", "--pattern", "A{number}")
    moved(book)
    told = book.warned("sequence", "edit", "a", *change)
    assert told.err == (
        f"seqctl: warning: sequences.a.counters: next values that were set no longer fit: {text}; counting"
        f" begins at {first}; set them anew with: seqctl sequence set-next a VALUE --reason TEXT\n"
    )
    assert told.rows[0]["fields"].endswith("counters.all: 50 -> ")
    verified(book)


def test_letters_keep_their_value_while_their_width_stays(book: Book) -> None:
    book.ok("sequence", "add", "a", "--kind", "alpha", "--pattern", "A{number:3}")
    book.ok("sequence", "set-next", "a", "abc", "--reason", "migrated")
    book.ok("sequence", "edit", "a", "--pattern", "B{number:3}")
    assert book.ok("peek", "a").lines == ["Babc"]
    told = book.warned("sequence", "edit", "a", "--pattern", "B{number:4}")
    assert "no longer fit: abc (all); counting begins at aaaa" in told.err
    assert book.next("a") == ["Baaaa"]
    verified(book)


def test_each_scope_is_looked_at_by_itself(book: Book) -> None:
    pattern = "{entity}-{YYYY}-{number}"
    words = ("sequence", "add", "a", "--pattern", pattern, "--scope", "entity=DE,FR", "--reset", "year")
    book.ok(*words)
    for entity in ("DE", "FR"):
        moved(book, "a", "--period", "2026", "--scope", f"entity={entity}")
    told = book.warned("sequence", "edit", "a", "--scope", "entity=DE,IT")
    assert "no longer fit: 50 (2026/entity=FR); counting" in told.err
    assert book.next("a", "--attr", "entity=DE", "--date", "2026-05-01") == ["DE-2026-50"]
    verified(book)


def test_a_file_that_replaces_the_definition_keeps_them_or_gives_others(book: Book) -> None:
    book.ok("sequence", "add", "a", "--pattern", "A{number}")
    moved(book)
    text = 'format = 1\n[sequences.a]\npattern = "B{number:4}"\n'
    book.load(text)
    assert book.ok("peek", "a").lines == ["B0050"]
    # What the file itself gives needs no warning.
    given = book.load(text + "start = 100\n[sequences.a.counters]\nall = 120\n")
    assert given.rows[0]["fields"].endswith("counters.all: 0100 -> 0120")
    assert book.next("a") == ["B0120"]
    verified(book)


def test_a_value_from_a_file_may_be_written_in_another_width_later(book: Book) -> None:
    book.load('format = 1\n[sequences.a]\npattern = "A{number:3}"\n[sequences.a.counters]\nall = 50\n')
    book.ok("sequence", "edit", "a", "--pattern", "A{number:6}")
    verified(book)
