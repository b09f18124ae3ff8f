"""What the readers of all systems share: envelopes, lines, broken files, unknown keys."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqctl.actions.audit.verify import verify
from seqctl.actions.definitions.define import define
from seqctl.actions.issuing.issue import issue
from seqctl.definitions.foreign import SYSTEMS, ForeignFiles, read_foreign
from seqctl.definitions.json.lines import JsonLines
from seqctl.definitions.toml.sources import Source
from seqctl.errors import SeqctlError, UsageError
from seqctl.model.catalogue.catalogue import Wanted
from seqctl.model.number.request import Request
from seqctl.model.policy.check import check_policy
from seqctl.model.sequence.check import check_sequence
from seqctl.process import Clock
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_in_memory

OBJECTS: dict[str, dict[str, Any]] = {
    "salesforce": {
        "name": "A",
        "targetObject": "Invoice",
        "sequenceMode": "Basic",
        "sequencePattern": "{SequenceValue}",
        "isActive": True,
    },
    "intacct": {"id": "A", "type": "numeric", "startingNumber": 1},
    "zuora": {"name": "A", "invoice": {"prefix": "A"}},
    "business-central": {"Series_Code": "A", "Line_No": 1, "Starting_No": "A1"},
    "odoo": {"name": "A", "implementation": "no_gap", "number_next": 1},
}
LISTS = [
    ("salesforce", "records", {"totalSize": 1, "done": True}),
    ("salesforce", "sequencePolicies", {}),
    ("salesforce", "SequencePolicies", {}),
    ("intacct", "ia::result", {"ia::meta": {"totalCount": 1, "next": None}}),
    ("zuora", "sequenceSets", {"success": True}),
    ("business-central", "value", {"@odata.context": "x"}),
    ("odoo", "result", {"jsonrpc": "2.0", "id": 1}),
    ("odoo", "records", {"length": 1}),
]


def read(system: str, *texts: str) -> ForeignFiles:
    sources = [Source(f"{number}.json", text) for number, text in enumerate(texts, 1)]
    return read_foreign(system, sources, None)


def said(files: ForeignFiles) -> list[str]:
    return [f"{finding.severity}: {files.describe(finding)}" for finding in files.findings]


def wanted(system: str, data: Sequence[list[dict[str, Any]] | dict[str, Any]] | dict[str, Any]) -> Wanted:
    files = read(system, json.dumps(data))
    assert said(files) == []
    return files.wanted


@pytest.mark.parametrize("system", SYSTEMS)
def test_one_object_an_array_and_arrays_of_arrays_mean_the_same(system: str) -> None:
    one = wanted(system, OBJECTS[system])
    assert wanted(system, [OBJECTS[system]]) == one
    assert wanted(system, [[OBJECTS[system]], []]) == one
    assert one.sequences


@pytest.mark.parametrize(("system", "key", "companions"), LISTS)
def test_a_list_envelope_means_what_is_in_it(system: str, key: str, companions: dict[str, Any]) -> None:
    one = wanted(system, OBJECTS[system])
    assert wanted(system, {key: [OBJECTS[system]], **companions}) == one
    assert wanted(system, {key: OBJECTS[system], **companions}) == one
    assert wanted(system, [{key: [OBJECTS[system]], **companions}]) == one


@pytest.mark.parametrize(
    ("system", "data"),
    [
        ("salesforce", {"records": [OBJECTS["salesforce"]], "nextRecordsUrl": "/x"}),
        ("salesforce", {"records": [OBJECTS["salesforce"]], "done": False}),
        ("intacct", {"ia::result": [OBJECTS["intacct"]], "ia::meta": {"next": 101}}),
        ("zuora", {"sequenceSets": [OBJECTS["zuora"]], "nextPage": "https://x"}),
        ("business-central", {"value": [OBJECTS["business-central"]], "@odata.nextLink": "https://x"}),
    ],
)
def test_a_page_of_a_longer_list_is_warned_of(system: str, data: dict[str, Any]) -> None:
    assert [text.split(": ", 3)[3] for text in said(read(system, json.dumps(data)))] == [
        "the list goes on elsewhere; import its other pages too"
    ]


def test_the_answer_of_a_failed_request_is_an_error() -> None:
    text = '{"success": false,\n"sequenceSets": []}'
    assert (
        said(read("zuora", text))[0]
        == "error: 1.json:1: success: this is the answer to a request that failed"
    )


@pytest.mark.parametrize("text", ["[]", '{"records": []}', '{"records": null}'])
def test_nothing_to_import_is_a_warning(text: str) -> None:
    assert said(read("salesforce", text)) == ["warning: 1.json:1: contains nothing to import"]


def test_an_unknown_key_beside_a_list_is_warned_of() -> None:
    text = json.dumps({"sequenceSets": [OBJECTS["zuora"]], "sucess": True}, indent=1)
    (said_once,) = said(read("zuora", text))
    assert said_once.startswith(
        "warning: 1.json:10: sucess: unknown key; it is not carried over; did you mean"
    )


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "is not valid JSON: Expecting value"),
        ('{\n "name": }', 2, "is not valid JSON: Expecting value"),
        ('{"name": "A"}\n{"name": "B"}', 2, "is not valid JSON: Extra data (column 1); put several objects"),
        ('[\n\n{"a": NaN}]', 3, "is not valid JSON: NaN is not a number"),
        ("[" * 100_000, 1, "is nested too deeply"),
        ('[\n{"name": "a",\n"name": "b"}]', 3, "the key 'name' is a duplicate"),
        ('[{"name":\n"\\ud800"}]', 2, "holds half of a surrogate pair"),
        ('[\n"A"]', 2, "'A' is not an object"),
        ("5", 1, "5 is not an object"),
    ],
)
@pytest.mark.parametrize("system", SYSTEMS)
def test_a_broken_file_is_a_finding_with_its_line(system: str, text: str, line: int, message: str) -> None:
    files = read(system, text)
    assert len(files.findings) == 1
    assert said(files)[0].startswith(f"error: 1.json:{line}: {message}"), said(files)
    assert files.wanted.sequences == {}


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_byte_order_mark_is_no_part_of_the_text(system: str) -> None:
    assert read(system, "\ufeff" + json.dumps(OBJECTS[system])).findings == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_an_unknown_key_is_a_warning_that_names_it(system: str) -> None:
    files = read(system, json.dumps({**OBJECTS[system], "colour": 1}, indent=0))
    (finding,) = files.findings
    assert finding.severity == "warning"
    assert finding.field == ("colour",)
    line = len(json.dumps(OBJECTS[system], indent=0).splitlines())
    assert said(files)[0].startswith(f"warning: 1.json:{line}: ")
    assert "colour: unknown key; it is not carried over" in said(files)[0]


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_name_in_two_files_is_an_error_with_both_places(system: str) -> None:
    files = read(system, json.dumps(OBJECTS[system]), "\n" + json.dumps(OBJECTS[system]))
    (text,) = said(files)
    assert text.startswith("error: 1.json:1: ")
    assert "is defined twice: at 1.json:1 and at 2.json:2; keep one of them" in text


@pytest.mark.parametrize("system", SYSTEMS)
def test_an_object_without_a_name_is_an_error_at_its_line(system: str) -> None:
    (text, *_) = said(read(system, '[\n{"description": "x"}]'))
    assert text.startswith("error: 1.json:2: ")
    assert ": is missing" in text


def test_a_system_that_is_not_known_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="sales"):
        read_foreign("sales", [], None)


def test_lines_of_keys_and_elements() -> None:
    text = '{\n"a": [1,\n {"b\\u0041":\n 2}], "c":\n{}}'
    assert JsonLines(text).index == {
        (): 1,
        ("a",): 2,
        ("a", 0): 2,
        ("a", 1): 3,
        ("a", 1, "bA"): 3,
        ("c",): 4,
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


def paths(data: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from paths(value, (*path, key))


@given(JSON, st.integers(0, 3))
def test_every_path_of_any_json_has_a_line(data: object, indent: int) -> None:
    text = json.dumps(data, indent=indent or None)
    assert set(JsonLines(text).index) == set(paths(json.loads(text)))


WORDS = {
    "salesforce": """name description targetObject TargetObject sequenceMode sequencePattern dateStampFormat
        timeZone isActive sequenceStartNumber incrementNumber incrementByNumber maximumSequenceNumber records
        minimumSequenceNumberWidth effectiveFromDateTime expirationDateTime filterCriteria selectionLogic
        selectionCondition selectionConditions conditionNumber filterField operator filterValue
        filterFieldType Equals NotEquals Custom Any Number Date DateTime Boolean {SequenceValue} {Date} A
        attributes type SequencePolicy SeqPolicySelectionCondition SequenceGapReconciliation result prefix
        sequencePolicyId sequencePolicy sequenceValue status Unassigned Blocked suffix Id Name conditions
        {SequenceValue}{Date} Yyyy
        YYYY-YY MmDdYyyy Basic Gapless 2026-01-01 2026-01-01T00:00:00Z UTC 1 Invoice""",
    "intacct": """id printTitle type numeric alpha fixedLength fixedPrefix prefixSeparator fixedSuffix
        suffixSeparator startingNumber endingNumber nextNumber startingSequence endingSequence nextSequence
        rollover isEnabled fiscalYearAffixPosition prefix suffix none separator fiscalYears fiscalYear status
        active inactive entity key documentSequence ia::result ia::meta 4 2026 a zz true A""",
    "zuora": """sequenceSets name DEFAULT FR invoice creditMemo debitMemo payment refund prefix startNumber
        INV P- PREVIEW- success true 7 A""",
    "business-central": """value Code Description Manual_Nos Date_Order noSeriesLines Series_Code Line_No
        Starting_Date Starting_No Ending_No Warning_No Increment_by_No Last_No_Used Last_Date_Used Open
        Implementation Sequence A A1 A9 A07 B1 2026-01-01 2027-01-01 0001-01-01 true""",
    "odoo": """result records name code implementation no_gap standard active prefix suffix padding
        number_next number_next_actual number_increment use_date_range date_range_ids date_from date_to
        sequence_id company_id 2026-01-01 2026-12-31 A %(range_year)s %(year)s/ % true""",
}


def payload(system: str) -> st.SearchStrategy[Any]:
    """Objects made of the words of a system, in shapes right and wrong."""
    word = st.sampled_from(WORDS[system].split())
    plain = st.none() | st.booleans() | st.integers(-1, 3000) | st.floats() | word | st.text(max_size=3)
    return st.recursive(
        plain,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(word, inner | plain, max_size=12),
        max_leaves=40,
    )


@settings(deadline=None)
@given(st.data())
def test_any_json_gives_definitions_or_findings_and_never_another_error(data: st.DataObject) -> None:
    system = data.draw(st.sampled_from(SYSTEMS))
    texts = data.draw(st.lists(payload(system) | JSON, min_size=1, max_size=2))
    files = read(system, *(json.dumps(text, allow_nan=True) for text in texts))
    for finding in files.findings:
        assert files.describe(finding)
    for name, fields in files.wanted.sequences.items():
        for finding in check_sequence(name, fields, {})[1]:
            assert files.describe(finding).startswith(("1.json:", "2.json:"))
    for name, fields in files.wanted.policies.items():
        for finding in check_policy(name, fields)[1]:
            assert files.describe(finding).startswith(("1.json:", "2.json:"))


def book_of(system: str) -> SqliteStore:
    """A book that holds the object of a system, with a counter in use."""
    store = open_in_memory("ada", Clock(), "UTC")
    define(store, read(system, json.dumps(OBJECTS[system])).wanted, "import", "a.json")
    target = "invoice" if system in ("salesforce", "zuora") else "A"
    issue(store, Request(target, 5, set_name=SETS.get(system)))
    return store


SETS = {"zuora": "A"}


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_any_json_changes_a_book_or_is_refused(data: st.DataObject) -> None:
    """Whatever a body names, updates of a book end in a plan or a refusal, and the plan can be written."""
    system = data.draw(st.sampled_from(SYSTEMS))
    update = data.draw(st.sampled_from(["A", None]))
    bodies = data.draw(
        st.lists(st.dictionaries(st.sampled_from(WORDS[system].split()), payload(system), max_size=5))
    )
    sources = [Source(f"{number}.json", json.dumps(body)) for number, body in enumerate(bodies, 1)]
    files = ForeignFiles(system, sources, None, update)
    with book_of(system) as store:
        try:
            define(
                store, lambda open: files.against(open.catalogue.read), "import", "x", None, files.describe
            )
        except SeqctlError:
            with store.read() as transaction:
                assert transaction.log.last().id == 3
        assert verify(store).findings == []


@settings(deadline=None)
@given(st.text() | st.binary().map(lambda data: data.decode("latin-1")))
def test_any_text_gives_findings(text: str) -> None:
    for system in SYSTEMS:
        assert read(system, text).findings
