"""Writing definitions: what is written reads back as the same, in one stable order."""

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqctl.definitions.toml.reader import read_definitions
from seqctl.definitions.toml.sources import Source
from seqctl.definitions.toml.writer import write_definitions
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.number.counter import Counter
from seqctl.model.number.counter_name import CounterKey
from seqctl.model.sequence.check import check_sequence
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.calendar import Calendar
from seqctl.model.time.check_calendar import check_calendar

CALENDARS = {"india": Calendar("india", 4, 1, "start"), "a b.c": Calendar("a b.c", 12, 31, "end")}

TEXT = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(' "\\#\n\t'), max_size=12)
NAMES = st.text("abcé.\"'#= 1", min_size=1, max_size=6).map(str.strip).filter(bool)
ATTRIBUTES = st.lists(st.sampled_from(["DE", "", "a/b", '"', "Ä"]), unique=True, max_size=2)
FIELDS = st.fixed_dictionaries(
    {
        "pattern": st.sampled_from(
            ["{YYYY}{MM}{DD}-{entity}-{number}", "{{{number:4}}}{FY}{YYYY}{DDD}-{entity}"]
        )
    },
    optional={
        "title": TEXT,
        "description": TEXT,
        "document_type": st.sampled_from(["order", "Credit Memo"]),
        "start": st.integers(0, 20),
        "end": st.integers(20, 2**63 - 1),
        "step": st.integers(1, 3),
        "max_width": st.integers(4, 30),
        "max_length": st.integers(30, 255),
        "reset": st.sampled_from(["never", "year", "day"]),
        "timezone": st.sampled_from(["UTC", "Europe/Berlin"]),
        "scope": st.just(["entity"]) | ATTRIBUTES.map(lambda values: {"entity": values}),
        "requires": st.dictionaries(st.sampled_from(["entity", "other"]), ATTRIBUTES),
        "mode": st.sampled_from(["gapless", "standard"]),
        "unique": st.sampled_from(["always", "period"]),
        "date_order": st.sampled_from(["off", "refuse"]),
        "manual": st.booleans(),
        "warn_at": st.sampled_from(["90%", "100 left"]),
        "reservation_ttl": st.sampled_from(["15m", "1d"]),
        "characters": st.just("[ -~]"),
        "effective_from": st.dates(date(2020, 1, 1), date(2025, 1, 1)),
        "effective_until": st.dates(date(2025, 1, 1), date(2030, 1, 1)).map(str),
        "status": st.sampled_from(["active", "inactive"]),
    },
)
LETTERS = st.fixed_dictionaries(
    {"kind": st.just("alpha"), "pattern": st.just("GJ-{number:3}"), "start": st.sampled_from(["aaa", "aab"])},
    optional={"end": st.sampled_from(["zzz", "bbb"])},
)


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    catalogue = Catalogue(draw(st.none() | st.just("Europe/Berlin")), dict(CALENDARS))
    for name, fields in draw(st.dictionaries(NAMES, FIELDS | LETTERS, max_size=4)).items():
        calendar = draw(st.sampled_from(list(CALENDARS)))
        warns = "warn_at" in fields and not {"end", "max_width"} & set(fields)
        end = {"end": 9000} if warns else {}
        tables = [table for table in (fields.get("scope"), fields.get("requires")) if isinstance(table, dict)]
        if not all(value.isascii() for table in tables for values in table.values() for value in values):
            # Values that the characters do not allow are refused.
            fields.pop("characters", None)
        sequence, findings = check_sequence(name, {**fields, **end, "calendar": calendar}, CALENDARS)
        assert sequence is not None and findings == []
        catalogue.sequences[name] = sequence
    for name in draw(st.lists(NAMES, unique=True, max_size=2)):
        members = {sequence.document_type: other for other, sequence in catalogue.sequences.items()}
        owners = draw(st.sets(st.sampled_from(["account:A", "entity:Ä/1"]))) or None
        catalogue.sets[name] = SequenceSet(
            name, members, draw(st.booleans()), tuple(sorted(owners)) if owners else None
        )
    return catalogue


def read_back(text: str) -> Catalogue:
    files = read_definitions([Source("book.toml", text)])
    assert files.findings == []
    catalogue = Catalogue(files.wanted.timezone, sets=files.wanted.sets)
    for name, fields in files.wanted.calendars.items():
        calendar, _ = check_calendar(name, fields)
        assert calendar is not None
        catalogue.calendars[name] = calendar
    for name, fields in files.wanted.sequences.items():
        sequence, findings = check_sequence(name, fields, catalogue.calendars)
        assert sequence is not None and findings == []
        catalogue.sequences[name] = sequence
    return catalogue


