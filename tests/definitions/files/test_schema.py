"""The JSON Schema of the definition format, held against what the checks accept and refuse."""

import tomllib
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from seqctl.definitions.toml.reader import read_definitions
from seqctl.definitions.toml.schema import definition_schema
from seqctl.definitions.toml.sources import Source
from seqctl.model.finding import Finding
from seqctl.model.sequence.check import check_sequence
from seqctl.model.sequence.fields import FIELD_TABLE, SHORTHAND
from seqctl.model.time.check_calendar import check_calendar

VALID = {
    "an empty file": "",
    "a book": 'format = 1\n[book]\ntimezone = "Europe/Berlin"',
    "a calendar": '[calendars.india]\nstart = "04-01"\nnamed_by = "end"\n[calendars.short]\nstart = "12-31"',
    "the usual invoice": """
        format = 1
        [sequences.invoice]
        title = "Customer invoices"
        document_type = "invoice"
        pattern = "INV-{YYYY}-{number:5}"
        end = 99999
        reset = "year"
        date_order = "refuse"
        warn_at = "90%"
        [sequences.invoice.counters]
        "2026" = 43
        "2027/entity=DE" = 7
    """,
    "letters": """
        [calendars.india]
        start = "04-01"
        [sequences.journal]
        kind = "alpha"
        pattern = "{FY}-GJ-{number:3}"
        start = "aaa"
        end = "zzy"
        calendar = "india"
        reset = "fiscal-year"
        counters = { FY2026 = "aab" }
    """,
    "every other field": """
        [sequences.all]
        description = "One\\nof all"
        pattern = "{entity}-{branch}-{number}"
        start = 0
        step = 10
        max_width = 7
        max_length = 255
        timezone = "America/New_York"
        scope = { entity = ["DE", "FR"], branch = [] }
        requires = { entity = "DE", channel = ["web", "shop"] }
        mode = "standard"
        unique = "period"
        manual = true
        reservation_ttl = "2h"
        effective_from = 2026-01-01
        effective_until = "2026-12-31"
        status = "inactive"
    """,
    "lists of attributes": """
        [sequences.a]
        pattern = "{entity}-{number}"
        scope = ["entity"]
        requires = ["channel"]
    """,
    "the shorthand": '[sequences.a]\nprefix = "A{"\nsuffix = "}"\nwidth = 8\n[sequences.b]\nwidth = 0',
    "sets": """
        [sequences.invoice]
        [sets.default]
        default = true
        assignments = ["account:ACME"]
        [sets.default.members]
        invoice = "invoice"
        credit_memo = { prefix = "CM", width = 8, counters.all = 5 }
        [sets.other]
        assignments = []
    """,
}

UNKNOWN_KEYS = [
    "sequence = {}",
    'schema = "x"',
    '[book]\nzone = "UTC"',
    '[calendars.a]\nstart = "04-01"\nend = "03-31"',
    '[sequences.a]\npatern = "{number}"',
    '[sequences.a]\nname = "b"',
    "[sets.a]\nmember = {}",
    "[sets.a.members]\ninvoice = { wdth = 8 }",
]

WRONG_VALUES = [
    "format = 2",
    "sequences = []",
    "[calendars.a]",
    '[calendars.a]\nstart = "4-1"',
    '[calendars.a]\nstart = "04-01"\nnamed_by = "middle"',
    "[sequences.a]\nstep = 0",
    "[sequences.a]\nstep = true",
    "[sequences.a]\nstart = -1",
    "[sequences.a]\nmax_length = 256",
    "[sequences.a]\nmax_width = 0",
    "[sequences.a]\nwidth = 256",
    "[sequences.a]\nprefix = 5",
    '[sequences.a]\nreset = "yearly"',
    "[sequences.a]\nmanual = 1",
    "[sequences.a]\ntitle = 5",
    "[sequences.a]\npattern = 5",
    '[sequences.a]\nscope = "entity"',
    "[sequences.a]\nscope = [5]",
    "[sequences.a]\nrequires = { entity = 5 }",
    "[sequences.a]\ncounters = 5",
    "[sets.a]\ndefault = 1",
    '[sets.a]\nassignments = "account:A"',
    "[sets.a.members]\ninvoice = 5",
]


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = definition_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def as_json(value: object) -> Any:
    """A document as JSON has it: dates are text there."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def findings_of(text: str) -> list[Finding]:
    files = read_definitions([Source("a.toml", text)])
    findings, calendars = list(files.findings), {}
    for name, fields in files.wanted.calendars.items():
        calendar, found = check_calendar(name, fields)
        findings += found
        if calendar is not None:
            calendars[name] = calendar
    for name, fields in files.wanted.sequences.items():
        findings += check_sequence(name, fields, calendars)[1]
    return findings


@pytest.mark.parametrize("text", VALID.values(), ids=VALID)
def test_a_valid_file_satisfies_the_schema_and_the_checks(validator: Draft202012Validator, text: str) -> None:
    assert [error.message for error in validator.iter_errors(as_json(tomllib.loads(text)))] == []
    assert findings_of(text) == []


@pytest.mark.parametrize("text", UNKNOWN_KEYS)
def test_an_unknown_key_satisfies_neither_the_schema_nor_the_checks(
    validator: Draft202012Validator, text: str
) -> None:
    assert not validator.is_valid(as_json(tomllib.loads(text)))
    assert len(findings_of(text)) == 1


@pytest.mark.parametrize("text", WRONG_VALUES)
def test_a_value_of_the_wrong_kind_satisfies_neither_the_schema_nor_the_checks(
    validator: Draft202012Validator, text: str
) -> None:
    assert not validator.is_valid(as_json(tomllib.loads(text)))
    assert len(findings_of(text)) == 1


def test_the_schema_describes_every_field_with_its_help_and_default() -> None:
    properties = definition_schema()["$defs"]["Sequence"]["properties"]
    fields = {field.name: field for field in FIELD_TABLE if field.name != "name"}
    assert set(properties) == {*fields, *SHORTHAND, "counters"}
    for name, field in fields.items():
        assert properties[name]["description"] == field.help
        assert properties[name]["default"] == field.default


def test_the_schema_names_its_draft_and_is_the_same_each_time() -> None:
    assert definition_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert definition_schema() == definition_schema()
