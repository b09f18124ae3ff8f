"""How people log in to a server: passwords over TCP, certificates, and the users of the machine."""

import getpass
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.book import Run
from tests.servers.conftest import Serve, TcpServer, made, serving_from

SCRAM = "host all all 127.0.0.1/32 scram-sha-256"
LOGIN = "CREATE ROLE clerk LOGIN PASSWORD 'pass word'"
ROOM = "GRANT CREATE ON DATABASE postgres TO clerk"


@pytest.fixture
def password(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with the password, named by PGPASSFILE."""
    file = place / "pgpass"
    file.write_text("localhost:*:*:clerk:pass word\n", encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))
    return file


def test_a_password_over_tcp(serve: Serve, run: Run, password: Path) -> None:
    server = serve(SCRAM, password_encryption="scram-sha-256")
    server.ask(LOGIN, ROOM)
    url = server.remote("clerk")
    assert run("--db", url, "sequence", "add", "invoice").status == 0
    for lane in (["next", "invoice"], ["next", "invoice", "--json"]):
        issued = run("--db", url, *lane)
        assert (issued.status, issued.err) == (0, "")
    # In the environment it may stand in the address.
    whole = url.replace("clerk@", "clerk:pass%20word@")
    assert run("next", "invoice", env={"SEQCTL_DB": whole, "PGPASSFILE": "/dev/null"}).lines == ["3"]
    on_a_command_line = run("--db", whole, "next", "invoice")
    assert (on_a_command_line.status, on_a_command_line.out) == (2, "")
    assert "PGPASSFILE" in on_a_command_line.err


@pytest.mark.parametrize("wrong", ["another password", None])
def test_a_wrong_password_is_told_without_it(
    serve: Serve, run: Run, password: Path, wrong: str | None
) -> None:
    server = serve(SCRAM)
    server.ask(LOGIN)
    password.write_text(f"localhost:*:*:clerk:{wrong}\n" if wrong else "", encoding="utf-8")
    for lane in (["next", "invoice"], ["numbers"]):
        refused = run("--db", server.remote("clerk"), *lane, "--json", "--timeout", "3")
        assert (refused.status, refused.out, refused.error["code"]) == (5, "", "not_allowed"), refused
        assert "another password" not in refused.err


def certified(folder: Path, name: str, openssl: str) -> None:
    """Make an authority and a certificate of it for a host of that name."""
    subject, key = ["-subj", f"/CN={name}"], ["-newkey", "rsa:2048", "-nodes"]
    made(
        openssl,
        "req",
        "-x509",
        *key,
        "-keyout",
        "ca.key",
        "-out",
        "ca.crt",
        "-subj",
        f"/CN=authority of {name}",
        folder=folder,
    )
    made(openssl, "req", *key, "-keyout", "server.key", "-out", "server.csr", *subject, folder=folder)
    signed = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-out", "server.crt"]
    made(openssl, "x509", "-req", "-in", "server.csr", *signed, folder=folder)


def test_a_server_must_prove_who_it_is(
    system_bin: Path, run: Run, password: Path, place: Path, tool: Callable[[str, str], str]
) -> None:
    for name in ("here", "elsewhere"):
        (place / name).mkdir()
        certified(place / name, "localhost" if name == "here" else "db.example", tool("openssl", "openssl"))
    files = {name: (place / "here" / name).read_text() for name in ("server.key", "server.crt")}
    with serving_from(system_bin) as serve:
        server = serve("hostssl all all 127.0.0.1/32 scram-sha-256", files, ssl="on")
        server.ask(LOGIN, ROOM)
        prove(server, run, place)


def prove(server: TcpServer, run: Run, place: Path) -> None:
    """Log in with the right authority and name, and be refused with another one and without encryption."""

    def full(authority: str) -> str:
        return server.remote("clerk", f"&sslmode=verify-full&sslrootcert={place}/{authority}/ca.crt")

    assert run("--db", full("here"), "sequence", "add", "invoice").status == 0
    for lane in (["next", "invoice"], ["next", "invoice", "--json"]):
        issued = run("--db", full("here"), *lane)
        assert (issued.status, issued.err) == (0, "")
    other = full("here").replace("@localhost:", "@db.example:")
    for wrong in (full("elsewhere"), other):
        for lane in (["next", "invoice"], ["numbers"]):
            refused = run("--db", wrong, *lane, "--timeout", "3")
            assert refused.status in (5, 75), refused
            assert refused.out == ""
            assert "certificate" in refused.err
    unencrypted = run("--db", server.remote("clerk", "&sslmode=disable"), "next", "invoice", "--timeout", "3")
    assert (unencrypted.status, unencrypted.out) == (5, "")


def test_a_user_of_the_machine_needs_no_password(serve: Serve, run: Run) -> None:
    # As root the server runs in a name space of its own, where everybody else is nobody.
    name = "nobody" if os.geteuid() == 0 else getpass.getuser()
    server = serve("local all all peer map=machine", {"pg_ident.conf": f"machine {name} clerk\n"})
    server.ask("CREATE ROLE clerk LOGIN", "CREATE ROLE other LOGIN", ROOM)
    url = f"{server.url}&schema=book".replace("postgres@", "clerk@")
    assert run("--db", url, "sequence", "add", "invoice").status == 0
    for lane in (["next", "invoice"], ["next", "invoice", "--json"]):
        issued = run("--db", url, *lane)
        assert (issued.status, issued.err) == (0, "")
    refused = run("--db", url.replace("clerk@", "other@"), "--json", "next", "invoice", "--timeout", "3")
    assert (refused.status, refused.error["code"]) == (5, "not_allowed")
