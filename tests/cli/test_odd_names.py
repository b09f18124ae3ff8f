"""Names and texts from people: quotes, markup, formulas, SQL, other scripts. They go through unharmed."""

import json

import pytest

from tests.book import Book

NAMES = [
    'it\'s "quoted" `so`',
    "[red]alarm[/red]",
    "[/x]",
    "[link=http://x]y[/link]",
    "%s %(name)s %d",
    "{number} {}",
    ":smile: 🧾🚀",
    "חשבונית",
    "فاتورة ١",
    "Rechnung Größe ½",
    "請求書",
    "--",
    "--db",
    "-x",
    "; DROP TABLE number; --",
    "' OR 1=1 --",
    "a\\b\\n",
    "a/b=c%d",
    "a.b.c",
    "null",
    "~/$HOME/`id`/$(id)",
    "<b>&amp;</b>",
    "x" * 255,
    "ü" * 255,
]
BAD_NAMES = [
    "",
    " ",
    "x" * 256,
    " lead",
    "trail ",
    "two\nlines",
    "tab\tbed",
    "\x1b[31m",
    "\u202etxt",
    "nul\x00",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_sequence_may_have_any_printable_name(book: Book, name: str) -> None:
    book.ok("sequence", "add", "--", name)
    assert book.ok("sequence", "show", "--json", "--", name).json["name"] == name
    assert [item["name"] for item in book.ok("sequence", "list", "--json").json] == [name]
    assert book.ok("sequence", "list", "-o", "csv").csv[0]["name"] in (name, f"'{name}")
    assert json.loads(book.ok("sequence", "list", "-o", "jsonl").out)["name"] == name
    assert book.ok("next", "--sequence", name, "--", name).lines == ["1"]
    assert book.numbers()[0]["sequence"] == name
    assert book.ok("sequence", "deactivate", "--json", "--", name).json[0]["name"] == name


@pytest.mark.parametrize("name", NAMES)
def test_tables_show_a_name_as_it_is(book: Book, name: str) -> None:
    book.ok("sequence", "add", "--title", "T", "--", name)
    assert name in book("sequence", "list", "-o", "table").out


@pytest.mark.parametrize("name", BAD_NAMES)
@pytest.mark.parametrize("group", ["sequence", "calendar"])
def test_a_name_that_cannot_be_printed_or_is_too_long_is_refused(book: Book, group: str, name: str) -> None:
    words = ("--start", "04-01") if group == "calendar" else ()
    book.fails(6, "invalid_definition", group, "add", *words, "--", name)
    assert book.ok(group, "list", "--json").json == []


@pytest.mark.parametrize("name", ["[red]m[/red]", "it's", "🧾", "; DROP", "x" * 255])
def test_sets_and_calendars_may_have_such_names_too(invoices: Book, name: str) -> None:
    invoices.ok("set", "add", "--", name, "invoice=invoice")
    invoices.ok("calendar", "add", "--start", "04-01", "--", name)
    assert invoices.ok("set", "show", "--json", "--", name).json["members"] == {"invoice": "invoice"}
    assert invoices.ok("next", "invoice", "--set", name, "--json").json["set"] == name
    assert invoices.ok("calendar", "show", "--json", "--", name).json["name"] == name


@pytest.mark.parametrize(
    "prefix", ["[bold]", "[/]", "%s-", "{{x}}-", "请-", "🧾", "'", '"', "=1+", "-", "\\"]
)
def test_numbers_are_printed_as_they_are(book: Book, prefix: str) -> None:
    book.ok("sequence", "add", "a", f"--pattern={prefix}{{number:3}}")
    number = prefix.replace("{{", "{").replace("}}", "}") + "001"
    assert book.next("a") == [number]
    assert book.texts() == [number]
    assert number in book("numbers", "-o", "table").out
    assert book.ok("show", "--json", "--", number).json["number"] == number


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_csv_holds_no_formulas_and_other_formats_keep_the_text(book: Book, sign: str) -> None:
    book.ok("sequence", "add", "a", f"--pattern={sign}1+{{number}}", f"--title={sign}cmd|x")
    book.next("a", "--record", f"{sign}SUM(A1)")
    row = book.ok("numbers", "-o", "csv").csv[0]
    assert row["number"] == f"'{sign}1+1"
    assert row["record"] == f"'{sign}SUM(A1)"
    assert book.ok("sequence", "list", "-o", "csv").csv[0]["title"] == f"'{sign}cmd|x"
    assert book.ok("numbers", "-o", "tsv").rows[0]["number"] == f"{sign}1+1"
    assert book.numbers()[0]["record"] == f"{sign}SUM(A1)"


def test_csv_quotes_what_would_break_a_row(book: Book) -> None:
    book.ok("sequence", "add", "a,b", "--title", 'say "x", then\ny')
    row = book.ok("sequence", "list", "-o", "csv").csv[0]
    assert (row["name"], row["title"]) == ("a,b", 'say "x", then\ny')


def test_tsv_keeps_one_row_a_line(book: Book) -> None:
    book.ok("sequence", "add", "a", "--title", "one\ttwo\nthree\\four")
    row = book.ok("sequence", "list").rows[0]
    assert row["title"] == "one\\ttwo\\nthree\\\\four"


@pytest.mark.parametrize("option", ["--record", "--key"])
@pytest.mark.parametrize("text", ["[red]x[/red]", "'; DROP TABLE number", "Größe 🧾", "a=b/c%d", "x" * 200])
def test_records_and_keys_are_kept_as_given(invoices: Book, option: str, text: str) -> None:
    invoices.next("invoice", option, text)
    assert invoices.numbers()[0][option[2:]] == text
    assert len(invoices.numbers(option, text)) == 1


@pytest.mark.parametrize("value", ["Köln", "a b", "x/y=z%", "[red]", "' OR ''='", "🧾"])
def test_scope_values_may_be_any_text(book: Book, value: str) -> None:
    book.ok("sequence", "add", "a", "--pattern", "{entity}:{number}", "--scope", "entity")
    assert book.next("a", f"--attr=entity={value}") == [f"{value}:1"]
    assert book.next("a", f"--attr=entity={value}") == [f"{value}:2"]
    assert book.numbers()[1]["scope"] == {"entity": value}
    assert len(book.numbers("--scope", f"entity={value}")) == 2
    moved = book.ok("sequence", "set-next", "a", "9", "--reason", "x", "--scope", f"entity={value}")
    assert moved.rows[0]["next"] == "9"
    assert book.next("a", f"--attr=entity={value}") == [f"{value}:9"]


def test_decomposed_and_composed_texts_name_the_same_sequence(book: Book) -> None:
    book.ok("sequence", "add", "Bu\u0308cher")
    assert book.ok("sequence", "list", "--json").json[0]["name"] == "B\u00fccher"
    for name in ("Bu\u0308cher", "B\u00fccher"):
        assert book.ok("sequence", "show", name, "--json").json["name"] == "B\u00fccher"
        assert len(book.next("bücher", "--sequence", name)) == 1


def test_text_with_decomposed_letters_does_not_reach_a_number(book: Book) -> None:
    book.ok("sequence", "add", "a", "--pattern", "{who}-{number}")
    assert book.next("a", "--attr", "who=u\u0308") == ["\u00fc-1"]
    assert book.ok("show", "u\u0308-1", "--json").json["value"] == 1
