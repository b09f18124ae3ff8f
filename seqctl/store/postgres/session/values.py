"""Values between Python and the text that libpq carries, alike with psycopg: readers see no driver."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

INT2, INT4, INT8, NUMERIC, FLOAT8, BYTEA = 21, 23, 20, 1700, 701, 17
"""Types of the server by their numbers; see pg_type.dat."""


def encoded(value: object) -> tuple[bytes | None, int]:
    """A value as libpq sends it, and the number of its type; 0 where the server decides by the context.

    Raises ValueError for a text with a NUL, which would end it.
    """
    if value is None:
        return None, 0
    if isinstance(value, str):
        data = value.encode()
        if b"\0" in data:
            raise ValueError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
        return data, 0
    if isinstance(value, int):
        return b"%d" % value, _integer_type(value)
    if isinstance(value, bytes):
        return b"\\x" + value.hex().encode(), BYTEA
    if isinstance(value, float):
        return repr(value).encode(), FLOAT8
    raise TypeError(f"a {type(value).__name__} cannot be bound")


def decoder(type: int) -> "Callable[[bytes], object]":
    """What makes a value of the text that a column of a type has."""
    return DECODERS.get(type, bytes.decode)


def _integer_type(value: int) -> int:
    """The narrowest type that holds an integer: functions take a wider one than they ask for from nobody."""
    if -0x8000 <= value < 0x8000:
        return INT2
    if -0x8000_0000 <= value < 0x8000_0000:
        return INT4
    return INT8 if -(1 << 63) <= value < 1 << 63 else NUMERIC


def _numeric(data: bytes) -> "int | float":
    """A number of any size: what adds up whole numbers gives one without a fraction."""
    return float(data) if b"." in data or data[-1:].isalpha() else int(data)


def _bytea(data: bytes) -> bytes:
    """Bytes in either of the server's forms: hexadecimal, or with backslashes before three octal digits."""
    if data.startswith(b"\\x"):
        return bytes.fromhex(data[2:].decode())
    first, *parts = data.replace(b"\\\\", b"\\134").split(b"\\")
    return first + b"".join([bytes([int(part[:3], 8)]) + part[3:] for part in parts])


DECODERS: "dict[int, Callable[[bytes], object]]" = {
    16: b"t".__eq__,
    BYTEA: _bytea,
    NUMERIC: _numeric,
    **dict.fromkeys((INT2, INT4, INT8, 26), int),
    **dict.fromkeys((700, FLOAT8), float),
}
"""How the columns of a type are read, by its number; all others are texts."""
