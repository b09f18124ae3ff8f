"""Export gives one stable text that imports to the same bytes; diff shows what an import would do."""

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.book import Book, Run

RICH = r"""
[book]
timezone = "Europe/Berlin"
[calendars."in dia"]
start = "04-01"
named_by = "end"
[sequences."it's \"odd\" [x]"]
title = "Größe\n\tline \\ 🧾"
pattern = "{{x}}-{FY}{entity}-{number:5}"
calendar = "in dia"
reset = "fiscal-year"
scope = { entity = ["D", "F"] }
requires = { channel = "web" }
start = 10
end = 99999
step = 10
warn_at = "100 left"
date_order = "refuse"
effective_from = 2026-01-01
status = "inactive"
mode = "standard"
manual = true
[sequences.abc]
kind = "alpha"
pattern = "{number:3}"
start = "abc"
end = "zzz"
[sequences.plain]
[sets.Z]
default = true
assignments = ["b:2", "a:1"]
members = { plain = "plain" }
[sets.A]
members = { plain = "plain", refund = { prefix = "R", width = 3 } }
"""


def test_export_import_export_gives_the_same_bytes(nowhere: Book, place: Path, run: Run) -> None:
    nowhere.load(RICH)
    text = nowhere.ok("export").out
    result = run("--db", place / "second.db", "import", "-", input=text)
    assert (result.status, result.err) == (0, "")
    assert run("--db", place / "second.db", "export").out == text
    assert {row["action"] for row in nowhere.ok("import", "-", input=text).rows} == {"unchanged"}


def test_with_counters_the_bytes_are_the_same_too(nowhere: Book, place: Path, run: Run) -> None:
    nowhere.load("[sequences.a]\npattern = '{e}-{number}'\nscope = ['e']\n[sequences.b]\nprefix = 'B'")
    for value in ("x/y", "%", "=", "ü=1"):
        nowhere.next("a", f"--attr=e={value}")
    nowhere.next("b", "-n", "7")
    text = nowhere.ok("export", "--with-counters").out
    assert run("--db", place / "second.db", "import", "-", input=text).status == 0
    assert run("--db", place / "second.db", "export", "--with-counters").out == text


def test_an_export_of_an_empty_book_imports(book: Book, place: Path, run: Run) -> None:
    text = book.ok("export").out
    assert tomllib.loads(text)["format"] == 1
    assert run("--db", place / "second.db", "import", "-", input=text).status == 0


def test_export_to_a_file_writes_the_same_text_and_prints_nothing(nowhere: Book) -> None:
    nowhere.load(RICH)
    assert nowhere.ok("export", "--to", "out.toml").out == ""
    with open("out.toml", encoding="utf-8") as file:
        assert file.read() == nowhere.ok("export").out == nowhere.ok("export", "--to", "-").out


def test_an_export_that_cannot_be_written_says_so(book: Book, place: Path) -> None:
    result = book("export", "--to", str(place / "absent" / "x.toml"))
    assert result.status not in (0, 1)
    assert "absent" in result.err


def test_export_of_a_name_brings_what_it_needs_and_no_more(nowhere: Book, place: Path, run: Run) -> None:
    nowhere.load(RICH)
    document = tomllib.loads(nowhere.ok("export", "A").out)
    assert sorted(document["sequences"]) == ["A.refund", "plain"]
    assert list(document["sets"]) == ["A"]
    assert "calendars" not in document
    document = tomllib.loads(nowhere.ok("export", 'it\'s "odd" [x]').out)
    assert list(document["calendars"]) == ["in dia"]
    text = nowhere.ok("export", "A", "abc").out
    assert run("--db", place / "second.db", "import", "-", input=text).status == 0


def test_export_of_an_unknown_name_is_not_found(nowhere: Book) -> None:
    nowhere.load(RICH)
    assert "plain" in nowhere.fails(4, "not_found", "export", "plian")["hint"]


