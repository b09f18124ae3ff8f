"""Patroni with etcd, which promotes standbys for many companies: the primary is killed, and it fails over."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from seqctl import open_store
from seqctl.actions import add_sequence, verify
from tests.book import Tell
from tests.postgres.cluster import ports
from tests.postgres.outages.test_failover import WORKERS, Load
from tests.postgres_server import as_nobody, fresh_folder

NAMES = ("one", "two", "three")
RULES: dict[str, object] = {
    **{"ttl": 20, "loop_wait": 1, "retry_timeout": 3},
    **{"synchronous_mode": True, "synchronous_mode_strict": True},
}
"""Patroni's own least: the primary is held for gone 20 seconds after it was last heard of."""


class Member:
    """A member of the cluster: Patroni, with the server that it keeps."""

    def __init__(self, name: str, folder: Path, etcd: int, patroni: str, bin: Path) -> None:
        self.name = name
        self.folder = folder
        self.port, self.rest = ports(2)
        settings = folder / f"{name}.yml"
        settings.write_text(json.dumps(self._settings(etcd, bin)), encoding="utf-8")
        # A session of its own, so that it ends with all that it started.
        with (folder / f"{name}.log").open("wb") as log:
            self.process = subprocess.Popen(
                [*as_nobody(), patroni, str(settings)], stdout=log, stderr=log, start_new_session=True
            )

    def _settings(self, etcd: int, bin: Path) -> dict[str, object]:
        here = f"127.0.0.1:{self.port}"
        shared = {"wal_writer_delay": "10s", "max_connections": 50, "shared_buffers": "16MB"}
        own = {"unix_socket_directories": str(self.folder), "fsync": "off"}
        return {
            "scope": "seqctl",
            "name": self.name,
            "restapi": {"listen": f"127.0.0.1:{self.rest}", "connect_address": f"127.0.0.1:{self.rest}"},
            "etcd3": {"hosts": f"127.0.0.1:{etcd}"},
            "bootstrap": {
                "dcs": RULES | {"postgresql": {"parameters": shared}},
                "initdb": [{"encoding": "UTF8"}, {"locale": "C"}, {"auth": "trust"}],
            },
            "postgresql": {
                "listen": here,
                "connect_address": here,
                "data_dir": str(self.folder / self.name),
                "bin_dir": str(bin),
                "pgpass": str(self.folder / f"{self.name}.pgpass"),
                "parameters": own,
                "pg_hba": [f"host {what} all 127.0.0.1/32 trust" for what in ("all", "replication")],
                "authentication": {
                    "superuser": {"username": "postgres"},
                    "replication": {"username": "copier"},
                },
            },
        }

    def state(self) -> dict[str, Any]:
        """What Patroni says of it; nothing where it does not answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.rest}/patroni", timeout=2) as answer:
                found: dict[str, Any] = json.load(answer)
        except urllib.error.HTTPError as error:
            found = json.load(error)
        except OSError:
            found = {}
        return found

    def kill(self) -> None:
        """End Patroni and its server at once, as a power cut does."""
        pid = self.folder / self.name / "postmaster.pid"
        with psycopg.connect(f"postgresql://postgres@127.0.0.1:{self.port}/postgres") as connection:
            query = "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            servants = [found for (found,) in connection.execute(query)]
        os.killpg(self.process.pid, signal.SIGKILL)
        for each in [int(pid.read_text(encoding="utf-8").split()[0]), *servants]:
            try:
                os.kill(each, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait(10)

    def end(self) -> None:
        """End it, with its server."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)


@contextmanager
def patroni_cluster(etcd: str, patroni: str, bin: Path) -> Iterator[list[Member]]:
    """Three members and their etcd, until the block ends."""
    folder = fresh_folder()
    client, peer = ports(2)
    words = [
        *("--data-dir", str(folder / "etcd"), "--name", "etcd"),
        *("--listen-client-urls", f"http://127.0.0.1:{client}"),
        *("--advertise-client-urls", f"http://127.0.0.1:{client}"),
        *("--listen-peer-urls", f"http://127.0.0.1:{peer}"),
        *("--initial-advertise-peer-urls", f"http://127.0.0.1:{peer}"),
        *("--initial-cluster", f"etcd=http://127.0.0.1:{peer}"),
    ]
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        with (folder / "etcd.log").open("wb") as log:
            keeper = subprocess.Popen([etcd, *words], stdout=log, stderr=log)
        stack.callback(keeper.wait, 10)
        stack.callback(keeper.kill)
        members = []
        for name in NAMES:
            members.append(Member(name, folder, client, patroni, bin))
            stack.callback(members[-1].end)
        yield members


def primary(members: list[Member], seconds: float, standbys: int) -> Member:
    """The member that is the primary, as soon as so many standbys follow it and one of them confirms."""
    deadline = time.monotonic() + seconds
    while True:
        for member in members:
            said = member.state()
            following = said.get("replication", [])
            ready = said.get("role") in ("primary", "master") and said.get("state") == "running"
            if ready and len(following) >= standbys and any(it["sync_state"] == "sync" for it in following):
                return member
        logs = [
            (member.folder / f"{member.name}.log").read_text(encoding="utf-8")[-2000:] for member in members
        ]
        assert time.monotonic() < deadline, "\n".join(logs)
        time.sleep(0.2)


@pytest.fixture
def members(bin: Path, tool: Callable[[str, str], str]) -> Iterator[list[Member]]:
    """A cluster that Patroni keeps; skips loudly where a program is missing."""
    beside = Path(sys.executable).parent / "patroni"
    patroni = str(beside) if beside.exists() else tool("patroni", "patroni[etcd3] with pip")
    with patroni_cluster(tool("etcd", "etcd-server"), patroni, bin) as found:
        yield found


@pytest.mark.long
def test_a_printed_number_survives_a_failover_of_patroni(
    members: list[Member], place: Path, tell: Tell
) -> None:
    first = primary(members, 120, standbys=2)
    hosts = ",".join(f"127.0.0.1:{member.port}" for member in members)
    url = f"postgresql://postgres@{hosts}/postgres?schema=book"
    with open_store(url, create=True, actor="ada", timeout=10) as store:
        add_sequence(store, "invoice", {"pattern": "INV-{number:7}"})
    load = Load(url, place, 60)
    try:
        load.wait_for(WORKERS * 5, 30)
        first.kill()
        began, before = time.monotonic(), len(load.printed())
        second = primary([member for member in members if member is not first], 90, standbys=1)
        load.wait_for(before + WORKERS * 5, 60)
        seconds = time.monotonic() - began
    finally:
        printed = load.end()
    here = f"postgresql://postgres@127.0.0.1:{second.port}/postgres"
    with open_store(f"{here}?schema=book", actor="ada", timeout=10) as store:
        assert verify(store).findings == []
    with psycopg.connect(here) as connection:
        held: dict[object, object] = dict(connection.execute("SELECT key, text FROM book.number").fetchall())
    lost = [key for key, text in printed.items() if held.get(key) != text]
    doubled = [text for text, count in Counter(printed.values()).items() if count > 1]
    tell(
        f"Patroni failed over in {seconds:.0f} s: {len(printed)} numbers printed, {len(lost)} lost,"
        f" {len(doubled)} given out twice"
    )
    assert (lost, doubled) == ([], [])
