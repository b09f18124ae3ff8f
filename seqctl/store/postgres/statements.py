"""Shared statements and their values as psycopg takes them."""

import re
from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sql.connection import Values

WORD = re.compile(r"('(?:[^']|'')*'|\"[^\"]*\")|(%)|(\?)|(?<!:):([A-Za-z_]\w*)")
"""A quoted text or name, which stays as it is; a percent sign; a place where a value is bound."""


@lru_cache(maxsize=1024)
def translated(statement: str) -> str:
    """A statement with `%s` for `?` and `%(name)s` for `:name`; its own percent signs are doubled."""
    return WORD.sub(_word, statement)


def bound(values: "Values") -> "Values":
    """Values as columns keep them: true and false are 1 and 0, as SQLite has them."""
    if isinstance(values, dict):
        return {name: int(value) if isinstance(value, bool) else value for name, value in values.items()}
    return [int(value) if isinstance(value, bool) else value for value in values]


def _word(found: "re.Match[str]") -> str:
    quoted, percent, place, name = found.groups()
    if quoted:
        return str(quoted).replace("%", "%%")
    if percent:
        return "%%"
    return "%s" if place else f"%({name})s"
