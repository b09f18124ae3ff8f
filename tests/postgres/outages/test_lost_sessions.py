"""Requests whose session on the server is cut, delayed or falls silent at any byte of any message.

Each ends done, refused or `not_delivered`, in time; repeated with its key it gives one number.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import seqctl.store.postgres.outages.patience as patience
import seqctl.store.postgres.session as session
from seqctl import open_store
from seqctl.actions import add_sequence, issue, peek, verify, void
from seqctl.errors import NotDelivered, SeqctlError
from seqctl.model.number.request import Request
from seqctl.store.postgres import engine
from seqctl.store.postgres.connection import ServerError
from tests.book import Run, Tell
from tests.postgres.proxy import TO_SERVER, Fault, Proxy, between
from tests.postgres_server import Server

AWAY = {"server_unreachable", "busy"}
TIMEOUT = 0.4


@pytest.fixture
def proxy(postgres_server: Server) -> Iterator[Proxy]:
    with between(postgres_server.folder) as opened:
        yield opened


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits of tenths of seconds in place of seconds."""
    monkeypatch.setattr(session, "GRACE", 0.3)
    monkeypatch.setattr(patience, "AGAIN", 0.01)
    monkeypatch.setattr(patience, "_lost", {})


@pytest.fixture
def book(postgres_server: Server) -> str:
    """The address of a book with a sequence `invoice`, without the proxy."""
    url = postgres_server.place()
    with open_store(url, create=True, actor="ada") as store:
        add_sequence(store, "invoice", {"pattern": "INV-{number:5}"})
    return url


def through(proxy: Proxy, book: str) -> str:
    """The same book, through the proxy."""
    return f"{proxy.url}&schema={book.partition('schema=')[2]}"


def asked(url: str, key: str, timeout: float) -> list[str]:
    """The numbers of a request, in a session of its own."""
    with open_store(url, actor="ada", timeout=timeout) as store:
        return issue(store, Request("invoice", key=key)).texts


def places(proxy: Proxy, book: str, step: int) -> Iterator[tuple[str, int]]:
    """Directions and bytes of a request, from its first one on; to the last one that matters to anybody."""
    proxy.begin(Fault("none", TO_SERVER, 1 << 60))
    asked(through(proxy, book), "measured", 5)
    totals = {direction: len(data) for direction, data in proxy.passed.items()}
    for direction, total in totals.items():
        for after in range(0, total, step):
            yield direction, after


def try_everywhere(
    proxy: Proxy, book: str, kinds: list[str], step: int, timeout: float, most: float
) -> dict[str, int]:
    """Ask for a number with each fault at each place, and again with its key; how often each outcome was."""
    outcomes: dict[str, int] = {}
    texts = []
    with open_store(book, actor="ada") as direct:
        for direction, after in places(proxy, book, step):
            for kind in kinds:
                key = f"{kind} {direction} {after}"
                fault = proxy.begin(Fault(kind, direction, after))
                began = time.monotonic()
                got: list[str] = []
                try:
                    got = asked(through(proxy, book), key, timeout)
                    outcome = "done"
                except NotDelivered:
                    outcome = "not delivered"
                except SeqctlError as error:
                    assert error.code in AWAY, (key, error)
                    outcome = "refused"
                assert time.monotonic() - began < most, key
                # A server that is slow for its own reasons is left like one that is silent.
                assert fault.met or outcome == "done" or kind != "cut"
                outcomes[outcome] = outcomes.get(outcome, 0) + 1
                again = issue(direct, Request("invoice", key=key)).texts
                assert len(again) == 1
                assert got in ([], again), key
                texts += again
        assert len(set(texts)) == len(texts)
        assert sorted(texts) == [f"INV-{number:05}" for number in range(2, len(texts) + 2)]
        assert verify(direct).findings == []
    return outcomes


@pytest.mark.usefixtures("hurried")
def test_a_request_that_is_cut_anywhere_is_done_or_refused_or_told_as_unknown(
    proxy: Proxy, book: str, tell: Tell
) -> None:
    outcomes = try_everywhere(proxy, book, ["cut"], 61, 5, 8)
    assert outcomes["done"] > 3
    tell(f"cut at {sum(outcomes.values())} places: {outcomes}")


@pytest.mark.usefixtures("hurried")
def test_a_request_through_a_server_that_falls_silent_ends_in_time(
    proxy: Proxy, book: str, tell: Tell
) -> None:
    outcomes = try_everywhere(proxy, book, ["silence", "delay"], 1511, TIMEOUT, 8)
    tell(f"silent or slow at {sum(outcomes.values())} places: {outcomes}")


