"""`import --from`: payloads of other systems give the numbers that their makers document."""

from pathlib import Path

import pytest

from tests.book import Book, Result, Run

PAYLOADS = Path(__file__).parent / "payloads"


def payload(part: str) -> Path:
    """The one sample whose name holds a part."""
    (found,) = [path for path in sorted(PAYLOADS.rglob("*.json")) if part in path.name]
    return found


def all_unchanged(result: Result) -> bool:
    return {line.split("\t")[0] for line in result.lines[1:]} == {"unchanged"}


def test_salesforce_is_refused_for_a_logic_that_is_none_by_name_and_position(nowhere: Book) -> None:
    text = payload("sequence_policy_input").read_text(encoding="utf-8")
    path = nowhere.file(text, "policy.json")
    error = nowhere.fails(6, "invalid_definition", "import", "--from", "salesforce", path)
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "selectionLogic" in row)
    assert error["message"].startswith(f"{path}:{line}: ")
    assert "'selectionLogic'" in error["message"]
    assert "at character 1" in error["message"]


def test_salesforce_with_the_logic_mended_gives_its_number(nowhere: Book) -> None:
    text = payload("sequence_policy_input").read_text(encoding="utf-8")
    mended = text.replace('"selectionLogic": "selectionLogic"', '"selectionLogic": "1 AND 2 AND 3"')
    path = nowhere.file(mended, "policy.json")
    imported = nowhere.run("import", "--from", "salesforce", path)
    assert imported.status == 0, imported
    record = ["--attr", "AppType=RLM", "--attr", "Status=Posted", "--attr", "LegalEntity=US"]
    assert nowhere.next("invoice", "--date", "2025-09-01", *record) == ["INV-01-abc"]
    nowhere.fails(4, "not_found", "next", "invoice", "--date", "2025-09-21", *record)
    assert all_unchanged(nowhere.run("import", "--from", "salesforce", path))


def test_zuora_begins_where_the_payload_says(nowhere: Book) -> None:
    path = str(payload("post-sequence-sets.request"))
    assert nowhere.run("import", "--from", "zuora", path).status == 0
    assert all_unchanged(nowhere.run("import", "--from", "zuora", path))
    assert nowhere.next("invoice", "--set", "FR") == ["FINV00000010"]
    assert all_unchanged(nowhere.run("import", "--from", "zuora", path))


def test_a_zuora_prefix_belongs_to_one_document_type_of_the_whole_book(nowhere: Book) -> None:
    nowhere.ok(
        "sequence", "add", "memo", "--document-type", "credit_memo", "--prefix", "FINV", "--width", "8"
    )
    path = str(payload("post-sequence-sets.request"))
    error = nowhere.fails(6, "invalid_definition", "import", "--from", "zuora", path)
    assert "'FINV' belongs to 'credit_memo'" in error["message"]


def test_intacct_counts_its_years(nowhere: Book) -> None:
    path = str(payload("numeric"))
    warned = nowhere.warned("import", "--from", "intacct", path)
    assert "--calendar" in warned.err
    assert nowhere.next("Vendor Invoice", "--date", "2026-02-14") == ["2026-P-2026-S"]
    assert nowhere.next("Vendor Invoice", "--date", "2027-02-14") == ["2027-P-0001-S"]
    assert all_unchanged(nowhere.run("import", "--from", "intacct", path))


def test_intacct_takes_a_calendar_of_the_book(nowhere: Book) -> None:
    nowhere.ok("calendar", "add", "april", "--start", "04-01", "--named-by", "end")
    nowhere.ok("import", "--from", "intacct", str(payload("numeric")), "--calendar", "april")
    assert nowhere.next("Vendor Invoice", "--date", "2026-04-01") == ["2027-P-0001-S"]
    assert nowhere.next("Vendor Invoice", "--date", "2026-03-31") == ["2026-P-2026-S"]


@pytest.mark.parametrize(
    ("part", "system"), [("numeric", "intacct"), ("post-sequence-sets.request", "zuora")]
)
def test_what_was_imported_travels_as_toml(
    nowhere: Book, place: Path, run: Run, part: str, system: str
) -> None:
    assert nowhere.run("import", "--from", system, str(payload(part))).status == 0
    text = nowhere.ok("export", "--with-counters").out
    assert run("--db", place / "second.db", "import", "-", input=text).status == 0
    assert run("--db", place / "second.db", "export", "--with-counters").out == text


def test_diff_reads_payloads_too(nowhere: Book) -> None:
    path = str(payload("post-sequence-sets.request"))
    assert nowhere.run("diff", "--from", "zuora", path, "--exit-code").status == 3
    nowhere.fails(2, "usage", "import", "--from", "sap", path)
    nowhere.fails(2, "usage", "import", path, "--calendar", "x")
