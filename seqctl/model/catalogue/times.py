"""When definitions were made and last changed, and by whom, as the event log tells it."""

from collections.abc import Iterable

from seqctl.model.classes import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class DefinitionTimes(NamedTuple):
    """The instants of the events that made a definition and changed it last, and whom they name."""

    created_at: str | None
    created_by: str | None
    modified_at: str | None
    modified_by: str | None


UNKNOWN = DefinitionTimes(None, None, None, None)
"""Of a definition of which no event tells."""


class DefinitionsChanged(NamedTuple):
    """An event that changed definitions: its instant, its actor, and its changes."""

    at: str
    actor: str
    changes: "list[dict[str, Any]]"


class Renaming(NamedTuple):
    """An event that gave a definition a new name."""

    event_id: int
    old: str
    new: str


def times_by_name(kind: str, events: Iterable[DefinitionsChanged]) -> dict[str, DefinitionTimes]:
    """The times of the definitions of a kind, by the names that the events leave them."""
    times: dict[str, DefinitionTimes] = {}
    for event in events:
        for change in event.changes:
            name, action = str(change.get("name")), change.get("action")
            if change.get("kind") != kind:
                continue
            if action == "renamed":
                name = str(change["fields"]["name"][1])
                times[name] = times.pop(str(change["fields"]["name"][0]), UNKNOWN)
            if action == "removed":
                times.pop(name, None)
            elif action == "created" or name not in times:
                times[name] = DefinitionTimes(event.at, event.actor, event.at, event.actor)
            else:
                times[name] = times[name]._replace(modified_at=event.at, modified_by=event.actor)
    return times
