"""What a row of a file of ranges says: its columns are the fields of a range, in a sheet as in JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from seqctl.definitions.sheets.cells import list_cell, table_cell
from seqctl.model.finding import nearest
from seqctl.model.range.range import FIELDS
from seqctl.model.value import ValueProblem

HEADINGS = {
    **{field: field for field in FIELDS},
    **{"range": "name", "id": "name", "from": "valid_from", "until": "valid_until", "value": "values"},
}
"""The field of each heading; lists of ranges call the name `range`."""

TOLD = (
    *("first_number", "last_number", "used", "left", "state", "days_left", "annulled", "reason", "cursor"),
    *("created_at", "created_by", "modified_at", "modified_by"),
)
"""Columns of lists of ranges that are no fields: how a range stands, and who made it."""

DATES = ("valid_from", "valid_until", "granted_on")


def field_of(heading: str) -> str | None:
    """The field that a heading names; None for what lists tell beside. Raises ValueProblem for any other."""
    name = heading.strip().casefold().replace(" ", "_").replace("-", "_")
    if name in TOLD:
        return None
    if name not in HEADINGS:
        known = list(HEADINGS)
        hint = nearest(name, known) or f"the columns are range, {', '.join(FIELDS[1:])}"
        raise ValueProblem(f"there is no field {heading.strip()!r}", hint)
    return HEADINGS[name]


def field_value(field: str, given: object, read_date: Callable[[str], str]) -> object:
    """The value of a field from a cell or from JSON; None where nothing is said. Raises ValueProblem."""
    if not isinstance(given, str):
        return given
    text = given.strip()
    if not text:
        return None
    if field == "values":
        return single_values(table_cell(text))
    if field == "warn_at":
        return list_cell(text)
    if field in DATES:
        try:
            return read_date(text)
        except ValueError as problem:
            raise ValueProblem(f"the date is {problem}") from None
    return text


def single_values(table: Mapping[str, object]) -> dict[str, object]:
    """A table of attributes in which each has one value, as a cell gives it. Raises ValueProblem."""
    values: dict[str, object] = {}
    for name, listed in table.items():
        if not isinstance(listed, list) or len(listed) > 1:
            raise ValueProblem(f"{name!r} has several values", "a range has one for each attribute")
        values[name] = listed[0] if listed else ""
    return values
