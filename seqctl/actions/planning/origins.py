"""Planning what is kept of other systems' words: what a later update of one of their fields builds on."""

from __future__ import annotations

from seqctl.actions.planning.planning import Planning


def plan_origins(planning: Planning) -> None:
    """Plan the origins that become other than they were.

    They are shown as `SYSTEM.KEY` where nothing else of the sequence changes, since otherwise the change of
    its fields says it.
    """
    old, plan = planning.old, planning.plan
    for name, systems in planning.wanted.origins.items():
        before = old.origins.get(name, {})
        after = {**before, **systems}
        if after == before or name not in planning.new.sequences:
            continue
        plan.origins[name] = after
        if name in old.sequences and plan.change_of("sequence", name).action == "unchanged":
            plan.note("sequence", name, _differences(before, systems))


def _told(key: str, value: object) -> object:
    """A value as a list shows it: of words that were said, these alone."""
    if key != "said" or not isinstance(value, list):
        return value
    return {word: said for was, _ in value for word, said in was.items()}


def _differences(
    before: dict[str, dict[str, object]], after: dict[str, dict[str, object]]
) -> dict[str, list[object]]:
    return {
        f"{system}.{key}": [_told(key, before.get(system, {}).get(key)), _told(key, keys.get(key))]
        for system, keys in after.items()
        for key in sorted({*before.get(system, {}), *keys})
        if before.get(system, {}).get(key) != keys.get(key)
    }
