"""pgbouncer in transaction mode: each transaction may get another session of the server."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.book import Environment, Run
from tests.postgres.cluster import ports
from tests.postgres_server import as_nobody
from tests.servers.conftest import Serve, TcpServer

LOOP = """
import sys
from seqctl import open_store
from seqctl.actions.issuing.issue import issue
from seqctl.model.number.request import Request
with open_store(sys.argv[1]) as store:
    for _ in range(10):
        print(*issue(store, Request("invoice")).texts)
"""


@contextmanager
def pooled(program: str, server: TcpServer, folder: Path) -> Iterator[str]:
    """A pooler that has two sessions of a server for all of its clients; the URL of a book behind it."""
    (port,) = ports(1)
    settings = folder / "pooler.ini"
    settings.write_text(
        "[databases]\n"
        f"postgres = host={server.folder} port={server.port} user=postgres\n"
        "[pgbouncer]\n"
        f"listen_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        "auth_type = any\npool_mode = transaction\ndefault_pool_size = 2\nmax_client_conn = 100\n"
        "ignore_startup_parameters = extra_float_digits\n",
        encoding="utf-8",
    )
    with (folder / "pooler.log").open("wb") as log:
        process = subprocess.Popen([*as_nobody(), program, str(settings)], stdout=log, stderr=log)
    try:
        url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        _wait(url, process, folder / "pooler.log")
        yield f"{url}?schema=book"
    finally:
        process.terminate()
        process.wait(10)


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
            return
        except psycopg.Error:
            assert process.poll() is None and time.monotonic() < deadline, log.read_text(encoding="utf-8")
            time.sleep(0.05)


def test_every_kind_of_command_works_through_it(
    serve: Serve, tool: Callable[[str, str], str], run: Run, place: Path
) -> None:
    program = tool("pgbouncer", "pgbouncer")
    with pooled(program, serve(""), place) as url:
        many = place / "many.csv"
        many.write_text("id\n" + "".join(f"{number}\n" for number in range(500)), encoding="utf-8")
        held = place / "held.csv"
        held.write_text("number\n" + "".join(f"{number}\n" for number in range(1, 400)), encoding="utf-8")
        for words in (
            "init --timezone UTC",
            "sequence add invoice",
            "sequence add old --document-type old --manual",
            "next invoice",
            "next invoice --key k",
            "next invoice --key k",
            "next invoice -n 300 --json",
            "reserve invoice --json",
            f"assign invoice --input {many}",
            f"adopt old --input {held} --column number",
            "void 1 --sequence invoice --reason x",
            "numbers",
            "audit verify",
            "status",
        ):
            done = run("--db", url, *words.split())
            assert done.status == 0, (words, done)
        assert run("--db", url, "check", "--json").json == []


def test_eight_processes_share_two_sessions(
    serve: Serve, tool: Callable[[str, str], str], run: Run, place: Path, environment: Environment
) -> None:
    program = tool("pgbouncer", "pgbouncer")
    with pooled(program, serve(""), place) as url:
        assert run("--db", url, "sequence", "add", "invoice").status == 0
        command = [sys.executable, "-c", LOOP, url]
        running = [
            subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment()) for _ in range(8)
        ]
        texts = [text for process in running for text in process.communicate(timeout=60)[0].split()]
        assert sorted(map(int, texts)) == list(range(1, 81))
        assert run("--db", url, "audit", "verify").status == 0
