"""Which policies of many may match all that another one matches, without asking each of them.

Most policies of a long list name a value: an entity, a customer. Only a policy that names one of the same
values, or none at all, can match whatever such a policy matches.
"""

from collections.abc import Iterable, Iterator

from seqctl.model.policy.overlap import Expression, Matched
from seqctl.model.policy.overlap_values import SPAN, TEXTS, VALUES, Room, first_day
from seqctl.model.policy.policy import DATE, TEXT, comparable

Named = tuple[str, str, object]
"""An attribute, how its values compare, and one of them."""


class ContainingIndex:
    """Policies by what they name, for `overlap.contains`; each is known by its place in the list."""

    def __init__(self, policies: Iterable[Matched]) -> None:
        self._every: list[int] = []
        self._same: dict[Expression, list[int]] = {}
        self._naming: dict[Named, list[int]] = {}
        self._open: dict[str, list[int]] = {}
        self._kinds: dict[str, set[str]] = {}
        for place, wide in enumerate(policies):
            self._same.setdefault(wide.expression, []).append(place)
            if wide.every:
                self._every.append(place)
            elif wide.decided and not wide.never:
                self._add(place, wide)

    def places(self, narrow: Matched) -> list[int]:
        """The places of all policies that may contain one, ascending, its own among them."""
        found = {*self._every, *self._same.get(narrow.expression, ())}
        if narrow.decided:
            for field, room in narrow.rooms.items():
                found.update(self._open.get(field, ()))
                for named in self._some_value(field, room):
                    found.update(self._naming.get(named, ()))
        return sorted(found)

    def _add(self, place: int, wide: Matched) -> None:
        """Note a policy under each value of its shortest list, else under one of its attributes."""
        listed = [
            (len(room.texts or room.values), field) for field, room in wide.rooms.items() if _lists(room)
        ]
        if not listed:
            self._open.setdefault(next(iter(wide.rooms)), []).append(place)
            return
        field = min(listed)[1]
        room = wide.rooms[field]
        kind = TEXT if room.form == TEXTS else room.kind
        self._kinds.setdefault(field, set()).add(kind)
        for value in room.texts or room.values:
            self._naming.setdefault((field, kind, value), []).append(place)

    def _some_value(self, field: str, room: Room) -> Iterator[Named]:
        """One value that a room leaves open, in every way in which values of its attribute are named."""
        if room.form == VALUES:
            yield field, room.kind, next(iter(room.values))
        elif room.form == TEXTS:
            text = next(iter(room.texts))
            for kind in self._kinds.get(field, ()):
                yield field, kind, comparable(kind, text)
        elif room.form == SPAN and room.kind == DATE:
            yield field, TEXT, first_day(room)


def _lists(room: Room) -> bool:
    return room.form in (TEXTS, VALUES)
