"""Servers that were really restored, and one that really failed over: what a mark makes of each."""

import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import psycopg
import pytest

from tests.book import Run
from tests.postgres.cluster import Cluster
from tests.postgres.dumps import dumped, restored
from tests.postgres.test_marks import aged
from tests.postgres_server import MISSING, Server, fresh_folder, make_cluster, programs, serving


@pytest.fixture
def data() -> Iterator[Path]:
    """A cluster of its own that is not running."""
    bin = programs()
    if bin is None:
        pytest.skip(MISSING)
    folder = fresh_folder()
    try:
        make_cluster(bin, folder / "data")
        yield folder / "data"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def up(data: Path) -> AbstractContextManager[Server]:
    """The server of a cluster, stopped cleanly at the end."""
    bin = programs()
    assert bin is not None
    return serving(bin, data, {})


def issue(run: Run, url: str, mark: Path, count: int) -> list[str]:
    """Numbers from a book, all of which its mark then knows."""
    done = run("--db", url, "--mark", mark, "next", "invoice", "-n", count)
    assert (done.status, done.err) == (0, "")
    assert run("--db", url, "--mark", mark, "check").out == ""
    return done.lines


def make(run: Run, url: str, mark: Path) -> None:
    """A book with a sequence, from which three numbers were given out."""
    assert (
        run("--db", url, "--mark", mark, "sequence", "add", "invoice", "--pattern", "N{number}").status == 0
    )
    assert issue(run, url, mark, 3) == ["N1", "N2", "N3"]


def test_a_dump_in_another_cluster_goes_on_where_it_reaches_its_mark(
    postgres_server: Server, data: Path, run: Run, place: Path
) -> None:
    here, mark = postgres_server.place(), place / "mark"
    make(run, here, mark)
    whole = dumped(postgres_server, here)
    issue(run, here, mark, 2)
    newer = dumped(postgres_server, here)
    with up(data) as other:
        there = f"{other.url}&{here.rpartition('&')[2]}"
        restored(other, whole, there)
        for named in ([], ["--mark", mark]):
            refused = run("--db", there, *named, "next", "invoice")
            assert (refused.status, refused.out) == (5, ""), refused
        assert "stood at 5 and stands at 3" in refused.err
        restored(other, newer, there)
        refused = run("--db", there, "next", "invoice")
        assert (refused.status, refused.out) == (5, "")
        done = run("--db", there, "--mark", mark, "next", "invoice")
        assert (done.status, done.lines) == (0, ["N6"])
        assert "this book was restored or copied to another server" in done.err
        assert run("--db", there, "next", "invoice").err == ""


def test_an_older_folder_of_the_server_is_known_by_the_mark_alone(data: Path, run: Run, place: Path) -> None:
    mark = place / "mark"
    with up(data) as server:
        url = server.place()
        make(run, url, mark)
    shutil.copytree(data, data.with_name("monday"))
    with up(data):
        issue(run, url, mark, 4)
    shutil.rmtree(data)
    shutil.move(data.with_name("monday"), data)
    with up(data):
        refused = run("--db", url, "--mark", mark, "next", "invoice")
        assert (refused.status, refused.out) == (5, "")
        assert "stood at 7 and stands at 3" in refused.err


@pytest.mark.parametrize("marked", [True, False])
def test_recovery_to_a_point_in_time_is_decided_by_the_mark(
    data: Path, run: Run, place: Path, marked: bool
) -> None:
    mark = place / "mark"
    with up(data) as server:
        url = server.place()
        make(run, url, mark)
    shutil.copytree(data, data.with_name("monday"))
    with up(data):
        issue(run, url, mark, 4)
    shutil.rmtree(data)
    shutil.move(data.with_name("monday"), data)
    # The archive has nothing more, so that recovery ends with what the folder has, on a timeline of its own.
    (data / "recovery.signal").touch()
    with (data / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
        file.write("restore_command = 'false'\n")
    with up(data) as server:
        wait_for_recovery(server)
        named = ["--mark", mark] if marked else []
        first = run("--db", url, *named, "next", "invoice")
        if marked:
            assert (first.status, first.out) == (5, "")
            assert "stood at 7 and stands at 3" in first.err
        else:
            assert (first.status, first.lines) == (0, ["N4"])
            assert "the timeline of the server changed from 1 to 2" in first.err
            assert "cannot be told from" in first.err
            assert first.err.count("\n") == 1
            assert run("--db", url, "next", "invoice").err == ""


def test_a_clean_failover_goes_through_with_a_word(cluster: Cluster, run: Run, place: Path) -> None:
    mark, url = place / "mark", f"{cluster.url}?schema=book"
    make(run, url, mark)
    cluster.primary.ask("ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (*)'")
    cluster.primary.ask("SELECT pg_reload_conf()")
    cluster.wait_for_standby()
    assert issue(run, url, mark, 2) == ["N4", "N5"]
    cluster.primary.kill()
    cluster.succeed()
    cluster.wait_for_standby()
    assert run("--db", url, "--mark", mark, "check").out == ""
    aged(mark)
    first = run("--db", url, "--mark", mark, "next", "invoice")
    assert (first.status, first.lines) == (0, ["N6"])
    assert "the timeline of the server changed from 1 to 2" in first.err
    assert "it has all that its mark knows" in first.err
    assert first.err.count("\n") == 1
    second = run("--db", url, "--mark", mark, "next", "invoice")
    assert (second.status, second.lines, second.err) == (0, ["N7"], "")


def wait_for_recovery(server: Server) -> None:
    """Wait until a server left its recovery: it takes sessions before."""
    deadline = time.monotonic() + 30
    with psycopg.connect(server.url, autocommit=True) as connection:
        while connection.execute("SELECT pg_is_in_recovery()").fetchone() == (True,):
            assert time.monotonic() < deadline
            time.sleep(0.02)