def test_diff_of_the_own_export_is_empty(nowhere: Book) -> None:
    nowhere.load(RICH)
    text = nowhere.ok("export").out
    assert nowhere.ok("diff", "-", "--exit-code", input=text).rows == []
    assert nowhere.ok("diff", "-", "--exit-code", "--json", input=text).json == []


def test_diff_shows_each_field_changes_nothing_and_exits_3_when_asked(nowhere: Book) -> None:
    nowhere.load(RICH)
    before = nowhere.ok("export").out, nowhere.ok("info", "--json").json["head"]
    text = RICH.replace("end = 99999", "end = 88888") + "[sequences.new]\n"
    changes = nowhere.ok("diff", "-", "--json", input=text).json
    assert {change["name"]: change["action"] for change in changes} == {
        'it\'s "odd" [x]': "changed",
        "new": "created",
    }
    assert changes[0]["fields"] == {"end": [99999, 88888]}
    result = nowhere("diff", "-", "--exit-code", input=text)
    assert (result.status, result.err) == (3, "")
    assert "end: 99999 -> 88888" in result.out
    assert (nowhere.ok("export").out, nowhere.ok("info", "--json").json["head"]) == before


def test_diff_without_a_database_compares_with_an_empty_book_and_makes_none(nowhere: Book) -> None:
    result = nowhere("diff", "-", "--exit-code", input="[sequences.a]")
    assert (result.status, [row["action"] for row in result.rows]) == (3, ["created"])
    assert list(nowhere.path.parent.iterdir()) == []


def test_diff_of_a_bad_file_is_exit_6(nowhere: Book) -> None:
    nowhere.fails(6, "invalid_definition", "diff", "-", input="[sequences.a]\nfoo = 1")


