"""Cells of sheets: lists parted by commas, tables written `key=value; key=value`, and back into texts.

A part that has one of these signs, blanks at its ends or nothing at all stands in quotes: `entity="a,b"`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from seqctl.model.cell import guarded, unguarded
from seqctl.model.sequence.fields import Field
from seqctl.model.value import ValueProblem

SIGNS = re.compile(r'[,;="]')

PLAIN = ("title", "description", "pattern", "prefix", "suffix")
"""Fields in which blanks at the ends are meant."""


def field_cell(name: str, field: Field | None, text: str, read_date: Callable[[str], str]) -> object:
    """The value of a field from a cell that is not empty. Raises ValueProblem."""
    kind = field.kind if field is not None else "text"
    if name in PLAIN:
        return text
    if kind in ("values", "codes"):
        return table_cell(text)
    if kind == "types":
        types = list_cell(text)
        return types[0] if len(types) == 1 else types
    if kind == "date":
        try:
            return read_date(text.strip())
        except ValueError as problem:
            raise ValueProblem(f"the date is {problem}") from None
    return text.strip().lower() if kind in ("boolean", "choice") else text.strip()


def list_cell(text: str) -> list[str]:
    """The texts that commas part. Raises ValueProblem."""
    return [unquoted for item in _split(text, ",") if (unquoted := _unquoted(item)) or '"' in item]


def table_cell(text: str) -> dict[str, object]:
    """A table `key=value, value; key=value`; a name alone is a key without values.

    Raises ValueProblem where a key is a duplicate.
    """
    table: dict[str, object] = {}
    for item in _split(text, ";"):
        if not item.strip():
            continue
        at = _equals(item)
        values = list_cell(item[at + 1 :]) if at >= 0 else []
        # `entity, branch` are names alone.
        for key in [_unquoted(item[:at])] if at >= 0 else list_cell(item):
            if key in table:
                raise ValueProblem(f"{key!r} is a duplicate", "write each of them once")
            table[key] = list(values)
    return table


def counters_cell(text: str) -> dict[str, object]:
    """Next values by counter, `2026=43; 2026/entity=DE=7`: a scope has an equals sign itself.

    Raises ValueProblem.
    """
    table: dict[str, object] = {}
    for item in _split(text, ";"):
        if item.strip():
            key, equals, value = _unquoted(item).rpartition("=")
            if not equals:
                raise ValueProblem(f"{item.strip()!r} is not PERIOD=VALUE", "write it as 2026=43")
            table[key.strip()] = value.strip()
    return table


def written_counters(table: Mapping[str, object]) -> str:
    """The text of a cell that is read back as those next values."""
    items = (f"{key}={value}" for key, value in table.items())
    return "; ".join(quoted(item) if SIGNS.search(item.replace("=", "")) else item for item in items)


def written_cell(value: object) -> str:
    """The text of a cell that is read back as that value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "; ".join(
            quoted(str(key)) + ("" if item == [] else f"={written_cell(_as_list(item))}")
            for key, item in value.items()
        )
    if isinstance(value, list | tuple):
        return ", ".join(quoted(str(item)) for item in value)
    return str(value)


def guarded_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, and that is read back as it was."""
    return f"'{text}" if text.startswith("'") else guarded(text)


def plain_cell(text: str) -> str:
    """The text of a cell without the apostrophe that guards it."""
    return text[1:] if text.startswith("''") else unguarded(text)


def quoted(text: str) -> str:
    """A part of a list or a table, in quotes where it would be read otherwise."""
    if text and text == text.strip() and not SIGNS.search(text):
        return text
    return '"' + text.replace('"', '""') + '"'


def _as_list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _split(text: str, sign: str) -> list[str]:
    """The parts of a text between signs that stand outside quotes. Raises ValueProblem."""
    parts, present, inside = [], "", False
    for character in text:
        inside ^= character == '"'
        if character == sign and not inside:
            parts.append(present)
            present = ""
        else:
            present += character
    if inside:
        raise ValueProblem("the quotes are never closed", 'write a quote within quotes twice: ""')
    return [*parts, present]


def _equals(item: str) -> int:
    """Where the first equals sign outside quotes stands, or -1."""
    inside = False
    for at, character in enumerate(item):
        inside ^= character == '"'
        if character == "=" and not inside:
            return at
    return -1


def _unquoted(item: str) -> str:
    part = item.strip()
    if len(part) > 1 and part.startswith('"') and part.endswith('"'):
        return part[1:-1].replace('""', '"')
    return part
