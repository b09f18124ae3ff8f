"""Fields of records as texts for tables, TSV and CSV."""

from seqctl.model.sequence.scope import escape

Record = dict[str, object]


def cell(value: object, column: str = "") -> str:
    """A field as a table shows it: scopes as `entity=DE/branch=7`, members and lists with commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        separator = ", " if column == "members" else "/"
        return separator.join(f"{name}={_scope_cell(item)}" for name, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(cell(item) for item in value)
    return str(value)


def _scope_cell(value: object) -> str:
    return escape(value) if isinstance(value, str) else cell(value)
