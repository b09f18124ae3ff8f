"""Counters in a file: the first value of unused ones, for migrations; used ones are left alone."""

from pathlib import Path

import pytest

from tests.book import Book, Run

YEARLY = """[sequences.invoice]
pattern = "INV-{{YYYY}}-{{number:5}}"
reset = "year"
[sequences.invoice.counters]
"2026" = {}
"""


def standing(book: Book, name: str = "invoice") -> list[str]:
    return book.ok("export", name, "--with-counters").out.partition(".counters]\n")[2].split()


def test_a_counter_starts_where_the_file_says_and_what_is_below_is_no_gap(nowhere: Book) -> None:
    nowhere.load(YEARLY.format(43))
    assert nowhere.ok("next", "invoice", "--date", "2026-05-04").lines == ["INV-2026-00043"]
    assert nowhere.ok("next", "invoice", "--date", "2025-05-04").lines == ["INV-2025-00001"]
    assert nowhere.ok("export", "--with-counters").err == ""


def test_the_change_is_shown_and_the_second_import_changes_nothing(nowhere: Book) -> None:
    first = nowhere.load(YEARLY.format(43), "--json").json[0]
    assert first["fields"]["counters.2026"] == ["00001", "00043"]
    assert nowhere.load(YEARLY.format(43)).rows[0]["action"] == "unchanged"


def test_an_unused_counter_may_be_given_another_value(nowhere: Book) -> None:
    nowhere.load(YEARLY.format(43))
    assert nowhere.load(YEARLY.format(12)).rows[0]["action"] == "changed"
    assert nowhere.next("invoice", "--date", "2026-05-04") == ["INV-2026-00012"]


def test_a_used_counter_that_passed_the_value_is_unchanged(nowhere: Book) -> None:
    nowhere.load(YEARLY.format(43))
    nowhere.next("invoice", "--date", "2026-05-04", "-n", "2")
    for value in (1, 43, 45):
        assert nowhere.load(YEARLY.format(value)).rows[0]["action"] == "unchanged"
    assert nowhere.next("invoice", "--date", "2026-05-04") == ["INV-2026-00045"]


def test_a_higher_value_on_a_used_counter_is_refused_and_names_set_next(nowhere: Book) -> None:
    nowhere.load(YEARLY.format(43))
    nowhere.next("invoice", "--date", "2026-05-04")
    path = nowhere.file(YEARLY.format(45))
    error = nowhere.fails(5, "in_use", "import", path)
    assert error["message"].startswith(f"{path}:5: ")
    assert "44" in error["message"]
    assert "set-next invoice" in error["hint"]
    assert nowhere.next("invoice", "--date", "2026-05-04") == ["INV-2026-00044"]


def test_absent_counters_stay(nowhere: Book) -> None:
    nowhere.load(YEARLY.format(43))
    nowhere.load(YEARLY.partition("[sequences.invoice.counters]")[0].format())
    assert standing(nowhere) == ["2026", "=", "43"]


def test_scoped_counters_are_named_with_their_scope_and_escapes(nowhere: Book) -> None:
    text = """[sequences.a]
pattern = "{entity}~{pos}-{number}"
scope = ["entity", "pos"]
[sequences.a.counters]
"all/entity=DE/pos=A%2FB" = 7
"""
    nowhere.load(text)
    assert nowhere.next("a", "--attr", "entity=DE", "--attr", "pos=A/B") == ["DE~A/B-7"]
    assert nowhere.next("a", "--attr", "entity=DE", "--attr", "pos=C") == ["DE~C-1"]


def test_letters_are_written_as_letters(nowhere: Book) -> None:
    nowhere.load('[sequences.a]\nkind = "alpha"\npattern = "{number:3}"\n[sequences.a.counters]\nall = "abz"')
    assert nowhere.next("a", "-n", "2") == ["abz", "aca"]
    assert standing(nowhere, "a") == ["all", "=", '"acb"']


@pytest.mark.parametrize(
    ("key", "value"),
    [("2026-05", 5), ("all", 5), ("2026/entity=DE", 5), ("26", 5), ("2026", 0), ("2026", "x"), ("2026", 1.5)],
)
def test_a_counter_that_the_sequence_cannot_have_is_invalid(
    nowhere: Book, key: str, value: str | float
) -> None:
    text = YEARLY.replace('"2026" = {}', f'"{key}" = {value!r}').replace("{{", "{").replace("}}", "}")
    path = nowhere.file(text)
    assert nowhere.fails(6, "invalid_definition", "import", path)["message"].startswith(f"{path}:5: ")


def test_export_with_counters_moves_the_standing_of_used_counters(
    nowhere: Book, place: Path, run: Run
) -> None:
    nowhere.load(YEARLY.format(43))
    nowhere.next("invoice", "--date", "2026-05-04", "-n", "3")
    nowhere.next("invoice", "--date", "2025-05-04")
    text = nowhere.ok("export", "--with-counters").out
    assert run("--db", place / "new.db", "import", "-", input=text).status == 0
    for year, expected in (("2026", "INV-2026-00046"), ("2025", "INV-2025-00002")):
        assert run("--db", place / "new.db", "next", "invoice", "--date", f"{year}-06-01").lines == [expected]


def test_export_with_counters_says_how_many_gaps_stay_behind(invoices: Book) -> None:
    invoices.next("invoice")
    invoices.ok("sequence", "set-next", "invoice", "5", "--reason", "skipped")
    invoices.next("invoice")
    warned = invoices.warned("export", "--with-counters")
    assert "3" in warned.err
    assert warned.out.endswith("all = 6\n")
    assert invoices.ok("export").err == ""


@pytest.mark.parametrize(
    ("words", "last"),
    [
        (("--end", "1"), "1"),
        (("--end", "10", "--step", "7"), "8"),
        (("--max-width", "1"), "9"),
        (("--kind", "alpha", "--pattern", "{number:2}"), "zz"),
    ],
    ids=" ".join,
)
def test_the_counter_of_an_exhausted_sequence_can_be_exported_and_imported(
    book: Book, place: Path, run: Run, words: tuple[str, ...], last: str
) -> None:
    book.ok("sequence", "add", "a", *words)
    book.ok("sequence", "set-next", "a", last, "--reason", "near the end")
    book.next("a")
    book.fails(5, "exhausted", "next", "a")
    text = book.ok("export", "--with-counters").out
    result = run("--db", place / "new.db", "import", "-", input=text)
    assert result.status == 0, result.err
    assert run("--db", place / "new.db", "next", "a").status == 5


def test_a_counter_that_gave_the_largest_integer_of_all_is_told_apart(
    book: Book, place: Path, run: Run
) -> None:
    book.ok("sequence", "add", "a", "--start", str(2**63 - 1))
    assert book.next("a") == [str(2**63 - 1)]
    text = book.ok("export", "--with-counters").out
    assert text.endswith('all = "exhausted"\n')
    result = run("--db", place / "new.db", "import", "-", input=text)
    assert result.status == 6
    assert "cannot be carried over" in result.err
