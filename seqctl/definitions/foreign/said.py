"""What a payload said otherwise than it would be written from its definition, so that it comes out again.

A value can be spelled in several ways (`Yyyy` and `YYYY`), and a default can be said or left out. Beside the
definition stands what was said of such keys, with what they would have been: as long as the definition still
gives that, the words of the payload are written, else its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Payload = dict[str, Any]
MEANT = "filtervalue"
"""A key that means something with null too: it asks whether a field is empty."""

Group = tuple[str, ...]
"""Keys that mean something together: the words for them hold together or not at all."""


def plain(value: object, own: frozenset[str], own_below: Mapping[str, frozenset[str]] = {}) -> Any:
    """A value without what is null and what is the system's `own`; some keys have another list of it."""
    if isinstance(value, dict):
        return {
            key: plain(item, own_below.get(key, own))
            for key, item in value.items()
            if (item is not None or key.lower() == MEANT) and key not in own
        }
    return [plain(item, own, own_below) for item in value] if isinstance(value, list) else value


def otherwise(said: Payload, computed: Payload, groups: Iterable[Group]) -> list[list[Payload]]:
    """Of each group that was said otherwise than it would be written: what was said, and what would be.

    Words that leave out a part of what is written are not kept: it would be lost.
    """
    pairs = ([_of(group, said), _of(group, computed)] for group in groups)
    return [[was, would] for was, would in pairs if was != would and would.keys() <= was.keys()]


def kept_on(
    before: Iterable[list[Payload]], said: Payload, fresh: list[list[Payload]], groups: Iterable[Group]
) -> list[list[Payload]]:
    """What is kept after a body that says some of the keys: `fresh` for their groups, what was of others."""
    told = {group for group in groups if set(group) & said.keys()}
    stays = [pair for pair in before if not any(set(group) & {*pair[0], *pair[1]} for group in told)]
    return sorted([*stays, *fresh], key=lambda pair: sorted({*pair[0], *pair[1]}))


def as_said(computed: Payload, kept: Iterable[list[Payload]], groups: Iterable[Group]) -> Payload:
    """A payload in the words that were said, where they still mean the same."""
    payload = dict(computed)
    for was, would in kept:
        group = next((group for group in groups if set(group) & {*was, *would}), ())
        if _of(group, computed) == would:
            for key in group:
                payload.pop(key, None)
            payload.update(was)
    return payload


def one_or_all(payloads: list[Payload]) -> Any:
    """One object by itself, as an interface takes it, else an array."""
    return payloads[0] if len(payloads) == 1 else payloads


def in_order(value: Any) -> Any:
    """A value with its keys in order, as the book keeps it."""
    if isinstance(value, dict):
        return {key: in_order(value[key]) for key in sorted(value)}
    return [in_order(item) for item in value] if isinstance(value, list) else value


def _of(group: Group, payload: Payload) -> Payload:
    return {key: payload[key] for key in group if key in payload}
