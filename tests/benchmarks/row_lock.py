"""The same rows in a PostgreSQL of its own: clients that queue at a row lock, driven by pgbench."""

import os
import shutil
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

TABLES = """
CREATE TABLE counter (id integer PRIMARY KEY, next bigint);
INSERT INTO counter VALUES (1, 1);
CREATE TABLE number (id bigserial PRIMARY KEY, value bigint, text text UNIQUE);
CREATE TABLE audit (id bigserial PRIMARY KEY, at timestamptz, what text);
"""
ISSUE = r"""
BEGIN;
UPDATE counter SET next = next + 1 WHERE id = 1 RETURNING next - 1 AS value \gset
INSERT INTO number (value, text) VALUES (:value, 'INV-2026-' || :value);
INSERT INTO audit (at, what) VALUES (now(), repeat('issue', 20));
COMMIT;
"""


class Unavailable(Exception):
    """No server can be started here, and why."""


class PostgreSQL:
    """A server in a folder of its own, reached by a socket there; commits are durable, as is its default."""

    def __init__(self, running_in: float, seconds: float) -> None:
        """Start it. Raises Unavailable."""
        self.running_in, self.seconds = running_in, seconds
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)
        self.programs = str(found[-1]) if found else os.path.dirname(shutil.which("postgres") or "")
        if not self.programs or shutil.which("pgbench", path=self.programs) is None:
            raise Unavailable("PostgreSQL is not installed")
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        # The server refuses to run as root.
        self.user = "postgres" if os.geteuid() == 0 else None
        try:
            if self.user:
                shutil.chown(self.folder, self.user)
            self._call("initdb", "-D", "data", "-A", "trust", "-U", "postgres")
            options = f"-k {self.folder} -c listen_addresses='' -c max_connections=100"
            self._call("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", options, "start")
        except (OSError, LookupError, subprocess.CalledProcessError) as error:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise Unavailable(f"PostgreSQL does not start ({error})") from error

    def run(self, clients: int) -> tuple[list[int], float, float]:
        """Transactions of each client, the longest in milliseconds, and the seconds; on new tables."""
        self._call(
            "psql", *self._place(), "-q", "-c", "DROP TABLE IF EXISTS counter, number, audit", "-c", TABLES
        )
        (self.folder / "issue.sql").write_text(ISSUE, encoding="utf-8")
        for log in self.folder.glob("waits.*"):
            log.unlink()
        duration = str(round(self.running_in + self.seconds))
        threads = str(min(clients, os.cpu_count() or 1))
        logged = ("-l", "--log-prefix", str(self.folder / "waits"))
        clock = ("-c", str(clients), "-j", threads, "-T", duration)
        self._call("pgbench", "-n", *self._place(), *clock, "-f", "issue.sql", *logged)
        ends = [line.split() for log in self.folder.glob("waits.*") for line in log.read_text().splitlines()]
        begun = min(_end(line) - int(line[2]) / 1e6 for line in ends) + self.running_in
        measured = [line for line in ends if _end(line) - int(line[2]) / 1e6 >= begun]
        counts = Counter(int(line[0]) for line in measured)
        worst = max(int(line[2]) for line in measured) / 1000
        return [counts[client] for client in range(clients)], worst, max(map(_end, measured)) - begun

    def stop(self) -> None:
        """Stop it and remove its folder."""
        self._call("pg_ctl", "-D", "data", "-m", "fast", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _place(self) -> tuple[str, ...]:
        return ("-h", str(self.folder), "-U", "postgres")

    def _call(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [f"{self.programs}/{program}", *arguments],
            cwd=self.folder,
            user=self.user,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def _end(line: list[str]) -> float:
    """When a transaction of pgbench's log ended, in seconds."""
    return int(line[4]) + int(line[5]) / 1e6
