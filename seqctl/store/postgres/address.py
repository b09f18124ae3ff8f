"""The address of a book on a server: `postgresql://[USER@][HOST[:PORT]][,...]/DBNAME?schema=NAME&...`.

`schema` is seqctl's own and is taken out. All else goes to libpq as it stands, which knows hosts, services,
certificates and its environment better than any program above it.
"""

import os

from seqctl.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMES = ("postgresql://", "postgres://")
DEFAULT_SCHEMA = "seqctl"
LONGEST_SCHEMA = 63
"""Where the server cuts a name."""

SECRET = ("password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key")
"""Parameters of libpq whose values nobody else may read."""

DEFAULTS = (
    ("fallback_application_name", "", "seqctl"),
    ("connect_timeout", "PGCONNECT_TIMEOUT", "{each}"),
    ("tcp_user_timeout", "", "{milliseconds}"),
    ("target_session_attrs", "PGTARGETSESSIONATTRS", "read-write"),
)
"""What is asked of libpq where neither the address nor a variable of the environment says it."""

HEXADECIMAL = "0123456789abcdefABCDEF"


class Address:
    """Where a book is: `server` and `query` are the address for libpq, parted at the question mark, `schema`
    is the book in that database, `shown` the address for people and for the log, without a password.
    """

    __slots__ = ("query", "schema", "secrets", "server", "shown")

    def __init__(
        self, server: str, query: tuple[str, ...], schema: str, shown: str, secrets: tuple[str, ...]
    ) -> None:
        self.server = server
        self.query = query
        self.schema = schema
        self.shown = shown
        self.secrets = secrets

    @property
    def conninfo(self) -> str:
        """The address as libpq is given it, and nothing that was not written there."""
        return self.server + _query(self.query)

    def redacted(self, text: str) -> str:
        """A text of libpq or of the server without the passwords of this address."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return text

    def dialed(self, timeout: float) -> str:
        """The address with what seqctl asks of libpq beside it: its name, the encoding, how long to wait."""
        names = {decoded(item.partition("=")[0]) for item in self.query}
        added = ["client_encoding=UTF8"]
        hosts = 1 + "".join([self.server, *self.query]).count(",")
        # Libpq takes no time below two seconds, and gives each server its own.
        times = {"milliseconds": int((timeout + 5) * 1000), "each": max(2, min(10, int(timeout / hosts)))}
        for name, variable, value in DEFAULTS:
            if name in names or (variable and os.environ.get(variable)):
                continue
            if name == "target_session_attrs" and not self.many_hosts():
                continue
            added.append(f"{name}={value.format_map(times)}")
        return self.server + _query((*self.query, *added))

    def many_hosts(self) -> bool:
        """Whether it names several servers, of which one takes writes at a time."""
        hosts = [decoded(item) for item in self.query if item.startswith(("host=", "hostaddr=", "port="))]
        # A comma in the name of a user or database is rare, and means no more than a question to the server.
        return "," in "".join([self.server, *hosts, os.environ.get("PGHOST", "")])


def names_server(path: str) -> bool:
    """Whether the name of a book is the address of one on a server."""
    return path.startswith(SCHEMES)


def address_of(text: str) -> Address:
    """The parts of an address. Raises UsageError where the schema is no name of one."""
    scheme, _, rest = text.partition("://")
    user, password, rest = _credentials(rest)
    place, mark, query = rest.partition("?")
    kept, shown, schemas = [], [], []
    secrets = [password] if password else []
    for item in query.split("&") if mark else ():
        name, _, value = item.partition("=")
        name = decoded(name)
        if name == "schema":
            schemas.append(decoded(value))
            continue
        kept.append(item)
        if name in SECRET:
            secrets.append(value)
        else:
            shown.append(item)
    schema = _checked(schemas)
    if schemas:
        shown.append(f"schema={schema}")
    login = "" if user is None else f"{user}@"
    both = {form for secret in secrets if secret for form in (secret, decoded(secret))}
    return Address(
        f"{scheme}://{login if password is None else f'{user}:{password}@'}{place}",
        tuple(kept),
        schema,
        f"{scheme}://{login}{place}{_query(shown)}",
        tuple(sorted(both, key=len, reverse=True)),
    )


def refuse_password(text: str) -> None:
    """Raise UsageError for an address with a password on a command line, where every user can read it."""
    if address_of(text).secrets:
        raise UsageError(
            "a command line is no place for a password: every user of this machine can read it",
            "write HOST:PORT:DBNAME:USER:PASSWORD to a file that only you may read (mode 0600), and name that"
            " file in PGPASSFILE; or set SEQCTL_DB to the whole address",
        )


def decoded(text: str) -> str:
    """A text with its percent-encoding undone; a broken one stays as it is, for libpq to refuse."""
    if "%" not in text:
        return text
    first, *parts = text.split("%")
    found = bytearray(first.encode())
    for part in parts:
        if len(part) < 2 or part[0] not in HEXADECIMAL or part[1] not in HEXADECIMAL:
            return text
        found.append(int(part[:2], 16))
        found += part[2:].encode()
    return found.decode("utf-8", "replace")


def _credentials(rest: str) -> tuple[str | None, str | None, str]:
    """User, password and what follows, told apart as libpq does: by an `@` before the first slash."""
    before, at, after = rest.partition("@")
    if not at or "/" in before:
        return None, None, rest
    user, colon, password = before.partition(":")
    return user, password if colon else None, after


def _checked(schemas: list[str]) -> str:
    """The one schema that an address names, or the default one."""
    if not schemas:
        return DEFAULT_SCHEMA
    if len(schemas) > 1:
        raise UsageError("the address of the book names several schemas", "name one: ?schema=NAME")
    name = schemas[0]
    plain = name.replace("_", "a")
    letters = plain.isascii() and plain.isalnum() and plain == plain.lower() and not plain[0].isdigit()
    if not letters or len(name) > LONGEST_SCHEMA or name.startswith("pg_"):
        raise UsageError(
            f"{name!r} is not the name of a schema",
            f"a schema is named with 1 to {LONGEST_SCHEMA} small letters, digits and underscores; it begins"
            " with a letter or an underscore, and not with pg_",
        )
    return name


def _query(items: "Iterable[str]") -> str:
    joined = "&".join(items)
    return "?" + joined if joined else ""
