"""Several document types on one counter: invoices and credit notes whose numbers never meet."""

from pathlib import Path

import pytest

from tests.book import Book, Sql

SHARED = """
[sequences.sales]
document_type = ["invoice", "credit_memo"]
type_codes = { invoice = "FA", credit_memo = "AV" }
pattern = "{type}{YY}{MM}-{number:4}"
reset = "month"
"""


@pytest.fixture
def sales(book: Book) -> Book:
    """A shop that numbers invoices and credit notes by one gapless counter a month."""
    book.load(SHARED)
    return book


def sound(book: Book) -> None:
    """Nothing is wrong with the book or its log."""
    assert book.ok("check", "--json").json == []
    assert book.ok("audit", "verify").err == ""


def test_invoices_and_credit_notes_count_together(sales: Book) -> None:
    assert sales.next("invoice", "--date", "2021-01-05") == ["FA2101-0001"]
    assert sales.next("credit_memo", "--date", "2021-01-06") == ["AV2101-0002"]
    assert sales.next("invoice", "--date", "2021-01-07") == ["FA2101-0003"]
    assert sales.next("creditMemo", "-n", "2", "--date", "2021-01-08") == ["AV2101-0004", "AV2101-0005"]
    sales.ok("void", "AV2101-0002", "--reason", "wrong customer")
    sales.ok("release", "FA2101-0003", "--reason", "never sent")
    (gap,) = sales.ok("gaps", "--json").json
    assert (gap["first_number"], gap["state"]) == ("FA2101-0003", "reusable")
    # A freed number is rendered anew, for whoever gets it.
    assert sales.next("credit_memo", "--date", "2021-01-09") == ["AV2101-0003"]
    assert sales.next("invoice", "--date", "2021-02-01") == ["FA2102-0001"]
    assert sales.texts("credit_memo") == ["AV2101-0002", "AV2101-0004", "AV2101-0005", "AV2101-0003"]
    assert sales.texts("invoice") == ["FA2101-0001", "FA2102-0001"]
    assert sales.texts("sales", "--type", "invoice") == ["FA2101-0001", "FA2102-0001"]
    assert len(sales.texts("sales")) == 6
    shown = sales.ok("show", "AV2101-0003", "--json").json
    assert (shown["document_type"], shown["sequence"]) == ("credit_memo", "sales")
    sound(sales)


def test_the_statement_is_right_by_type_and_in_all(sales: Book) -> None:
    sales.next("invoice", "-n", "3", "--date", "2021-01-05")
    sales.next("credit_memo", "-n", "2", "--date", "2021-01-20")
    sales.ok("void", "AV2101-0004", "--reason", "wrong customer")
    sales.ok("release", "FA2101-0002", "--reason", "never sent")
    (whole,) = sales.ok("statement", "sales", "--json").json
    (invoices,) = sales.ok("statement", "invoice", "--json").json
    (memos,) = sales.ok("statement", "--type", "credit_memo", "--json").json
    assert "of_type" not in whole
    assert (invoices.pop("of_type"), memos.pop("of_type")) == (2, 2)
    assert whole == invoices == memos
    assert (whole["total"], whole["issued"], whole["void"], whole["reusable"]) == (5, 3, 1, 1)
    assert whole["proved"] and whole["complete"]
    window = ("--from", "2021-01-01", "--to", "2021-01-10")
    (early,) = sales.ok("statement", "invoice", *window, "--json").json
    assert (early["of_type"], early["total"]) == (2, 3)
    (early,) = sales.ok("statement", "credit_memo", *window, "--json").json
    assert early["of_type"] == 0
    assert sales.ok("statement", "credit_memo").rows[0]["of_type"] == "2"


def test_the_name_of_the_sequence_alone_says_no_type(sales: Book) -> None:
    error = sales.fails(5, "ambiguous_type", "next", "sales")
    assert "invoice, credit_memo" in error["message"]
    assert sales.next("sales", "--type", "credit_memo", "--date", "2021-01-06") == ["AV2101-0001"]
    sales.fails(5, "wrong_target", "next", "sales", "--type", "refund")
    sales.fails(5, "wrong_target", "next", "invoice", "--type", "credit_memo")
    sales.fails(5, "wrong_target", "next", "refund", "--sequence", "sales")
    assert sales.next("credit_memo", "--sequence", "sales", "--date", "2021-01-06") == ["AV2101-0002"]
    assert sales.next("invoice", "--type", "invoice", "--date", "2021-01-06") == ["FA2101-0003"]
    assert sales.numbers()[0]["document_type"] == "credit_memo"


