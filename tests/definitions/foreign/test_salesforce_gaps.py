"""Gap reconciliation as Salesforce has it: its request is read, and gap records are the answer."""

import json

from tests.book import Book
from tests.definitions.foreign.conftest import Take, actions

POLICY = {
    "attributes": {"type": "SequencePolicy"},
    "Id": "1Vd000000000001AAA",
    "Name": "EU",
    "TargetObject": "CreditMemo",
    "IsActive": True,
    "SequenceMode": "Gapless",
    "SequencePattern": "CM-{SequenceValue}",
}


def used(nowhere: Book, take: Take) -> None:
    """A policy with a gap of each state, and two other sequences."""
    take("salesforce", POLICY)
    nowhere.run("next", "credit_memo", "-n", 9)
    nowhere.ok("release", "CM-2", "CM-3", "CM-5", "CM-7", "--reason", "never sent")
    nowhere.ok("gaps", "block", "EU", "5", "--reason", "printed over")
    nowhere.ok("gaps", "review", "EU", "7", "--reason", "who knows")
    nowhere.ok("sequence", "add", "invoice", "--prefix", "I-")
    nowhere.ok("sequence", "add", "yearly", "--pattern", "{YYYY}-{number}", "--reset", "year")
    nowhere.run("next", "invoice", "-n", 3)
    nowhere.ok("release", "I-2", "--reason", "never sent")
    nowhere.run("next", "yearly", "-n", 3, "--date", "2026-01-01")
    nowhere.ok("release", "2026-2", "--reason", "never sent")


def asked(nowhere: Book, body: object) -> list[tuple[str, str]]:
    path = nowhere.file(json.dumps(body), "request.json")
    rows = nowhere.ok("gaps", "list", "--from", "salesforce", "--input", path, "--json").json
    return [(row["first_number"], row["state"]) for row in rows]


def test_a_request_names_policies_by_id_or_name_and_target_objects(nowhere: Book, take: Take) -> None:
    used(nowhere, take)
    ours = [("CM-2", "reusable"), ("CM-5", "blocked"), ("CM-7", "review")]
    assert asked(nowhere, {"sequencePolicyIds": ["1Vd000000000001"]}) == ours
    assert asked(nowhere, {"SequencePolicyIds": ["EU", "1Vd000000000001AAA"]}) == ours
    assert asked(nowhere, {"targetObjects": ["Invoice"]}) == [("I-2", "reusable")]
    assert asked(nowhere, {"targetObjects": ["CreditMemo", "Invoice"]}) == [*ours, ("I-2", "reusable")]


def test_what_is_no_request_is_refused(nowhere: Book, take: Take) -> None:
    used(nowhere, take)
    words = ("gaps", "list", "--from", "salesforce", "--input")
    for body, status, told in (
        ({"sequencePolicyId": "1Vd000000000009AAA"}, 4, "there is no policy with the id or name"),
        ({"targetObjects": ["Order"]}, 4, "order"),
        ({"sequencePolcyIds": []}, 6, "'sequencePolcyIds' is not understood"),
        ({"targetObjects": [7]}, 6, "is not a list of texts"),
        ([], 6, "is not an object"),
        ({}, 6, "names neither policies nor target objects"),
    ):
        result = nowhere.run(*words, nowhere.file(json.dumps(body), "request.json"))
        assert result.status == status, result
        assert told in result.err
    path = nowhere.file('{"targetObjects": ["Invoice"]}', "request.json")
    assert nowhere.run(*words, path, "EU").status == 2
    assert nowhere.run("gaps", "list", "--input", path).status == 2
    assert nowhere.run("gaps", "list", "--from", "salesforce").status == 2


def test_gap_records_come_out_and_change_nothing_where_they_come_in(nowhere: Book, take: Take) -> None:
    used(nowhere, take)
    result = nowhere.run("gaps", "list", "EU", "-o", "salesforce")
    records = result.json
    named = {"SequencePolicy": {"Name": "EU"}, "SequencePolicyId": "1Vd000000000001AAA"}
    assert records == [
        {**named, "SequenceValue": 2, "Status": "Unassigned"},
        {**named, "SequenceValue": 3, "Status": "Unassigned"},
        {**named, "SequenceValue": 5, "Status": "Blocked"},
        {**named, "SequenceValue": 7, "Status": "Under Review"},
    ]
    assert set(actions(take("salesforce", records)).values()) <= {"unchanged"}
    everything = nowhere.run("gaps", "-o", "salesforce")
    assert len(everything.json) == 5
    assert "these stay out: 'yearly'" in everything.err
    assert nowhere.ok("gaps", "list", "EU", "--state", "missing", "-o", "salesforce").json == []


def test_other_commands_have_no_such_output(nowhere: Book, take: Take) -> None:
    used(nowhere, take)
    for words in (("next", "invoice"), ("numbers",), ("sequence", "list"), ("status",)):
        result = nowhere.run(*words, "-o", "salesforce")
        assert result.status == 2, result
        assert "-o salesforce is for: assign, gaps list" in result.err
    assert nowhere.ok("numbers", "invoice", "--last", 1, "--json").json[0]["number"] == "I-3"