@pytest.mark.long
@pytest.mark.usefixtures("hurried")
def test_a_request_that_is_cut_at_every_single_byte(proxy: Proxy, book: str, tell: Tell) -> None:
    outcomes = try_everywhere(proxy, book, ["cut"], 1, 5, 8)
    tell(f"cut at {sum(outcomes.values())} places: {outcomes}")


def test_a_command_dials_again_without_a_key(proxy: Proxy, book: str, run: Run) -> None:
    """The whole of a command is done anew where its session was lost before COMMIT was sent."""
    url = through(proxy, book)
    run("--db", url, "sequence", "list")
    for command in (["next", "invoice"], ["reserve", "invoice"]):
        # The first one of its kind says more.
        assert run("--db", url, *command).status == 0
        proxy.begin(Fault("none", TO_SERVER, 1 << 60))
        assert run("--db", url, *command).status == 0
        # Before its COMMIT, which is the last thing that it says.
        middle = len(proxy.passed[TO_SERVER]) - 150
        fault = proxy.begin(Fault("cut", TO_SERVER, middle))
        done = run("--db", url, "--timeout", "9", *command)
        assert (done.status, done.err) == (0, "")
        assert fault.met == 1


@pytest.mark.parametrize(
    "words",
    [
        "void --input {file} --reason x",
        "record --input {file} --record R1",
        "gaps review --input {runs} --reason x",
    ],
)
def test_a_file_is_read_again_behind_a_lost_session(
    words: str, proxy: Proxy, book: str, place: Path, run: Run
) -> None:
    texts = run("--db", book, "next", "invoice", "-n", "3").lines
    assert run("--db", book, "sequence", "set-next", "invoice", "9", "--reason", "x").status == 0
    (place / "numbers.txt").write_text("\n".join(texts), encoding="utf-8")
    (place / "runs.csv").write_text("sequence,first_number,last_number\ninvoice,INV-00005,INV-00006\n")
    command = words.format(file=place / "numbers.txt", runs=place / "runs.csv").split()
    url = through(proxy, book)
    proxy.begin(Fault("none", TO_SERVER, 1 << 60))
    assert run("--db", url, "--timeout", "9", *command, "--dry-run").status == 0
    # Whatever a plan says but its end is said again; within that the session is cut.
    fault = proxy.begin(Fault("cut", TO_SERVER, len(proxy.passed[TO_SERVER]) - 40))
    done = run("--db", url, "--timeout", "9", *command)
    assert (done.status, "error" in done.err, fault.met) == (0, False, 1)
    assert len(done.lines) == (2 if command[0] == "gaps" else 4)
    assert run("--db", book, "audit", "verify").status == 0


def test_what_comes_through_a_pipe_is_not_read_again(proxy: Proxy, book: str, run: Run) -> None:
    texts = "\n".join(run("--db", book, "next", "invoice", "-n", "3").lines)
    url = through(proxy, book)
    command = ("void", "--input", "-", "--reason", "x")
    proxy.begin(Fault("none", TO_SERVER, 1 << 60))
    assert run("--db", url, *command, "--dry-run", input=texts).status == 0
    proxy.begin(Fault("cut", TO_SERVER, len(proxy.passed[TO_SERVER]) - 40))
    refused = run("--db", url, "--timeout", "9", *command, input=texts)
    assert (refused.status, refused.out) == (75, "")
    assert run("--db", book, "numbers", "--state", "void", "--json").json == []