def test_a_name_that_is_one_of_the_types_means_that_type(book: Book) -> None:
    book.load(SHARED.replace("sequences.sales", "sequences.invoice"))
    assert book.next("invoice", "--date", "2021-01-06") == ["FA2101-0001"]
    assert book.next("credit_memo", "--date", "2021-01-06") == ["AV2101-0002"]
    # In lists the name means the whole sequence.
    assert book.texts("invoice") == ["FA2101-0001", "AV2101-0002"]
    assert book.texts("invoice", "--type", "invoice") == ["FA2101-0001"]


def test_a_type_that_is_asked_of_a_plain_sequence(book: Book) -> None:
    book.ok("sequence", "add", "bill", "--document-type", "invoice")
    assert book.next("bill", "--type", "invoice") == ["1"]
    book.fails(5, "wrong_target", "next", "bill", "--type", "refund")


def test_a_key_binds_the_type(sales: Book) -> None:
    asked = ("sales", "--key", "order-7", "--date", "2021-01-06")
    assert sales.next(*asked, "--type", "credit_memo") == ["AV2101-0001"]
    assert sales.next(*asked, "--type", "credit_memo") == ["AV2101-0001"]
    sales.fails(5, "key_reused", "next", *asked, "--type", "invoice")
    sales.fails(5, "key_reused", "next", "credit_memo", *asked[1:])
    repeated = sales.ok("next", *asked, "--type", "credit_memo", "--json").json
    assert repeated["document_type"] == "credit_memo"


def test_a_type_stays_with_a_number_through_its_life(sales: Book) -> None:
    day = ("--date", "2021-01-06")
    assert sales.ok("reserve", "credit_memo", *day).lines == ["AV2101-0001"]
    sales.ok("confirm", "AV2101-0001", "--record", "CN-1")
    sales.next("credit_memo", "-n", "250", *day)
    sales.ok("void", "AV2101-0100", "--reason", "spoilt")
    sales.ok("record", "AV2101-0101", "--record", "CN-9", "--note", "late")
    sales.ok("release", "AV2101-0007", "AV2101-0008", "--reason", "never sent")
    sales.ok("reinstate", "AV2101-0007", "--reason", "it was sent")
    sales.ok("reinstate", "AV2101-0100", "--reason", "not spoilt")
    shown = {item["number"]: item["document_type"] for item in sales.numbers()}
    assert set(shown.values()) == {"credit_memo"}
    assert len(shown) == 250
    sales.ok("reserve", "credit_memo", "--ttl", "1h", *day)
    sound(sales)


def test_policies_and_sets_may_name_it_for_each_of_its_types(book: Book) -> None:
    book.load(
        SHARED
        + '[sets.shop]\ndefault = true\nmembers = { invoice = "sales", credit_memo = "sales" }\n'
        + '[policies.web]\ndocument_type = "credit_memo"\nsequence = "sales"\n'
        + 'conditions = [{ field = "channel", operator = "equals", value = "web" }]\n'
    )
    day = ("--date", "2021-01-06")
    assert book.next("invoice", *day) == ["FA2101-0001"]
    assert book.next("credit_memo", "--attr", "channel=web", *day) == ["AV2101-0002"]
    assert book.next("credit_memo", "--set", "shop", *day) == ["AV2101-0003"]
    assert book.next("credit_memo", *day) == ["AV2101-0004"]
    assert [item["policy"] for item in book.numbers()] == [None, "web", None, None]
    assert book.ok("lint", "--json").json == []
    book.fails(6, "invalid_definition", "set", "add", "other", "refund=sales")
    sound(book)


def test_records_of_each_type_are_numbered(sales: Book, place: Path) -> None:
    for kind in ("invoice", "credit_memo"):
        (place / f"{kind}.csv").write_text("id,day\nA,2021-01-05\nB,2021-01-05\n", encoding="utf-8")
        sales.ok("assign", kind, "--input", place / f"{kind}.csv", "--date-column", "day")
    assert sales.texts("credit_memo") == ["AV2101-0003", "AV2101-0004"]
    again = sales.ok("assign", "credit_memo", "--input", place / "credit_memo.csv", "--date-column", "day")
    assert again.status == 0
    assert len(sales.numbers()) == 4
    assert sales.texts("--key", "credit_memo:A") == ["AV2101-0003"]
    sound(sales)


