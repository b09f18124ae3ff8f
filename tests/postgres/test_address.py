"""The address of a book on a server: what is seqctl's own, what goes to libpq, and what nobody may see."""

import pytest

from seqctl.errors import UsageError
from seqctl.store.postgres.address import address_of, names_server, refuse_password
from tests.book import Run

PLACES = [
    ("postgresql:///books", "postgresql:///books", "seqctl"),
    ("postgres://db.example:6432/books", "postgres://db.example:6432/books", "seqctl"),
    ("postgresql://ann@one:1,two:2/books?schema=eu", "postgresql://ann@one:1,two:2/books", "eu"),
    ("postgresql://h/b?schema=eu&sslmode=verify-full", "postgresql://h/b?sslmode=verify-full", "eu"),
    ("postgresql://h/b?sslmode=require&schema=_2", "postgresql://h/b?sslmode=require", "_2"),
    ("postgresql://h/b?a=1&schema=x&b=2", "postgresql://h/b?a=1&b=2", "x"),
    ("postgresql:///b?host=/run/pg&schema=%65u", "postgresql:///b?host=/run/pg", "eu"),
    ("postgresql:///b?%73chema=eu", "postgresql:///b", "eu"),
    (
        "postgresql://%2Frun%2Fpg/b?options=-c%20x%3D1",
        "postgresql://%2Frun%2Fpg/b?options=-c%20x%3D1",
        "seqctl",
    ),
    ("postgresql://[::1]:5432/b", "postgresql://[::1]:5432/b", "seqctl"),
    ("postgresql://a?b@h/b?schema=c", "postgresql://a?b@h/b", "c"),
    ("postgresql:///b?service=books&schema=" + "a" * 63, "postgresql:///b?service=books", "a" * 63),
    ("postgresql://", "postgresql://", "seqctl"),
]


@pytest.mark.parametrize(("text", "conninfo", "schema"), PLACES)
def test_the_schema_is_taken_out_and_all_else_stays_as_it_was_written(
    text: str, conninfo: str, schema: str
) -> None:
    address = address_of(text)
    assert (address.conninfo, address.schema) == (conninfo, schema)
    assert address.secrets == ()


@pytest.mark.parametrize(
    "name", ["", "Eu", "2eu", "a-b", "a b", "é", "a" * 64, "a.b", '"a"', "pg_books", "%zz", "a;b", "²"]
)
def test_what_is_no_name_of_a_schema_is_wrong_usage(name: str) -> None:
    with pytest.raises(UsageError) as refused:
        address_of(f"postgresql:///b?schema={name}")
    assert refused.value.exit_status == 2
    assert "1 to 63 small letters" in str(refused.value.hint)


def test_two_schemas_are_wrong_usage() -> None:
    with pytest.raises(UsageError, match="several schemas"):
        address_of("postgresql:///b?schema=a&schema=a")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://ann:pa%2Fss@h/b?schema=eu", "postgresql://ann@h/b?schema=eu"),
        ("postgresql://:pa%2Fss@h/b", "postgresql://@h/b"),
        ("postgresql://h/b?password=pa%2Fss&sslmode=require", "postgresql://h/b?sslmode=require"),
        ("postgresql://h/b?p%61ssword=pa%2Fss", "postgresql://h/b"),
        ("postgresql://h/b?sslpassword=pa%2Fss&schema=eu", "postgresql://h/b?schema=eu"),
    ],
)
def test_a_password_is_given_to_libpq_and_shown_to_nobody(text: str, shown: str) -> None:
    address = address_of(text)
    assert "pa%2Fss" in address.conninfo
    assert address.shown == shown
    assert address.redacted('invalid value "pa%2Fss" or pa/ss in it') == 'invalid value "***" or *** in it'
    with pytest.raises(UsageError, match="no place for a password") as refused:
        refuse_password(text)
    assert "PGPASSFILE" in str(refused.value.hint)
    assert "pa" + "%2Fss" not in f"{refused.value}{refused.value.hint}"


def test_only_addresses_of_servers_are_read_so() -> None:
    assert names_server("postgresql://")
    assert names_server("postgres://h/b")
    assert not names_server("postgresql.db")
    assert not names_server("./postgresql:/x")


def test_libpq_is_asked_for_a_name_an_encoding_and_an_end_of_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGCONNECT_TIMEOUT", "PGTARGETSESSIONATTRS", "PGHOST"):
        monkeypatch.delenv(name, raising=False)
    assert address_of("postgresql:///b?schema=eu").dialed(30) == (
        "postgresql:///b?client_encoding=UTF8&fallback_application_name=seqctl&connect_timeout=10"
        "&tcp_user_timeout=35000"
    )
    several = address_of("postgresql://one,two,three/b").dialed(9)
    assert "connect_timeout=3&" in several
    assert several.endswith("&target_session_attrs=read-write")
    chosen = address_of("postgresql://one,two/b?connect_timeout=7&target_session_attrs=any").dialed(9)
    assert chosen.count("connect_timeout") == chosen.count("target_session_attrs") == 1
    monkeypatch.setenv("PGCONNECT_TIMEOUT", "3")
    monkeypatch.setenv("PGTARGETSESSIONATTRS", "any")
    assert "connect_timeout" not in address_of("postgresql://one,two/b").dialed(9)


@pytest.mark.parametrize("call", ["next invoice", "info", "numbers --json", "next invoice --record R --json"])
def test_a_password_on_the_command_line_is_refused_before_anything_else(run: Run, call: str) -> None:
    refused = run("--db", "postgresql://ann:tiger@127.0.0.1:1/b", *call.split())
    assert refused.status == 2
    assert "PGPASSFILE" in refused.err
    assert "tiger" not in refused.err
