"""Wrong usage: exit 2, one line and a hint, one JSON object under --json, and nothing happened."""

import json
import re

import pytest

from tests.book import Book

WRONG = [
    ("frobnicate",),
    ("next",),
    ("peek",),
    ("show",),
    ("import",),
    ("diff",),
    ("next", "invoice", "extra"),
    ("next", "invoice", "--frob"),
    ("next", "invoice", "-n"),
    ("next", "invoice", "-n", "0"),
    ("next", "invoice", "-n", "-1"),
    ("next", "invoice", "-n", "many"),
    ("next", "invoice", "-n", "1.5"),
    ("next", "invoice", "--date", "yesterday"),
    ("next", "invoice", "--date", "2026-02-30"),
    ("next", "invoice", "--date", "20260101"),
    ("next", "invoice", "--date", "2026-W01-1"),
    ("next", "invoice", "--date", "2026-01-01T25:00"),
    ("next", "invoice", "--date", ""),
    ("next", "invoice", "--attr", "entity"),
    ("next", "invoice", "--attr", "=DE"),
    ("next", "invoice", "--attr", "a=1", "--attr", "a=2"),
    ("next", "invoice", "--for", "ACME"),
    ("next", "invoice", "--for", ":ACME"),
    ("next", "invoice", "--for", "account:"),
    ("next", "invoice", "-o", "xml"),
    ("next", "invoice", "--output", "JSON"),
    ("numbers", "--limit", "-1"),
    ("numbers", "--limit", "few"),
    ("numbers", "--limit", "1_0"),
    ("audit", "list", "--limit", "1_0"),
    ("export", "--to", ""),
    ("backup", ""),
    ("lint", "--from", "nonsense"),
    ("lint", "--calendar", "india"),
    ("numbers", "--state", "lost"),
    ("numbers", "--from", "May"),
    ("numbers", "--scope", "entity"),
    ("sequence", "frob"),
    ("sequence", "add"),
    ("sequence", "show"),
    ("sequence", "edit", "invoice"),
    ("sequence", "set-next", "invoice", "5"),
    ("sequence", "set-next", "invoice", "5", "--reason", ""),
    ("sequence", "set-next", "invoice", "5", "--reason", " \t "),
    ("sequence", "set-next", "invoice", "five", "--reason", "x"),
    ("sequence", "set-next", "invoice", "5", "--reason", "x", "--period", "2026"),
    ("sequence", "set-next", "invoice", "5", "--reason", "x", "--scope", "entity=DE"),
    ("set", "add", "europe"),
    ("set", "add", "europe", "invoice"),
    ("set", "edit", "europe"),
    ("set", "assign", "europe"),
    ("calendar", "add", "india"),
    ("import", "x.toml", "--from", "xml"),
    ("schema", "extra"),
]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_usage_is_exit_2_in_words_and_as_one_json_object(
    invoices: Book, words: tuple[str, ...]
) -> None:
    invoices.fails(2, "usage", *words)
    assert invoices.numbers() == []


@pytest.mark.parametrize("words", WRONG[:8], ids=" ".join)
def test_a_usage_error_is_one_line_and_a_hint(invoices: Book, words: tuple[str, ...]) -> None:
    lines = invoices(*words).err.splitlines()
    assert len(lines) == 2, lines
    assert lines[0].startswith("seqctl: error: ")
    assert lines[1].startswith("hint: ")
    assert max(map(len, lines)) < 200


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("nxt", "invoice"), "next"),
        (("sequences", "list"), "sequence"),
        (("sequence", "lst"), "list"),
        (("sequence", "set_next", "invoice", "4"), "set-next"),
        (("next", "invoice", "--recrod", "x"), "--record"),
        (("next", "invoce"), "invoice"),
        (("next", "invoice", "--sequence", "invoise"), "invoice"),
        (("peek", "Invoicee"), "invoice"),
        (("sequence", "show", "invocie"), "invoice"),
        (("numbers", "invoic"), "invoice"),
        (("export", "invoic"), "invoice"),
        (("sequence", "add", "x", "--reset", "yearly"), "year"),
    ],
)
def test_a_near_name_is_offered(invoices: Book, words: tuple[str, ...], near: str) -> None:
    result = invoices(*words)
    assert result.status in (2, 4, 6)
    offered = re.search(r"(?:did you mean|write:)(.*)", result.err, re.IGNORECASE)
    assert offered, result.err
    assert near in offered[1]


@pytest.mark.parametrize(
    "words", [("nex", "invoice"), ("seq", "list"), ("sequence", "sho", "invoice"), ("exp",)]
)
def test_command_names_are_not_abbreviated(invoices: Book, words: tuple[str, ...]) -> None:
    invoices.fails(2, "usage", *words)


@pytest.mark.parametrize("group", [(), ("sequence",), ("set",), ("calendar",)])
def test_a_bare_group_shows_its_commands_on_lines_of_their_own(book: Book, group: tuple[str, ...]) -> None:
    result = book(*group)
    assert result.status == 2
    shown = result.out + result.err
    assert len(shown.splitlines()) > 8
    assert max(map(len, shown.splitlines())) < 120
    assert "Example: seqctl" in shown


@pytest.mark.parametrize("spelling", [("-o", "json"), ("--output", "json"), ("--output=json",), ("-ojson",)])
def test_errors_are_json_for_every_spelling_of_json(book: Book, spelling: tuple[str, ...]) -> None:
    assert book("next", "nothing", *spelling).error["code"] == "not_found"
    assert book(*spelling, "frobnicate").error["code"] == "usage"


def test_errors_are_words_where_json_is_only_a_value(book: Book) -> None:
    result = book("next", "--", "--json")
    assert result.status == 4
    assert result.err.startswith("seqctl: error: ")


def test_an_output_given_last_decides_how_errors_look(book: Book) -> None:
    assert book("--json", "next", "nothing", "-o", "tsv").err.startswith("seqctl: error: ")


def test_a_seqctl_error_text_is_one_json_line_without_ascii_escapes(book: Book) -> None:
    line = book("next", "Bücher", "--json").err
    assert line.count("\n") == 1
    assert "Bücher" in line
    assert json.loads(line)["error"]["code"] == "not_found"


def test_words_from_outside_cannot_drive_the_terminal_of_an_error(book: Book) -> None:
    error = book("next", "\x1b[2J\x07evil\r\n\u202etxt").err
    assert error.splitlines()[0].startswith("seqctl: error: ")
    assert not set(error) & {"\x1b", "\x07", "\r", "\u202e"}


@pytest.mark.parametrize("text", ["x" * 100_000, "\udcff", "a\x00b", "{number", "%s %d", "[/red]"])
@pytest.mark.parametrize(
    "words", [("next", "{}"), ("show", "{}"), ("sequence", "show", "{}"), ("numbers", "{}")]
)
def test_any_text_is_only_a_name_that_is_not_found(invoices: Book, text: str, words: tuple[str, ...]) -> None:
    result = invoices(*(text if word == "{}" else word for word in words))
    assert result.status in (2, 4), result
    assert result.out == ""
    assert result.err.startswith("seqctl: error: ")


@pytest.mark.parametrize("count", ["9" * 23, "9" * 5000, "-" + "9" * 23])
def test_a_count_beyond_all_numbers_is_wrong_usage(invoices: Book, count: str) -> None:
    invoices.fails(2, "usage", "next", "invoice", "-n", count)
    assert invoices.numbers() == []