def test_the_schema_is_a_json_schema_that_takes_an_export_and_refuses_nonsense(nowhere: Book) -> None:
    nowhere.load(RICH)
    schema = json.loads(nowhere.ok("schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    document = json.loads(json.dumps(tomllib.loads(nowhere.ok("export", "--with-counters").out), default=str))
    assert [error.message for error in validator.iter_errors(document)] == []
    nonsense: tuple[dict[str, Any], ...] = (
        {"sequences": {"a": {"foo": 1}}},
        {"sequences": {"a": {"reset": "yearly"}}},
        {"seq": {}},
    )
    for bad in nonsense:
        assert not validator.is_valid({"format": 1, **bad})


@pytest.mark.parametrize("words", [("export",), ("schema",), ("diff", "-")], ids=" ".join)
def test_these_write_nothing_to_the_book(nowhere: Book, words: tuple[str, ...]) -> None:
    nowhere.load(RICH)
    before = nowhere.ok("info", "--json").json["head"]
    nowhere.ok(*words, input="")
    assert nowhere.ok("info", "--json").json["head"] == before


def test_json_of_its_own_format_is_toml_in_other_signs(nowhere: Book) -> None:
    """Dates of conditions stay dates, and texts that look like dates texts."""
    nowhere.load(
        """
        [calendars.april]
        start = "04-01"
        [sequences.invoice]
        title = "tab\\tand \\u00fc"
        pattern = "{FY}-{number:5}"
        reset = "fiscal-year"
        calendar = "april"
        [sequences.invoice.counters]
        FY2026 = 7
        [sets.main]
        default = true
        members = { invoice = "invoice" }
        [policies.late]
        document_type = "invoice"
        sequence = "invoice"
        effective_from = 2026-01-01
        conditions = [
          { id = 1, field = "day", operator = "greater", value = 2026-01-01 },
          { id = 2, field = "at", operator = "in", value = [2026-01-01T00:00:00Z] },
          { id = 3, field = "name", operator = "equals", value = "2026-01-01" },
          { id = 4, field = "total", operator = "greater", value = 100 },
          { id = 5, field = "paid", operator = "is_set" },
        ]
        """
    )
    toml = nowhere.ok("export", "--with-counters").out
    path = nowhere.file(nowhere.ok("export", "--with-counters", "--to-format", "json").out, "own.json")
    assert {row["action"] for row in nowhere.ok("import", path).rows} == {"unchanged"}
    assert json.loads(Path(path).read_text(encoding="utf-8"))["policies"]["late"]["conditions"][0] == {
        "id": 1,
        "field": "day",
        "operator": "greater",
        "value": "2026-01-01",
        "type": "date",
    }
    again = nowhere.ok("--db", Path(path).with_name("other.db"), "import", path)
    assert {row["action"] for row in again.rows if row["kind"] != "book"} == {"created"}
    assert nowhere.ok("--db", Path(path).with_name("other.db"), "export", "--with-counters").out == toml


def test_a_json_file_of_another_system_is_told_how_to_be_read(nowhere: Book) -> None:
    path = nowhere.file('{"name": "FR", "invoice": {"prefix": "F"}}', "fr.json")
    error = nowhere.fails(6, "invalid_definition", "import", path)
    assert error["hint"] == "what another system gives is read with --from SYSTEM"
    path = nowhere.file('{"sequences": {"a": {"patern": "A"}}, "sequences": {}}', "a.json")
    assert "'sequences' is a duplicate" in nowhere.fails(6, "invalid_definition", "import", path)["message"]
    path = nowhere.file('{\n"sequences": {"a": {\n"patern": "A", "end": null}}}', "a.json")
    message = nowhere.fails(6, "invalid_definition", "import", path)["message"]
    assert message == f"{path}:3: sequences.a.patern: unknown key"
    assert nowhere.run("--json", "import", path).error["findings"] == [
        {
            "file": path,
            "line": 3,
            "column": None,
            "code": "invalid_definition",
            "message": "sequences.a.patern: unknown key",
            "hint": "did you mean 'pattern'?",
        }
    ]


def test_export_takes_every_kind_by_name_and_brings_what_it_needs(book: Book) -> None:
    book.load(
        """
        [calendars.april]
        start = "04-01"
        [sequences.a]
        pattern = "{FY}-{number}"
        reset = "fiscal-year"
        calendar = "april"
        [sequences.b]
        prefix = "B"
        [policies.chosen]
        document_type = "a"
        sequence = "a"
        """
    )
    tables = tomllib.loads(book.ok("export", "chosen").out)
    assert {key: list(table) for key, table in tables.items() if key != "format"} == {
        "calendars": ["april"],
        "sequences": ["a"],
        "policies": ["chosen"],
    }
    error = book.fails(4, "not_found", "export", "chosn")
    assert error["message"] == "there is no calendar, sequence, range, set or policy 'chosn'"


def test_a_sequence_like_another_one_begins_with_its_fields_and_may_wait(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--prefix", "A-", "--width", 4, "--end", 99, "--title", "T")
    book.ok("sequence", "deactivate", "invoice")
    words = ("sequence", "add", "invoice-27", "--like", "invoice", "--prefix", "B-")
    book.made(*words, "--inactive")
    shown = book.ok("sequence", "show", "invoice-27", "--json").json
    assert (shown["pattern"], shown["end"], shown["title"]) == ("B-{number:4}", 99, "T")
    assert (shown["document_type"], shown["status"]) == ("invoice", "inactive")
    book.made("sequence", "add", "invoice-28", "--like", "invoice", "--prefix", "C-", "--end", "")
    shown = book.ok("sequence", "show", "invoice-28", "--json").json
    assert (shown["status"], shown["end"]) == ("active", None)
    error = book.fails(4, "not_found", "sequence", "add", "x", "--like", "invoic")
    assert error["hint"].startswith("did you mean 'invoice")
    policy = ("policy", "add", "p", "--document-type", "invoice", "--sequence", "invoice-28", "--inactive")
    assert book.run(*policy).status == 0
    assert book.ok("policy", "show", "p", "--json").json["status"] == "inactive"
