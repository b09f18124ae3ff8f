"""Intacct's document sequences as they are updated, and rollovers that stand by themselves."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.book import Book
from tests.definitions.foreign.conftest import Refuse, Take, actions, fields

J = {
    "id": "J",
    "type": "numeric",
    "fixedPrefix": "GJ",
    "prefixSeparator": "/",
    "fixedLength": "4",
    "startingNumber": 1,
    "nextNumber": 1,
}
YEARS: dict[str, Any] = {
    **J,
    "id": "Y",
    "rollover": {"isEnabled": True, "fiscalYearAffixPosition": "prefix", "separator": "-", "fiscalYears": []},
}
ROLLOVER = {"id": "651", "key": "651", "fiscalYear": 2027, "nextNumber": 77, "nextSequence": None}


def pattern(book: Book, name: str) -> str:
    (row,) = [row for row in book.ok("sequence", "show", name).rows if row["field"] == "pattern"]
    return row["value"]


def test_one_field_changes_one_field(nowhere: Book, take: Take) -> None:
    take("intacct", {**J, "printTitle": "Journal", "fixedSuffix": "FR", "suffixSeparator": "-"})
    nowhere.ok("sequence", "edit", "J", "--date-order", "warn")
    changed = take("intacct", {"prefixSeparator": "-"}, update="J")
    assert fields(changed, "J") == "pattern: GJ/{number:4}-FR -> GJ-{number:4}-FR"
    assert actions(take("intacct", {"prefixSeparator": "-"}, update="J")) == {"sequence J": "unchanged"}
    assert nowhere.next("J") == ["GJ-0001-FR"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"fixedPrefix": "RE-"}, "RE-/{number:4}"),
        ({"fixedPrefix": None}, "{number:4}"),
        ({"fixedSuffix": "FR", "suffixSeparator": "."}, "GJ/{number:4}.FR"),
        ({"fixedLength": "6"}, "GJ/{number:6}"),
        ({"fixedLength": None}, "GJ/{number}"),
        ({"prefixSeparator": None}, "GJ{number:4}"),
        ({"status": "inactive"}, "GJ/{number:4}"),
    ],
)
def test_each_part_of_a_number_changes_by_itself(
    nowhere: Book, take: Take, body: Mapping[str, str | None], text: str
) -> None:
    take("intacct", J)
    take("intacct", body, update="J")
    assert pattern(nowhere, "J") == text


def test_a_prefix_that_ends_with_a_sign_is_told_from_one_with_a_separator(nowhere: Book, take: Take) -> None:
    take("intacct", {**J, "fixedPrefix": "INV-", "prefixSeparator": None})
    take("intacct", {"fixedPrefix": "RE-"}, update="J")
    assert pattern(nowhere, "J") == "RE-{number:4}"


def test_a_prefix_that_went_comes_back_with_its_separator(nowhere: Book, take: Take) -> None:
    take("intacct", J)
    take("intacct", {"fixedPrefix": ""}, update="J")
    take("intacct", {"fixedPrefix": "X"}, update="J")
    assert pattern(nowhere, "J") == "X/{number:4}"


def test_a_pattern_from_elsewhere_is_read_and_told_how(nowhere: Book, take: Take) -> None:
    nowhere.ok("sequence", "add", "K", "--pattern", "K/{number:3}-FR")
    changed = take("intacct", {"prefixSeparator": "-"}, update="K")
    assert (
        "'K/{number:3}-FR' is read as fixedPrefix 'K', prefixSeparator '/', fixedSuffix 'FR'" in changed.err
    )
    assert pattern(nowhere, "K") == "K-{number:3}-FR"
    nowhere.ok("sequence", "edit", "K", "--pattern", "K-{YYYY}-{number}")
    refused = nowhere.run(
        "import", "--from", "intacct", nowhere.file('{"fixedPrefix": "X"}', "x.json"), "--update", "K"
    )
    assert refused.status == 6
    assert "has tokens that Intacct lacks" in refused.err


def test_what_people_changed_in_a_pattern_counts(nowhere: Book, take: Take) -> None:
    take("intacct", J)
    nowhere.ok("sequence", "edit", "J", "--pattern", "ZZ.{number:4}")
    changed = take("intacct", {"prefixSeparator": "-"}, update="J")
    assert "is read as fixedPrefix 'ZZ', prefixSeparator '.'" in changed.err
    assert pattern(nowhere, "J") == "ZZ-{number:4}"


def test_a_separator_beside_nothing_says_that_it_shows_nowhere(nowhere: Book, take: Take) -> None:
    take("intacct", J)
    changed = take("intacct", {"suffixSeparator": "-"}, update="J")
    assert "suffixSeparator: shows nowhere: the sequence has no fixedSuffix" in changed.err
    assert fields(changed, "J") == "intacct.suffixSeparator:  -> -"
    take("intacct", {"fixedSuffix": "FR"}, update="J")
    assert pattern(nowhere, "J") == "GJ/{number:4}-FR"


def test_limits_and_entity_change_by_themselves(nowhere: Book, take: Take) -> None:
    take("intacct", {**J, "entity": {"id": "West"}})
    changed = take("intacct", {"endingNumber": 500}, update="J")
    assert fields(changed, "J") == "end:  -> 500"
    changed = take("intacct", {"entity": None}, update="J")
    assert fields(changed, "J") == "requires: entity=West -> "
    changed = take("intacct", {"endingNumber": None, "printTitle": "T"}, update="J")
    assert fields(changed, "J") == "title:  -> T, end: 500 -> "


def test_rollover_changes_by_itself(nowhere: Book, take: Take) -> None:
    nowhere.ok("calendar", "add", "april", "--start", "04-01")
    take("intacct", YEARS, options=["--calendar", "april"])
    changed = take("intacct", {"rollover": {"separator": "."}}, update="Y")
    assert (changed.err, fields(changed, "Y")) == ("", "pattern: {FY}-GJ/{number:4} -> {FY}.GJ/{number:4}")
    changed = take("intacct", {"rollover": {"fiscalYearAffixPosition": "suffix"}}, update="Y")
    assert fields(changed, "Y") == "pattern: {FY}.GJ/{number:4} -> GJ/{number:4}.{FY}"
    changed = take("intacct", {"rollover": {"isEnabled": False}}, update="Y")
    assert fields(changed, "Y") == (
        "pattern: GJ/{number:4}.{FY} -> GJ/{number:4}, reset: fiscal-year -> never, calendar: april -> "
    )


@pytest.mark.parametrize(
    "parent",
    [
        {"documentSequence": {"key": "107", "id": "Y", "href": "/x"}},
        {"documentSequence": {"key": "107"}},
        {},
    ],
)
def test_a_rollover_is_the_counter_of_its_parent(
    nowhere: Book, take: Take, parent: dict[str, dict[str, str]]
) -> None:
    take("intacct", {**YEARS, "key": "107"})
    update = None if parent else "Y"
    changed = take("intacct", {"ia::result": {**ROLLOVER, **parent}, "ia::meta": {}}, update=update)
    assert (changed.err, fields(changed, "Y")) == ("", "counters.FY2027: 0001 -> 0077")
    assert nowhere.next("Y", "--date", "2027-03-01") == ["2027-GJ/0077"]
    assert [row["name"] for row in nowhere.ok("sequence", "list").rows] == ["Y"]


def test_a_rollover_and_its_parent_may_come_together(nowhere: Book, take: Take) -> None:
    together = take("intacct", [{**ROLLOVER, "documentSequence": {"key": "7"}}], {**YEARS, "key": "7"})
    assert "counters.FY2027=0077" in fields(together, "Y")


def test_a_rollover_without_a_parent_is_an_error(nowhere: Book, take: Take, refuse: Refuse) -> None:
    take("intacct", YEARS)
    (problem,) = refuse("intacct", 6, "invalid_definition", {**ROLLOVER, "documentSequence": {"key": "9"}})
    assert "documentSequence: does not name a document sequence" in problem
    (problem,) = refuse("intacct", 6, "invalid_definition", {**ROLLOVER, "documentSequence": {"id": "YY"}})
    assert "there is no document sequence 'YY'" in problem


def test_every_missing_field_and_every_year_outside_is_told_at_once(nowhere: Book, refuse: Refuse) -> None:
    years = [
        {"fiscalYear": 2025, "nextNumber": 4},
        {"fiscalYear": 2026, "nextNumber": 500},
        {"nextNumber": 5},
    ]
    rollover = {**YEARS["rollover"], "fiscalYears": years}
    problems = refuse(
        "intacct",
        6,
        "invalid_definition",
        {**J, "id": "Z", "startingNumber": 5, "nextNumber": 5, "endingNumber": 99, "rollover": rollover},
        {"type": "numeric", "startingNumber": 1},
        [{"id": "A", "startingNumber": 1}, {"id": "B", "type": "alpha"}],
        {**J, "id": "C", "rollover": {"separator": "-"}},
    )
    told = [problem.split(": ", 1)[1] for problem in problems]
    assert sorted(text.split(": ")[0] for text in told) == [
        "id",
        "sequences.A.type",
        "sequences.B.startingSequence",
        "sequences.C.rollover.isEnabled",
        "sequences.Z.counters.FY2025",
        "sequences.Z.counters.FY2026",
        "sequences.Z.rollover.fiscalYears.2.fiscalYear",
    ]


def test_a_year_that_is_used_up_is_told(nowhere: Book, take: Take) -> None:
    rollover = {**YEARS["rollover"], "fiscalYears": [{"fiscalYear": 2025, "nextNumber": 100}]}
    taken = take("intacct", {**YEARS, "endingNumber": 99, "rollover": rollover})
    assert "nextNumber: 100 lies behind the last one, so that nothing is left" in taken.err
    nowhere.fails(5, "exhausted", "next", "Y", "--date", "2025-03-01")
    assert nowhere.next("Y", "--date", "2026-03-01") == ["2026-GJ/0001"]


def test_one_field_leaves_the_years_where_they_stand(nowhere: Book, take: Take) -> None:
    take("intacct", YEARS)
    take("intacct", ROLLOVER, update="Y")
    changed = take("intacct", {"prefixSeparator": "-"}, update="Y")
    assert fields(changed, "Y") == "pattern: {FY}-GJ/{number:4} -> {FY}-GJ-{number:4}"
    assert nowhere.next("Y", "--date", "2027-05-01") == ["2027-GJ-0077"]
