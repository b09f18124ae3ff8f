"""The words of docstrings that people read: `python -OO` drops docstrings, but not their source."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def docstring(thing: "Any") -> str | None:
    """The docstring of a function or class, read from its source where Python has dropped it.

    None where it has none, or where there is no source either.
    """
    if thing.__doc__ is not None:
        return str(thing.__doc__)
    import ast
    import inspect
    from textwrap import dedent

    try:
        source = inspect.getsource(thing)
    except OSError:
        return None
    definition = ast.parse(dedent(source)).body[0]
    return ast.get_docstring(definition, clean=False)  # type: ignore[arg-type]
