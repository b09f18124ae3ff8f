"""A number that was printed survives the death of the primary, and is given to nobody else.

Processes issue as fast as they can; the primary is killed or frozen, the standby that knows most is promoted,
and they go on. The control leaves out the wait for the standby, and must lose numbers.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from seqctl import open_store
from seqctl.actions import add_sequence, verify
from tests.book import Run, Tell
from tests.postgres.cluster import Cluster

ROOT = Path(__file__).resolve().parents[3]
WORKERS = 4
BEFORE, AFTER = 1.0, 0.5
"""Seconds of load on the first primary, and on the second from the first number on."""


class Load:
    """Processes that issue numbers, and what they printed."""

    def __init__(self, url: str, folder: Path, timeout: int, *fault: str) -> None:
        self.outputs = [folder / f"worker-{number}" for number in range(WORKERS)]
        command = [sys.executable, "-m", "tests.postgres.failover_worker", url, str(timeout)]
        self.processes = []
        for number, output in enumerate(self.outputs):
            with output.open("wb") as out, output.with_suffix(".err").open("wb") as err:
                self.processes.append(
                    subprocess.Popen(
                        [*command, f"w{number}", *fault], stdout=out, stderr=err, cwd=ROOT, env={**os.environ}
                    )
                )

    def printed(self) -> dict[str, str]:
        """The numbers that were printed, by their keys."""
        lines = [line for output in self.outputs for line in output.read_text(encoding="utf-8").splitlines()]
        return {line.split()[0]: line.split()[1] for line in lines if line.count(" ") == 1}

    def wait_for(self, count: int, seconds: float) -> None:
        """Wait until so many numbers were printed."""
        deadline = time.monotonic() + seconds
        while len(self.printed()) < count:
            errors = [output.with_suffix(".err").read_text(encoding="utf-8") for output in self.outputs]
            assert all(process.poll() is None for process in self.processes), errors
            assert time.monotonic() < deadline, errors
            time.sleep(0.02)

    def end(self) -> dict[str, str]:
        """End the processes, as somebody would who pulls a plug; what they printed."""
        for process in self.processes:
            process.kill()
            process.wait(10)
        return self.printed()


def survived(cluster: Cluster, folder: Path, way: str, *fault: str) -> tuple[int, int, int]:
    """Load a new book, take the primary away; how many numbers were printed, lost, and given out twice."""
    url = f"{cluster.url}?schema=books"
    with open_store(url, create=True, actor="ada", timeout=10) as store:
        add_sequence(store, "invoice", {"pattern": "INV-{number:7}"})
    # Who waits for a frozen server finds out by its silence alone, five seconds behind the timeout.
    load = Load(url, folder, 20 if way == "killed" else 1, *fault)
    try:
        load.wait_for(WORKERS * 5, 20)
        time.sleep(BEFORE)
        if way == "killed":
            cluster.primary.kill()
        else:
            cluster.primary.freeze()
        before = len(load.printed())
        cluster.succeed()
        load.wait_for(before + WORKERS * 5, 30)
        time.sleep(AFTER)
    finally:
        printed = load.end()
    with open_store(f"{cluster.primary.url}?schema=books", actor="ada", timeout=10) as store:
        assert verify(store).findings == []
    held: dict[object, object] = {}
    held.update(cluster.primary.ask("SELECT key, text FROM books.number"))  # type: ignore[arg-type]
    lost = [key for key, text in printed.items() if held.get(key) != text]
    doubled = [text for text, count in Counter(printed.values()).items() if count > 1]
    return len(printed), len(lost), len(doubled)


@pytest.mark.parametrize("way", ["killed", "frozen"])
def test_a_printed_number_survives_the_primary(way: str, cluster: Cluster, place: Path, tell: Tell) -> None:
    printed, lost, doubled = survived(cluster, place, way)
    tell(f"primary {way} under load: {printed} numbers printed, {lost} lost, {doubled} given out twice")
    assert (lost, doubled) == (0, 0)


def test_without_the_wait_numbers_are_lost(cluster: Cluster, place: Path, tell: Tell) -> None:
    printed, lost, doubled = survived(cluster, place, "killed", "hasty")
    tell(f"without the wait: {printed} numbers printed, {lost} lost, {doubled} given out twice")
    assert lost + doubled > 0


def test_an_issuer_goes_on_behind_a_promotion(cluster: Cluster, run: Run) -> None:
    url = f"{cluster.url}?schema=books"
    assert run("--db", url, "sequence", "add", "invoice").status == 0
    assert run("--db", url, "init", "--roles").status == 0
    cluster.primary.ask("CREATE ROLE teller LOGIN")
    cluster.primary.ask("GRANT books_issuer TO teller")
    issuer = url.replace("postgres@", "teller@", 1)
    assert run("--db", issuer, "next", "invoice").out == "1\n"
    cluster.primary.kill()
    cluster.succeed()
    cluster.wait_for_standby()
    for number, lines in ((2, 1), (3, 0)):
        done = run("--db", issuer, "--timeout", "20", "next", "invoice")
        assert (done.status, done.out, done.err.count("\n")) == (0, f"{number}\n", lines), done.err


def test_without_a_standby_nothing_is_issued(cluster: Cluster, run: Run) -> None:
    url = f"{cluster.url}?schema=books"
    assert run("--db", url, "sequence", "add", "invoice").status == 0
    assert run("--db", url, "next", "invoice").out == "1\n"
    one, two = cluster.nodes[1:]
    one.kill()
    assert run("--db", url, "next", "invoice").out == "2\n"
    two.kill()
    deadline = time.monotonic() + 10
    while cluster.primary.ask("SELECT count(*) FROM pg_stat_replication") != [(0,)]:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    refused = run("--db", url, "--json", "next", "invoice")
    assert (refused.status, refused.out) == (75, "")
    assert '"standby_missing"' in refused.err
    # Reading goes on.
    assert run("--db", url, "numbers", "--json").status == 0


def test_a_standby_only_reads(cluster: Cluster, run: Run) -> None:
    assert run("--db", f"{cluster.url}?schema=books", "sequence", "add", "invoice").status == 0
    standby = f"{cluster.nodes[1].url}?schema=books"
    deadline = time.monotonic() + 10
    while run("--db", standby, "sequence", "list").status:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    refused = run("--db", standby, "--json", "next", "invoice")
    assert (refused.status, refused.out) == (7, "")
    assert '"server_read_only"' in refused.err
