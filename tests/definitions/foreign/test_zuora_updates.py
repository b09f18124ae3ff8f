"""Zuora's sets as they are updated: members that stay, prefixes that change, start numbers that move."""

import json
from typing import Any

import pytest

from seqctl.actions.definitions.change import edit_set
from seqctl.actions.definitions.define import define, plan_definitions
from seqctl.definitions.foreign import ForeignFiles
from seqctl.definitions.toml.sources import Source
from seqctl.model.catalogue.catalogue import Wanted
from seqctl.store.port import Transaction
from seqctl.store.sqlite.file.create import open_store
from tests.book import Book
from tests.definitions.foreign.conftest import Refuse, Take, actions, fields

FR = {
    "name": "FR",
    "creditMemo": {"prefix": "FCM", "startNumber": 10},
    "debitMemo": {"prefix": "FDM", "startNumber": 10},
    "invoice": {"prefix": "FINV", "startNumber": 10},
    "payment": {"prefix": "FP-", "startNumber": 10},
    "refund": {"prefix": "FR-", "startNumber": 10},
}


def members(book: Book) -> dict[str, str]:
    (row,) = book.ok("set", "list").rows
    return dict(pair.split("=") for pair in row["members"].split(", "))


def invoice(**member: str | int) -> dict[str, Any]:
    return {"name": "FR", "invoice": member}


def next_invoice(book: Book) -> str:
    return book.next("invoice", "--set", "FR")[0]


def test_an_update_that_names_one_member_keeps_the_four_others(nowhere: Book, take: Take) -> None:
    take("zuora", FR)
    before = members(nowhere)
    changed = take("zuora", {"invoice": {"prefix": "NEWINV", "startNumber": 1}}, update="FR")
    assert actions(changed) == {"sequence FR.invoice.NEWINV": "created", "set FR": "changed"}
    assert members(nowhere) == {**before, "invoice": "FR.invoice.NEWINV"}
    assert nowhere.next("payment", "--set", "FR") == ["FP-00000010"]


def test_a_new_prefix_begins_anew_and_the_old_one_goes_on_behind_its_last(nowhere: Book, take: Take) -> None:
    take("zuora", FR)
    assert [next_invoice(nowhere), next_invoice(nowhere)] == ["FINV00000010", "FINV00000011"]
    take("zuora", invoice(prefix="NEWINV", startNumber=1))
    assert next_invoice(nowhere) == "NEWINV00000001"
    take("zuora", invoice(prefix="FINV"))
    assert next_invoice(nowhere) == "FINV00000012"
    take("zuora", invoice(prefix="NEWINV", startNumber=1))
    assert next_invoice(nowhere) == "NEWINV00000002"
    take("zuora", FR)
    assert next_invoice(nowhere) == "FINV00000013"
    assert nowhere.ok("gaps").rows == []


def test_a_higher_start_number_moves_a_prefix_in_use_and_blocks_what_it_skips(
    nowhere: Book, take: Take
) -> None:
    take("zuora", FR)
    next_invoice(nowhere)
    moved = take("zuora", invoice(startNumber=20))
    assert fields(moved, "FR.invoice") == (
        "counters.all: 00000011 -> 00000020, gaps.all:  -> 00000011..00000019 blocked: start number 20 of"
        f" prefix FINV in {nowhere.path.parent / '1.json'}"
    )
    (gap,) = nowhere.ok("gaps").rows
    assert (gap["first"], gap["last"], gap["state"]) == ("11", "19", "blocked")
    assert gap["reason"].startswith("start number 20 of prefix FINV in ")
    assert next_invoice(nowhere) == "FINV00000020"
    assert set(actions(take("zuora", invoice(startNumber=20))).values()) == {"unchanged"}
    assert nowhere.ok("check").out == ""
    assert nowhere.ok("audit", "verify").status == 0


def test_a_start_number_that_is_next_anyway_is_kept_in_mind(nowhere: Book, take: Take) -> None:
    take("zuora", FR)
    next_invoice(nowhere)
    assert fields(take("zuora", invoice(startNumber=11)), "FR.invoice") == "zuora.startNumber: 10 -> 11"
    next_invoice(nowhere)
    assert set(actions(take("zuora", invoice(startNumber=11))).values()) == {"unchanged"}


def test_a_lower_start_number_is_refused_but_for_the_one_that_was_given_last(
    nowhere: Book, take: Take, refuse: Refuse
) -> None:
    take("zuora", FR)
    next_invoice(nowhere)
    for start in (9, 1):
        (problem,) = refuse("zuora", 5, "backwards", invoice(prefix="FINV", startNumber=start))
        assert f"goes on at 00000011; it cannot go back to {start:08}" in problem
    assert set(actions(take("zuora", invoice(prefix="FINV", startNumber=10))).values()) == {"unchanged"}
    assert next_invoice(nowhere) == "FINV00000011"


