"""`next` on a server: two messages through libpq, nothing heavy loaded, the same as the full way gives."""

import subprocess
import sys

import pytest

from seqctl.store.postgres.session.libpq_session import LibpqSession
from tests.book import Environment, Run
from tests.express.test_what_is_loaded import CODE, COLD, HEAVY
from tests.postgres_server import Server

HEAVIER = {*HEAVY, "psycopg", "ctypes", "threading"}


@pytest.fixture
def url(postgres_server: Server, run: Run) -> str:
    """A book with a sequence that gave out a number."""
    place = postgres_server.place()
    pattern = ("--pattern", "INV-{YYYY}-{number:5}", "--reset", "year")
    assert run("--db", place, "sequence", "add", "invoice", *pattern).status == 0
    assert run("--db", place, "next", "invoice", "--date", "2026-05-04").out == "INV-2026-00001\n"
    return place


@pytest.mark.parametrize("extra", [[], ["--key", "k"], ["-n", "3", "--record", "R"]])
def test_next_loads_nothing_heavy(url: str, environment: Environment, extra: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE, "--db", url, "next", "invoice", "--date", "2026-05-04", *extra],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert done.returncode == 0, done
    found = done.stderr.splitlines()[-1].split()
    assert "seqctl.store.postgres.lean" in found
    assert [name for name in found if name.split(".")[0] in HEAVIER or name.startswith(COLD)] == []


@pytest.mark.parametrize("extra", [[], ["--key", "k"], ["-n", "5"], ["--sequence", "invoice"]])
def test_next_takes_two_messages(
    url: str, run: Run, monkeypatch: pytest.MonkeyPatch, extra: list[str]
) -> None:
    sent: list[int] = []
    asked = LibpqSession._asked

    def counted(self: LibpqSession, *given: object) -> object:
        sent.append(1)
        return asked(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(LibpqSession, "_asked", counted)
    assert run("--db", url, "next", "invoice", "--date", "2026-05-04", *extra).status == 0
    assert len(sent) == 2


def test_both_lanes_give_the_same(url: str, run: Run) -> None:
    """The table output goes the full way; texts, counters and the log go on alike."""
    texts = []
    for number in range(6):
        lane = ["-o", "jsonl"] if number % 2 else []
        done = run("--db", url, *lane, "next", "invoice", "--key", f"k{number}", "--date", "2026-05-04")
        assert done.status == 0
        texts.append(done.out)
        again = run("--db", url, *lane, "next", "invoice", "--key", f"k{number}", "--date", "2026-05-04")
        assert "INV-2026-0000" in again.out
    assert texts[4] == "INV-2026-00006\n"
    assert run("--db", url, "audit", "verify").status == 0
    assert run("--db", url, "check").status == 0


def test_a_text_that_is_held_is_refused_in_the_same_words(url: str, run: Run) -> None:
    taken = ("--pattern", "INV-2026-{number:5}", "--document-type", "invoice", "--allow-collisions")
    assert run("--db", url, "sequence", "add", "other", *taken).status == 0
    refused = run("--db", url, "next", "other", "--date", "2026-05-04")
    full = run("--db", url, "-o", "jsonl", "next", "other", "--date", "2026-05-04")
    assert (refused.status, refused.out) == (5, "")
    assert '"number_taken"' in full.err
    assert "INV-2026-00001" in refused.err
    assert run("--db", url, "next", "invoice", "--date", "2026-05-04").out == "INV-2026-00002\n"
    assert run("--db", url, "check").status == 0


def test_what_is_no_book_is_refused_in_the_same_words(postgres_server: Server, run: Run) -> None:
    refused = run("--db", postgres_server.place(), "next", "invoice")
    assert (refused.status, refused.out) == (4, "")
    assert "there is no book" in refused.err
    assert "psycopg" not in refused.err


def test_without_psycopg_next_works_and_all_else_says_what_to_install(
    url: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert run("--db", url, "next", "invoice", "--date", "2026-05-04").out == "INV-2026-00002\n"
    for command in (["numbers"], ["reserve", "invoice"], ["next", "invoice", "--json"]):
        refused = run("--db", url, *command, "--json")
        assert (refused.status, refused.out) == (7, "")
        assert '"driver_missing"' in refused.err
        assert "pip install 'seqctl[postgres]'" in refused.err
