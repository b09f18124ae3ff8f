"""Commands that say where a book lies, for a book on a server."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.book import Run, Shell
from tests.postgres_server import Server


@pytest.fixture
def url(postgres_server: Server, run: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    """A book with a sequence and three numbers, named by SEQCTL_DB."""
    place = postgres_server.place()
    monkeypatch.setenv("SEQCTL_DB", place)
    assert run("init", "--timezone", "UTC").status == 0
    assert run("sequence", "add", "invoice", "--pattern", "N{number}").status == 0
    assert run("next", "invoice", "-n", "3").lines == ["N1", "N2", "N3"]
    return place


def test_info_names_the_address_without_a_password(
    url: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEQCTL_DB", url.replace("postgres@", "postgres:secret@"))
    told = run("info", "--json").json
    assert told["database"] == url
    assert told["size"] > 100_000
    assert (told["numbers"], told["events"]) == (3, 3)
    made = run("init", "--json")
    assert made.json["database"] == url
    assert "secret" not in made.out + made.err


def test_a_backup_is_a_book_in_a_file_that_holds_the_same(url: str, run: Run, place: Path) -> None:
    assert run("void", "N2", "--reason", "printed twice").status == 0
    copy = place / "copy.db"
    told = run("backup", copy, "--json").json
    assert (told["numbers"], told["events"]) == (3, 4)
    for words in ("numbers --json", "audit list --json", "statement --json", "export", "audit head"):
        assert run("--db", copy, *words.split()).out == run(*words.split()).out, words
    assert run("--db", copy, "audit", "verify").status == 0
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT copied_event FROM book").fetchone() == (4,)


def test_a_rehearsal_on_this_machine_leaves_the_server_alone(url: str, run: Run) -> None:
    before = run("audit", "head").out
    told = run("simulate", "invoice", "--from", "2026-01-01", "--to", "2026-01-02", "--json").json
    assert [item["number"] for item in told] == ["N4", "N5"]
    assert run("audit", "head").out == before


@pytest.mark.parametrize(
    "words",
    ["numbers", "numbers -o table", "export", "next invoice", "next invoice --json", "reserve invoice -n 2"],
)
def test_no_connection_takes_the_place_of_a_closed_stdout(
    url: str, run: Run, shell: Shell, words: str
) -> None:
    """Its socket would be the next free descriptor: what is printed would go to the server."""
    refused = shell(f"seqctl {words} >&-")
    assert refused.status == 74 and "Traceback" not in refused.err, refused
    assert [item["number"] for item in run("numbers", "--json").json] == ["N1", "N2", "N3"]
