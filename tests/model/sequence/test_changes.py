"""What may change in a sequence that was used, and what did change."""

from typing import Any

import pytest

from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.sequence.changes import HeldExtent, locked_changes
from seqctl.model.sequence.check import check_sequence
from seqctl.model.sequence.fields import FIELD_TABLE
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.calendar import Calendar

changed_fields = KINDS["sequence"].changes
CALENDARS = {"india": Calendar("india", 4, 1, "start"), "other": Calendar("other", 7, 1, "end")}
PATTERN = "{YYYY}{MM}{DD}-{entity}-{number:3}"

OTHER = {
    "name": "other",
    "title": "Invoices",
    "description": "For customers.",
    "document_type": ["order"],
    "type_codes": {"invoice": "FA"},
    "kind": "alpha",
    "pattern": "X-" + PATTERN,
    "start": 2,
    "end": 500,
    "step": 2,
    "max_width": 4,
    "max_length": 40,
    "reset": "year",
    "calendar": "other",
    "timezone": "Europe/Berlin",
    "scope": {"branch": ()},
    "requires": {"entity": ("DE",)},
    "mode": "standard",
    "unique": "period",
    "date_order": "refuse",
    "manual": True,
    "warn_at": "90%",
    "reservation_ttl": "1h",
    "characters": "[A-Z0-9-]",
    "reference": "rf",
    "reference_base": "{number:8}",
    "effective_from": "2026-01-01",
    "effective_until": "2026-12-31",
    "status": "inactive",
}
FIXED = {"name", "document_type", "kind", "start", "step", "reset", "calendar", "scope", "mode", "unique"}


def sequence(**fields: object) -> Sequence:
    made, findings = check_sequence("invoice", {"pattern": PATTERN, "calendar": "india", **fields}, CALENDARS)
    assert made is not None and findings == []
    return made


def changed(old: Sequence, **values: Any) -> Sequence:
    fields: dict[str, Any] = {**old.definition(), **values}
    types, codes = fields.pop("document_type"), fields.pop("type_codes")
    made = Sequence(**fields, document_type=types[0], compiled=old.compiled, fiscal=old.fiscal)
    made.types = {name: codes.get(name) for name in types} if codes or types[1:] else None
    return made


def locked(old: Sequence, new: Sequence, held: HeldExtent | None = None) -> list[str]:
    return [change.field for change in locked_changes(old, new, held)]


def test_every_field_has_another_value_to_try() -> None:
    assert set(OTHER) == {field.name for field in FIELD_TABLE}


@pytest.mark.parametrize("field", OTHER)
def test_a_used_sequence_keeps_its_fixed_fields_and_may_change_the_others(field: str) -> None:
    old = sequence(scope=["entity"])
    new = changed(old, **{field: OTHER[field]})
    changes = locked_changes(old, new, HeldExtent(400, 20))
    assert [change.field for change in changes] == ([field] if field in FIXED else [])
    for change in changes:
        assert "once a number was issued" in change.reason
        assert f"{field} is {change.old!r} and cannot become {change.new!r}" in str(change)


def test_a_sequence_that_stays_as_it_is_refuses_nothing() -> None:
    assert locked(sequence(), sequence(), HeldExtent(400, 20)) == []


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ({"entity": ["DE"]}, {"entity": ["DE", "FR"]}, True),
        ({"entity": ["DE", "FR"]}, {"entity": ["FR", "DE"]}, True),
        ({"entity": ["DE", "FR"]}, {"entity": []}, True),
        ({"entity": ["DE", "FR"]}, {"entity": ["DE"]}, False),
        ({"entity": ["DE"]}, {"entity": ["FR"]}, False),
        ({"entity": []}, {"entity": ["DE"]}, False),
        (["entity"], [], False),
        ([], ["entity"], False),
        (["entity"], ["branch"], False),
        (["entity", "branch"], ["branch", "entity"], False),
        (["entity"], ["entity", "branch"], False),
        ({"entity": ["DE"], "branch": []}, {"entity": ["DE", "FR"], "branch": ["7"]}, False),
    ],
)
def test_the_values_of_a_scope_may_grow_and_its_names_are_fixed(
    before: list[str] | dict[str, list[str]], after: list[str] | dict[str, list[str]], allowed: bool
) -> None:
    pattern = "{entity}-{branch}-{number}"
    old, new = (sequence(pattern=pattern, scope=scope) for scope in (before, after))
    assert locked(old, new) == ([] if allowed else ["scope"])


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [
        ("end", 1234, True),
        ("end", 1233, False),
        ("end", None, True),
        ("max_width", 4, True),
        ("max_width", 3, False),
        ("max_length", 16, True),
        ("max_length", 15, False),
        ("max_length", None, True),
    ],
)
def test_end_and_lengths_never_go_below_what_the_held_numbers_reach(
    field: str, value: int | None, allowed: bool
) -> None:
    old = sequence(end=5000, max_width=5, max_length=30)
    new = changed(old, **{field: value})
    changes = locked_changes(old, new, HeldExtent(1234, 16))
    assert [change.field for change in changes] == ([] if allowed else [field])
    assert locked(old, new, None) == []
    for change in changes:
        assert value is not None
        assert (change.old, change.new) == (getattr(old, field), value)
        assert change.reason == f"the held numbers reach {value + 1}"


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("{number:3}", "GJ-{number:3}", True),
        ("{number:3}", "{number:4}", False),
        ("{number:3}", "{number}", False),
        ("{number}", "X{number}", True),
    ],
)
def test_letters_keep_their_width(before: str, after: str, allowed: bool) -> None:
    old, new = (sequence(kind="alpha", pattern=pattern) for pattern in (before, after))
    assert ("pattern" in locked(old, new)) != allowed


def test_digits_may_change_their_width() -> None:
    assert locked(sequence(pattern="{number:3}"), sequence(pattern="{number:5}"), HeldExtent(7, 3)) == []


def test_letters_are_shown_as_letters() -> None:
    old, new = (sequence(kind="alpha", pattern="{number:2}", start=start) for start in ("aa", "ab"))
    assert [(change.old, change.new) for change in locked_changes(old, new, None)] == [("aa", "ab")]
    assert changed_fields(old, new) == {"start": ["aa", "ab"]}


@pytest.mark.parametrize("field", sorted(set(OTHER) - {"name", "kind"}))
def test_a_changed_field_is_listed_with_both_values(field: str) -> None:
    old = sequence()
    new = changed(old, **{field: OTHER[field]})
    fields = changed_fields(old, new)
    assert list(fields) == [field]
    assert fields[field][0] != fields[field][1]


def test_attributes_are_listed_as_a_file_writes_them() -> None:
    pattern = "{entity}-{branch}-{number}"
    old = sequence(pattern=pattern, scope=["entity"])
    new = sequence(pattern=pattern, scope={"entity": "DE"})
    assert changed_fields(old, new) == {"scope": [["entity"], {"entity": ["DE"]}]}


def test_an_unchanged_sequence_has_no_changed_fields() -> None:
    assert changed_fields(sequence(title="a"), sequence(title="a")) == {}


@pytest.mark.parametrize(
    "kind", [{}, {"kind": "alpha", "pattern": "{number}"}, {"kind": "alpha", "pattern": "{number:3}"}]
)
def test_a_new_sequence_lists_what_is_not_at_its_default(kind: dict[str, str]) -> None:
    fields = changed_fields(None, sequence(title="A", manual=False, mode="gapless", scope=[], **kind))
    assert fields["title"] == [None, "A"]
    assert fields["calendar"] == [None, "india"]
    assert {"start", "manual", "mode", "scope", "end", "step"} & set(fields) == set()
