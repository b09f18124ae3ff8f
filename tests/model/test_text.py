"""Names of document types, and which texts may be printed."""

from unicodedata import is_normalized

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqctl.model.text import composed, document_type_name, text_problem


@pytest.mark.parametrize(
    "written",
    ["credit_memo", "creditMemo", "CreditMemo", "credit-memo", "Credit-Memo", "credit memo", "CREDIT_MEMO"],
)
def test_every_spelling_of_a_document_type_names_the_same_type(written: str) -> None:
    assert document_type_name(written) == "credit_memo"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("invoice", "invoice"),
        ("Invoice", "invoice"),
        ("INVOICE", "invoice"),
        ("journalEntry", "journal_entry"),
        ("form1099Misc", "form1099_misc"),
        ("Gutschrift-Übersicht", "gutschrift_übersicht"),
        ("debitÄnderung", "debit_änderung"),
        ("1099", "1099"),
        ("請求書", "請求書"),
    ],
)
def test_a_document_type_is_written_in_snake_case(written: str, name: str) -> None:
    assert document_type_name(written) == name


@given(st.text(max_size=20))
def test_the_name_of_a_document_type_is_its_own_name(text: str) -> None:
    name = document_type_name(text)
    assert document_type_name(name) == name


@pytest.mark.parametrize("text", ["", "INV-1", "a b", "Ä", "№ 1", "請求", "{}", "\N{GRINNING FACE}"])
def test_one_line_of_printable_text_has_no_problem(text: str) -> None:
    assert text_problem(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\nb", "U+000A"),
        ("a\tb", "U+0009"),
        ("a\x00", "U+0000"),
        ("\x7f", "U+007F"),
        ("a\u00a0b", "U+00A0"),
        ("\u200b", "U+200B"),
        ("\u202e1", "U+202E"),
        ("\ufeffa", "U+FEFF"),
        ("\u2028", "U+2028"),
        ("\ud800", "U+D800"),
    ],
)
def test_a_character_that_cannot_be_seen_is_named_by_its_code(text: str, code: str) -> None:
    assert text_problem(text) == f"holds the character {code}, which cannot be printed"


def test_text_that_is_not_composed_is_a_problem_until_it_is() -> None:
    assert text_problem("A\u0308") == "is not in Unicode normal form C"
    assert composed("A\u0308") == "Ä"
    assert text_problem(composed("A\u0308")) is None


@given(st.text(max_size=20))
def test_text_without_a_problem_is_printable_and_in_normal_form_c(text: str) -> None:
    sound = text.isprintable() and is_normalized("NFC", text)
    assert (text_problem(text) is None) == sound


@given(st.text(max_size=20))
def test_composing_twice_changes_nothing(text: str) -> None:
    assert is_normalized("NFC", composed(text))
    assert composed(composed(text)) == composed(text)
