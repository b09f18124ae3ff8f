"""Owners of sequence sets, and what a counter says of itself."""

import pytest

from seqctl.model.number.counter import Counter
from seqctl.model.owner import split_owner


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("account:ACME", ("account", "ACME")),
        ("subscription:S-9", ("subscription", "S-9")),
        ("entity:DE:7", ("entity", "DE:7")),
        ("account:Ünal & Co", ("account", "Ünal & Co")),
    ],
)
def test_an_owner_is_a_kind_and_an_id(text: str, owner: tuple[str, str]) -> None:
    assert split_owner(text) == owner


@pytest.mark.parametrize("text", ["", "account", ":", "account:", ":ACME", " :ACME", "account: "])
def test_an_owner_without_kind_or_id_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="is not KIND:ID, as in account:ACME"):
        split_owner(text)


@pytest.mark.parametrize("text", ["account:A\nB", "account:\u200b", "account:" + "x" * 248])
def test_an_owner_is_one_line_of_255_printable_characters(text: str) -> None:
    with pytest.raises(ValueError, match="255 printable characters"):
        split_owner(text)


@pytest.mark.parametrize(("last", "used"), [(0, False), (-9, False), (1, True), (7, True)])
def test_a_counter_is_used_once_its_first_value_is_gone(last: int, used: bool) -> None:
    assert Counter(1, None, 1, last).used == used
