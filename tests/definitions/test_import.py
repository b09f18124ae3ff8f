"""Import: one line a definition, all or nothing, twice is once."""

import pytest

from tests.book import Book, Result

TEXT = """format = 1
[calendars.india]
start = "04-01"
named_by = "start"
[sequences.invoice]
title = "Customer invoices"
pattern = "INV-{FY}-{number:5}"
calendar = "india"
reset = "fiscal-year"
[sequences.memo]
document_type = "creditMemo"
prefix = "CM-"
width = 8
[sets.default]
default = true
assignments = ["account:ACME"]
[sets.default.members]
invoice = "invoice"
credit_memo = "memo"
refund = { prefix = "RF-", width = 4 }
"""


def actions(result: Result) -> dict[tuple[str, str], str]:
    return {(row["kind"], row["name"]): row["action"] for row in result.rows}


ALL = [
    ("calendar", "india"),
    ("sequence", "invoice"),
    ("sequence", "memo"),
    ("sequence", "default.refund"),
    ("set", "default"),
]


def test_the_first_import_creates_and_the_second_changes_nothing(nowhere: Book) -> None:
    path = nowhere.file(TEXT)
    assert actions(nowhere.ok("import", path)) == dict.fromkeys(ALL, "created")
    events = nowhere.ok("info", "--json").json["events"]
    assert actions(nowhere.ok("import", path)) == dict.fromkeys(ALL, "unchanged")
    assert nowhere.ok("info", "--json").json["events"] == events
    assert nowhere.next("refund") == ["RF-0001"]


def test_a_change_is_told_field_by_field_and_the_rest_is_unchanged(nowhere: Book) -> None:
    nowhere.load(TEXT)
    path = nowhere.file(TEXT.replace("Customer invoices", "Invoices"))
    changed = [item for item in nowhere.ok("import", path, "--json").json if item["action"] != "unchanged"]
    assert changed == [
        {
            "kind": "sequence",
            "name": "invoice",
            "action": "changed",
            "fields": {"title": ["Customer invoices", "Invoices"]},
        }
    ]


def test_a_definition_that_is_named_is_replaced_whole_and_others_stay(nowhere: Book) -> None:
    nowhere.load(TEXT)
    nowhere.load('[sequences.memo]\ndocument_type = "credit_memo"\npattern = "CM-{number:8}"\nend = 5')
    nowhere.load('[sequences.memo]\ndocument_type = "credit_memo"\npattern = "CM-{number:8}"')
    assert nowhere.ok("sequence", "show", "memo", "--json").json["end"] is None
    assert len(nowhere.ok("sequence", "list", "--json").json) == 3


def test_absent_assignments_stay_and_empty_ones_take_them_away(nowhere: Book) -> None:
    nowhere.load(TEXT)
    line = 'assignments = ["account:ACME"]\n'
    nowhere.load(TEXT.replace(line, ""))
    assert nowhere.ok("set", "show", "default", "--json").json["assignments"] == ["account:ACME"]
    nowhere.load(TEXT.replace(line, "assignments = []\n"))
    assert nowhere.ok("set", "show", "default", "--json").json["assignments"] == []


@pytest.mark.parametrize("text", ["", "format = 1\n", "\ufeffformat = 1\r\n", "# nothing\n"])
def test_an_import_of_nothing_is_an_empty_list(nowhere: Book, text: str) -> None:
    assert nowhere.ok("import", "-", "--json", input=text).json == []


def test_standard_input_folders_and_several_files_are_one_transaction(nowhere: Book) -> None:
    nowhere.file('[sequences.a]\nprefix = "A"', "defs/a.toml")
    (nowhere.path.parent / "defs" / "deep").mkdir()
    nowhere.file('[sequences.b]\nprefix = "B"', "defs/deep/b.toml")
    nowhere.file("this is no definition", "defs/readme.txt")
    single = nowhere.file('[sequences.c]\nprefix = "C"', "c.toml")
    folder = nowhere.path.parent / "defs"
    result = nowhere.ok("import", folder, single, "-", input='[sequences.d]\nprefix = "D"')
    assert [row["name"] for row in result.rows] == ["a", "b", "c", "d"]


def test_a_file_that_is_named_twice_is_read_once(nowhere: Book) -> None:
    path = nowhere.file(TEXT)
    assert len(nowhere.ok("import", path, path).rows) == len(ALL)