def test_a_jump_over_a_thousand_needs_a_yes(nowhere: Book, take: Take, refuse: Refuse) -> None:
    take("zuora", FR)
    next_invoice(nowhere)
    near = invoice(startNumber=1011)
    assert take("zuora", near).status == 0
    next_invoice(nowhere)
    far = invoice(startNumber=1012 + 1001)
    (problem,) = refuse("zuora", 2, "confirmation_needed", far)
    assert "will pass over 1001 numbers" in problem and "--yes" in problem
    assert len(nowhere.ok("gaps").rows) == 1
    assert take("zuora", far, options=["--dry-run"]).status == 0
    take("zuora", far, options=["--yes"])
    assert next_invoice(nowhere) == "FINV00002013"


@pytest.mark.parametrize("unused", [True, False])
def test_a_prefix_belongs_to_one_type_over_all_sets_and_for_ever(
    nowhere: Book, take: Take, refuse: Refuse, unused: bool
) -> None:
    take("zuora", FR)
    if not unused:
        next_invoice(nowhere)
    take("zuora", invoice(prefix="NEWINV"))
    (problem,) = refuse("zuora", 6, "invalid_definition", {"name": "DE", "refund": {"prefix": "FINV"}})
    assert "'FINV' belongs to 'invoice' (sequence 'FR.invoice')" in problem
    assert ("seqctl sequence remove FR.invoice" in problem) == unused


def test_a_second_set_draws_from_the_run_of_the_same_prefix(nowhere: Book, take: Take) -> None:
    take("zuora", FR)
    next_invoice(nowhere)
    shared = take("zuora", {"name": "BE", "invoice": {"prefix": "FINV"}})
    assert actions(shared) == {"sequence FR.invoice": "unchanged", "set BE": "created"}
    assert nowhere.next("invoice", "--set", "BE") == ["FINV00000011"]


def test_digits_alone_are_for_billing_documents(nowhere: Book, take: Take, refuse: Refuse) -> None:
    assert take("zuora", {"name": "A", "debitMemo": {"prefix": "202303"}}).status == 0
    problems = refuse(
        "zuora",
        6,
        "invalid_definition",
        {"name": "B", "payment": {"prefix": "77"}, "refund": {"prefix": "78"}},
    )
    assert [problem.split(": ")[1] for problem in problems] == [
        "sets.B.payment.prefix",
        "sets.B.refund.prefix",
    ]


def test_what_people_changed_in_a_sequence_stays(nowhere: Book, take: Take) -> None:
    take("zuora", FR)
    nowhere.ok("sequence", "edit", "FR.invoice", "--title", "Factures", "--date-order", "refuse")
    assert set(actions(take("zuora", FR)).values()) == {"unchanged"}
    assert '"refuse"' in nowhere.ok("export", "FR.invoice").out


def test_an_update_needs_a_target_that_is_there(nowhere: Book, take: Take, refuse: Refuse) -> None:
    take("zuora", FR)
    body = {"invoice": {"startNumber": 12}}
    (problem,) = refuse("zuora", 4, "not_found", body, update="FRR")
    assert "there is no set 'FRR'; did you mean 'FR'?" in problem
    (problem,) = refuse("zuora", 6, "invalid_definition", body)
    assert "name: is missing" in problem and "--update NAME" in problem
    (problem,) = refuse("zuora", 6, "invalid_definition", {"name": "BE", **body}, update="FR")
    assert "'BE' is not 'FR', which --update names" in problem
    (problem,) = refuse("zuora", 6, "invalid_definition", {"payment": {"startNumber": 5}, "name": "XX"})
    assert "payment.prefix: is missing" in problem
    nowhere.fails(2, "usage", "import", nowhere.file(""), "--update", "FR")


def test_diff_shows_an_update_and_lint_looks_at_it(nowhere: Book, take: Take) -> None:
    take("zuora", FR)
    path = nowhere.file('{"invoice": {"prefix": "NEWINV"}}', "u.json")
    shown = nowhere.ok("diff", "--from", "zuora", path, "--update", "FR")
    assert actions(shown) == {"sequence FR.invoice.NEWINV": "created", "set FR": "changed"}
    assert members(nowhere)["invoice"] == "FR.invoice"


def test_an_update_that_was_planned_before_another_one_is_told_anew(nowhere: Book, take: Take) -> None:
    take("zuora", FR)
    body = json.dumps(invoice(prefix="NEWINV"))
    files = ForeignFiles("zuora", [Source("u.json", body)])

    def wish(transaction: Transaction) -> Wanted:
        return files.against(transaction.catalogue.read)

    with open_store(str(nowhere.path), actor="ada") as store:
        plan = plan_definitions(store, wish)
        edit_set(store, "FR", {}, ["refund"], False)
        define(store, wish, "import", files.names, plan, files.describe)
    assert "refund" not in members(nowhere)
    assert members(nowhere)["invoice"] == "FR.invoice.NEWINV"
