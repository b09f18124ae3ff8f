"""Writing document sequences of Sage Intacct, with where each counter stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from seqctl.definitions.foreign.intacct.parts import AFFIX, SEPARATOR, SYSTEM, TEXTS, Parts, parts_of
from seqctl.definitions.foreign.intacct.range import ALPHA, LONGEST, NUMERIC
from seqctl.definitions.foreign.leftovers import Leftovers
from seqctl.definitions.foreign.reading import CALENDAR_YEAR
from seqctl.definitions.foreign.said import as_said, one_or_all
from seqctl.definitions.toml.writer import Counters
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import document_type_name

GROUPS = (
    *(("printTitle",), ("type",), ("fixedLength",), ("status",), ("entity",)),
    *((key,) for key in (*TEXTS, *NUMERIC, *ALPHA)),
    ("rollover", "fiscalYears"),
)
COUNTED = (("rollover", "fiscalYears"), (NUMERIC[2],), (ALPHA[2],))
"""Groups that say where counters stand."""

HELD = ("title", "kind", "pattern", "start", "end", "reset", "status", "unique")


def write(catalogue: Catalogue, counters: Counters, leftovers: Leftovers) -> Any:
    """Every sequence that Intacct can count as an object; one alone by itself."""
    payloads = []
    for name, sequence in sorted(catalogue.sequences.items()):
        origin = catalogue.origins.get(name, {}).get(SYSTEM, {})
        parts = parts_of(origin, sequence)
        why = _reason_to_stay_out(sequence, parts)
        if why is not None or parts is None:
            leftovers.out("sequence", name, str(why))
            continue
        _tell_lost(sequence, leftovers)
        upcoming = {
            key.period: counter.last + sequence.step for key, counter in counters.get(name, {}).items()
        }
        said: Any = origin.get("said", [])
        payloads.append(as_said(payload(sequence, parts, upcoming), said, GROUPS))
    for kind in ("set", "policy"):
        for name in sorted(getattr(catalogue, f"{kind}s" if kind == "set" else "policies")):
            leftovers.out(kind, name, "Intacct has none")
    return one_or_all(payloads)


def payload(sequence: Sequence, parts: Parts, upcoming: Mapping[str, int]) -> dict[str, Any]:
    """A document sequence without what is at its default; `upcoming` are next values by their periods."""
    first, last, following = ALPHA if sequence.alpha else NUMERIC
    width = sequence.compiled.width
    keys: dict[str, Any] = {
        "id": sequence.name,
        "printTitle": sequence.title,
        "type": "alpha" if sequence.alpha else "numeric",
        "fixedLength": str(width) if width else None,
        "fixedPrefix": parts.prefix or None,
        "prefixSeparator": parts.prefix_separator or None,
        "fixedSuffix": parts.suffix or None,
        "suffixSeparator": parts.suffix_separator or None,
        first: _value(sequence, sequence.start),
        last: None if sequence.end is None else _value(sequence, sequence.end),
        "status": "inactive" if sequence.status == "inactive" else None,
    }
    standing = {period: value for period, value in upcoming.items() if value != sequence.start}
    if sequence.reset == "fiscal-year":
        keys["rollover"] = _rollover(sequence, parts, standing)
    elif "all" in standing:
        keys[following] = _value(sequence, standing["all"])
    entities = sequence.requires.get("entity", ())
    keys["entity"] = {"id": entities[0]} if len(entities) == 1 else None
    return {key: value for key, value in keys.items() if value is not None}


def _rollover(sequence: Sequence, parts: Parts, standing: Mapping[str, int]) -> dict[str, Any]:
    following = (ALPHA if sequence.alpha else NUMERIC)[2]
    years = [
        {"fiscalYear": int(period.removeprefix("FY")), following: _value(sequence, value)}
        for period, value in sorted(standing.items())
    ]
    rollover = {
        "isEnabled": True,
        AFFIX: parts.affix or None,
        SEPARATOR: parts.separator or None,
        "fiscalYears": years or None,
    }
    return {key: value for key, value in rollover.items() if value is not None}


def _value(sequence: Sequence, value: int) -> object:
    """A value of the counter as Intacct has it: a number, or letters."""
    return sequence.compiled.counter_text(value) if sequence.alpha else value


def _reason_to_stay_out(sequence: Sequence, parts: Parts | None) -> str | None:
    """Why a sequence would count or write otherwise in Intacct; None where it would not."""
    if sequence.reset not in ("never", "fiscal-year"):
        return f"Intacct does not begin anew each {sequence.reset}"
    if sequence.scope:
        return "Intacct has one counter for each sequence"
    if sequence.step != 1:
        return "Intacct counts in steps of one"
    if sequence.compiled.width > LONGEST:
        return f"Intacct has at most {LONGEST} digits or letters"
    if len(sequence.requires.get("entity", ())) > 1:
        return "a sequence of Intacct has one entity at most"
    if parts is None:
        return "its pattern has tokens that Intacct lacks"
    return None


def _tell_lost(sequence: Sequence, leftovers: Leftovers) -> None:
    """What is lost of a sequence that Intacct can count."""
    held = [*HELD]
    if sequence.document_types == (document_type_name(sequence.name),):
        held.append("document_type")
    if sequence.calendar == CALENDAR_YEAR:
        held.append("calendar")
    if not set(sequence.requires) - {"entity"}:
        held.append("requires")
    width = sequence.compiled.width
    if sequence.max_width == (width or (LONGEST if sequence.end is None else None)):
        held.append("max_width")
    leftovers.fields("sequence", sequence, held)
