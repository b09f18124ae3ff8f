"""Findings on what definitions say of each other: names with two meanings, what nobody uses or serves."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.finding import Finding
from seqctl.model.policy.policy import Policy
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import document_type_name, shell_word


def lint_references(catalogue: Catalogue) -> Iterator[Finding]:
    """What is wrong between the definitions of a catalogue."""
    served = Served(catalogue)
    for sequence in catalogue.sequences.values():
        yield from _two_meanings(served, sequence)
    yield from _inactive_references(catalogue)
    yield from _unused_calendars(catalogue)
    yield from _lacking_types(catalogue)


class Served:
    """What serves each document type, gathered once for all sequences that are named as one.

    `by_default` is what the default set gives; the others are in the order in which they are told.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.by_default: dict[str, str] = {}
        self.sets: dict[str, list[tuple[str, str]]] = {}
        self.policies: dict[str, list[Policy]] = {}
        self.sequences: dict[str, list[Sequence]] = {}
        for each in sorted(catalogue.sets.values(), key=lambda item: not item.default):
            for document_type, name in each.members.items():
                self.sets.setdefault(document_type, []).append((each.name, name))
            if each.default:
                self.by_default = each.members
        for policy in catalogue.policies.values():
            self.policies.setdefault(policy.document_type, []).append(policy)
        for sequence in catalogue.sequences.values():
            for document_type in sequence.document_types:
                self.sequences.setdefault(document_type, []).append(sequence)


def _two_meanings(served: Served, sequence: Sequence) -> Iterator[Finding]:
    """A sequence named as a document type that something else serves.

    Where the default set gives the type to the sequence itself, the name means the type, and the sequence is
    what serves it if nothing more special does: nothing is said.
    """
    document_type = document_type_name(sequence.name)
    if served.by_default.get(document_type) == sequence.name:
        return
    others = [
        f"sequence {name!r} by set {set_name!r}"
        for set_name, name in served.sets.get(document_type, ())
        if name != sequence.name
    ]
    others += [
        f"sequence {policy.sequence!r} by policy {policy.name!r}"
        for policy in served.policies.get(document_type, ())
        if policy.sequence != sequence.name
    ]
    if document_type not in sequence.document_types:
        others += [
            f"sequence {other.name!r}"
            for other in served.sequences.get(document_type, ())
            if other.status == "active"
        ]
    if others:
        more = f" and {len(others) - 1} more" if others[1:] else ""
        yield Finding(
            "two_meanings",
            "warning",
            ("sequences", sequence.name),
            f"is named as the document type {document_type!r}, which is served by {others[0]}{more}",
            f"rename one of them, or name it with --sequence {shell_word(sequence.name)}",
        )


def _inactive_references(catalogue: Catalogue) -> Iterator[Finding]:
    """Active policies and sets that lead to an inactive sequence: every such request is refused."""
    references = [
        (("policies", policy.name), policy.sequence, "it chooses")
        for policy in catalogue.policies.values()
        if policy.status == "active"
    ]
    references += [
        (("sets", each.name), name, f"it gives to {document_type!r}")
        for each in catalogue.sets.values()
        for document_type, name in each.members.items()
    ]
    for subject, name, verb in references:
        if catalogue.sequences[name].status != "active":
            yield Finding(
                "inactive_reference",
                "warning",
                subject,
                f"sequence {name!r}, which {verb}, is inactive: such a request is refused",
                f"activate it with: seqctl sequence activate {shell_word(name)}",
            )


def _unused_calendars(catalogue: Catalogue) -> Iterator[Finding]:
    used = {sequence.calendar for sequence in catalogue.sequences.values()}
    for name in catalogue.calendars:
        if name not in used:
            yield Finding(
                "calendar_unused",
                "warning",
                ("calendars", name),
                "no sequence counts or renders by it",
                f"remove it with: seqctl calendar remove {shell_word(name)}",
            )


def _lacking_types(catalogue: Catalogue) -> Iterator[Finding]:
    """Sets without a member for a type of another set; what the default set supplies is not missing."""
    givers: dict[str, list[str]] = {}
    for each in catalogue.sets.values():
        for document_type in each.members:
            givers.setdefault(document_type, []).append(each.name)
    default = next((item for item in catalogue.sets.values() if item.default), None)
    supplied = set(default.members) if default is not None else set()
    for each in catalogue.sets.values():
        for document_type in sorted(set(givers) - set(each.members) - supplied):
            names = givers[document_type]
            listed = ", ".join(repr(name) for name in names[:3]) + (" ..." if names[3:] else "")
            instead = "" if each is default else ", and no default set supplies it"
            yield Finding(
                "set_lacks_type",
                "warning",
                ("sets", each.name),
                f"has no member for {document_type!r}, which {listed} {_has(names)}{instead}",
                f"add it with: seqctl set edit {shell_word(each.name)} {document_type}=SEQUENCE",
            )


def _has(names: list[str]) -> str:
    return "has" if len(names) == 1 else "have"