def test_existing_numbers_are_adopted_by_type(sales: Book) -> None:
    error = sales.fails(6, "invalid_input", "adopt", "invoice", "FA2101-0001", "AV2101-0002")
    assert "AV2101-0002" in error["message"] or "AV2101-0002" in str(error["problems"])
    assert "credit_memo" in str(error)
    # The number says its type by its {type}.
    sales.ok("adopt", "sales", "FA2101-0001")
    sales.ok("adopt", "invoice", "FA2101-0001", "FA2101-0003")
    sales.ok("adopt", "sales", "AV2101-0002", "--type", "credit_memo")
    assert {item["number"]: item["document_type"] for item in sales.numbers()} == {
        "FA2101-0001": "invoice",
        "FA2101-0003": "invoice",
        "AV2101-0002": "credit_memo",
    }
    assert sales.ok("gaps", "--json").json == []
    assert sales.next("invoice", "--date", "2021-01-30") == ["FA2101-0004"]
    sound(sales)


def test_a_missing_number_keeps_the_token(sales: Book) -> None:
    sales.ok("adopt", "invoice", "FA2101-0001", "FA2101-0003")
    (gap,) = sales.ok("gaps", "--json").json
    assert (gap["first_number"], gap["state"]) == ("{type}2101-0002", "missing")


def test_a_month_of_a_shared_counter_is_not_closed_by_one_type_alone(sales: Book) -> None:
    sales.next("invoice", "--date", "2021-01-05")
    error = sales.fails(5, "shared", "close", "invoice", "--through", "2021-01-31", "--reason", "filed")
    assert "credit_memo" in error["message"]
    sales.fails(5, "shared", "close", "--type", "credit_memo", "--through", "2021-01-31", "--reason", "filed")
    sales.ok("close", "sales", "--through", "2021-01-31", "--reason", "filed")
    sales.ok("reopen", "sales", "--from", "2021-01-01", "--reason", "correction")
    sales.ok("close", "invoice", "--through", "2021-01-31", "--reason", "filed", "--yes")
    sales.fails(5, "closed", "next", "credit_memo", "--date", "2021-01-05")


def test_two_sequences_of_one_type_stand_level(sales: Book) -> None:
    sales.made("sequence", "add", "notes", "--document-type", "credit_memo", "--pattern", "N{number}")
    sales.fails(5, "ambiguous_sequence", "next", "credit_memo")
    assert sales.next("invoice", "--date", "2021-01-05") == ["FA2101-0001"]


def test_files_and_sheets_carry_types_and_codes(sales: Book, nowhere: Book, place: Path) -> None:
    text = sales.ok("export").out
    assert sales.ok("import", sales.file(text, "again.toml")).out.count("unchanged") == 2
    sheet = sales.ok("export", "--to-format", "csv").out
    (place / "sheet.csv").write_text(sheet, encoding="utf-8")
    assert "unchanged" in sales.ok("import", place / "sheet.csv").out
    exported = sales.ok("export", "--to-format", "json").out
    (place / "book.json").write_text(exported, encoding="utf-8")
    assert sales.ok("diff", place / "book.json", "--exit-code").status == 0
    shown = sales.ok("sequence", "show", "sales", "--json").json
    assert shown["document_type"] == ["invoice", "credit_memo"]
    assert shown["type_codes"] == {"invoice": "FA", "credit_memo": "AV"}
    assert [
        item["name"] for item in sales.ok("sequence", "list", "--type", "credit_memo", "--json").json
    ] == ["sales"]


def test_a_used_sequence_gains_types_and_loses_none(sales: Book) -> None:
    sales.next("invoice", "--date", "2021-01-05")
    types = [word for name in ("debit_memo", "invoice", "credit_memo") for word in ("--document-type", name)]
    codes = [
        word for code in ("invoice=FA", "credit_memo=AV", "debit_memo=ND") for word in ("--type-code", code)
    ]
    sales.ok("sequence", "edit", "sales", *types, *codes)
    assert sales.next("debit_memo", "--date", "2021-01-05") == ["ND2101-0002"]
    assert [item["document_type"] for item in sales.numbers()] == ["invoice", "debit_memo"]
    sales.fails(
        5,
        "locked_field",
        "sequence",
        "edit",
        "sales",
        "--document-type",
        "invoice",
        "--type-code",
        "invoice=FA",
    )
    codes[1] = "invoice=FB"
    sales.fails(5, "locked_field", "sequence", "edit", "sales", *types, *codes)
    sound(sales)


