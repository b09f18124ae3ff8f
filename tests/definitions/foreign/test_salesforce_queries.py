"""Salesforce's policies as queries give them: conditions and gap records in lists of their own; updates."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.book import Book, Run
from tests.definitions.foreign.conftest import Refuse, Take, actions

ID = "1Vd000000000001AAA"
POLICY = {
    "attributes": {"type": "SequencePolicy", "url": "/services/data/v65.0/x"},
    "Id": ID,
    "Name": "EU",
    "TargetObject": "Invoice",
    "SequenceMode": "Gapless",
    "SequencePattern": "INV-{SequenceValue}",
    "Prefix": "INV-",
    "Suffix": None,
    "DateStampFormat": "None",
    "IsActive": True,
    "SequenceStartNumber": 1,
    "IncrementByNumber": 1,
    "MinimumSequenceNumberWidth": 4,
    "SelectionLogic": "1 AND 2",
}


def answer(*records: dict[str, Any]) -> dict[str, Any]:
    """What a query answers: the list in two envelopes."""
    result = {"records": list(records), "totalSize": len(records), "done": True}
    return {"status": 0, "result": result, "warnings": []}


def condition(
    number: int, field: str, value: str, kind: str = "Text", operator: str = "Equals", policy: str = ID
) -> dict[str, Any]:
    return {
        "attributes": {"type": "SeqPolicySelectionCondition"},
        "Id": f"1Vc{number}",
        "SequencePolicyId": policy,
        "ConditionNumber": number,
        "FilterField": field,
        "Operator": operator,
        "FilterValue": value,
        "FilterFieldType": kind,
        "SequencePolicySelectionConditionName": f"C-{number}",
    }


def gap(value: int, status: str | None) -> dict[str, Any]:
    return {
        "attributes": {"type": "SequenceGapReconciliation"},
        "SequencePolicyId": ID,
        "SequenceGapReconciliationNumber": f"SGR-{value}",
        "SequenceValue": value,
        "Status": status,
    }


CONDITIONS = [condition(1, "Country", "DE"), condition(2, "Total", "100", "Currency", "Not Equals")]


def conditions(book: Book) -> list[tuple[int, str, str, str | int]]:
    (policy,) = [row for row in book.ok("policy", "list", "--json").json if row["name"] == "EU"]
    return [(item["id"], item["field"], item["operator"], item["value"]) for item in policy["conditions"]]


def test_a_policy_and_its_conditions_from_two_queries_are_one_policy(nowhere: Book, take: Take) -> None:
    taken = take("salesforce", answer(POLICY), answer(*CONDITIONS))
    assert taken.err == ""
    assert actions(taken) == {"sequence EU": "created", "policy EU": "created"}
    assert conditions(nowhere) == [(1, "Country", "equals", "DE"), (2, "Total", "not_equals", 100)]
    nowhere.fails(4, "not_found", "next", "invoice", "--attr", "Country=FR", "--attr", "Total=5")
    assert nowhere.next("invoice", "--attr", "Country=DE", "--attr", "Total=5") == ["INV-0001"]
    assert set(actions(take("salesforce", answer(*CONDITIONS), answer(POLICY))).values()) == {"unchanged"}


@pytest.mark.parametrize(
    "key", ["SeqPolicySelectionConditions", "SequencePolicySelectionConditions", "selectionConditions"]
)
def test_nested_conditions_are_the_same(nowhere: Book, take: Take, key: str) -> None:
    nested = {"totalSize": 2, "done": True, "records": CONDITIONS}
    assert take("salesforce", answer({**POLICY, key: nested})).err == ""
    assert len(conditions(nowhere)) == 2


def test_conditions_find_their_policy_by_its_short_id_or_its_name(nowhere: Book, take: Take) -> None:
    named = condition(2, "Total", "100")
    del named["SequencePolicyId"]
    named["SequencePolicy"] = {"attributes": {"type": "SequencePolicy"}, "Name": "EU"}
    take("salesforce", answer(POLICY), answer(condition(1, "Country", "DE", policy=ID[:15]), named))
    assert len(conditions(nowhere)) == 2


def test_conditions_of_a_policy_in_the_book_change_by_their_number(nowhere: Book, take: Take) -> None:
    take("salesforce", answer(POLICY), answer(*CONDITIONS))
    changed = take("salesforce", answer(condition(2, "Channel", "web")))
    assert actions(changed) == {"policy EU": "changed"}
    assert conditions(nowhere) == [(1, "Country", "equals", "DE"), (2, "Channel", "equals", "web")]


def test_conditions_without_a_policy_are_an_error(nowhere: Book, refuse: Refuse) -> None:
    (problem,) = refuse("salesforce", 6, "invalid_definition", answer(*CONDITIONS[:1]))
    assert f"there is no policy with the id '{ID}'" in problem


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("conditions", [{"filterField": "Country", "operator": "Equals", "filterValue": "DE"}]),
        ("selectionCriteria", {"totalSize": 1, "records": [{"FilterField": "Country"}]}),
        ("rules", {"all": [{"field": "Country", "op": "eq", "value": "DE"}]}),
        ("where", {"deep": {"deeper": {"conditionNumber": 1}}}),
        ("lists", [["Country", "DE"]]),
    ],
)
def test_conditions_under_a_key_that_is_not_known_are_an_error(
    nowhere: Book, refuse: Refuse, key: str, value: Sequence[list[str] | dict[str, str]] | dict[str, Any]
) -> None:
    body = {**POLICY, "SelectionLogic": None, key: value}
    (problem,) = refuse("salesforce", 6, "invalid_definition", body)
    assert f"policies.EU.{key}: is not understood; it could be conditions" in problem
    assert not nowhere.path.exists()


def test_conditions_beside_a_list_of_policies_are_an_error(nowhere: Book, refuse: Refuse) -> None:
    body = {**answer({**POLICY, "SelectionLogic": None}), "conditions": CONDITIONS}
    (problem,) = refuse("salesforce", 6, "invalid_definition", body)
    assert "conditions: is not understood; it could hold definitions" in problem


def test_an_update_of_the_criteria_keeps_the_logic(nowhere: Book, take: Take) -> None:
    take("salesforce", answer(POLICY), answer(*CONDITIONS))
    changed = take("salesforce", {"filterCriteria": "Custom", "description": "EU"}, update="EU")
    assert changed.err == ""
    (row,) = [row for row in changed.rows if row["action"] == "changed"]
    assert row["fields"] == "description:  -> EU"
    changed = take("salesforce", {"filterCriteria": "All"}, update="EU")
    assert [row["fields"] for row in changed.rows if row["fields"]] == ["logic: 1 AND 2 -> "]


def test_a_plain_key_that_is_not_known_is_warned_of_by_name(nowhere: Book, take: Take) -> None:
    warned = take("salesforce", {**POLICY, "SelectionLogic": None, "colour": "red", "Owner": {"Name": "x"}})
    assert "colour: unknown key; it is not carried over" in warned.err
    assert "Owner: unknown key; it is not carried over" in warned.err


def test_an_active_policy_that_came_without_conditions_is_told(
    nowhere: Book, take: Take, refuse: Refuse
) -> None:
    warned = take("salesforce", answer({**POLICY, "SelectionLogic": None}))
    assert "no conditions came with it, so that it matches every record of its type" in warned.err
    (problem,) = refuse("salesforce", 6, "invalid_definition", {**POLICY, "FilterCriteria": "Custom"})
    assert "there is no condition 1" in problem
    bare = {**POLICY, "FilterCriteria": "Custom", "SelectionLogic": None}
    (problem,) = refuse("salesforce", 6, "invalid_definition", bare)
    assert "filterCriteria: is Custom, but there are no conditions".lower() in problem.lower()


def test_a_page_of_nested_conditions_is_refused(nowhere: Book, refuse: Refuse) -> None:
    nested = {"totalSize": 3, "done": True, "records": CONDITIONS}
    (problem,) = refuse("salesforce", 6, "invalid_definition", {**POLICY, "SelectionConditions": nested})
    assert "SelectionConditions: the list goes on elsewhere" in problem


def test_a_condition_without_a_value_is_none_about_an_empty_field(nowhere: Book, refuse: Refuse) -> None:
    lost = {**CONDITIONS[0], "filterValues": ["DE"]}
    del lost["FilterValue"]
    problems = refuse("salesforce", 6, "invalid_definition", answer({**POLICY, "SelectionLogic": "1"}, lost))
    assert any("filterValue: is missing" in problem for problem in problems)


def test_a_failed_query_is_an_error(nowhere: Book, refuse: Refuse) -> None:
    (problem, *_) = refuse("salesforce", 6, "invalid_definition", {"status": 1, "result": {"records": []}})
    assert "status: this is the answer to a request that failed" in problem


@pytest.mark.parametrize(
    ("given", "zone", "same", "other"),
    [
        ("2026-03-01T00:00:00.000Z", None, "2026-03-01T01:00:00+01:00", "2026-03-01T00:00:01Z"),
        ("2026-03-01T00:00:00.000+0000", None, "2026-03-01 00:00:00Z", "2026-03-01T00:00:00+01:00"),
        ("2026-03-01T00:00:00", "Europe/Berlin", "2026-02-28T23:00:00Z", "2026-03-01T00:00:00Z"),
    ],
)
def test_instants_compare_as_instants(
    nowhere: Book, take: Take, given: str, zone: str | None, same: str, other: str
) -> None:
    policy = {**POLICY, "SelectionLogic": "1", "TimeZone": zone}
    taken = take("salesforce", answer(policy), answer(condition(1, "PostedAt", given, "DateTime")))
    assert taken.err == ""
    assert nowhere.next("invoice", "--attr", f"PostedAt={same}") == ["INV-0001"]
    nowhere.fails(4, "not_found", "next", "invoice", "--attr", f"PostedAt={other}")


@pytest.mark.parametrize("given", ["2026-03-01T00:00:00", "2026-03-01", "soon", "2026-13-01T00:00:00Z"])
def test_an_instant_that_is_none_is_an_error(nowhere: Book, refuse: Refuse, given: str) -> None:
    rows = answer(condition(1, "PostedAt", given, "DateTime"))
    (problem,) = refuse(
        "salesforce", 6, "invalid_definition", answer({**POLICY, "SelectionLogic": "1"}), rows
    )
    assert f"{given!r} is not an instant" in problem


@pytest.mark.parametrize(
    ("pattern", "prefix", "suffix", "number"),
    [
        ("INV-{SequenceValue}-abc", "INV-", "-abc", "INV-0001-abc"),
        (None, "INV-", "-abc", "INV-0001-abc"),
        ("{SequenceValue}", "INV-", None, "INV-0001"),
        ("{SequenceValue}", "INV-", "/X", "INV-0001/X"),
        ("A{SequenceValue}", None, "B", "A0001B"),
    ],
)
def test_prefix_and_suffix_of_a_queried_policy(
    nowhere: Book, take: Take, pattern: str | None, prefix: str | None, suffix: str | None, number: str
) -> None:
    ends = {"SequencePattern": pattern, "Prefix": prefix, "Suffix": suffix, "SelectionLogic": None}
    take("salesforce", {**POLICY, **ends})
    assert nowhere.next("invoice") == [number]


def test_a_prefix_that_contradicts_the_pattern_is_an_error(nowhere: Book, refuse: Refuse) -> None:
    problems = refuse(
        "salesforce",
        6,
        "invalid_definition",
        {**POLICY, "SelectionLogic": None, "SequencePattern": "A{SequenceValue}B", "Suffix": "C"},
    )
    assert ["Prefix" in problems[0], "Suffix" in problems[1]] == [True, True]


def test_an_update_changes_what_it_names(nowhere: Book, take: Take) -> None:
    take("salesforce", answer(POLICY), answer(*CONDITIONS))
    for body, kind, shown in (
        ({"minimumSequenceNumberWidth": 6}, "sequence", "pattern: INV-{number:4} -> INV-{number:6}"),
        ({"isActive": False}, "policy", "status: active -> inactive"),
        ({"selectionLogic": "1 OR 2"}, "policy", "logic: 1 AND 2 -> 1 OR 2"),
        ({"maximumSequenceNumber": 999}, "sequence", "end:  -> 999"),
        ({"sequencePattern": "I{Date}.{SequenceValue}", "dateStampFormat": "Yyyy"}, "sequence", None),
        ({"dateStampFormat": "MmYyyy"}, "sequence", None),
    ):
        changed = take("salesforce", body, update="EU")
        assert changed.err == ""
        rows = [row for row in changed.rows if row["action"] == "changed"]
        assert [row["kind"] for row in rows] == [kind]
        assert shown is None or rows[0]["fields"] == shown
    assert "I{MM}-{YYYY}.{number:6}" in nowhere.ok("sequence", "show", "EU").out
    assert len(conditions(nowhere)) == 2


def test_an_update_of_nothing_but_the_conditions_replaces_them(nowhere: Book, take: Take) -> None:
    take("salesforce", answer(POLICY), answer(*CONDITIONS))
    rows = [{"conditionNumber": 1, "filterField": "A", "operator": "Equals", "filterValue": "B"}]
    take("salesforce", {"selectionCondition": rows, "selectionLogic": None}, update="EU")
    assert conditions(nowhere) == [(1, "A", "equals", "B")]


def test_gap_records_are_runs_of_the_counter(nowhere: Book, take: Take) -> None:
    take("salesforce", answer({**POLICY, "SelectionLogic": None}))
    adopted = [f"INV-{value:04}" for value in (1, 2, 4, 7, 9, 10)]
    nowhere.ok("adopt", "EU", *adopted)
    records = [gap(3, "Unassigned"), gap(5, "Blocked"), gap(6, "Blocked"), gap(8, "Under Review")]
    taken = take("salesforce", answer(*records, gap(9, "Assigned")))
    assert taken.err == ""
    runs = [(row["first"], row["last"], row["state"]) for row in nowhere.ok("gaps").rows]
    assert runs == [("3", "3", "reusable"), ("5", "6", "blocked"), ("8", "8", "review")]
    assert {row["reason"] for row in nowhere.ok("gaps").rows} == {
        f"gap record in {nowhere.path.parent / '1.json'}"
    }
    assert nowhere.next("invoice", "-n", "2") == ["INV-0003", "INV-0011"]
    again = take("salesforce", answer(*records))
    assert "3 is held by a document in the book: it is no longer a gap" in again.err
    assert len(nowhere.ok("gaps").rows) == 2
    assert nowhere.ok("audit", "verify").status == 0


def test_gap_records_say_that_the_counter_has_passed_them(nowhere: Book, take: Take) -> None:
    """In a new book, whatever no gap record names was given out elsewhere: `next` must not give it again."""
    records = [gap(3, "Unassigned"), gap(5, "Blocked"), gap(9, "Assigned")]
    taken = take("salesforce", answer({**POLICY, "SelectionLogic": None}), answer(*records))
    assert "the counter goes on at 0010" in taken.err
    assert "1 gap records are assigned to documents that the book does not know" in taken.err
    runs = [(row["first"], row["last"], row["state"]) for row in nowhere.ok("gaps").rows]
    assert nowhere.ok("audit", "verify").out.startswith("verified ")
    assert runs == [
        ("1", "2", "review"),
        ("3", "3", "reusable"),
        ("4", "4", "review"),
        ("5", "5", "blocked"),
        ("6", "9", "review"),
    ]
    nowhere.ok("adopt", "EU", *[f"INV-{value:04}" for value in (1, 2, 4, 6, 7, 8, 9)])
    assert nowhere.next("invoice", "-n", "2") == ["INV-0003", "INV-0010"]
    assert nowhere.ok("check").out == ""
    assert nowhere.ok("audit", "verify").status == 0
    assert nowhere.ok("statement", "--json").json[0]["proved"] is True


@pytest.mark.parametrize(
    ("records", "status", "code", "problem"),
    [
        ([gap(1, "Blocked")], 5, "not_a_gap", "1 is held by a document in the book"),
        ([gap(2, "Lost")], 6, "invalid_definition", "'Lost' is not known; write Unassigned"),
        ([gap(2, "Unassigned"), gap(1, "Under Review")], 5, "not_a_gap", "1 is held"),
        ([gap(2, None)], 6, "invalid_definition", "is missing; write Unassigned"),
        ([gap(0, "Blocked")], 6, "invalid_definition", "0 is not a value of sequence 'EU'"),
        (
            [gap(2, "Blocked"), gap(2, "Unassigned")],
            6,
            "invalid_definition",
            "2 is blocked at ",
        ),
        (
            [{**gap(2, "Blocked"), "SequencePolicyId": "1Vdxxx"}],
            6,
            "invalid_definition",
            "no policy with the id",
        ),
    ],
)
def test_gap_records_that_cannot_be_are_refused(
    nowhere: Book,
    take: Take,
    refuse: Refuse,
    records: list[dict[str, Any]],
    status: int,
    code: str,
    problem: str,
) -> None:
    take("salesforce", answer({**POLICY, "SelectionLogic": None}))
    nowhere.ok("adopt", "EU", "INV-0001", "INV-0003")
    told = refuse("salesforce", status, code, answer(*records))
    assert any(problem in text for text in told)
    assert [row["state"] for row in nowhere.ok("gaps").rows] == ["missing"]


def test_a_basic_policy_gives_no_gap_out_again(nowhere: Book, take: Take, refuse: Refuse) -> None:
    take("salesforce", answer({**POLICY, "SelectionLogic": None, "SequenceMode": "Basic"}))
    nowhere.ok("adopt", "EU", "INV-0001", "INV-0003")
    (problem,) = refuse("salesforce", 5, "not_gapless", answer(gap(2, "Unassigned")))
    assert "issues no number again" in problem


def test_objects_of_another_type_are_refused_by_name(nowhere: Book, refuse: Refuse) -> None:
    other = {"attributes": {"type": "Account"}, "Name": "ACME"}
    (problem,) = refuse("salesforce", 6, "invalid_definition", answer(other))
    assert "objects of type 'Account' are not understood" in problem


def test_everything_wrong_in_all_files_is_told_at_once(nowhere: Book, run: Run) -> None:
    broken = nowhere.file("{", "a.json")
    (nowhere.path.parent / "b.json").write_bytes(b'{"Name":\n "\xff"}')
    lost = nowhere.file('{"Name": "P"}', "c.json")
    error = nowhere.fails(
        6,
        "invalid_definition",
        "import",
        "--from",
        "salesforce",
        broken,
        nowhere.path.parent / "b.json",
        lost,
    )
    assert sorted({problem.split(":")[0].rsplit("/", 1)[1] for problem in error["problems"]}) == [
        "a.json",
        "b.json",
        "c.json",
    ]


def test_gap_records_below_the_first_number_of_the_book_are_refused(
    nowhere: Book, take: Take, refuse: Refuse
) -> None:
    take("salesforce", answer({**POLICY, "SelectionLogic": None}))
    nowhere.ok("sequence", "set-next", "EU", "50", "--reason", "the old system ended at 49")
    (problem,) = refuse("salesforce", 5, "before_first", answer(gap(3, "Blocked")))
    assert "3 lies below 50, where the counter of the book begins" in problem


def test_a_gap_in_a_closed_period_does_not_go_out_again(nowhere: Book, take: Take, refuse: Refuse) -> None:
    take("salesforce", answer({**POLICY, "SelectionLogic": None}))
    nowhere.ok("adopt", "EU", "INV-0001", "INV-0003", "--date", "2025-03-01")
    nowhere.ok("gaps", "block", "EU", "2", "--reason", "deleted")
    nowhere.ok("close", "EU", "--through", "2025-12-31", "--reason", "filed")
    nowhere.ok("gaps", "review", "EU", "2", "--reason", "looked for")
    (problem,) = refuse("salesforce", 5, "closed", answer(gap(2, "Unassigned")))
    assert "INV-0002" in problem


def test_a_policy_that_has_another_sequence_by_now_changes_that(nowhere: Book, take: Take) -> None:
    take("salesforce", answer({**POLICY, "SelectionLogic": None}))
    nowhere.ok("sequence", "add", "other", "--document-type", "invoice", "--prefix", "X", "--width", "3")
    nowhere.ok("policy", "edit", "EU", "--sequence", "other")
    changed = take("salesforce", {"minimumSequenceNumberWidth": 5}, update="EU")
    assert actions(changed) == {"sequence other": "changed", "policy EU": "unchanged"}


def test_an_instant_is_known_without_its_type(nowhere: Book, take: Take) -> None:
    row = condition(1, "PostedAt", "2026-03-01T00:00:00.000Z")
    del row["FilterFieldType"]
    take("salesforce", answer({**POLICY, "SelectionLogic": "1"}), answer(row))
    assert nowhere.next("invoice", "--attr", "PostedAt=2026-03-01T01:00:00+01:00") == ["INV-0001"]


def test_instants_travel_as_toml(nowhere: Book, take: Take, place: Path, run: Run) -> None:
    take(
        "salesforce",
        answer(POLICY),
        answer(CONDITIONS[0], condition(2, "At", "2026-03-01T00:00Z", "DateTime")),
    )
    text = nowhere.ok("export").out
    assert "value = 2026-03-01 00:00:00+00:00" in text
    assert run("--db", place / "second.db", "import", "-", input=text).status == 0
    assert run("--db", place / "second.db", "export").out == text
    naive = text.replace("2026-03-01 00:00:00+00:00", "2026-03-01 00:00:00")
    refused = run("--db", place / "second.db", "import", "-", input=naive)
    assert refused.status == 6
    assert "2026-03-01T00:00:00 is not an instant" in refused.err
