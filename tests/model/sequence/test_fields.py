"""The table of fields: the one place that all others are held against."""

import pytest

from seqctl.model.pattern.compiled import RESETS
from seqctl.model.sequence.check import check_sequence
from seqctl.model.sequence.fields import FIELD_BY_NAME, FIELD_TABLE, SHORTHAND, Field
from seqctl.model.sequence.sequence import FIELDS, Sequence

KINDS = {
    *("text", "types", "codes", "integer", "counter", "choice", "boolean", "date", "duration", "zone"),
    *("values", "warnings", "characters", "scheme"),
}


LOCKS = {
    "fixed": "name kind start step reset calendar mode unique",
    "rule": "document_type type_codes end max_width max_length scope characters reference reference_base",
    "free": "title description pattern timezone requires date_order manual warn_at reservation_ttl "
    "effective_from effective_until status",
}
CHOICES = {
    "kind": "numeric alpha",
    "reset": " ".join(RESETS),
    "mode": "gapless standard",
    "unique": "always period",
    "date_order": "off warn refuse",
    "status": "active inactive",
}


def test_the_table_has_the_fields_of_a_sequence_in_their_order() -> None:
    assert tuple(field.name for field in FIELD_TABLE) == FIELDS
    assert list(FIELD_BY_NAME) == list(FIELDS)
    # Codes stand beside the types that they are of.
    assert {*FIELDS} - {"type_codes"} <= set(Sequence.__slots__)
    assert not set(SHORTHAND) & set(FIELDS)


@pytest.mark.parametrize("field", FIELD_TABLE, ids=lambda field: field.name)
def test_every_field_has_a_kind_a_lock_and_help_that_is_a_sentence(field: Field) -> None:
    assert field.kind in KINDS
    assert field.lock in LOCKS
    assert len(field.help.split()) > 2
    assert field.help.endswith(".")
    singular = {"type_codes": "type-code"}.get(field.name, field.name.replace("_", "-"))
    assert field.option == f"--{singular}"


@pytest.mark.parametrize("lock", LOCKS)
def test_the_locks_are_those_of_the_model(lock: str) -> None:
    assert {field.name for field in FIELD_TABLE if field.lock == lock} == set(LOCKS[lock].split())


def test_choices_belong_to_the_fields_that_have_them_and_their_first_is_the_default() -> None:
    assert {field.name: " ".join(field.choices) for field in FIELD_TABLE if field.choices} == CHOICES
    for field in FIELD_TABLE:
        assert (field.kind == "choice") == bool(field.choices)
        if field.choices:
            assert field.default == field.choices[0]


def test_bounds_belong_to_integers() -> None:
    bounded = {field.name: (field.minimum, field.maximum) for field in FIELD_TABLE if field.kind == "integer"}
    assert bounded == {"step": (1, None), "max_width": (1, None), "max_length": (1, 255)}


@pytest.mark.parametrize(
    "field", [field for field in FIELD_TABLE if field.name != "name"], ids=lambda f: f.name
)
def test_writing_a_default_out_changes_nothing(field: Field) -> None:
    given, findings = check_sequence("invoice", {field.name: field.default}, {})
    plain, _ = check_sequence("invoice", {}, {})
    assert given is not None and plain is not None and findings == []
    assert given.definition() == plain.definition()


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, value) for name, values in CHOICES.items() for value in values.split() if "fiscal" not in value],
)
def test_every_choice_is_accepted(name: str, value: str) -> None:
    fields = {"pattern": "{YYYY}{MM}{DD}-{number}", name: value}
    sequence, findings = check_sequence("invoice", fields, {})
    assert findings == []
    assert getattr(sequence, name) == value
