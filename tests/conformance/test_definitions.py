"""Definitions of every kind: renamed, and written out for other systems and in again."""

import json
from functools import partial

from seqctl.actions import (
    add_calendar,
    add_policy,
    add_sequence,
    add_set,
    define,
    export,
    read_catalogue,
    remove_definition,
    rename_definition,
    show_definition,
)
from seqctl.definitions.foreign import ForeignFiles
from seqctl.definitions.foreign.writing import write_foreign
from seqctl.definitions.json.writer import write_json
from seqctl.definitions.toml.reader import read_definitions
from seqctl.definitions.toml.sources import Source
from seqctl.store.port import Store
from tests.conformance.telling import is_sound, next_texts, refused

ZUORA = {"sequenceSets": [{"name": "FR", "invoice": {"prefix": "FINV", "startNumber": 10}}]}


def test_what_refers_to_a_renamed_definition_follows(store: Store) -> None:
    add_calendar(store, "fiscal", {"start": "04-01", "named_by": "start"})
    add_sequence(store, "memo", {"pattern": "M{FY}-{number}", "reset": "fiscal-year", "calendar": "fiscal"})
    add_set(store, "main", {"memo": "memo"}, True)
    add_policy(store, "all", {"document_type": "memo", "sequence": "memo"})
    assert next_texts(store, "memo", date="2026-05-01") == ["M2026-1"]
    for kind, old, new in (
        ("calendar", "fiscal", "april"),
        ("sequence", "memo", "note"),
        ("set", "main", "office"),
        ("policy", "all", "every"),
    ):
        rename_definition(store, kind, old, new)
        assert refused(partial(show_definition, store, kind, old)) == "renamed"
    catalogue = read_catalogue(store)
    assert catalogue.sequences["note"].calendar == "april"
    assert catalogue.sets["office"].members == {"memo": "note"}
    assert catalogue.policies["every"].sequence == "note"
    assert next_texts(store, "memo", date="2026-05-01") == ["M2026-2"]
    add_sequence(store, "gone", {"prefix": "G"})
    rename_definition(store, "sequence", "gone", "away")
    remove_definition(store, "sequence", "away")
    assert refused(lambda: show_definition(store, "sequence", "gone")) == "not_found"
    is_sound(store)


def test_definitions_come_out_as_they_came_in(store: Store) -> None:
    files = ForeignFiles("zuora", [Source("zuora.json", json.dumps(ZUORA), form="json")])
    define(store, lambda transaction: files.against(transaction.catalogue.read), "import", "zuora.json")
    exported = export(store, [], True)
    assert json.loads(write_foreign("zuora", exported.catalogue, exported.counters or {})[0]) == ZUORA
    text = write_json(exported.catalogue, exported.counters)
    again = read_definitions([Source("own.json", text, form="json")])
    plan = define(store, again.wanted, "import", "own.json")
    assert {change.action for change in plan.changes} == {"unchanged"}
    is_sound(store)
