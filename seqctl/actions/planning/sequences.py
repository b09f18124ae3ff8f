"""Planning sequences: valid ones, and of used ones only what may still change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from seqctl.actions.planning.counting.recounted import plan_recounted
from seqctl.actions.planning.planning import Planning
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.catalogue.plan import Reason
from seqctl.model.characters.character_set import character_set
from seqctl.model.collision.type_codes import check_codes
from seqctl.model.finding import Finding
from seqctl.model.sequence.changes import locked_changes
from seqctl.model.sequence.check import check_sequence
from seqctl.model.sequence.document_types import keep_order
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import shell_word

SEQUENCE = KINDS["sequence"]

WATCHED = 200
"""How many sequences are checked between two reports of progress."""


def plan_sequences(planning: Planning) -> None:
    """Plan the sequences that are wanted, and note those that are invalid with texts that are known."""
    wanted, plan = planning.wanted, planning.plan
    given = dict(wanted.sequences)
    for name, before in planning.old.sequences.items():
        # A sequence whose calendar moves is checked again, although nobody named it.
        if before.calendar in planning.moved and name not in given:
            given[name] = before.definition()
            given[name]["start"] = before.compiled.counter_text(before.start)
            given[name]["end"] = None if before.end is None else before.compiled.counter_text(before.end)
    for done, (name, fields) in enumerate(given.items()):
        if done % WATCHED == 0:
            planning.watch("checking", done, len(given))
        earlier = planning.old.sequences.get(name)
        sequence, findings = check_sequence(
            name, fields, planning.new.calendars, earlier.pattern if earlier is not None else None
        )
        if sequence is not None:
            check_codes(sequence, findings)
            sequence = None if any(item.severity == "error" for item in findings) else sequence
        told_there = sequence is None and fields.get("calendar") in wanted.calendars
        # What is wrong with a calendar is reported where it is defined.
        plan.findings += [item for item in findings if not told_there or item.field != ("calendar",)]
        if sequence is None:
            planning.new.sequences.pop(name, None)
            planning.unfinished += _with_known_texts(name, fields, findings, planning.new)
            continue
        differences = SEQUENCE.changes(earlier, sequence)
        if earlier is not None:
            sequence.id, sequence.used = earlier.id, earlier.used
            sequence.self_issued, sequence.closed_until = earlier.self_issued, earlier.closed_until
            if earlier.used:
                keep_order(sequence, earlier)
                differences = SEQUENCE.changes(earlier, sequence)
                _note_locked(planning, earlier, sequence, differences)
            else:
                plan_recounted(planning, earlier, sequence, differences)
        planning.new.sequences[name] = sequence
        if differences or name in wanted.sequences:
            plan.put(SEQUENCE, name, earlier is None, differences, sequence)


BESIDE_TEXTS = {
    *("title", "description", "timezone", "mode", "date_order", "manual", "warn_at", "reservation_ttl"),
    "status",
}
"""Fields on which the texts of a sequence do not depend."""


def _with_known_texts(
    name: str, fields: Mapping[str, object], findings: list[Finding], new: Catalogue
) -> list[Sequence]:
    """An invalid sequence without what is wrong with it, where its texts do not depend on that."""
    wrong = {finding.field[0] for finding in findings if finding.severity == "error" and finding.field}
    if not wrong or not wrong <= BESIDE_TEXTS or any(not finding.field for finding in findings):
        return []
    rest = {key: value for key, value in fields.items() if key not in wrong}
    sequence, _ = check_sequence(name, rest, new.calendars)
    return [] if sequence is None else [sequence]


def _note_locked(
    planning: Planning, before: Sequence, after: Sequence, differences: dict[str, list[object]]
) -> None:
    assert before.id is not None
    bounds = {"end", "max_width", "max_length"} & set(differences)
    held = planning.transaction.catalogue.held_extent(before.id) if bounds else None
    if "characters" in differences and after.characters is not None:
        allowed = character_set(after.characters)
        texts = planning.transaction.catalogue.texts_of(before.id)
        strange = next((text for text in texts if allowed.outside(text) is not None), None)
        if strange is not None:
            message = f"holds not all of {strange}, which is held"
            hint = "allow the characters of all numbers that are held"
            planning.plan.find("locked_field", ("sequences", before.name), message, hint, ("characters",))
    for change in locked_changes(before, after, held):
        message = change.words()
        hint = "to change it, define a new sequence"
        planning.plan.find("locked_field", ("sequences", before.name), message, hint, (change.field,))


def sequence_stays(name: str, new: Catalogue) -> Reason | None:
    """Why a sequence cannot go: it was used."""
    if not new.sequences[name].used:
        return None
    hint = f"deactivate it with: seqctl sequence deactivate {shell_word(name)}"
    return Reason("in_use", "numbers were issued from it; it stays for the record", hint)


def sequences_named(new: Catalogue) -> Iterator[tuple[str, Reason]]:
    """The sequences that sets and policies name, each with the reason to stay that this is."""
    for other in new.sets.values():
        reason = Reason("in_use", f"set {other.name!r} names it", "take it out of the set first")
        yield from ((name, reason) for name in other.members.values())
    for policy in new.policies.values():
        words = f"policy {policy.name!r} names it"
        yield policy.sequence, Reason("in_use", words, "remove or change the policy first")
