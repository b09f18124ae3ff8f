"""Document sequences of Sage Intacct: what each field becomes, and what is refused."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from seqctl.actions.definitions.define import define
from seqctl.actions.issuing.issue import issue
from seqctl.definitions.foreign import ForeignFiles, read_foreign
from seqctl.definitions.toml.sources import Source
from seqctl.errors import SeqctlError
from seqctl.model.catalogue.catalogue import Wanted
from seqctl.model.catalogue.plan import Plan
from seqctl.model.number.request import Request
from seqctl.model.sequence.check import check_sequence
from seqctl.model.time.calendar import Calendar
from seqctl.store.port import Store, Transaction
from seqctl.store.sqlite.file.create import open_store

PAYLOADS = Path(__file__).parent / "payloads"
READ, ALPHA, NUMERIC = (
    "get-document-sequence.response-200",
    "post-document-sequence.alpha.request",
    "post-document-sequence.numeric.request",
)
CALENDAR = "no calendar was named, so that fiscal years are taken to be calendar years"
ROLLOVER = {"isEnabled": True, "fiscalYearAffixPosition": "prefix", "separator": "-"}


def payload(name: str) -> str:
    return (PAYLOADS / f"intacct.{name}.json").read_text(encoding="utf-8")


def read_text(*texts: str, calendar: str | None = "fiscal") -> ForeignFiles:
    sources = [Source(f"{number}.json", text) for number, text in enumerate(texts, 1)]
    return read_foreign("intacct", sources, calendar)


def said(files: ForeignFiles) -> list[str]:
    return [f"{finding.severity}: {files.describe(finding)}" for finding in files.findings]


def read(**fields: object) -> ForeignFiles:
    """What an object wants that names these fields, and else what each must have."""
    body = {"id": "S", "type": "numeric", **fields}
    start = {"startingSequence": "a"} if body["type"] == "alpha" else {"startingNumber": 1}
    return read_text(json.dumps({**body, **{key: start[key] for key in start if key not in body}}, indent=1))


def sequence(**fields: str | dict[str, Any]) -> dict[str, Any]:
    files = read(**fields)
    assert said(files) == []
    checked, findings = check_sequence(
        "S", files.wanted.sequences["S"], {"fiscal": Calendar("fiscal", 1, 1, "start")}
    )
    assert checked is not None, findings
    return files.wanted.sequences["S"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(str(tmp_path / "b.db"), create=True, actor="ada")
    yield store
    store.close()


def take(store: Store, files: ForeignFiles) -> Plan:
    def wish(transaction: Transaction) -> Wanted:
        return files.against(transaction.catalogue.read)

    return define(store, wish, "import", files.names, describe=files.describe)


def numbers(store: Store, target: str, date: str, count: int = 1, **attributes: str) -> list[str]:
    return issue(store, Request(target, count, date=date, attributes=attributes, confirmed=True)).texts


def test_the_read_sample() -> None:
    files = read_text(payload(READ), calendar=None)
    assert said(files) == [
        f"warning: 1.json:2: calendars.calendar-year: {CALENDAR}; name an existing calendar: --calendar NAME"
    ]
    assert files.wanted.calendars == {"calendar-year": {"start": "01-01", "named_by": "start"}}
    assert files.wanted.sequences == {
        "BOA_ACH_BatchNo": {
            "document_type": "boa_ach_batch_no",
            "title": "BOA_ACH_BatchNo",
            "status": "active",
            "start": 1,
            "max_width": 16,
            "requires": {"entity": ["Western Region"]},
            "reset": "fiscal-year",
            "calendar": "calendar-year",
            "pattern": "{FY}-P-{number}-S",
        }
    }
    assert files.wanted.counters == {"BOA_ACH_BatchNo": {"FY2025": 2025, "FY2026": 2026}}


def test_the_numeric_write_sample() -> None:
    files = read_text(payload(NUMERIC))
    assert said(files) == []
    assert files.wanted.sequences == {
        "Vendor Invoice": {
            "document_type": "vendor_invoice",
            "title": "Vendor Invoice",
            "start": 1,
            "max_width": 4,
            "reset": "fiscal-year",
            "calendar": "fiscal",
            "pattern": "{FY}-P-{number:4}-S",
        }
    }
    assert files.wanted.counters == {"Vendor Invoice": {"FY2025": 2025, "FY2026": 2026}}


def test_the_alpha_write_sample() -> None:
    files = read_text(payload(ALPHA))
    assert said(files) == [
        "warning: 1.json:12: sequences.Vendor Invoice.rollover.fiscalYearAffixPosition: is missing; none is"
        " taken: numbers repeat every year"
    ]
    assert files.wanted.sequences == {
        "Vendor Invoice": {
            "document_type": "vendor_invoice",
            "title": "Vendor Invoice",
            "kind": "alpha",
            "start": "a",
            "end": "c",
            "reset": "fiscal-year",
            "calendar": "fiscal",
            "unique": "period",
            "pattern": "P-{number}-S",
        }
    }
    assert files.wanted.counters == {"Vendor Invoice": {"FY2023": "a", "FY2024": "a"}}


def test_both_write_samples_together_name_one_sequence_twice() -> None:
    (*_, text) = said(read_text(payload(NUMERIC), payload(ALPHA)))
    assert "sequences.Vendor Invoice: is defined twice: at 1.json:1 and at 2.json:1; keep one of them" in text
    assert text.startswith("error: 1.json:1: ")


def test_the_numeric_sample_counts_on_and_imports_again_unchanged(store: Store) -> None:
    take(store, read_text(payload(NUMERIC), calendar=None))
    again = take(store, read_text(payload(NUMERIC), calendar=None))
    assert {change.action for change in again.changes} == {"unchanged"}
    assert numbers(store, "Vendor Invoice", "2026-05-04") == ["2026-P-2026-S"]
    assert numbers(store, "vendor_invoice", "2026-05-04", 2) == ["2026-P-2027-S", "2026-P-2028-S"]
    assert numbers(store, "Vendor Invoice", "2027-05-04") == ["2027-P-0001-S"]
    again = take(store, read_text(payload(NUMERIC), calendar=None))
    assert {change.action for change in again.changes} == {"unchanged"}


def test_the_read_sample_serves_its_entity_alone(store: Store) -> None:
    take(store, read_text(payload(READ), calendar=None))
    assert numbers(store, "BOA_ACH_BatchNo", "2026-05-04", entity="Western Region") == ["2026-P-2026-S"]
    elsewhere: tuple[dict[str, Any], ...] = ({}, {"entity": "Eastern Region"})
    for attributes in elsewhere:
        with pytest.raises(SeqctlError) as refused:
            numbers(store, "BOA_ACH_BatchNo", "2026-05-04", **attributes)
        assert refused.value.code == "not_for"


def test_the_alpha_sample_repeats_every_year_and_ends(store: Store) -> None:
    take(store, read_text(payload(ALPHA), calendar=None))
    assert numbers(store, "Vendor Invoice", "2026-05-04", 3) == ["P-a-S", "P-b-S", "P-c-S"]
    assert numbers(store, "Vendor Invoice", "2027-05-04") == ["P-a-S"]
    with pytest.raises(SeqctlError) as refused:
        numbers(store, "Vendor Invoice", "2026-05-04")
    assert refused.value.code == "exhausted"


@pytest.mark.parametrize(
    ("fields", "pattern"),
    [
        ({}, "{number}"),
        ({"fixedLength": "6"}, "{number:6}"),
        ({"fixedPrefix": "A", "prefixSeparator": "-"}, "A-{number}"),
        ({"fixedPrefix": "A", "suffixSeparator": "-"}, "A{number}"),
        ({"prefixSeparator": "-", "suffixSeparator": "/"}, "{number}"),
        (
            {"fixedPrefix": "", "prefixSeparator": "-", "fixedSuffix": "Z", "suffixSeparator": "/"},
            "{number}/Z",
        ),
        ({"fixedPrefix": "{A}"}, "{{A}}{number}"),
        ({"rollover": {**ROLLOVER, "isEnabled": False}, "fixedPrefix": "A"}, "A{number}"),
        ({"rollover": ROLLOVER, "fixedPrefix": "GJ", "prefixSeparator": "/"}, "{FY}-GJ/{number}"),
        ({"rollover": ROLLOVER, "prefixSeparator": "/"}, "{FY}-{number}"),
        (
            {"rollover": {**ROLLOVER, "fiscalYearAffixPosition": "suffix"}, "fixedSuffix": "Z"},
            "{number}Z-{FY}",
        ),
    ],
)
def test_separators_stand_only_beside_what_they_part(fields: dict[str, Any], pattern: str) -> None:
    assert sequence(**fields)["pattern"] == pattern


def test_letters_of_a_fixed_length_are_padded_with_the_letter_a() -> None:
    files = read(type="alpha", fixedLength="3", startingSequence="a", endingSequence="zz", nextSequence="c")
    fields = files.wanted.sequences["S"]
    assert said(files) == []
    assert (fields["pattern"], fields["start"], fields["end"]) == ("{number:3}", "aaa", "azz")
    assert files.wanted.counters == {"S": {"all": "aac"}}
    assert check_sequence("S", fields, {})[1] == []


def test_the_next_number_is_a_counter_only_where_it_says_something() -> None:
    assert read(startingNumber=1, nextNumber=1).wanted.counters == {}
    assert read(nextNumber="1").wanted.counters == {}
    assert read(type="alpha", nextSequence="a").wanted.counters == {}
    assert read(startingNumber="5", nextNumber="17").wanted.counters == {"S": {"all": 17}}


def test_a_sequence_past_its_end_is_used_up(store: Store) -> None:
    files = read(startingNumber=1, endingNumber=9, nextNumber=10)
    assert files.wanted.counters == {"S": {"all": "exhausted"}}
    take(store, files)
    with pytest.raises(SeqctlError) as refused:
        numbers(store, "S", "2026-01-01")
    assert refused.value.code == "exhausted"
    letters = read(type="alpha", endingSequence="z", nextSequence="aa")
    assert letters.wanted.counters == {"S": {"all": "exhausted"}}


def test_a_fixed_length_is_the_end_of_the_range(store: Store) -> None:
    take(store, read(fixedLength="2", nextNumber=99))
    assert numbers(store, "S", "2026-01-01") == ["99"]
    with pytest.raises(SeqctlError) as refused:
        numbers(store, "S", "2026-01-01")
    assert refused.value.code == "exhausted"


def test_fiscal_years_may_stand_at_either_level() -> None:
    rows = [{"fiscalYear": "2026", "nextNumber": "7", "id": "1", "audit": {}}]
    inside = read(rollover={**ROLLOVER, "fiscalYears": rows})
    outside = read(rollover=ROLLOVER, fiscalYears=rows)
    both = read(rollover={**ROLLOVER, "fiscalYears": rows}, fiscalYears=rows)
    assert said(inside) == said(outside) == said(both) == []
    assert inside.wanted == outside.wanted == both.wanted
    assert inside.wanted.counters == {"S": {"FY2026": 7}}


def test_an_entity_may_be_a_text_or_nothing() -> None:
    assert sequence(entity="West")["requires"] == {"entity": ["West"]}
    assert "requires" not in sequence(entity={"key": None, "id": None, "name": None, "href": None})
    (text,) = said(read(entity={"key": "54"}))
    assert text.startswith("warning: 1.json:4: sequences.S.entity.id: is missing, so that the sequence will")


def test_what_cannot_be_carried_over_is_warned_of() -> None:
    (text,) = said(read(nextNumber=7, rollover=ROLLOVER))
    assert text.startswith(
        "warning: 1.json:4: sequences.S.nextNumber: is not carried over, since each fiscal"
    )
    (text,) = said(read(fiscalYears=[{"fiscalYear": 2026, "nextNumber": 7}]))
    assert text.startswith("warning: 1.json:6: sequences.S.fiscalYears.0.fiscalYear: is not carried over")


@pytest.mark.parametrize(
    ("fields", "line", "problem"),
    [
        ({"type": "roman"}, 3, "type: 'roman' is neither numeric nor alpha"),
        (
            {"type": None, "startingNumber": None, "href": "/x"},
            3,
            "type: is missing; write numeric or alpha; a list gives references only",
        ),
        ({"startingSequence": "a"}, 4, "startingSequence: stands in a sequence that counts in digits"),
        ({"type": "alpha", "nextNumber": 1}, 4, "nextNumber: stands in a sequence that counts in letters"),
        ({"fixedLength": "17"}, 4, "fixedLength: 17 is not between 0 and 16"),
        ({"fixedLength": "wide"}, 4, "fixedLength: 'wide' is not a whole number"),
        ({"status": "sleeping"}, 4, "status: 'sleeping' is neither active nor inactive"),
        (
            {"rollover": {**ROLLOVER, "fiscalYearAffixPosition": "both"}},
            6,
            "'both' is none of none, prefix and",
        ),
        (
            {"rollover": ROLLOVER, "fiscalYears": [{"fiscalYear": 26}]},
            11,
            "'26' is not a year of four digits",
        ),
        ({"rollover": ROLLOVER, "fiscalYears": [{"fiscalYear": "FY26"}]}, 11, "'FY26' is not a year of four"),
        (
            {"rollover": ROLLOVER, "fiscalYears": [{"fiscalYear": 2026, "nextSequence": "a"}]},
            12,
            "fiscalYears.0.nextSequence: stands in a sequence that counts in digits",
        ),
        (
            {
                "rollover": ROLLOVER,
                "fiscalYears": [
                    {"fiscalYear": 2026, "nextNumber": 1},
                    {"fiscalYear": 2026, "nextNumber": 2},
                ],
            },
            15,
            "fiscalYears.1.fiscalYear: 2026 is a duplicate with another next number",
        ),
        ({"fixedPrefix": ["A"]}, 4, "fixedPrefix: a list or an object is not a text"),
        ({"rollover": "yes"}, 4, "rollover: 'yes' is not an object"),
    ],
)
def test_what_would_change_the_numbers_is_an_error_at_its_line(
    fields: dict[str, Any], line: int, problem: str
) -> None:
    (text,) = said(read(**fields))
    assert text.startswith(f"error: 1.json:{line}: sequences.S.")
    assert problem in text


def test_what_the_book_finds_is_shown_at_the_key_it_came_from(store: Store) -> None:
    define(store, Wanted(calendars={"fiscal": {"start": "01-01"}}), "import", "c.toml")
    files = read(
        startingNumber=5, rollover={**ROLLOVER, "fiscalYears": [{"fiscalYear": 2026, "nextNumber": 2}]}
    )
    with pytest.raises(SeqctlError, match=r"^1\.json:12: sequences\.S\.counters\.FY2026: 2 lies outside"):
        take(store, files)


def test_a_calendar_that_does_not_exist_is_named(store: Store) -> None:
    with pytest.raises(SeqctlError, match="there is no calendar 'fiscal'"):
        take(store, read(rollover=ROLLOVER))
