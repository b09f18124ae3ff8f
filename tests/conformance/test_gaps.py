"""Integers that no document holds: freed, passed over, blocked, under review, restored."""

from seqctl.actions import (
    add_sequence,
    adopt,
    block_gaps,
    release,
    restore_gaps,
    review_gaps,
    set_next,
)
from seqctl.actions.gaps.list_gaps import GapFilter
from seqctl.model.reports.adoption import Adoption, NumberLine
from seqctl.store.port import Store
from tests.conformance.telling import gaps, held, is_sound, next_texts, refused


def test_freed_numbers_of_a_gapless_sequence_go_out_again_lowest_first(store: Store) -> None:
    add_sequence(store, "invoice", {"pattern": "N{number}"})
    next_texts(store, "invoice", 8)
    release(store, ["N7", "N2", "N3"], "never sent")
    assert gaps(store, "invoice") == [("N2", "N3", "reusable"), ("N7", "N7", "reusable")]
    assert next_texts(store, "invoice", 4) == ["N2", "N3", "N7", "N9"]
    assert gaps(store, "invoice") == []
    is_sound(store)


def test_a_standard_sequence_lists_its_gaps_and_never_gives_them_out(store: Store) -> None:
    add_sequence(store, "order", {"pattern": "O{number}", "mode": "standard", "step": 10})
    next_texts(store, "order", 4)
    release(store, ["O11", "O21"], "cancelled")
    assert next_texts(store, "order") == ["O41"]
    assert gaps(store, "order") == [("O11", "O21", "missing")]
    is_sound(store)


def test_passed_over_integers_are_explained_one_by_one(store: Store) -> None:
    add_sequence(store, "invoice", {"pattern": "N{number}"})
    next_texts(store, "invoice", 2)
    set_next(store, "invoice", "11", "a book of forms was lost")
    assert gaps(store, "invoice") == [("N3", "N10", "blocked")]
    wanted = GapFilter(target="invoice")
    review_gaps(store, wanted, ["5..6"], "one was seen")
    review_gaps(store, wanted, ["9"], "one was seen")
    restore_gaps(store, wanted, ["9"], "never printed")
    assert gaps(store, "invoice") == [
        ("N3", "N4", "blocked"),
        ("N5", "N6", "review"),
        ("N7", "N8", "blocked"),
        ("N9", "N9", "reusable"),
        ("N10", "N10", "blocked"),
    ]
    assert next_texts(store, "invoice", 2) == ["N9", "N11"]
    is_sound(store)


def test_what_is_held_is_no_gap(store: Store) -> None:
    add_sequence(store, "invoice", {"pattern": "N{number}"})
    next_texts(store, "invoice", 3)
    wanted = GapFilter(target="invoice")
    assert refused(lambda: block_gaps(store, wanted, ["2"], "lost")) == "not_a_gap"
    assert held(store) == [(f"N{value}", "issued") for value in (1, 2, 3)]
    is_sound(store)


def test_numbers_that_exist_already_are_entered_and_leave_their_gaps(store: Store) -> None:
    add_sequence(store, "old", {"pattern": "OLD-{number}", "manual": True})
    lines: list[NumberLine] = [
        (line, f"OLD-{value}", f"2025-01-{value:02}", f"R{value}")
        for line, value in enumerate((8, 2, 5, 9, 1), 1)
    ]
    outcome = adopt(store, Adoption("old", [lines]))
    assert [(item.adopted, item.first, item.last, item.missing) for item in outcome.counters] == [
        (5, "OLD-1", "OLD-9", 4)
    ]
    assert gaps(store, "old") == [("OLD-3", "OLD-4", "missing"), ("OLD-6", "OLD-7", "missing")]
    again = adopt(store, Adoption("old", [[lines[0], (2, "OLD-4", None, None)]]))
    assert [(item.adopted, item.unchanged) for item in again.counters] == [(1, 1)]
    assert next_texts(store, "old") == ["OLD-10"]
    is_sound(store)


def test_one_number_that_cannot_be_entered_keeps_all_of_them_out(store: Store) -> None:
    add_sequence(store, "old", {"pattern": "OLD-{number}", "manual": True})
    lines: list[NumberLine] = [(1, "OLD-1", None, None), (2, "NEW-2", None, None), (3, "OLD-1", None, None)]
    assert refused(lambda: adopt(store, Adoption("old", [lines]))) == "invalid_input"
    assert held(store) == []
    outcome = adopt(store, Adoption("old", [lines], skip_invalid=True))
    assert [(problem.line, problem.number) for problem in outcome.problems] == [(2, "NEW-2"), (3, "OLD-1")]
    assert held(store) == [("OLD-1", "issued")]
    is_sound(store)