def test_a_used_sequence_of_one_type_gains_another(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "{number}")
    book.next("invoice", "-n", "3")
    book.ok("sequence", "edit", "invoice", "--document-type", "invoice", "--document-type", "refund")
    assert book.next("refund") == ["4"]
    assert book.texts("refund") == ["4"]
    sound(book)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ('type_codes = { invoice = "A", credit_memo = "A1" }\npattern = "{type}{number}"', "two ways"),
        ('type_codes = { invoice = "A", credit_memo = "A" }\npattern = "{type}{number}"', "one code"),
        ('type_codes = { invoice = "A" }\npattern = "{type}{number}"', "no code for 'credit_memo'"),
        ('type_codes = { invoice = "A", refund = "B" }\npattern = "{type}{number}"', "'refund'"),
        ('type_codes = { invoice = 1, credit_memo = 2 }\npattern = "{type}{number}"', "no text"),
        (
            'type_codes = { invoice = "A", credit_memo = "B" }\npattern = "{type}{number}{check:luhn}"',
            "cannot read",
        ),
        (
            'type_codes = { invoice = "A", credit_memo = "B" }\npattern = "{type}{number}"\nscope = ["type"]',
            "token",
        ),
    ],
)
def test_codes_that_cannot_be_read_back_are_refused(book: Book, fields: str, words: str) -> None:
    text = f'[sequences.sales]\ndocument_type = ["invoice", "credit_memo"]\n{fields}\n'
    error = book.fails(6, "invalid_definition", "import", book.file(text))
    assert words in error["message"] + str(error.get("problems"))


def test_codes_of_one_beginning_are_told_apart_by_the_text_behind(book: Book) -> None:
    book.load(
        '[sequences.sales]\ndocument_type = ["invoice", "credit_memo"]\n'
        'type_codes = { invoice = "A", credit_memo = "A1" }\npattern = "{type}-{number}"\n'
    )
    assert book.next("invoice") == ["A-1"]
    assert book.next("credit_memo") == ["A1-2"]


def test_without_codes_the_type_is_an_attribute_and_lint_notes_it(book: Book) -> None:
    book.load('[sequences.sales]\ndocument_type = ["invoice", "credit_memo"]\npattern = "{type}{number}"\n')
    assert book.next("invoice", "--attr", "type=X") == ["X1"]
    book.fails(5, "missing_attribute", "next", "credit_memo")
    found = book("lint", "--json").json
    assert [item["code"] for item in found] == ["type_without_codes"]


def test_a_renamed_sequence_keeps_its_types(sales: Book) -> None:
    sales.next("credit_memo", "--date", "2021-01-05")
    sales.ok("sequence", "rename", "sales", "billing")
    assert sales.next("invoice", "--date", "2021-01-05") == ["FA2101-0002"]
    assert sales.texts("credit_memo") == ["AV2101-0001"]
    sound(sales)


def test_other_systems_cannot_hold_it(sales: Book) -> None:
    for system in ("salesforce", "intacct", "zuora"):
        result = sales("export", "--to-format", system)
        assert result.status == 0
        assert "sales" in result.err


def test_whoever_changes_the_type_of_a_number_is_found(sales: Book, sql: Sql) -> None:
    sales.next("credit_memo", "-n", "3", "--date", "2021-01-05")
    sql("UPDATE number SET document_type = NULL WHERE value = 2")
    found = sales("audit", "verify", "--json").json
    assert [(item["code"], item["subject"]) for item in found] == [("number_changed", "numbers.AV2101-0002")]
    sql("UPDATE number SET document_type = 'credit_memo' WHERE value = 2")
    sound(sales)
    sql("DELETE FROM text_space")
    assert "definition_changed" in {item["code"] for item in sales("audit", "verify", "--json").json}


