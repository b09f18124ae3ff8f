"""Each kind of definition has its row in every table that says something of it."""

import pytest

from seqctl.actions.planning.kinds import PLANNED
from seqctl.cli.definitions.kinds import KINDS as TOLD
from seqctl.cli.grammar.commands import Group, named
from seqctl.model.catalogue.catalogue import Catalogue, Wanted
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.catalogue.plan import Plan
from seqctl.model.catalogue.sequence_set import SequenceSet


def test_every_kind_is_planned_and_told_of() -> None:
    assert list(PLANNED) == list(KINDS)
    assert set(TOLD) == set(KINDS)


@pytest.mark.parametrize("name", list(KINDS))
def test_a_kind_has_its_place_wherever_definitions_are_held(name: str) -> None:
    for holder in (Catalogue(), Wanted(), Plan()):
        assert len(KINDS[name].of(holder)) == 0


@pytest.mark.parametrize("name", list(TOLD))
def test_every_verb_of_a_kind_has_its_words_and_its_command(name: str) -> None:
    group = named(name)
    assert isinstance(group, Group)
    alone = {"set-next", "assign", "unassign", "annul", "reopen"}
    assert set(TOLD[name].verbs) == set(group.verbs) - alone
    assert TOLD[name].table == KINDS[name].table


def test_members_of_a_set_are_fields_of_their_own_in_the_order_of_their_names() -> None:
    kind = KINDS["set"]
    old = SequenceSet("s", {"a": "x", "c": "z"}, False, ("account:1",))
    new = SequenceSet("s", {"b": "y", "a": "x"}, True, ("account:1",))
    assert kind.changes(old, new) == {
        "members.b": [None, "y"],
        "members.c": ["z", None],
        "default": [False, True],
    }
    assert list(kind.changes(old, new)) == ["members.b", "members.c", "default"]
    added = kind.changes(SequenceSet("s"), new)
    assert list(added) == ["members.a", "members.b", "default", "assignments"]
    assert added["assignments"] == [[], ["account:1"]]


def test_the_order_of_owners_means_nothing() -> None:
    old, new = (SequenceSet("s", {}, False, owners) for owners in (("a:1", "b:2"), ("b:2", "a:1")))
    assert KINDS["set"].changes(old, new) == {}
