"""Sequence assignment as Salesforce has it: records by their ids, a forced policy, an answer for each."""

import json

from tests.book import Book, Result
from tests.definitions.foreign.conftest import Take

POLICY = {
    "Id": "1Vd000000000001AAA",
    "Name": "EU",
    "TargetObject": "Invoice",
    "IsActive": True,
    "SequenceMode": "Gapless",
    "SequencePattern": "EU-{SequenceValue}",
    "MaximumSequenceNumber": 3,
}


def assigned(nowhere: Book, body: object, *options: str) -> Result:
    path = nowhere.file(json.dumps(body), "request.json")
    return nowhere.run("assign", "invoice", "--from", "salesforce", "--input", path, *options)


def test_a_request_gives_each_record_its_number_and_again_the_same(nowhere: Book, take: Take) -> None:
    take("salesforce", POLICY)
    body = {"targetObjectIds": ["a01", "a02"], "sequencePolicyId": "1Vd000000000001AAA"}
    first = assigned(nowhere, body, "-o", "salesforce")
    assert (first.status, first.err) == (0, "")
    assert first.json == {
        "status": "Success",
        "results": [
            {"targetObjectId": "a01", "success": True, "sequenceNumber": "EU-1", "sequencePolicy": "EU"},
            {"targetObjectId": "a02", "success": True, "sequenceNumber": "EU-2", "sequencePolicy": "EU"},
        ],
    }
    assert assigned(nowhere, body, "-o", "salesforce").json == first.json
    assert [row["number"] for row in assigned(nowhere, body).rows] == ["EU-1", "EU-2"]


def test_what_failed_is_answered_for_each_record(nowhere: Book, take: Take) -> None:
    take("salesforce", POLICY)
    body = {"targetObjectIds": ["a1", "a2", "a3", "a4"]}
    answer = assigned(nowhere, body, "--partial", "-o", "salesforce")
    assert answer.status == 3
    assert answer.json["status"] == "PartialSuccess"
    assert [item["success"] for item in answer.json["results"]] == [True, True, True, False]
    assert answer.json["results"][3]["errors"][0]["errorCode"] == "exhausted"
    assert assigned(nowhere, {"targetObjectIds": ["b1"]}).status == 5


def test_a_forced_policy_must_hold_and_no_request_is_refused(nowhere: Book, take: Take) -> None:
    condition = {"ConditionNumber": 1, "FilterField": "Country", "Operator": "Equals", "FilterValue": "DE"}
    take("salesforce", {**POLICY, "selectionCondition": [condition]})
    forced = {"targetObjectIds": ["a1"], "sequencePolicyId": "EU"}
    result = assigned(nowhere, forced)
    assert (result.status, "of policy 'EU' do not hold for the record" in result.err) == (5, True), result
    for body, status, told in (
        ({"targetObjectIds": []}, 6, "names no records"),
        ({"targetObjectIds": ["a", "a"]}, 6, "is a duplicate"),
        ({"targetObjectIds": [" "]}, 6, "is no id"),
        ({"targetObjectIds": ["a"], "sequencePolicyID": "x"}, 6, "is not understood"),
        ({"targetObjectIds": ["a"], "sequencePolicyId": "x"}, 4, "there is no policy"),
        (["a"], 6, "is not an object"),
        ({"targetObjectIds": ["a"], "sequencePolicyId": ["EU", "US"]}, 6, "is not one policy"),
    ):
        result = assigned(nowhere, body)
        assert (result.status, told in result.err) == (status, True), result
    assert assigned(nowhere, forced, "--policy", "US").status == 2
