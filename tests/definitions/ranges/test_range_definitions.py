"""Ranges as definitions: added, changed, removed, and carried by files both ways."""

import json
import tomllib
from typing import Any

import jsonschema
import pytest

from seqctl.definitions.toml.schema import definition_schema
from tests.book import Book

R1 = (
    *("range", "add", "R1", "factura", "--first", "990000001", "--last", "990000005", "--from", "2026-01-01"),
    *("--until", "2026-12-31", "--value", "prefix=SETP", "--warn-at", "2 left", "--warn-at", "30 days"),
    *("--authority", "DIAN", "--code", "C-1", "--note", "first", "--granted-on", "2025-12-01"),
)
FILE = """\
format = 1

[book]
timezone = "Etc/UTC"

[sequences.factura]
document_type = "factura"
pattern = "{prefix}{number}"
reset = "range"

[ranges.R1]
sequence = "factura"
first = 990000001
last = 990000005
valid_from = 2026-01-01
valid_until = 2026-12-31
warn_at = [
    "2 left",
    "30 days",
]
authority = "DIAN"
code = "C-1"
note = "first"
granted_on = 2025-12-01

[ranges.R1.values]
prefix = "SETP"
"""


def kinds(rows: list[dict[str, str]]) -> dict[str, str]:
    return {f"{row['kind']} {row['name']}": row["action"] for row in rows}


def test_every_field_has_an_option_and_stands_in_a_file(granted: Book) -> None:
    (row,) = granted.ok(*R1).rows
    assert row["fields"] == (
        "sequence=factura, first=990000001, last=990000005, valid_from=2026-01-01, valid_until=2026-12-31,"
        " values=prefix=SETP, warn_at=2 left, 30 days, authority=DIAN, code=C-1, note=first,"
        " granted_on=2025-12-01"
    )
    assert granted.ok("export").out.partition("[sequences")[2] == FILE.partition("[sequences")[2]


def test_an_export_comes_back_in_with_the_same_bytes(nowhere: Book) -> None:
    path = nowhere.file(FILE)
    assert kinds(nowhere.ok("import", path).rows) == {
        "book book": "unchanged",
        "sequence factura": "created",
        "range R1": "created",
    }
    assert set(kinds(nowhere.ok("import", path).rows).values()) == {"unchanged"}
    assert nowhere.ok("export").out == FILE
    as_json = nowhere.ok("export", "--to-format", "json").out
    assert json.loads(as_json)["ranges"]["R1"]["valid_until"] == "2026-12-31"
    assert set(kinds(nowhere.ok("import", nowhere.file(as_json, "r.json")).rows).values()) == {"unchanged"}
    assert nowhere.ok("export", "R1").out == nowhere.ok("export", "factura").out


def test_files_of_ranges_follow_the_json_schema() -> None:
    data = json.loads(json.dumps(tomllib.loads(FILE), default=lambda day: day.isoformat()))
    jsonschema.validate(data, definition_schema())
    data["ranges"]["R1"]["start"] = 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, definition_schema())


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("last = 990", "lst = 990", 14, "ranges.R1.lst: unknown key; did you mean 'last'?"),
        ("first = 990000001\n", "", 11, "ranges.R1.first: is missing"),
        ('"factura"\nfirst', '"factra"\nfirst', 12, "ranges.R1.sequence: there is no sequence 'factra'"),
        ("2026-12-31", "2025-12-31", 16, "ranges.R1.valid_until: 2025-12-31 lies before valid_from"),
        ("last = 990000005", "last = 5", 14, "ranges.R1.last: 5 lies below first 990000001"),
        ('prefix = "SETP"', 'prefx = "SETP"', 26, "ranges.R1.values: 'prefx' is not in the pattern"),
        ('"30 days"', '"30 dogs"', 17, "ranges.R1.warn_at: '30 dogs'"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    nowhere: Book, old: str, new: str, line: int, words: str
) -> None:
    assert old in FILE
    path = nowhere.file(FILE.replace(old, new))
    error = nowhere.fails(6, "invalid_definition", "import", path)
    told = "\n".join([error["message"], f"; {error.get('hint')}", *error.get("problems", [])]).replace(
        "\n; ", "; "
    )
    assert f"{path}:{line}: {words}" in told


def test_everything_wrong_is_told_at_once(nowhere: Book) -> None:
    text = FILE.replace("last = 990000005", "last = 5") + '\n[ranges.R2]\nsequence = "factura"\nfirst = "x"\n'
    problems = nowhere.fails(6, "invalid_definition", "import", nowhere.file(text))["problems"]
    assert [problem.split(": ")[1] for problem in problems] == ["ranges.R1.last", "ranges.R2.first"]


