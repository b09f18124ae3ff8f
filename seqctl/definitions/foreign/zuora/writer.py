"""Writing sequence sets of Zuora: each member with its prefix and the number that it goes on at."""

from __future__ import annotations

from typing import Any

from seqctl.definitions.foreign.leftovers import Leftovers
from seqctl.definitions.foreign.zuora.runs import MOST_LENGTH, run_prefix
from seqctl.definitions.foreign.zuora.sets import DEFAULT, DOCUMENT_TYPES, LONGEST_NAME
from seqctl.definitions.toml.writer import Counters
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.number.counter_name import CounterKey
from seqctl.model.text import document_type_name

KEYS = {document_type_name(key): key for key in DOCUMENT_TYPES}
HELD = ("document_type", "pattern", "max_length")


def write(catalogue: Catalogue, counters: Counters, leftovers: Leftovers) -> dict[str, Any]:
    """The sets as a request to create them, the default set first."""
    served: set[str] = set()
    payloads = []
    for name, item in sorted(catalogue.sets.items(), key=lambda pair: (not pair[1].default, pair[0])):
        if len(name) > LONGEST_NAME:
            leftovers.out("set", name, f"its name has more than {LONGEST_NAME} characters")
            continue
        if item.default and name != DEFAULT:
            leftovers.field("set", name, f"default other than {DEFAULT}")
        if item.owners:
            leftovers.field("set", name, "assignments")
        members = _members(item, catalogue, counters, leftovers)
        served.update(item.members.values())
        payloads.append({"name": name, **members})
    for name in sorted(set(catalogue.sequences) - served):
        leftovers.out("sequence", name, "no set names it")
    for name in sorted(catalogue.policies):
        leftovers.out("policy", name, "Zuora has none")
    return {"sequenceSets": payloads}


def _members(
    item: SequenceSet, catalogue: Catalogue, counters: Counters, leftovers: Leftovers
) -> dict[str, Any]:
    members = {}
    for document_type, name in item.members.items():
        sequence = catalogue.sequences[name]
        prefix = run_prefix(sequence)
        if document_type not in KEYS:
            leftovers.out("member", f"{item.name}.{document_type}", "Zuora numbers no such document type")
        elif sequence.types is not None:
            why = "its counter numbers several document types"
            leftovers.out("member", f"{item.name}.{document_type}", why)
        elif prefix is None or sequence.step != 1 or sequence.alpha:
            leftovers.out("member", f"{item.name}.{document_type}", "its numbers are no prefix with 8 digits")
        else:
            length = () if sequence.max_length in (None, MOST_LENGTH) else ("max_length",)
            for field in length:
                leftovers.field("sequence", name, field)
            leftovers.fields("sequence", sequence, (*HELD, "start"))
            counter = counters.get(name, {}).get(CounterKey("all", ""))
            upcoming = sequence.start if counter is None else counter.last + sequence.step
            members[KEYS[document_type]] = {"prefix": prefix, "startNumber": upcoming}
    return members
