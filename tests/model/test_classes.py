"""Classes that are declared by their fields behave as dataclasses and named tuples do."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from seqctl.model.classes import NamedTuple, field, fields_of, frozen, mutable, replaced


@frozen
class Point:
    """A value."""

    x: int
    y: int = 2
    name: str | None = None

    @property
    def far(self) -> bool:
        return self.x > 100


@mutable
class Basket:
    """What changes."""

    owner: str
    things: list[str] = field(factory=list)


class Row(NamedTuple):
    """A row."""

    id: int
    text: str = "none"

    @property
    def shown(self) -> str:
        return f"{self.id}: {self.text}"


def test_fields_are_given_in_their_order_or_by_name_and_have_defaults() -> None:
    assert fields_of(Point(1)) == {"x": 1, "y": 2, "name": None}
    assert fields_of(Point(1, name="a", y=5)) == {"x": 1, "y": 5, "name": "a"}
    assert Point(101).far and not Point(1).far


@pytest.mark.parametrize("given", [(), (1, 2, "a", 4)])
def test_missing_and_superfluous_fields_are_refused(given: tuple[Any, ...]) -> None:
    for _ in range(2):  # at the first call and later
        with pytest.raises(TypeError):
            Point(*given)
    with pytest.raises(TypeError):
        Point(1, colour="red")  # type: ignore[call-arg]


def test_values_are_equal_and_keys_by_their_fields() -> None:
    assert Point(1, 2) == Point(1) and Point(1) != Point(2)
    assert len({Point(1), Point(1, 2), Point(2)}) == 2
    other: object = (1, 2, None)
    assert Point(1) != other


def test_a_value_does_not_change() -> None:
    point = Point(1)
    changes: tuple[Callable[[], None], ...] = (
        lambda: setattr(point, "x", 2),
        lambda: setattr(point, "colour", "red"),
        lambda: delattr(point, "x"),
    )
    for change in changes:
        with pytest.raises(AttributeError):
            change()
    assert point == Point(1)


def test_a_changed_value_is_another_one() -> None:
    point = Point(1, 5, "a")
    assert replaced(point, name="b") == Point(1, 5, "b") and point == Point(1, 5, "a")
    with pytest.raises(TypeError):
        replaced(point, colour="red")


def test_what_is_mutable_changes_and_is_no_key() -> None:
    basket = Basket("ada")
    basket.owner = "bob"
    assert basket == Basket("bob")
    with pytest.raises(TypeError):
        hash(basket)
    with pytest.raises(AttributeError):
        basket.colour = "red"  # type: ignore[attr-defined]


def test_a_default_that_can_change_is_made_anew() -> None:
    one, other = Basket("ada"), Basket("ada")
    one.things.append("pen")
    assert other.things == [] and Basket("ada", ["ink"]).things == ["ink"]


@pytest.mark.parametrize("thing", [Point(1, 2, "a"), Basket("ada", ["pen"])])
def test_copies_are_equal(thing: Basket | Point) -> None:
    assert copy.deepcopy(thing) == thing == pickle.loads(pickle.dumps(thing))


def test_it_says_what_it_is() -> None:
    assert repr(Point(1)) == "Point(x=1, y=2, name=None)"
    assert (Point.__doc__, Point.__qualname__, Point.__module__) == ("A value.", "Point", __name__)


@frozen
class Mark(Point):
    """A value made from another one."""

    colour: str = "red"


def test_fields_of_the_class_that_it_is_made_from_come_first() -> None:
    mark = Mark(1, 2, "a", "blue")
    assert repr(mark) == "Mark(x=1, y=2, name='a', colour='blue')"
    assert mark == Mark(1, 2, "a", "blue") != Mark(1, 2, "a") and hash(mark) != hash(Mark(1, 2, "a"))
    assert replaced(mark, y=3).y == 3 and copy.deepcopy(mark) == mark == pickle.loads(pickle.dumps(mark))
    assert not hasattr(mark, "__dict__")


def test_a_named_tuple_is_one() -> None:
    row = Row(1)
    assert row == (1, "none") and row._replace(text="b").shown == "1: b"
    assert Row._fields == ("id", "text") and Row._make((3, "c")).text == "c"
    assert (Row.__doc__, Row.__module__) == ("A row.", __name__)
    assert pickle.loads(pickle.dumps(row)) == row
