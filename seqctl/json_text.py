"""JSON as the `json` package writes and reads it, without loading the package.

Its C module does all of the work; the package around it compiles regular expressions at each start, which
costs half of `import sqlite3`.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    encode_basestring: Any
    make_encoder: Any
    make_scanner: Any
else:
    try:
        from _json import encode_basestring, make_encoder, make_scanner
    except ImportError:
        make_encoder = make_scanner = None


class _Standard:
    """What `json.loads` without options tells the scanner."""

    strict = True
    object_hook = object_pairs_hook = None
    parse_float, parse_int = float, int
    parse_constant = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}.__getitem__


def to_json(value: object) -> str:
    """A value as JSON text, as `json.dumps(value, ensure_ascii=False)` gives it.

    Raises TypeError for what JSON does not know and ValueError for what holds itself.
    """
    if make_encoder is None:
        from json import dumps

        return dumps(value, ensure_ascii=False)
    encode = make_encoder({}, _refuse, encode_basestring, None, ": ", ", ", False, False, True)
    return "".join(encode(value, 0))


def to_compact_json(value: object) -> str:
    """The same without blanks, as `json.dumps` gives it with the separators "," and ":"."""
    if make_encoder is None:
        from json import dumps

        return dumps(value, ensure_ascii=False, separators=(",", ":"))
    encode = make_encoder({}, _refuse, encode_basestring, None, ":", ",", False, False, True)
    return "".join(encode(value, 0))


def from_json(text: str) -> "Any":
    """The value of a JSON text, as `json.loads` gives it. Raises ValueError for what is none."""
    if make_scanner is not None:
        try:
            value, end = make_scanner(_Standard)(text, 0)
        except StopIteration:
            end = -1
        if end == len(text):
            return value
    # Blanks around the text, bytes and the words for what is wrong are left to the package.
    from json import loads

    return loads(text)


def _refuse(value: object) -> object:
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")
