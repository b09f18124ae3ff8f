"""The shared options stand before or after the subcommand, and say which database is meant."""

import json
from pathlib import Path

import pytest

from tests.book import Book, Run

PLACES = [
    ("--db", "{db}", "sequence", "list"),
    ("sequence", "--db", "{db}", "list"),
    ("sequence", "list", "--db", "{db}"),
    ("--db={db}", "sequence", "list"),
    ("sequence", "list", "--db={db}"),
]


@pytest.fixture
def other(place: Path, run: Run) -> Path:
    """A second database with one sequence, which nothing in the environment names."""
    path = place / "other.db"
    assert run("--db", path, "sequence", "add", "elsewhere").status == 0
    return path


@pytest.mark.parametrize("words", PLACES)
def test_db_stands_before_between_and_after(book: Book, other: Path, words: tuple[str, ...]) -> None:
    result = book.ok(*(word.format(db=other) for word in words))
    assert [row["name"] for row in result.rows] == ["elsewhere"]


@pytest.mark.parametrize(
    "words",
    [
        ("--db", "{db}", "next", "elsewhere"),
        ("next", "--db", "{db}", "elsewhere"),
        ("next", "elsewhere", "--db", "{db}"),
        ("next", "elsewhere", "--db={db}"),
    ],
)
def test_db_stands_anywhere_beside_next(book: Book, other: Path, words: tuple[str, ...]) -> None:
    result = book.ok(*(word.format(db=other) for word in words))
    assert result.lines == ["1"]
    assert book.numbers() == []


def test_the_option_nearer_to_the_command_wins(book: Book, other: Path) -> None:
    result = book.ok("--db", "/nonexistent/x.db", "sequence", "list", "--db", other)
    assert [row["name"] for row in result.rows] == ["elsewhere"]


@pytest.mark.parametrize(
    "words",
    [
        ("--json", "sequence", "list"),
        ("sequence", "--json", "list"),
        ("sequence", "list", "--json"),
        ("-o", "json", "sequence", "list"),
        ("sequence", "-o", "json", "list"),
        ("sequence", "list", "-ojson"),
        ("sequence", "list", "--output=json"),
        ("-o", "csv", "sequence", "list", "--json"),
        ("-o", "csv", "sequence", "list", "-o", "json"),
        ("--json", "sequence", "-o", "csv", "list", "-o", "json"),
    ],
)
def test_json_stands_anywhere(invoices: Book, words: tuple[str, ...]) -> None:
    assert [item["name"] for item in invoices.ok(*words).json] == ["invoice"]


def test_an_output_after_the_command_beats_json_before_it(invoices: Book) -> None:
    assert invoices.ok("--json", "sequence", "list", "-o", "tsv").rows[0]["name"] == "invoice"


@pytest.mark.parametrize("words", [("--actor", "Ines", "next", "a"), ("next", "a", "--actor", "Ines")])
def test_actor_stands_before_and_after_and_is_recorded(book: Book, words: tuple[str, ...]) -> None:
    book.ok("sequence", "add", "a")
    book.ok(*words)
    assert book.numbers()[0]["actor"] == "Ines"


def test_actor_comes_from_the_environment_and_the_option_beats_it(invoices: Book) -> None:
    invoices.next("invoice", env={"SEQCTL_ACTOR": "cron"})
    invoices.next("invoice", "--actor", "Ines", env={"SEQCTL_ACTOR": "cron"})
    invoices.ok("next", "invoice", "--json", env={"SEQCTL_ACTOR": "cron"})
    assert [number["actor"] for number in invoices.numbers()] == ["cron", "Ines", "cron"]


@pytest.mark.parametrize("name", ["", "  ", "two\nlines", "\x1b[31mred", "x" * 129])
def test_an_actor_that_cannot_be_logged_is_wrong_usage(invoices: Book, name: str) -> None:
    invoices.fails(2, "usage", "next", "invoice", f"--actor={name}")
    assert invoices.numbers() == []


@pytest.mark.parametrize("seconds", ["-1", "soon", "nan", "", "1_0", "1e3", "inf", "٣"])
def test_a_timeout_that_is_no_number_of_seconds_is_wrong_usage(invoices: Book, seconds: str) -> None:
    error = invoices.fails(2, "usage", "next", "invoice", f"--timeout={seconds}")
    assert error["message"].endswith("is not a number of seconds")
    assert invoices.numbers() == []


@pytest.mark.parametrize(
    "words", [("--timeout", "5", "next", "invoice"), ("next", "invoice", "--timeout=0.5")]
)
def test_timeout_stands_before_and_after(invoices: Book, words: tuple[str, ...]) -> None:
    assert invoices.ok(*words).lines == ["INV-00001"]


def test_the_option_beats_seqctl_db_which_beats_the_data_directory(
    place: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def chosen(*args: object) -> tuple[str, str]:
        shown = json.loads(run("info", "--json", *args).out)
        return shown["database"], shown["chosen_by"]

    named, set_by_environment = place / "named.db", place / "environment.db"
    by_default = place / "data" / "seqctl" / "seqctl.db"
    assert run("init").status == 0
    assert by_default.is_file()
    assert chosen() == (str(by_default), "XDG_DATA_HOME")
    monkeypatch.setenv("SEQCTL_DB", str(set_by_environment))
    assert run("init").status == 0
    assert chosen() == (str(set_by_environment), "SEQCTL_DB")
    assert run("init", "--db", named).status == 0
    assert chosen("--db", named) == (str(named), "--db")


@pytest.mark.parametrize("data", [None, "", "relative/path"])
def test_without_a_usable_data_directory_the_home_is_used(place: Path, run: Run, data: str | None) -> None:
    result = run("init", env={"XDG_DATA_HOME": data})
    assert (result.status, result.err) == (0, "")
    assert (place / "home" / ".local" / "share" / "seqctl" / "seqctl.db").is_file()


def test_an_empty_seqctl_db_counts_as_unset(place: Path, run: Run) -> None:
    assert run("init", env={"SEQCTL_DB": ""}).status == 0
    assert (place / "data" / "seqctl" / "seqctl.db").is_file()


def test_a_relative_database_is_shown_as_the_file_it_is(place: Path, run: Run) -> None:
    assert run("--db", "here.db", "init").status == 0
    assert json.loads(run("--db", "here.db", "info", "--json").out)["database"] == str(place / "here.db")