def test_references_may_go_from_one_file_to_another(nowhere: Book) -> None:
    one = nowhere.file('[sets.s]\nmembers = { invoice = "invoice" }', "1.toml")
    two = nowhere.file("[sequences.invoice]", "2.toml")
    assert len(nowhere.ok("import", one, two).rows) == 2


def test_the_zone_of_the_book_travels_in_a_file(nowhere: Book) -> None:
    nowhere.load('[book]\ntimezone = "Asia/Tokyo"')
    assert nowhere.ok("info", "--json").json["timezone"] == "Asia/Tokyo"
    result = nowhere.load('[book]\ntimezone = "Europe/Berlin"', "--json")
    assert result.json[0]["fields"] == {"timezone": ["Asia/Tokyo", "Europe/Berlin"]}


def test_a_dry_run_shows_the_same_lines_and_creates_not_even_a_file(nowhere: Book) -> None:
    path = nowhere.file(TEXT)
    rehearsed = nowhere.ok("import", path, "--dry-run")
    assert not nowhere.path.exists()
    assert rehearsed == nowhere.ok("import", path)


def test_a_dry_run_in_a_book_changes_nothing(nowhere: Book) -> None:
    nowhere.load(TEXT)
    before = nowhere.ok("export").out, nowhere.ok("info", "--json").json["head"]
    nowhere.ok("import", nowhere.file(TEXT.replace("Customer", "All")), "--dry-run")
    assert (nowhere.ok("export").out, nowhere.ok("info", "--json").json["head"]) == before


def test_a_reference_to_an_inactive_sequence_warns_in_an_import(nowhere: Book) -> None:
    path = nowhere.file('[sequences.a]\nstatus = "inactive"\n[sets.s]\nmembers = { a = "a" }')
    warned = nowhere.warned("import", path)
    assert f"{path}:4" in warned.err
    assert nowhere.ok("import", path).err == ""


def test_many_definitions_are_imported_at_once(nowhere: Book) -> None:
    text = "".join(f'[sequences.s{at}]\nprefix = "S{at}-"\n' for at in range(500))
    assert len(nowhere.load(text).rows) == 500
    assert nowhere.next("s499") == ["S499-1"]


def test_prune_removes_what_is_unused_and_unnamed_and_says_what_is_kept_and_why(nowhere: Book) -> None:
    nowhere.load(TEXT + '[sequences.used]\nprefix = "U"\n[sequences.unused]\nprefix = "N"\n')
    nowhere.next("used")
    path = nowhere.file(TEXT)
    error = nowhere.fails(2, "confirmation_needed", "import", path, "--prune")
    assert "--yes" in error["hint"]
    assert len(nowhere.ok("sequence", "list", "--json").json) == 5
    rows = nowhere.ok("import", path, "--prune", "--yes").rows
    told = {row["name"]: row for row in rows if row["action"] not in ("unchanged", "changed")}
    assert {name: row["action"] for name, row in told.items()} == {"used": "kept", "unused": "removed"}
    assert told["used"]["fields"]
    assert "unused" not in nowhere.ok("export").out


def test_prune_with_dry_run_asks_for_nothing_and_removes_nothing(nowhere: Book) -> None:
    nowhere.load(TEXT + "[sequences.unused]")
    empty = nowhere.file("format = 1")
    told = {row["name"]: row["action"] for row in nowhere.ok("import", empty, "--prune", "--dry-run").rows}
    assert told.pop("unused") == "removed"
    assert set(told.values()) == {"kept"}
    assert len(nowhere.ok("sequence", "list", "--json").json) == 4


def test_prune_takes_a_set_then_its_sequences_then_their_calendars(nowhere: Book) -> None:
    nowhere.load(TEXT.replace("default = true\nassignments", "assignments"))
    nowhere.ok("set", "unassign", "account:ACME")
    rows = nowhere.ok("import", nowhere.file("format = 1"), "--prune", "--yes").rows
    assert {row["action"] for row in rows} == {"removed"}
    assert len(rows) == len(ALL)
    assert nowhere.ok("set", "list", "--json").json == nowhere.ok("calendar", "list", "--json").json == []


def test_prune_that_removes_nothing_needs_no_yes(nowhere: Book) -> None:
    path = nowhere.file(TEXT)
    nowhere.ok("import", path)
    nowhere.ok("import", path, "--prune")
