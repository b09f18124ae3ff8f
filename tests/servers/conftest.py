"""Servers as companies set them up: logins, certificates, poolers."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.postgres.cluster import ports
from tests.postgres_server import MISSING, Server, fresh_folder, make_cluster, programs, serving


class TcpServer(Server):
    """A server that listens on a port of this machine too."""

    port: int

    def ask(self, *statements: str) -> None:
        """Run statements as the superuser, over the socket."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    @property
    def url(self) -> str:
        """Where its database is, over the socket."""
        return f"postgresql://postgres@/postgres?host={self.folder}&port={self.port}"

    def remote(self, login: str, query: str = "") -> str:
        """The URL of a book over TCP, for a login."""
        return f"postgresql://{login}@localhost:{self.port}/postgres?hostaddr=127.0.0.1&schema=book{query}"


Serve = Callable[..., TcpServer]
"""Starts a server: `serve(hba, files={name: text}, **settings)`; `hba` are the lines of pg_hba.conf."""


@pytest.fixture
def bin() -> Path:
    """The programs of the server that tests run on."""
    found = programs()
    if found is None:
        pytest.skip(MISSING)
    return found


@pytest.fixture
def system_bin() -> Path:
    """The programs of a server of the system, which is built with all that distributions build in."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not found:
        pytest.skip(
            "NO POSTGRESQL OF THE SYSTEM HERE: TLS is NOT tested. Install postgresql-15, or a newer one"
        )
    return found[0].parent


@pytest.fixture
def serve(bin: Path) -> Iterator[Serve]:
    """Start servers with rules of their own for who may log in; they end with the test."""
    with serving_from(bin) as serve:
        yield serve


@contextmanager
def serving_from(bin: Path) -> Iterator[Serve]:
    """The same with programs of any folder."""
    folder = fresh_folder()
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)

        def call(hba: str, files: dict[str, str] | None = None, **settings: str) -> TcpServer:
            data = folder / "data"
            make_cluster(bin, data)
            for name, text in {"pg_hba.conf": f"local all postgres trust\n{hba}\n", **(files or {})}.items():
                (data / name).write_text(text, encoding="utf-8")
                (data / name).chmod(0o600)
            (port,) = ports(1)
            chosen = {"listen_addresses": "127.0.0.1", "port": str(port), **settings}
            plain = stack.enter_context(serving(bin, data, chosen))
            server = TcpServer(plain.folder, plain.process)
            server.port = port
            return server

        yield call


@pytest.fixture
def tool() -> Callable[[str, str], str]:
    """Where a program is that a test cannot do without: `tool(name, package)`; skips loudly without it."""

    def find(name: str, package: str) -> str:
        found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
        if found is None:
            pytest.skip(f"NO {name.upper()} HERE: what needs it is NOT tested. Install {package}")
        return found

    return find


def made(*command: str, folder: Path) -> None:
    """Run a command that makes files."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
