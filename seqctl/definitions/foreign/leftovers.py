"""What another system cannot hold, gathered so that each kind of loss is reported once, with names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from seqctl.model.catalogue.kinds import KINDS, NOTHING

MOST_NAMED = 5


class Leftovers:
    """The losses of one export to a `system`: words for each, with the definitions that they are about."""

    def __init__(self, system: str) -> None:
        self.system = system
        self._lost: dict[str, list[str]] = {}

    def out(self, kind: str, name: str, why: str) -> None:
        """A definition that stays out as a whole."""
        self._lost.setdefault(f"a {kind} stays out, since {why}", []).append(name)

    def field(self, kind: str, name: str, field: str) -> None:
        """A field of a definition that the system has no key for."""
        self._lost.setdefault(f"{self.system} has no {field} of a {kind}, so that it stays out", []).append(
            name
        )

    def fields(self, kind: str, definition: Any, held: Iterable[str]) -> None:
        """The fields of a definition that say something and are not among those that are `held`."""
        table = KINDS[kind]
        for field, value in table.values(definition).items():
            said = not (value in NOTHING or value == table.default(definition, field))
            if said and field not in held:
                self.field(kind, definition.name, field)

    def words(self) -> list[str]:
        """Each loss in words, with the names that it is about."""
        return [f"{words}: {_listed(names)}" for words, names in self._lost.items()]


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(map(repr, names[:MOST_NAMED])) + more