def test_several_types_draw_from_one_range(book: Book) -> None:
    book.load(
        '[sequences.sales]\ndocument_type = ["invoice", "credit_memo"]\nreset = "range"\n'
        'type_codes = { invoice = "FA", credit_memo = "NC" }\npattern = "{type}-{number:3}"\n'
        '[ranges.R1]\nsequence = "sales"\nfirst = 1\nlast = 3\n[ranges.R2]\nsequence = "sales"\nfirst = 4\n'
    )
    assert book.next("invoice") == ["FA-001"]
    assert book.next("credit_memo", "-n", "4") == ["NC-002", "NC-003", "NC-004", "NC-005"]
    assert book.texts("credit_memo") == ["NC-002", "NC-003", "NC-004", "NC-005"]
    sound(book)


def test_a_sequence_named_as_a_type_that_it_does_not_number(book: Book, place: Path) -> None:
    book("sequence", "add", "bill", "--document-type", "invoice", "--pattern", "B{number}")
    (place / "r.csv").write_text("id\nA\n", encoding="utf-8")
    book.ok("assign", "invoice", "--input", place / "r.csv")
    assert book.numbers()[0]["document_type"] == "invoice"
    sound(book)


CHECKED = """
[sequences.sales]
document_type = ["invoice", "credit_memo"]
type_codes = { invoice = "FA", credit_memo = "AV" }
pattern = "{type}{YY}{number:5}{check:mod97}"
reset = "year"
characters = "[A-Z0-9]"
reference = "rf"
"""


def test_a_check_digit_covers_the_code_of_the_type(book: Book) -> None:
    """Mod 97-10 of FA2600001 and of AV2600002; the codes tell the references apart, so that none is kept."""
    book.load(CHECKED)
    day = ("--date", "2026-03-01")
    assert book.ok("next", "invoice", "--reference", *day).lines == ["FA260000132\tRF74 FA26 0000 132"]
    assert book.ok("next", "credit_memo", "--reference", *day).lines == ["AV260000219\tRF74 AV26 0000 219"]
    wrong = book.fails(6, "check_digit", "adopt", "invoice", "AV260000295")
    assert "has the check digits 95, where" in wrong["message"]
    sound(book)


def test_codes_hold_what_the_sequence_allows(book: Book) -> None:
    error = book.fails(6, "invalid_definition", "import", book.file(CHECKED.replace('"AV"', '"Av"')))
    assert "type_codes: 'Av' for 'type' holds 'v', which is none of [A-Z0-9]" in str(error)


def test_figures_as_codes_tell_the_references_of_types_apart(book: Book) -> None:
    """A reference of digits alone: 1 and 2 before the number differ, FA and AV would not be seen."""
    text = CHECKED.replace('"FA"', '"1"').replace('"AV"', '"2"').replace("mod97", "luhn")
    book.load(text.replace('"rf"', '"kid10"'))
    assert book.next("invoice", "--date", "2026-03-01") == ["126000017"]
    assert book.next("credit_memo", "--date", "2026-03-01") == ["226000024"]
    sound(book)


@pytest.mark.parametrize("name", ["sales", "invoice"])
def test_the_way_to_enter_a_foreign_document_names_its_type(book: Book, place: Path, name: str) -> None:
    """What reconcile says can be done as it stands, also where the sequence is named as one of its types."""
    book.load(SHARED.replace("sequences.sales", f"sequences.{name}"))
    book.ok("sequence", "edit", name, "--manual")
    book.next("invoice", "--date", "2021-01-05")
    lines = "number,date\nFA2101-0001,2021-01-05\nAV2101-0002,2021-01-06\nFA2101-0003,2021-01-07\n"
    (place / "posted.csv").write_text(lines, encoding="utf-8")
    found = book("reconcile", "invoice", "--input", place / "posted.csv", "--json").json
    assert [item["code"] for item in found] == ["foreign", "foreign"]
    for item in found:
        command = item["hint"].partition("seqctl ")[2]
        book.ok(*command.split())
    assert book.texts("credit_memo") == ["AV2101-0002"]
    assert book.texts(name, "--type", "invoice") == ["FA2101-0001", "FA2101-0003"]
    assert book("reconcile", "invoice", "--input", place / "posted.csv", "--json").json == []


def test_what_is_wrong_with_the_types_of_a_sequence_is_told_alone(sales: Book) -> None:
    sales.next("invoice", "--date", "2021-01-05")
    sales.next("credit_memo", "--date", "2021-01-05")
    error = sales.fails(6, "invalid_definition", "sequence", "edit", "sales", "--type-code", "invoice=FA")
    assert "has no code for 'credit_memo'" in error["message"]
    assert "must not share a number" not in str(error)
