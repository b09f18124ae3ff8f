"""Shared statements as the server takes them: `$1`, `$2` where values are bound, and values as columns keep
them. On the path of every issue, so without `re`.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sql.connection import Values

_numbered: dict[str, str] = {}
_named: dict[str, tuple[str, tuple[str, ...]]] = {}
"""Statements that were translated before; there are some hundred in all."""


def numbered(statement: str, values: "Values") -> tuple[str, list[object]]:
    """A statement with `$1` for the first `?` or `:name`, and its values in that order.

    True and false are bound as 1 and 0, as SQLite has them.
    """
    if isinstance(values, dict):
        found = _named.get(statement)
        if found is None:
            found = _named[statement] = _with_names(statement)
        text, names = found
        given = [values[name] for name in names]
    else:
        text = _numbered.get(statement) or _numbered.setdefault(statement, _with_places(statement))
        given = [*values]
    return text, [int(value) if isinstance(value, bool) else value for value in given]


def asks(statement: str) -> bool:
    """Whether a shared statement only reads."""
    return statement.startswith("SELECT")


def deferred(statement: str) -> str | None:
    """A statement that writes a row and gives nothing back, as it goes out with what follows.

    None for all others. Where its text is held already it ends all then, in place of writing nothing: another
    way words that.
    """
    if not statement.startswith(("INSERT", "UPDATE")) or "RETURNING" in statement:
        return None
    return statement.partition(" ON CONFLICT")[0]


def _with_places(statement: str) -> str:
    """Number the question marks outside of quotes."""
    if "?" not in statement:
        return statement
    parts = statement.split("'")
    count = 0
    # Every second part stands within quotes; a doubled quote within them only adds an empty part.
    for place in range(0, len(parts), 2):
        first, *others = parts[place].split("?")
        for other in others:
            count += 1
            first += f"${count}{other}"
        parts[place] = first
    return "'".join(parts)


def _with_names(statement: str) -> tuple[str, tuple[str, ...]]:
    """Number the names behind a colon outside of quotes; `::` is a cast. The same name has one number."""
    parts = statement.split("'")
    names: dict[str, int] = {}
    for place in range(0, len(parts), 2):
        first, *others = parts[place].split(":")
        cast = False
        for other in others:
            name = "" if cast else _leading_name(other)
            if name:
                first += f"${names.setdefault(name, len(names) + 1)}{other[len(name) :]}"
            else:
                first += ":" + other
            cast = not other
        parts[place] = first
    return "'".join(parts), tuple(names)


def _leading_name(text: str) -> str:
    """The name that a text begins with; empty where it begins with none."""
    end = 0
    while end < len(text) and text[: end + 1].isidentifier():
        end += 1
    return text[:end]
