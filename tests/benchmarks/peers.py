"""What seqctl is measured beside: a virtual environment of its own with other libraries, and PostgreSQL.

Both are made when a row first asks for them; where one cannot be had, Unavailable says why and the row says
that it was skipped.
"""

import subprocess
import sys
from pathlib import Path
from types import TracebackType

from tests.benchmarks.row_lock import PostgreSQL, Unavailable

PACKAGES = ("django", "django-sequences", "psycopg[binary]")
WORKER = Path(__file__).with_name("peer_worker.py")


class Peers:
    """The environment in `cache`, which is kept, and a server for as long as this is open.

    Without `install`, only an environment that already exists is used.
    """

    def __init__(self, cache: Path, install: bool) -> None:
        self.cache = cache
        self.install = install
        self._python: Path | Unavailable | None = None
        self._server: PostgreSQL | Unavailable | None = None

    def __enter__(self) -> "Peers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(self._server, PostgreSQL):
            self._server.stop()

    @property
    def python(self) -> Path:
        """The interpreter that has the other libraries. Raises Unavailable."""
        if self._python is None:
            self._python = _environment(self.cache / "peers", self.install)
        if isinstance(self._python, Unavailable):
            raise self._python
        return self._python

    @property
    def server(self) -> PostgreSQL:
        """A running PostgreSQL with its defaults: every commit is synced. Raises Unavailable."""
        if self._server is None:
            try:
                self._server = PostgreSQL(0, 0)
            except Unavailable as error:
                self._server = error
        if isinstance(self._server, Unavailable):
            raise self._server
        return self._server

    def worker(self, kind: str, place: Path) -> "Worker":
        """A process that issues numbers with another library when it is told to. Raises Unavailable."""
        python = self.python
        folder = self.server.folder if kind.endswith("postgresql") else place
        return Worker([str(python), str(WORKER), kind, str(folder)])

    def versions(self) -> str:
        """The versions of what was used so far."""
        found = []
        if isinstance(self._python, Path):
            done = subprocess.run(
                [self._python, "-m", "pip", "list", "--format=freeze"], capture_output=True, text=True
            )
            wanted = ("django==", "django-sequences==", "psycopg==")
            found += [
                line.replace("==", " ") for line in done.stdout.split() if line.lower().startswith(wanted)
            ]
        if isinstance(self._server, PostgreSQL):
            program = f"{self._server.programs}/postgres"
            found.append(
                subprocess.run([program, "--version"], capture_output=True, text=True).stdout.strip()
            )
        return ", ".join(found)


class Worker:
    """A process of `peer_worker.py` that is ready and waits for a count."""

    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        if self._answer() != "ready":
            _, problem = self.process.communicate()
            raise Unavailable((problem.strip().splitlines() or ["it does not start"])[-1])

    def rate(self, count: int) -> float:
        """Numbers a second, each its own transaction."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{count}\n")
        self.process.stdin.flush()
        return float(self._answer())

    def stop(self) -> None:
        """Let it end."""
        self.process.communicate()

    def _answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


def _environment(folder: Path, install: bool) -> Path | Unavailable:
    """The interpreter of the environment in a folder, made and filled where it is not there yet."""
    python, complete = folder / "bin" / "python", folder / "complete"
    if complete.exists():
        return python
    if not install:
        return Unavailable("it would have to be installed")
    try:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True)
        words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
        subprocess.run([python, *words], check=True, capture_output=True, text=True, timeout=600)
    except (OSError, subprocess.SubprocessError) as error:
        told = str(getattr(error, "stderr", None) or error).strip().splitlines()
        return Unavailable(f"pip install failed ({told[-1] if told else error})")
    complete.touch()
    return python