def test_what_is_given_changes_and_an_empty_text_takes_a_value_away(granted: Book) -> None:
    granted.ok(*R1)
    assert granted.ok("range", "edit", "R1", "--last", "990000009", "--note", "").rows[0]["fields"] == (
        "last: 990000005 -> 990000009, note: first -> "
    )
    changed = granted.ok("range", "edit", "R1", "--value", "prefix=FE", "--warn-at", "").rows[0]["fields"]
    assert changed == "values: prefix=SETP -> prefix=FE, warn_at: 2 left, 30 days -> "
    granted.fails(2, "usage", "range", "edit", "R1")
    granted.fails(4, "not_found", "range", "edit", "R2", "--last", "5")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (2, ("range", "add")),
        (2, ("range", "add", "R2", "--first", "1")),
        (2, ("range", "add", "R2", "factura")),
        (2, ("range", "add", "R2", "factura", "--first", "1", "--value", "SETP")),
        (2, ("range", "add", "R2", "factura", "--first", "1", "--date-format", "DD.MM.YYYY")),
        (5, ("range", "add", "R1", "factura", "--first", "1")),
        (6, ("range", "add", "R2", "facture", "--first", "1")),
        (6, ("range", "add", "R2", "factura", "--first", "one")),
        (6, ("range", "add", "X" * 65, "factura", "--first", "1")),
        (6, ("range", "add", "R2", "factura", "--first", "1", "--warn-at", "90%")),
    ],
)
def test_what_a_range_cannot_be_is_refused(granted: Book, status: int, words: tuple[str, ...]) -> None:
    granted.ok(*R1)
    before = granted.ok("export").out
    result = granted.run(*words)
    assert (result.status, result.out) == (status, ""), result
    assert granted.ok("export").out == before


def test_mistakes_on_the_command_line_are_told_by_its_options(granted: Book) -> None:
    error = granted.run("range", "add", "R2", "factura", "--first", "5", "--warn-at", "30 days").err
    assert "give --until DATE as well" in error
    granted.ok("sequence", "add", "branch", "--pattern", "{b}-{number}", "--scope", "b", "--reset", "range")
    error = granted.run("range", "add", "R2", "branch", "--first", "5").err
    assert 'say which one it is for: --value b="..."' in error


def test_a_sequence_that_counts_otherwise_has_no_ranges(nowhere: Book) -> None:
    nowhere.ok("sequence", "add", "plain", "--pattern", "P{number}")
    error = nowhere.fails(6, "invalid_definition", "range", "add", "R1", "plain", "--first", "1")
    assert "does not count in ranges" in error["message"]


def test_a_range_goes_after_a_yes(granted: Book) -> None:
    granted.ok(*R1)
    granted.fails(2, "confirmation_needed", "range", "remove", "R1")
    assert kinds(granted.ok("range", "remove", "R1", "--dry-run").rows) == {"range R1": "removed"}
    assert kinds(granted.ok("range", "remove", "R1", "--yes").rows) == {"range R1": "removed"}
    assert "ranges" not in granted.ok("export").out


def test_unused_ranges_are_pruned_before_their_sequence(granted: Book) -> None:
    granted.ok(*R1)
    other = granted.file('[sequences.other]\npattern = "O{number}"\n')
    assert kinds(granted.ok("import", other, "--prune", "--yes").rows) == {
        "sequence other": "created",
        "range R1": "removed",
        "sequence factura": "removed",
    }


def test_a_sequence_with_ranges_stays_and_they_follow_its_name(granted: Book) -> None:
    granted.ok(*R1)
    assert "range 'R1'" in granted.fails(5, "in_use", "sequence", "remove", "factura", "--yes")["message"]
    granted.ok("sequence", "rename", "factura", "bill")
    assert tomllib.loads(granted.ok("export").out)["ranges"]["R1"]["sequence"] == "bill"
    assert granted.ok("sequence", "show", "bill", "--json").json["ranges"] == 1


def test_ranges_that_print_alike_are_refused(granted: Book) -> None:
    granted.ok(*R1)
    again = ("range", "add", "R2", "factura", "--first", "990000003", "--value", "prefix=SETP")
    error = granted.fails(6, "collision", *again)
    assert "SETP99000000" in error["message"]
    granted.warned(*again, "--allow-collisions")
    assert any("SETP99000000" in line for line in granted.run("lint").out.splitlines())


def test_diff_and_lint_read_files_of_ranges(granted: Book) -> None:
    granted.ok(*R1)
    path = granted.file(FILE.replace("last = 990000005", "last = 990000007"))
    assert granted.ok("diff", path).rows[-1]["fields"] == "last: 990000005 -> 990000007"
    wrong = granted.file(FILE.replace("last = 990000005", "last = 7"), "wrong.toml")
    assert "lies below first" in granted.fails(6, "invalid_definition", "lint", wrong)["message"]


def test_hundreds_of_ranges_at_once(nowhere: Book) -> None:
    """One for each month of forty years, in one file; the plan is made of them all."""
    text = ['[sequences.s]\npattern = "{prefix}{number:6}"\nreset = "range"\n']
    for at in range(480):
        year, month = divmod(at, 12)
        text.append(
            f'[ranges.M{at}]\nsequence = "s"\nfirst = 1\nlast = 999999\n'
            f"valid_from = {2000 + year}-{month + 1:02}-01\n"
            f'valid_until = {2000 + year}-{month + 1:02}-28\nvalues = {{ prefix = "M{at:03}-" }}\n'
        )
    assert len(nowhere.ok("import", nowhere.file("\n".join(text))).rows) == 481
    data: dict[str, Any] = tomllib.loads(nowhere.ok("export").out)
    assert len(data["ranges"]) == 480
