"""A PostgreSQL cluster of three nodes on loopback, whose primary can be frozen, killed and succeeded.

One folder of data is made and copied, so that all three are one cluster; two begin as standbys. A commit
waits for any one of them. The server's own writer of its log sleeps for ten seconds (`wal_writer_delay`):
what no commit waited for is really lost with the primary.
"""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.postgres_server import fresh_folder, make_cluster, started

NAMES = ("one", "two", "three")
SETTINGS = {
    "wal_writer_delay": "10s",
    "synchronous_commit": "on",
    # The primary is no standby of its own, so this serves whoever is promoted.
    "synchronous_standby_names": "ANY 1 (one, two, three)",
    "wal_keep_size": "256MB",
    "wal_receiver_timeout": "2s",
    "wal_sender_timeout": "2s",
    "wal_retrieve_retry_interval": "100ms",
    "hot_standby": "on",
    "max_connections": "100",
    "shared_buffers": "16MB",
}


class Node:
    """One server of the cluster, on a port of its own."""

    def __init__(self, name: str, folder: Path, port: int, process: "subprocess.Popen[bytes]") -> None:
        self.name = name
        self.folder = folder
        self.port = port
        self.process = process

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        """Run one statement as the superuser, with nothing to wait for."""
        with psycopg.connect(f"{self.url}?connect_timeout=5", autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    @property
    def url(self) -> str:
        """Where it is."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def received(self) -> int:
        """How far a standby has the log of the primary on its disk."""
        return int(str(self.ask("SELECT pg_last_wal_receive_lsn() - '0/0'::pg_lsn")[0][0]))

    def promote(self) -> None:
        """Make a standby the primary; returns when it takes writes, which a busy machine may put off."""
        log = self.folder.with_suffix(".log")
        promoted = self.ask("SELECT pg_promote(true, 100)")
        assert promoted == [(True,)], log.read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        """End the server and all of its processes at once, as a power cut does."""
        for pid in [*self._children(), self.process.pid]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait(10)

    def freeze(self) -> None:
        """Stop the server and all of its processes: its connections stay open, and nobody answers."""
        for pid in [self.process.pid, *self._children()]:
            os.kill(pid, signal.SIGSTOP)

    def _children(self) -> list[int]:
        """The processes that the server began; those of its name space too."""
        found: list[int] = []
        waiting = [self.process.pid]
        while waiting:
            parent = waiting.pop()
            try:
                text = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
            except OSError:
                continue
            waiting += map(int, text.split())
            found += map(int, text.split())
        return found


class Cluster:
    """Three nodes; the first one begins as the primary."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.primary = nodes[0]

    @property
    def url(self) -> str:
        """All of its nodes, as an address for libpq."""
        places = ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)
        return f"postgresql://postgres@{places}/postgres"

    def succeed(self) -> Node:
        """Promote the standby that has most of the log; the other one then follows it, and commits wait for
        that."""
        standbys = [node for node in self.nodes if node is not self.primary]
        best, other = sorted(standbys, key=Node.received, reverse=True)
        best.promote()
        other.ask(f"ALTER SYSTEM SET primary_conninfo = '{_conninfo(best.port, other.name)}'")
        other.ask("SELECT pg_reload_conf()")
        self.primary = best
        return best

    def wait_for_standby(self) -> None:
        """Wait until a standby follows the primary, without which nothing is issued."""
        deadline = time.monotonic() + 20
        query = "SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')"
        while self.primary.ask(query) == [(0,)]:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def ports(count: int) -> list[int]:
    """Ports that are free now."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    found = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return found


@contextmanager
def three_nodes(bin: Path, **settings: str) -> Iterator[Cluster]:
    """Start a primary and two standbys, of which any one confirms each commit; end them with the block."""
    folder = fresh_folder()
    chosen = ports(3)
    nodes: list[Node] = []
    try:
        first = folder / NAMES[0]
        make_cluster(bin, first)
        for name in NAMES[1:]:
            shutil.copytree(first, folder / name)
            (folder / name / "standby.signal").touch()
        for name, port in zip(NAMES, chosen, strict=True):
            with (folder / name / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
                file.write(f"primary_conninfo = '{_conninfo(chosen[0], name)}'\n")
            own = {"port": str(port), "listen_addresses": "127.0.0.1", "cluster_name": name}
            process = started(bin, folder / name, SETTINGS | own | settings)
            nodes.append(Node(name, folder / name, port, process))
        cluster = Cluster(nodes)
        _wait_for_standbys(cluster)
        yield cluster
    finally:
        for node in nodes:
            if node.process.poll() is None:
                node.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _conninfo(port: int, name: str) -> str:
    return f"host=127.0.0.1 port={port} user=postgres application_name={name} connect_timeout=2"


def _wait_for_standbys(cluster: Cluster) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            found = cluster.primary.ask("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'")
        except psycopg.Error:
            found = []
        if found == [(2,)]:
            return
        for node in cluster.nodes:
            log = node.folder.with_suffix(".log")
            assert node.process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        assert time.monotonic() < deadline, "the standbys do not follow"
        time.sleep(0.05)
