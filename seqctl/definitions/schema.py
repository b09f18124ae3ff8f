"""The JSON Schema of the definition format, made from the same table of fields that the checks use."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.json_schema import GenerateJsonSchema

from seqctl.docstrings import docstring
from seqctl.model.fields import FIELD_TABLE
from seqctl.model.fields import Field as SequenceField
from seqctl.model.pattern.compiled import LARGEST_VALUE
from seqctl.model.policy import OPERATORS

CLOSED = ConfigDict(extra="forbid")

Value = str | int | float | bool | date | datetime


class Book(BaseModel):
    """What belongs to the whole book."""

    model_config = CLOSED
    timezone: str | None = Field(None, description="IANA name of the book's time zone.")
    owner_kinds: list[str] = Field([], description="Kinds of owners that are known before one has a set.")
    known_owners: list[str] = Field([], description="Kinds of owners each of whom must have a set.")


class CalendarTable(BaseModel):
    """A fiscal calendar."""

    model_config = CLOSED
    start: str = Field(pattern=r"^\d\d-\d\d$", description="First day of the fiscal year: 04-01.")
    named_by: Literal["start", "end"] = Field(
        "start", description="Which calendar year names the fiscal year."
    )


class ConditionTable(BaseModel):
    """One test of an attribute of the record."""

    model_config = CLOSED
    id: int = Field(0, ge=0, description="What the logic calls it. Default: its place, from 1.")
    field: str = Field(description="The attribute.")
    operator: Literal[OPERATORS]  # type: ignore[valid-type]
    value: Value | list[Value] | None = Field(None, description="What to compare with; its type decides how.")


class PolicyTable(BaseModel):
    """Conditions on a record that choose a sequence for a document type."""

    model_config = CLOSED
    description: str | None = None
    document_type: str
    sequence: str
    priority: int = Field(0, description="The highest of several matching policies wins.")
    status: Literal["active", "inactive"] = "active"
    effective_from: date | datetime | str | None = None
    effective_until: date | datetime | str | None = None
    timezone: str | None = Field(None, description="Whose midnight decides. Default: the book's.")
    conditions: list[ConditionTable] = []
    logic: str | None = Field(None, description="As in 1 AND (2 OR NOT 3). Default: all conditions.")


def definition_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a definition file."""
    for model in (Book, CalendarTable, ConditionTable, PolicyTable):
        model.__doc__ = docstring(model)
    schema = _file_model().model_json_schema(schema_generator=GenerateJsonSchema)
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema}


def _file_model() -> type[BaseModel]:
    sequence = create_model(
        "Sequence",
        __config__=CLOSED,
        __doc__="How one kind of document is numbered.",
        **_sequence_fields(),
    )
    sequence_set = create_model(
        "SequenceSet",
        __config__=CLOSED,
        __doc__="Which sequence serves each document type.",
        default=(bool, Field(False, description="Serves whatever no other set serves.")),
        assignments=(
            list[str] | None,
            Field(None, description="KIND:ID of the owners of the set."),
        ),
        members=(
            dict[str, str | sequence],  # type: ignore[valid-type]
            Field({}, description="Document type = name of a sequence, or the sequence in place."),
        ),
    )
    return create_model(
        "DefinitionFile",
        __config__=ConfigDict(extra="forbid", title="seqctl definitions"),
        format=(Literal[1], Field(1, description="The version of this format.")),
        book=(Book | None, None),
        calendars=(dict[str, CalendarTable], {}),
        sequences=(dict[str, sequence], {}),  # type: ignore[valid-type]
        policies=(dict[str, PolicyTable], {}),
        sets=(dict[str, sequence_set], {}),  # type: ignore[valid-type]
    )


def _sequence_fields() -> dict[str, Any]:
    fields: dict[str, Any] = {
        field.name: (
            _value_type(field) | None,
            Field(field.default, description=field.help),
        )
        for field in FIELD_TABLE
        if field.name != "name"
    }
    fields["prefix"] = (
        str | None,
        Field(None, description="Shorthand: text before the number."),
    )
    fields["suffix"] = (str | None, Field(None, description="Shorthand: text after the number."))
    fields["width"] = (
        Annotated[int, Field(ge=0, le=255)] | None,
        Field(None, description="Shorthand: least number of digits."),
    )
    fields["counters"] = (
        dict[str, int | str],
        Field({}, description="Next values of unused counters: period or period/scope = value."),
    )
    return fields


def _value_type(field: SequenceField) -> Any:
    largest = field.maximum or LARGEST_VALUE
    types: dict[str, Any] = {
        "integer": Annotated[int, Field(ge=field.minimum, le=largest)],
        "counter": Annotated[int, Field(ge=0, le=LARGEST_VALUE)] | str,
        "boolean": bool,
        "date": date | str,
        "values": list[str] | dict[str, str | list[str]],
    }
    if field.kind == "choice":
        return Literal[field.choices]
    return types.get(field.kind, str)
