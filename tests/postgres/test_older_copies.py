"""A book restored to another cluster, a promoted server, and a backup of a server's book in a file."""

from pathlib import Path

import pytest

from seqctl.store.postgres.address import address_of
from seqctl.store.postgres.session import open_session
from tests.book import Run
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


def changed(url: str, change: str) -> None:
    """Change the head row as if the book had last been written elsewhere."""
    address = address_of(url)
    session = open_session(address, 5)
    session.run(f"UPDATE {address.schema}.head SET {change}")
    session.close()


def test_a_book_in_another_cluster_issues_nothing_until_it_is_accepted(url: str, run: Run) -> None:
    changed(url, "system_identifier = '1'")
    for words in (["next", "invoice"], ["next", "invoice", "--json"], ["reserve", "invoice"]):
        refused = run(*words)
        assert (refused.status, refused.out) == (5, ""), refused
        assert "restored or copied to another server" in refused.err
    assert [item["code"] for item in run("check", "--json").json] == ["older_book"]
    assert run("numbers").status == 0
    assert run("copy", "--accept", "--reason", "restored from Monday").status == 0
    assert run("next", "invoice").lines == ["N4"]
    assert run("check").out == ""
    assert run("audit", "verify").status == 0


def test_a_promotion_is_told_once_and_the_book_goes_on(url: str, run: Run) -> None:
    changed(url, "timeline = timeline + 41")
    first = run("next", "invoice")
    assert (first.status, first.lines) == (0, ["N4"])
    assert "the timeline of the server changed from 42 to 1" in first.err
    assert first.err.count("\n") == 1
    second = run("next", "invoice")
    assert (second.status, second.lines, second.err) == (0, ["N5"], "")


@pytest.mark.parametrize(
    "words",
    [
        "void N1 --reason x",
        "sequence edit invoice --title x",
        "sequence set-next invoice 9 --reason x",
        "sequence add other --pattern X{number}",
        "gaps block invoice N4..N7 --reason x",
        "release N2 --reason x",
        "close invoice --through 2020-01-31 --reason x",
    ],
)
def test_whatever_writes_tells_of_a_promotion_once(url: str, run: Run, words: str) -> None:
    changed(url, "timeline = timeline + 41")
    assert run("numbers").err == ""
    first = run(*words.split())
    assert first.status == 0, first
    told = [
        line for line in first.err.splitlines() if "the timeline of the server changed from 42 to 1" in line
    ]
    assert len(told) == 1, first
    second = run("next", "invoice")
    assert (second.status, second.err) == (0, "")


@pytest.mark.parametrize("to", ["file", "server"])
def test_a_book_that_moves_behind_a_promotion_tells_of_it_once(
    url: str, run: Run, place: Path, postgres_server: Server, to: str
) -> None:
    changed(url, "timeline = timeline + 41")
    there = str(place / "moved.db") if to == "file" else postgres_server.place()
    moved = run("copy", "--to", there)
    assert (moved.status, moved.err.count("\n")) == (0, 1), moved
    assert "the timeline of the server changed from 42 to 1" in moved.err
    again = run("--db", there, "next", "invoice")
    assert (again.lines, again.err) == (["N4"], "")


def test_what_is_refused_or_only_planned_keeps_nothing_of_a_promotion(url: str, run: Run) -> None:
    changed(url, "timeline = timeline + 41")
    assert run("void", "N9", "--reason", "x").status != 0
    assert run("void", "N1", "--reason", "x", "--dry-run").err == ""
    assert "the timeline of the server changed from 42 to 1" in run("next", "invoice").err


def test_a_copy_that_is_written_to_stays_a_copy(url: str, run: Run) -> None:
    changed(url, "system_identifier = '1'")
    assert run("sequence", "edit", "invoice", "--title", "x").err == ""
    assert run("next", "invoice").status == 5


def test_a_backup_in_a_file_refuses_to_write_until_it_is_accepted(url: str, run: Run, place: Path) -> None:
    copy = place / "copy.db"
    assert run("backup", copy).status == 0
    writing = (
        "next invoice",
        "void N1 --reason x",
        "release N2 --reason x",
        "sequence add other --pattern X{number}",
        "sequence set-next invoice 9 --reason x",
        "sequence edit invoice --title x",
    )
    for words in writing:
        refused = run("--db", copy, *words.split())
        assert (refused.status, refused.out) == (5, ""), (words, refused)
        assert "backup of postgresql://" in refused.err
    assert run("--db", copy, "check").status == 0
    assert run("--db", copy, "copy", "--accept", "--reason", "the server is gone").status == 0
    assert run("--db", copy, "next", "invoice").lines == ["N4"]
    assert run("--db", copy, "void", "N1", "--reason", "x").status == 0
    assert run("--db", copy, "audit", "verify").status == 0


def test_a_backup_that_gave_nothing_out_refuses_too(url: str, run: Run, place: Path) -> None:
    copy = place / "empty.db"
    other = url.replace("book_", "other_")
    assert run("--db", other, "init").status == 0
    assert run("--db", other, "backup", copy).status == 0
    assert run("--db", copy, "sequence", "add", "invoice").status == 5