@settings(max_examples=120, deadline=None)
@given(catalogues())
def test_what_is_written_reads_back_as_the_same_definitions(catalogue: Catalogue) -> None:
    text = write_definitions(catalogue)
    again = read_back(text)
    assert {name: sequence.definition() for name, sequence in again.sequences.items()} == {
        name: sequence.definition() for name, sequence in catalogue.sequences.items()
    }
    assert again.sets == catalogue.sets
    assert again.timezone == catalogue.timezone
    for name, calendar in catalogue.calendars.items():
        read = again.calendars[name]
        assert (read.start, read.named_by) == (calendar.start, calendar.named_by)
    assert write_definitions(again) == text


def sequences(**given_fields: dict[str, Any]) -> dict[str, Sequence]:
    made = {name: check_sequence(name, fields, CALENDARS)[0] for name, fields in given_fields.items()}
    assert None not in made.values()
    return {name: sequence for name, sequence in made.items() if sequence is not None}


def test_the_order_in_which_definitions_were_made_does_not_matter() -> None:
    made = sequences(b={}, a={"title": "A"}, c={})
    sets = [SequenceSet("y", {"b": "b", "a": "a"}, owners=("z:1", "a:1")), SequenceSet("x", {})]
    one = Catalogue("UTC", dict(CALENDARS), made, {item.name: item for item in sets})
    other = Catalogue(
        "UTC",
        dict(reversed(CALENDARS.items())),
        dict(reversed(made.items())),
        {"x": sets[1], "y": SequenceSet("y", {"a": "a", "b": "b"}, owners=("a:1", "z:1"))},
    )
    text = write_definitions(one)
    assert write_definitions(other) == text
    headers = [line for line in text.splitlines() if line.startswith("[")]
    assert headers == [
        "[book]",
        '[calendars."a b.c"]',
        "[calendars.india]",
        "[sequences.a]",
        "[sequences.b]",
        "[sequences.c]",
        "[sets.x.members]",
        "[sets.y]",
        "[sets.y.members]",
    ]


def test_only_what_is_not_at_its_default_is_written_and_the_pattern_always() -> None:
    made = sequences(
        plain={},
        letters={"kind": "alpha", "pattern": "{number:3}", "start": "aaa", "end": "azz"},
        scoped={"pattern": "{entity}-{number}", "scope": ["entity"], "start": 0},
    )
    assert tomllib.loads(write_definitions(Catalogue(sequences=made))) == {
        "format": 1,
        "sequences": {
            "plain": {"document_type": "plain", "pattern": "{number}"},
            "letters": {"document_type": "letters", "kind": "alpha", "pattern": "{number:3}", "end": "azz"},
            "scoped": {
                "document_type": "scoped",
                "pattern": "{entity}-{number}",
                "start": 0,
                "scope": ["entity"],
            },
        },
    }


def test_an_empty_book_is_a_file_without_definitions() -> None:
    assert tomllib.loads(write_definitions(Catalogue())) == {"format": 1}


@pytest.mark.parametrize(
    ("fields", "last", "upcoming"),
    [
        ({}, 42, 43),
        ({"step": 5}, 41, 46),
        ({"kind": "alpha"}, 26, "aa"),
        ({"kind": "alpha", "pattern": "{number:3}"}, 25, "aba"),
    ],
)
def test_counters_are_written_with_their_next_value(
    fields: dict[str, Any], last: int, upcoming: str | int
) -> None:
    counters = {
        "a": {
            CounterKey("all", ""): Counter(1, None, 1, last),
            CounterKey("2026", "entity=D%2FE"): Counter(2, None, 1, last),
        }
    }
    text = write_definitions(Catalogue(sequences=sequences(a=fields, b={})), counters)
    assert read_definitions([Source("a.toml", text)]).wanted.counters == {
        "a": {"all": upcoming, "2026/entity=D%2FE": upcoming}
    }


def test_a_counter_of_letters_that_is_exhausted_can_be_written() -> None:
    made = sequences(a={"kind": "alpha", "pattern": "{number:2}"})
    counters = {"a": {CounterKey("all", ""): Counter(1, None, 0, 26**2 - 1)}}
    text = write_definitions(Catalogue(sequences=made), counters)
    assert tomllib.loads(text)["sequences"]["a"]["pattern"] == "{number:2}"
