"""Dumping one book of a server and restoring it, with PostgreSQL's own programs."""

import subprocess

from tests.postgres_server import Server, programs


def dumped(server: Server, url: str) -> str:
    """The book at an address of a server, as SQL."""
    schema = url.partition("schema=")[2]
    return _run("pg_dump", "-n", schema, "--no-password", server.url)


def restored(server: Server, dump: str, url: str) -> None:
    """Put a dump in the place of whatever lies at an address of a server."""
    schema = url.partition("schema=")[2]
    script = f'DROP SCHEMA IF EXISTS "{schema}" CASCADE;\n{dump}'
    _run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "--no-password", server.url, input=script)


def _run(program: str, *words: str, input: str | None = None) -> str:
    bin = programs()
    assert bin is not None
    command = [f"{bin}/{program}", *words]
    done = subprocess.run(command, input=input, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