def test_a_server_that_never_comes_back_is_given_up(proxy: Proxy, book: str, run: Run) -> None:
    url = through(proxy, book)
    run("--db", url, "next", "invoice")
    proxy.begin(Fault("none", TO_SERVER, 1 << 60))
    run("--db", url, "next", "invoice")
    gone = Fault("cut", TO_SERVER, 0, always=True)
    middle = len(proxy.passed[TO_SERVER]) - 150
    proxy.begin(Fault("cut", TO_SERVER, middle, then=gone))
    began = time.monotonic()
    done = run("--db", url, "--timeout", "2", "next", "invoice")
    assert (done.status, done.out) == (74, "")
    assert time.monotonic() - began < 2 + 5
    proxy.begin(Fault("cut", TO_SERVER, middle // 2, then=gone))
    assert run("--db", url, "--timeout", "2", "next", "invoice").status == 75
    assert gone.met > 3
    assert "server_unreachable" in run("--db", url, "--timeout", "1", "--json", "next", "invoice").err


def test_the_library_does_anew_what_a_command_does(proxy: Proxy, book: str) -> None:
    """Also in a store that committed before, and without a key."""
    with open_store(through(proxy, book), actor="ada", timeout=9) as store:
        issue(store, Request("invoice"))
        for action in (
            lambda: issue(store, Request("invoice")).texts,
            lambda: void(store, ["INV-00001"], "x"),
        ):
            # Another session, of which this request is all that is said.
            store.close()
            proxy.begin(Fault("none", TO_SERVER, 1 << 60))
            with open_store(through(proxy, book), actor="ada", timeout=9) as measured:
                peek(measured, Request("invoice"))
            fault = proxy.begin(Fault("cut", TO_SERVER, len(proxy.passed[TO_SERVER])))
            assert action()
            assert fault.met == 1
    with open_store(book) as direct:
        assert verify(direct).findings == []


@pytest.mark.parametrize(("state", "times"), [("40001", 5), ("40P01", 5), ("55P03", 0)])
def test_what_met_others_is_done_anew_five_times(
    state: str, times: int, book: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    met = []

    def refused(transaction: engine.Transaction) -> None:
        met.append(state)
        raise ServerError("it met others", state)

    monkeypatch.setattr(engine.Transaction, "commit", refused)
    with open_store(book) as store:
        with pytest.raises(SeqctlError) as busy:
            issue(store, Request("invoice"))
        assert (busy.value.code, len(met)) == ("busy", 1 + times)
        monkeypatch.undo()
        assert issue(store, Request("invoice")).texts == ["INV-00001"]


@pytest.mark.parametrize("back", [400, 20])
def test_all_that_is_waited_for_behind_a_silent_server_has_an_end(back: int, proxy: Proxy, book: str) -> None:
    """Before the COMMIT and behind it: no second wait begins where the first one took all the time."""
    url = through(proxy, book)
    asked(url, "first", 5)
    proxy.begin(Fault("none", TO_SERVER, 1 << 60))
    asked(url, "measured", 5)
    silent = Fault("silence", TO_SERVER, len(proxy.passed[TO_SERVER]) - back, always=True)
    proxy.begin(silent)
    began = time.monotonic()
    with pytest.raises(SeqctlError) as told:
        asked(url, "silent", 1)
    assert time.monotonic() - began < 1 + 5 + 2
    assert told.value.code in AWAY | {"not_delivered"}
    assert silent.met == 1


@pytest.mark.parametrize("output", [[], ["--json"]], ids=["lean", "psycopg"])
@pytest.mark.parametrize("where", ["lock", "silence"])
def test_an_interruption_ends_a_wait_at_once(where: str, output: list[str], proxy: Proxy, book: str) -> None:
    schema = book.partition("schema=")[2]
    if where == "silence":
        proxy.begin(Fault("silence", TO_SERVER, 700, always=True))
    with open_store(book) as holder, holder.write():
        words = ["--db", through(proxy, book), "--timeout", "30", "next", "invoice", *output]
        waiting = subprocess.Popen(
            [sys.executable, "-m", "seqctl", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        time.sleep(1.5)
        assert waiting.poll() is None, (schema, waiting.communicate())
        began = time.monotonic()
        waiting.send_signal(signal.SIGINT)
        out, err = waiting.communicate(timeout=20)
        assert time.monotonic() - began < 2
    assert (waiting.returncode, out, err.count("\n")) == (130, "", 1), err


def test_a_book_that_is_another_one_after_the_loss_is_not_written_to(
    proxy: Proxy, book: str, postgres_server: Server
) -> None:
    with open_store(through(proxy, book), actor="ada", timeout=5) as store:
        issue(store, Request("invoice"))
        schema = book.partition("schema=")[2]
        with psycopg.connect(postgres_server.url, autocommit=True) as stranger:
            stranger.execute(f"ALTER TABLE {schema}.book DISABLE TRIGGER ALL".encode())
            stranger.execute(f"UPDATE {schema}.book SET identity = 'another'".encode())
            ended = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename IS NOT NULL"
            stranger.execute(f"{ended} AND pid <> pg_backend_pid()".encode())
        with pytest.raises(SeqctlError) as refused:
            issue(store, Request("invoice"))
        assert (refused.value.code, refused.value.exit_status) == ("wrong_book", 7)
