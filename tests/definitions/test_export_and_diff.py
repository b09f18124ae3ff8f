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
