"""Findings on policies: those that never match, never get their turn, or always share it."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.finding import Finding
from seqctl.model.policy.check import text_comparisons
from seqctl.model.policy.overlap import Matched, contains, covers, matched, windows_overlap
from seqctl.model.policy.overlap_index import ContainingIndex
from seqctl.model.policy.policy import Policy
from seqctl.model.text import shell_word

Weighed = tuple[Policy, Matched]


def lint_policies(catalogue: Catalogue) -> Iterator[Finding]:
    """What is wrong with the active policies of a catalogue, document type by document type."""
    zone = catalogue.timezone or "UTC"
    for policy in catalogue.policies.values():
        yield from text_comparisons(policy)
    for group in _by_type(catalogue):
        can_match = []
        for policy, records in group:
            if records.never:
                yield _never_matches(policy, records)
            else:
                can_match.append((policy, records))
        index = ContainingIndex(records for _, records in can_match)
        for weighed in can_match:
            rivals = [can_match[place] for place in index.places(weighed[1])]
            above = _shadow(weighed, rivals, zone)
            if above is not None:
                yield _shadowed(weighed[0], above)
            else:
                yield from _ties(weighed, rivals, zone)


def _by_type(catalogue: Catalogue) -> list[list[Weighed]]:
    """The active policies of each document type in the order in which an issue asks them."""
    groups: dict[str, list[Weighed]] = {}
    for policy in catalogue.policies.values():
        if policy.status == "active":
            groups.setdefault(policy.document_type, []).append((policy, matched(policy)))
    for group in groups.values():
        group.sort(key=lambda weighed: (-weighed[0].priority, weighed[0].name))
    return [groups[document_type] for document_type in sorted(groups)]


def _shadow(weighed: Weighed, rivals: list[Weighed], zone: str) -> Policy | None:
    """The first policy of a higher priority that matches whatever this one matches, whenever it does."""
    policy, records = weighed
    for other, wider in rivals:
        if other.priority <= policy.priority:
            return None
        if contains(wider, records) and covers(other, policy, zone):
            return other
    return None


def _ties(weighed: Weighed, rivals: list[Weighed], zone: str) -> Iterator[Finding]:
    """A policy that matches nothing by itself: another one of its priority matches it too.

    Of two that contain each other only the second is named. A policy that is shadowed is not asked: nothing
    of it is decided by a tie.
    """
    policy, records = weighed
    for other, wider in rivals:
        if other.priority != policy.priority or other is policy or not contains(wider, records):
            continue
        mutual = contains(records, wider)
        if (not mutual or other.name < policy.name) and windows_overlap(policy, other, zone):
            yield _always_ties(policy, other, mutual)
            return


def _subject(policy: Policy) -> tuple[str, ...]:
    return ("policies", policy.name)


def _never_matches(policy: Policy, records: Matched) -> Finding:
    return Finding(
        "never_matches",
        "warning",
        _subject(policy),
        f"matches no record: its conditions on {records.impossible!r} can never hold together",
        f"see them with: seqctl policy show {shell_word(policy.name)}",
    )


def _shadowed(policy: Policy, above: Policy) -> Finding:
    return Finding(
        "shadowed",
        "warning",
        _subject(policy),
        f"never chooses: whatever it matches, policy {above.name!r} matches too, whose priority"
        f" {above.priority} is above {policy.priority}",
        "give the narrower policy the higher priority, or deactivate it",
    )


def _always_ties(policy: Policy, other: Policy, mutual: bool) -> Finding:
    what = "match the same records" if mutual else "both match whatever the first one matches"
    always = not any((each.effective_from or each.effective_until) for each in (policy, other))
    return Finding(
        "always_ties",
        "error",
        _subject(policy),
        f"it and {other.name!r} {what}, with the same priority {policy.priority}: neither can be chosen"
        f"{'' if always else ' while both are effective'} (ambiguous_policy)",
        "give one of them a higher priority",
    )
