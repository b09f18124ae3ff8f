"""Which sequence serves a request: policies, sets and owners, and what definitions may still become."""

from seqctl.actions import (
    add_calendar,
    add_policy,
    add_sequence,
    add_set,
    assign_set,
    edit_policy,
    edit_sequence,
    explain,
    issue,
    lint,
    read_catalogue,
    remove_definition,
    unassign_set,
)
from seqctl.model.number.request import Request
from seqctl.store.port import Store
from tests.conformance.telling import is_sound, next_texts, refused


def _two_series(store: Store) -> None:
    for name in ("home", "abroad"):
        add_sequence(store, name, {"pattern": f"{name[0].upper()}{{number}}", "document_type": "invoice"})


def test_the_policy_of_the_highest_priority_that_matches_chooses(store: Store) -> None:
    _two_series(store)
    abroad = {"id": 1, "field": "country", "operator": "not_equals", "value": "DE"}
    add_policy(
        store,
        "abroad",
        {"document_type": "invoice", "sequence": "abroad", "conditions": [abroad], "priority": 5},
    )
    add_policy(store, "rest", {"document_type": "invoice", "sequence": "home"})
    assert next_texts(store, "invoice", attributes={"country": "FR"}) == ["A1"]
    assert next_texts(store, "invoice", attributes={"country": "DE"}) == ["H1"]
    choice = explain(store, Request("invoice", attributes={"country": "FR"})).choice
    assert choice is not None and (choice.by, choice.sequence.name) == ("policy", "abroad")
    assert refused(lambda: edit_policy(store, "rest", {"sequence": "abroad"})) == "locked_field"
    edit_policy(store, "rest", {"priority": 9})
    assert next_texts(store, "invoice", attributes={"country": "FR"}) == ["H2"]
    is_sound(store)


def test_an_owner_has_the_set_that_was_assigned_and_all_others_the_default(store: Store) -> None:
    _two_series(store)
    add_set(store, "main", {"invoice": "home"}, default=True)
    add_set(store, "export", {"invoice": "abroad"}, default=False)
    assign_set(store, "export", ["account:ACME"])
    assert next_texts(store, "invoice", owners=(("account", "ACME"),)) == ["A1"]
    assert next_texts(store, "invoice", owners=(("account", "GLOBEX"),)) == ["H1"]
    unassign_set(store, ["account:ACME"])
    assert next_texts(store, "invoice", owners=(("account", "ACME"),)) == ["H2"]
    assert refused(lambda: remove_definition(store, "set", "main")) == "in_use"
    is_sound(store)


def test_definitions_are_read_back_as_they_were_written(store: Store) -> None:
    add_calendar(store, "fiscal", {"start": "04-01", "named_by": "end"})
    fields = {
        "pattern": "R-{entity}-{FY}-{number:4}",
        "reset": "fiscal-year",
        "calendar": "fiscal",
        "scope": {"entity": ["DE", "FR"]},
        "requires": {"branch": ["1", "2"]},
        "end": 900,
        "warn_at": "90%",
        "effective_from": "2026-01-01",
    }
    add_sequence(store, "receipt", fields)
    catalogue = read_catalogue(store)
    receipt = catalogue.sequences["receipt"]
    assert (receipt.pattern, receipt.calendar, receipt.end) == (fields["pattern"], "fiscal", 900)
    assert (receipt.scope, receipt.requires) == ({"entity": ("DE", "FR")}, {"branch": ("1", "2")})
    assert catalogue.calendars["fiscal"].named_by == "end"
    attributes = {"entity": "FR", "branch": "2"}
    assert next_texts(store, "receipt", attributes=attributes, date="2026-05-01") == ["R-FR-2027-0001"]
    assert refused(lambda: issue(store, Request("receipt", attributes={"entity": "DE"}))) == "not_for"
    is_sound(store)


def test_a_used_sequence_keeps_what_is_fixed_and_an_unused_one_goes(store: Store) -> None:
    add_sequence(store, "invoice", {"pattern": "N{number}"})
    add_sequence(store, "gone", {"pattern": "G{number}"})
    next_texts(store, "invoice")
    assert refused(lambda: edit_sequence(store, "invoice", {"step": 2})) == "locked_field"
    assert refused(lambda: remove_definition(store, "sequence", "invoice")) == "in_use"
    edit_sequence(store, "invoice", {"pattern": "M{number}"})
    remove_definition(store, "sequence", "gone")
    assert sorted(read_catalogue(store).sequences) == ["invoice"]
    assert next_texts(store, "invoice") == ["M2"]
    assert [item for item in lint(store) if item.severity == "error"] == []
    is_sound(store)
