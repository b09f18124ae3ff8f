"""The JSON Schema of the definition format, made from the same table of fields that the checks use."""

from __future__ import annotations

from seqctl.definitions.toml.dated import TYPES
from seqctl.model.pattern.compiled import LARGEST_VALUE
from seqctl.model.policy.policy import OPERATORS
from seqctl.model.reference.schemes import SCHEMES
from seqctl.model.sequence.fields import FIELD_TABLE, Field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Shape = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
REQUIRED = object()
"""The default of a property that must be there."""

TEXT: Shape = {"type": "string"}
INTEGER: Shape = {"type": "integer"}
BOOLEAN: Shape = {"type": "boolean"}
NULL: Shape = {"type": "null"}
DATE: Shape = {"format": "date", "type": "string"}
INSTANT: Shape = {"format": "date-time", "type": "string"}


def definition_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a definition file."""
    format_of_files = {"const": 1, **INTEGER}
    named = {
        "calendars": "CalendarTable",
        "sequences": "Sequence",
        "ranges": "RangeTable",
        "policies": "PolicyTable",
    }
    properties = [
        _property("format", format_of_files, 1, "The version of this format."),
        ("book", {**_either(_defined("Book"), NULL), "default": None}),
        *(_property(name, _table_of(_defined(kind)), {}) for name, kind in named.items()),
        _property("sets", _table_of(_defined("SequenceSet")), {}),
    ]
    file = _object("seqctl definitions", None, properties)
    defined = (_book(), _calendar(), _condition(), _policy(), _range(), _sequence(), _sequence_set())
    return {"$schema": DIALECT, "$defs": {shape["title"]: shape for shape in defined}, **file}


def _book() -> Shape:
    return _object(
        "Book",
        "What belongs to the whole book.",
        [
            _property("timezone", _either(TEXT, NULL), None, "IANA name of the book's time zone."),
            _property("owner_kinds", _list(TEXT), [], "Kinds of owners that are known before one has a set."),
            _property("known_owners", _list(TEXT), [], "Kinds of owners each of whom must have a set."),
            _property("unique_together", _list(_list(TEXT)), [], "Document types that share no number."),
        ],
    )


def _calendar() -> Shape:
    day = {"pattern": r"^\d\d-\d\d$", **TEXT}
    names = {"enum": ["start", "end"], **TEXT}
    first = _either(DATE, TEXT)
    firsts = _table_of(_list(first))
    shape = _object(
        "CalendarTable",
        "A fiscal calendar.",
        [
            _property("start", _either(day, NULL), None, "First day of every fiscal year: 04-01."),
            _property("named_by", _either(names, NULL), None, "Which calendar year names the fiscal year."),
            _property("years", _either(_table_of(first), NULL), None, "First day of each year by its name."),
            _property("until", _either(first, NULL), None, "Last day of the last of these years."),
            _property("months", _either(firsts, NULL), None, "First days of the months of years: 1 to 13."),
            _property("quarters", _either(firsts, NULL), None, "First days of the quarters of years."),
        ],
    )
    # Either one day on which every year starts, or the first day of each.
    return {**shape, "anyOf": [{"required": ["start"]}, {"required": ["years", "until"]}]}


def _condition() -> Shape:
    values = (TEXT, INTEGER, {"type": "number"}, BOOLEAN, DATE, INSTANT)
    value = _either(*values, _list(_either(*values)), NULL)
    place = "What the logic calls it. Default: its place, from 1."
    return _object(
        "ConditionTable",
        "One test of an attribute of the record.",
        [
            _property("id", {"minimum": 0, **INTEGER}, 0, place),
            _property("field", TEXT, REQUIRED, "The attribute."),
            _property("operator", {"enum": [*OPERATORS], **TEXT}, REQUIRED),
            _property("value", value, None, "What to compare with; its type decides how."),
            _property("type", _either({"enum": [*TYPES], **TEXT}, NULL), None, "What a text in value means."),
        ],
    )


def _policy() -> Shape:
    moment = _either(DATE, INSTANT, TEXT, NULL)
    status = {"enum": ["active", "inactive"], **TEXT}
    logic = "As in 1 AND (2 OR NOT 3). Default: all conditions."
    zone = "Whose midnight decides. Default: the book's."
    return _object(
        "PolicyTable",
        "Conditions on a record that choose a sequence for a document type.",
        [
            _property("description", _either(TEXT, NULL), None),
            _property("document_type", TEXT, REQUIRED),
            _property("sequence", TEXT, REQUIRED),
            _property("priority", INTEGER, 0, "The highest of several matching policies wins."),
            _property("status", status, "active"),
            _property("effective_from", moment, None),
            _property("effective_until", moment, None),
            _property("timezone", _either(TEXT, NULL), None, zone),
            _property("conditions", _list(_defined("ConditionTable")), []),
            _property("logic", _either(TEXT, NULL), None, logic),
        ],
    )


def _range() -> Shape:
    number = {"maximum": LARGEST_VALUE, "minimum": 0, **INTEGER}
    day = _either(DATE, NULL)
    text = _either(TEXT, NULL)
    values = "Attributes that it supplies, and those of counters of their own that it is for."
    return _object(
        "RangeTable",
        "Numbers from a first to a last one, with days of validity.",
        [
            _property("sequence", TEXT, REQUIRED, 'A sequence with reset = "range".'),
            _property("first", number, REQUIRED, "Its first number."),
            _property("last", _either(number, NULL), None, "Its last number, included."),
            _property("valid_from", day, None, "First document date."),
            _property("valid_until", day, None, "Last document date, included."),
            _property("values", _table_of(TEXT), {}, values),
            _property("warn_at", _either(TEXT, _list(TEXT), NULL), None, "In place of the sequence's."),
            _property("authority", text, None, "Who granted it."),
            _property("code", text, None, "A code of the authority."),
            _property("note", text, None),
            _property("granted_on", day, None, "When it was granted."),
        ],
    )


def _sequence() -> Shape:
    counters = "Next values of unused counters: period or period/scope = value."
    width = {"maximum": 255, "minimum": 0, **INTEGER}
    return _object(
        "Sequence",
        "How one kind of document is numbered.",
        [
            *(
                _property(field.name, _either(*_shapes(field), NULL), field.default, field.help)
                for field in FIELD_TABLE
                if field.name != "name"
            ),
            _property("prefix", _either(TEXT, NULL), None, "Shorthand: text before the number."),
            _property("suffix", _either(TEXT, NULL), None, "Shorthand: text after the number."),
            _property("width", _either(width, NULL), None, "Shorthand: least number of digits."),
            _property("counters", _table_of(_either(INTEGER, TEXT)), {}, counters),
        ],
    )


def _sequence_set() -> Shape:
    served = _table_of(_either(TEXT, _defined("Sequence")))
    members = "Document type = name of a sequence, or the sequence in place."
    owners = _either(_list(TEXT), NULL)
    # Not sorted as the others are: so it was from the first version on.
    meaning = "Serves whatever no other set serves."
    default = {**BOOLEAN, "default": False, "description": meaning, "title": "Default"}
    return _object(
        "SequenceSet",
        "Which sequence serves each document type.",
        [
            ("default", default),
            _property("assignments", owners, None, "KIND:ID of the owners of the set."),
            _property("members", served, {}, members),
        ],
    )


def _shapes(field: Field) -> tuple[Shape, ...]:
    """What a field of a sequence may be."""
    if field.kind == "choice":
        return ({"enum": [*field.choices], **TEXT},)
    if field.kind == "types":
        return TEXT, _list(TEXT)
    if field.kind == "codes":
        return (_table_of(TEXT),)
    if field.kind == "values":
        return _list(TEXT), _table_of(_either(TEXT, _list(TEXT)))
    largest = field.maximum or LARGEST_VALUE
    shapes: dict[str, tuple[Shape, ...]] = {
        "integer": ({"maximum": largest, "minimum": field.minimum, **INTEGER},),
        "counter": ({"maximum": LARGEST_VALUE, "minimum": 0, **INTEGER}, TEXT),
        "boolean": (BOOLEAN,),
        "date": (DATE, TEXT),
        "warnings": (TEXT, _list(TEXT)),
        "scheme": ({"enum": [*SCHEMES], **TEXT},),
    }
    return shapes.get(field.kind, (TEXT,))


def _property(name: str, shape: Shape, default: object, help: str | None = None) -> tuple[str, Shape]:
    """A property with its name, its default unless it is required, and what it means."""
    told = {**shape, "title": name.replace("_", " ").title()}
    if default is not REQUIRED:
        told["default"] = default
    if help is not None:
        told["description"] = help
    return name, dict(sorted(told.items()))


def _object(title: str, help: str | None, properties: list[tuple[str, Shape]]) -> Shape:
    """A table with these properties and no others."""
    required = [name for name, shape in properties if "default" not in shape]
    return {
        "additionalProperties": False,
        **({} if help is None else {"description": help}),
        "properties": dict(properties),
        **({"required": required} if required else {}),
        "title": title,
        "type": "object",
    }


def _either(*shapes: Shape) -> Shape:
    return {"anyOf": [*shapes]}


def _list(shape: Shape) -> Shape:
    return {"items": shape, "type": "array"}


def _table_of(shape: Shape) -> Shape:
    """A table whose names are free and whose values have this shape."""
    return {"additionalProperties": shape, "type": "object"}


def _defined(title: str) -> Shape:
    return {"$ref": f"#/$defs/{title}"}
