"""Rows of the ledger as COPY takes them: many of them in one message."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from seqctl.errors import TextHeld
from seqctl.store.postgres.connection import ServerError
from seqctl.store.sql.ledger import TYPED_INSERT
from seqctl.store.sql.log import sha256

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.connection import ServerConnection

PAGE = 1000
"""Rows of one text that is handed to COPY."""

REMEMBERED = 10_000
"""Beginnings of rows, which rows of one counter, date and choice share, that are remembered at once."""

UNIQUE_TEXT = "number_text"
"""The index that a text which is held already violates."""

ESCAPED = ("\\", "\t", "\n", "\r")
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NULL = "\\N"

TEXTS = {str, type(None)}
"""The types of a column of texts."""


def copied(value: object) -> str:
    """A value as the text format of COPY has it."""
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    return NULL if value is None else str(value).translate(ESCAPES)


def column(values: Sequence[Any]) -> Iterable[object]:
    """The values of one column, each shown as COPY takes it; looked at together, since few need an escape."""
    kinds = {*map(type, values)}
    if kinds == {int}:
        return values
    if kinds <= TEXTS:
        present = "".join([value for value in values if value])
        if not any(map(present.__contains__, ESCAPED)):
            return [NULL if value is None else value for value in values] if None in values else values
    return map(copied, values)


def table_lines(rows: Sequence[Sequence[Any]]) -> str:
    """Rows as COPY takes them. Most columns of a ledger hold one value for thousands of rows, shown once."""
    shown, varying = [], []
    for values in zip(*rows, strict=True):
        if values.count(values[0]) == len(values):
            shown.append(copied(values[0]).replace("%", "%%"))
        else:
            shown.append("%s")
            varying.append(column(values))
    row = "\t".join(shown) + "\n"
    # Rows have keys: something differs, unless there is only one.
    return "".join(map(row.__mod__, zip(*varying, strict=True))) if varying else row % ()


def line(values: Iterable[object]) -> str:
    """A row as COPY takes it."""
    return "\t".join(map(copied, values)) + "\n"


@contextmanager
def refusing_held_texts(connection: "ServerConnection") -> Iterator[None]:
    """Raise TextHeld where what is written holds a text that is held already; nothing of it is then there.

    The transaction can go on: what was written is undone to here.
    """
    connection.run("SAVEPOINT written")
    try:
        yield
    except ServerError as error:
        if error.constraint != UNIQUE_TEXT:
            raise
        connection.run("ROLLBACK TO written")
        raise TextHeld(str(error)) from error
    connection.run("RELEASE written")


def copy_rows(connection: "ServerConnection", columns: str, texts: Iterable[str]) -> None:
    """Write rows of the ledger, given as texts of whole lines. Raises TextHeld."""
    with refusing_held_texts(connection):
        connection.copy_in(f"COPY number ({columns}) FROM STDIN", texts)


def copy_batch(
    connection: "ServerConnection",
    shared: tuple[object, ...],
    common: str,
    serial: int,
    numbers: list[tuple[int, str, int]],
    end: str,
) -> str:
    """Write many numbers of one counter from `serial` on and return the SHA-256 over their rows.

    `shared` is what every row has, in the order of TYPED_INSERT, `common` and `end` what is hashed of it.
    Raises TextHeld.
    """
    digest = sha256()
    beginning = "".join(f"{copied(value)}\t" for value in shared)

    def texts() -> Iterator[str]:
        for start in range(0, len(numbers), PAGE):
            rows, hashed = [], []
            for place, (value, text, reused) in enumerate(numbers[start : start + PAGE], serial + start):
                shown = text.translate(ESCAPES) if "\\" in text else text
                rows.append(f"{beginning}{place}\t{value}\t{shown}\t{reused}\n")
                hashed.append(f"{common}\x1f{place}\x1f{value}\x1f{text}\x1f{reused}{end}")
            digest.update("".join(hashed).encode())
            yield "".join(rows)

    copy_rows(connection, columns_of(TYPED_INSERT), texts())
    return str(digest.hexdigest())


def pages(connection: "ServerConnection", query: str, size: int) -> "Iterator[list[Any]]":
    """The rows of a query without values, some at a time, however many there are."""
    connection.run(f"DECLARE paged NO SCROLL CURSOR FOR {query}")
    while rows := connection.execute(f"FETCH {size} FROM paged").fetchall():
        yield rows
    connection.run("CLOSE paged")


def columns_of(insert: str) -> str:
    """The columns that an INSERT INTO number names."""
    return insert[insert.index("(") + 1 : insert.rindex(")")]
