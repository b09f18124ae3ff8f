"""Ranges: reading and writing their rows."""

from seqctl.model.range.range import Range
from seqctl.model.sequence.scope import pack_values, unpack_values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SELECTED = (
    "r.id, r.annulled, r.ended, r.name, s.name, r.first, r.last, r.valid_from, r.valid_until, r.attributes,"
    " r.warn_at, r.authority, r.code, r.note, r.granted_on"
)
RANGE = (
    f"SELECT {SELECTED}, EXISTS (SELECT 1 FROM counter c WHERE c.sequence_id = r.sequence_id"
    " AND c.period = r.name) FROM range r JOIN sequence s ON s.id = r.sequence_id "
)

RANGE_COLUMNS = (
    *("name", "sequence_id", "first", "last", "valid_from", "valid_until", "attributes", "warn_at"),
    *("authority", "code", "note", "granted_on"),
)
"""The columns of what a definition says of a range."""


def range_from_row(row: "tuple[Any, ...]") -> Range:
    """A range as the query RANGE gives it."""
    id, annulled, ended, name, sequence, first, last, valid_from, valid_until, attributes, *rest = row
    warn_at, authority, code, note, granted_on, *used = rest
    made = Range(
        name=name,
        sequence=sequence,
        first=first,
        last=last,
        valid_from=valid_from,
        valid_until=valid_until,
        values={key: value for key, (value,) in unpack_values(attributes).items()},
        warn_at=warn_at,
        authority=authority,
        code=code,
        note=note,
        granted_on=granted_on,
    )
    made.id, made.annulled, made.ended = id, annulled, bool(ended)
    made.used = bool(used and used[0])
    return made


def range_row(of: Range, sequences: dict[str, int]) -> list[object]:
    """The columns of a range, in the order of RANGE_COLUMNS. `sequences` are their ids by name."""
    attributes = pack_values({name: (value,) for name, value in of.values.items()})
    return [
        *(of.name, sequences[of.sequence], of.first, of.last, of.valid_from, of.valid_until, attributes),
        *(of.warn_at, of.authority, of.code, of.note, of.granted_on),
    ]
