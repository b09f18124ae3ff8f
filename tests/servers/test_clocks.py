"""Two hosts whose clocks differ by a minute issue from one book."""

import subprocess
import sys
from itertools import pairwise
from typing import Any

import pytest

from tests.book import Environment, Run
from tests.postgres_server import Server

HOST = """
import sys, time
fast = int(sys.argv[1])
truth = time.time_ns
time.time_ns = lambda: truth() + fast * 1_000_000_000
from seqctl.__main__ import main
for words in sys.argv[2:]:
    status = main(words.split())
    if status:
        sys.exit(status)
"""
"""A host whose clock is some seconds fast, on which commands run one after the other."""


@pytest.fixture
def url(postgres_server: Server, run: Run) -> str:
    """A book on a server, in which later numbers may not carry earlier dates."""
    place = postgres_server.place()
    add = ("sequence", "add", "invoice", "--date-order", "refuse", "--reservation-ttl", "30s")
    assert run("--db", place, "init", "--timezone", "UTC").status == 0
    assert run("--db", place, *add).status == 0
    return place


def host(environment: Environment, url: str, fast: int, *commands: str) -> "subprocess.Popen[str]":
    """Start commands on a host."""
    words = [f"--db {url} {command}" for command in commands]
    return subprocess.Popen(
        [sys.executable, "-c", HOST, str(fast), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )


def listed(run: Run, url: str, *words: str) -> list[dict[str, Any]]:
    """A list of a book."""
    found: list[dict[str, Any]] = run("--db", url, *words, "--json").json
    return found


def test_numbers_are_one_series_in_the_order_of_the_log(url: str, run: Run, environment: Environment) -> None:
    commands = ["next invoice"] * 12
    hosts = [host(environment, url, fast, *commands) for fast in (-30, 30, -30, 30)]
    texts = [text for each in hosts for text in each.communicate(timeout=60)[0].split()]
    assert [each.returncode for each in hosts] == [0] * 4
    assert sorted(map(int, texts)) == list(range(1, 49))
    events = [event for event in listed(run, url, "audit", "list") if event["action"] == "issue"]
    # The log says what each clock said, and its order is that of the numbers, whatever the clocks say.
    assert [event["first"] for event in events] == list(range(1, 49))
    assert any(one["at"] > other["at"] for one, other in pairwise(events))
    assert run("--db", url, "audit", "verify").status == 0
    assert run("--db", url, "check").out == ""


def test_a_deadline_is_an_instant_that_each_host_reads_by_its_own_clock(
    url: str, run: Run, environment: Environment
) -> None:
    slow = host(environment, url, -30, "reserve invoice")
    assert slow.communicate(timeout=30)[0] == "1\n"
    # For a host that is a minute ahead it is over, and the number goes out again, to one document alone.
    fast = host(environment, url, 30, "next invoice")
    assert fast.communicate(timeout=30)[0] == "1\n"
    late = host(environment, url, -30, "confirm 1")
    refused = late.communicate(timeout=30)
    assert (late.returncode, refused[0]) == (5, "")
    (number,) = listed(run, url, "numbers")
    assert (number["number"], number["state"]) == ("1", "issued")
    assert run("--db", url, "audit", "verify").status == 0


def test_a_date_behind_a_later_one_is_refused_not_moved(url: str, run: Run, environment: Environment) -> None:
    assert run("--db", url, "next", "invoice", "--date", "2026-05-05").lines == ["1"]
    slow = host(environment, url, -60, "next invoice --date 2026-05-04")
    out, err = slow.communicate(timeout=30)
    assert (slow.returncode, out) == (5, "")
    assert "2026-05-05" in err
