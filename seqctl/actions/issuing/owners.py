"""Owners that a request names: kinds that nobody knows, slips, and owners that must have a set.

Loaded by an issue that names owners. They are looked at before anything is chosen, so that a slip is refused
also where a policy or another owner would decide.
"""

from seqctl.errors import Refused
from seqctl.model.owner import KINDS, near_kind
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def check_owners(transaction: "Transaction", owners: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The warnings of owners whose kind nobody knows.

    Raises Refused `unknown_owner` where such a kind is near a known one, and where an owner of a kind that
    must have a set has none.
    """
    must = must_have_sets(transaction)
    warnings = []
    for kind, id in owners:
        warning = check_kind(transaction, kind, f"{kind}:{id}", must)
        if warning is not None:
            warnings.append(warning)
        elif kind in must and transaction.definitions.assigned_set(kind, id) is None:
            raise without_set(transaction, kind, id)
    return tuple(warnings)


def must_have_sets(transaction: "Transaction") -> list[str]:
    """The kinds whose owners must have a set: `[book] known_owners`."""
    return _listed(transaction.definitions.owner_settings().known_owners)


def check_kind(transaction: "Transaction", kind: str, shown: str, must: list[str]) -> str | None:
    """The warning of a kind that nobody knows, or None. Raises Refused where it is near a known one.

    `shown` is the owner as it was given.
    """
    if kind in KINDS or kind in must:
        return None
    settings = transaction.definitions.owner_settings()
    known = sorted({*KINDS, *must, *_listed(settings.owner_kinds), *_listed(settings.assigned_kinds)})
    if kind in known:
        return None
    near = near_kind(kind, known)
    if near is None:
        return f"{shown} is ignored: no owner of the kind {kind!r} ever had a set"
    raise Refused(
        "unknown_owner",
        f"{shown}: {kind!r} is not a known kind of owner; nothing was issued",
        f"did you mean {near!r}? To add a kind of your own, list it in owner_kinds under [book] in a"
        " definition file",
    )


def without_set(transaction: "Transaction", kind: str, id: str) -> Refused:
    """The refusal of an owner that must have a set and has none."""
    from seqctl.model.finding import nearest

    hint = nearest(id, transaction.definitions.assigned_ids(kind))
    return Refused(
        "unknown_owner",
        f"{kind}:{id} has no set, and every owner of the kind {kind!r} must have one (known_owners)",
        hint or f"give it one with: seqctl set assign SET {shell_word(f'{kind}:{id}')}",
    )


def _listed(packed: str) -> list[str]:
    """The kinds in an array of JSON, which mostly is empty."""
    if packed == "[]":
        return []
    from json import loads

    kinds: list[str] = loads(packed)
    return kinds
