"""`{yyyy}` in small letters: refused where it is new, and a saved one keeps its meaning."""

import pytest

from seqctl.model.sequence import check
from tests.book import Book

SLIPS = ("yyyy", "yy", "mm", "dd", "q", "h", "ddd", "gggg", "ww", "fy", "fys", "fye", "fm", "fq")


@pytest.fixture
def saved(book: Book, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A book from before the rule, whose sequence `old` has an attribute that is named like a token."""
    with monkeypatch.context() as patch:
        patch.setattr(check, "date_slips", lambda pattern: [])
        book.ok("sequence", "add", "old", "--pattern", "{yyyy}-{number}")
    return book


@pytest.mark.parametrize("slip", SLIPS)
def test_a_new_pattern_is_refused_with_the_token_that_was_meant(book: Book, slip: str) -> None:
    error = book.fails(
        6, "invalid_definition", "sequence", "add", "a", "--pattern", f"R-{{{slip}}}-{{number}}"
    )
    assert f"{{{slip.upper()}}}" in error["hint"]


@pytest.mark.parametrize("slip", ["Yyyy", "YYyy", "fy:yy", "FYS:yy", "Mm"])
def test_mixed_letters_get_the_token_that_was_meant(book: Book, slip: str) -> None:
    error = book.fails(6, "invalid_definition", "sequence", "add", "a", "--pattern", f"{{{slip}}}-{{number}}")
    assert error["hint"] == f"write {{{slip.upper()}}}"


@pytest.mark.parametrize("name", ["entity", "y", "yyy", "year", "d", "mmm", "quarter", "ddmm"])
def test_other_names_are_attributes(book: Book, name: str) -> None:
    book.ok("sequence", "add", "a", "--pattern", f"{{{name}}}-{{number}}")
    assert book.next("a", "--attr", f"{name}=X") == ["X-1"]


def test_an_import_and_an_edit_are_refused_too(invoices: Book) -> None:
    path = invoices.file('[sequences.a]\npattern = "{mm}-{number}"\n')
    assert "{MM}" in invoices.fails(6, "invalid_definition", "import", path)["hint"]
    edit = ("sequence", "edit", "invoice", "--pattern", "{yy}-{number}")
    assert "{YY}" in invoices.fails(6, "invalid_definition", *edit)["hint"]
    assert invoices.next("invoice") == ["INV-00001"]


def test_a_saved_pattern_keeps_its_meaning(saved: Book) -> None:
    assert saved.next("old", "--attr", "yyyy=A") == ["A-1"]
    saved.ok("sequence", "edit", "old", "--title", "Old ones")
    saved.load('[sequences.old]\npattern = "{yyyy}-{number}"\ntitle = "As before"\n')
    assert saved.next("old", "--attr", "yyyy=A") == ["A-2"]
    saved.ok("check")
    assert (
        "{YYYY}"
        in saved.fails(6, "invalid_definition", "sequence", "edit", "old", "--pattern", "N{yyyy}-{number}")[
            "hint"
        ]
    )


def test_lint_warns_of_a_saved_one(saved: Book) -> None:
    (finding,) = saved("lint", "--json").json
    assert (finding["code"], finding["severity"]) == ("date_token", "warning")
    assert finding["subject"] == "sequences.old"
    assert "{YYYY}" in finding["hint"]
