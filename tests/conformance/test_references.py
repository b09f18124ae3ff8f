"""References that nothing proves different are kept under a unique index, in every engine."""

from seqctl.actions import add_sequence, adopt, edit_sequence, issue, reinstate, release
from seqctl.actions.numbers.list_numbers import list_numbers
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.request import Request
from seqctl.model.reports.adoption import Adoption
from seqctl.store.port import Store
from tests.conformance.telling import is_sound, refused

FREE: dict[str, object] = {"pattern": "{customer}-{number}", "scope": ["customer"], "manual": True}


def asked(customer: str, count: int = 1) -> Request:
    return Request("invoice", count, attributes={"customer": customer})


def references(store: Store) -> list[str | None]:
    return [number.reference for number in list_numbers(store, None, NumberFilter())]


def test_a_reference_belongs_to_one_number(store: Store) -> None:
    add_sequence(store, "invoice", {**FREE, "reference": "kid10"})
    assert issue(store, asked("1", 11)).references[-1] == "1115"
    assert refused(lambda: issue(store, asked("11"))) == "number_taken"
    release(store, ["1-11"], "never sent")
    assert issue(store, asked("11")).texts == ["11-1"]
    assert refused(lambda: reinstate(store, ["1-11"], "found again")) == "number_taken"
    assert refused(lambda: adopt(store, Adoption("invoice", [[(1, "1-11", None, None)]]))) == "invalid_input"
    assert len(references(store)) == len(set(references(store))) == 11
    is_sound(store)


def test_a_reference_that_is_added_is_kept_of_the_numbers_that_are_there(store: Store) -> None:
    add_sequence(store, "invoice", FREE)
    issue(store, asked("1", 11))
    issue(store, asked("12"))
    edit_sequence(store, "invoice", {"reference": "kid10"})
    assert refused(lambda: issue(store, asked("11"))) == "number_taken"
    assert len(set(references(store))) == 12
    is_sound(store)


def test_numbers_that_clash_already_refuse_it(store: Store) -> None:
    add_sequence(store, "invoice", FREE)
    issue(store, asked("1", 11))
    issue(store, asked("11"))
    assert refused(lambda: edit_sequence(store, "invoice", {"reference": "kid10"})) == "number_taken"
    assert set(references(store)) == {None}
    is_sound(store)
