"""Planning the settings of the whole book, key by key: what a file does not name stays.

And the spaces of texts, which settings and sequences of several types make: joined are only document types
whose held numbers differ; those that both were numbered are not parted again.
"""

from __future__ import annotations

from seqctl.actions.planning.planning import Planning
from seqctl.model.catalogue.catalogue import BOOK_LISTS, Catalogue, Change
from seqctl.model.catalogue.plan import Plan
from seqctl.model.catalogue.spaces import Spaces, spaces_of
from seqctl.model.classes import replaced
from seqctl.model.owner import split_owner
from seqctl.model.sequence.values import time_zone, type_values
from seqctl.model.text import composed
from seqctl.model.value import ValueProblem

BOOK = ("book",)


def plan_book(planning: Planning) -> None:
    """Plan the settings that are wanted: the time zone, and the lists."""
    wanted, old, plan = planning.wanted, planning.old, planning.plan
    fields: dict[str, list[object]] = {}
    named = False
    if wanted.timezone is not None:
        named = True
        try:
            time_zone(wanted.timezone)
        except ValueProblem as problem:
            plan.find("invalid_definition", BOOK, str(problem), problem.hint, ("timezone",))
        else:
            if wanted.timezone != old.timezone:
                fields["timezone"] = [old.timezone, wanted.timezone]
                plan.timezone = wanted.timezone
    for key in BOOK_LISTS:
        if key not in wanted.book:
            continue
        named = True
        read = _together if key == "unique_together" else _kinds
        kinds = read(wanted.book[key], key, plan)
        if kinds is not None and kinds != old.book.get(key, []):
            fields[key] = [old.book.get(key, []), kinds]
            plan.book[key] = kinds
            planning.new.book = {**planning.new.book, key: kinds}
    if named and not plan.refuses(BOOK):
        plan.changes.append(Change("book", "book", "changed" if fields else "unchanged", fields))


def _together(given: object, key: str, plan: Plan) -> list[list[str]] | None:
    """Lists of document types, each with at least two; None where one is none, which becomes a finding."""
    if not isinstance(given, list) or not all(isinstance(item, list) for item in given):
        hint = 'write [["invoice", "debit_memo"]]'
        plan.find("invalid_definition", BOOK, "is not a list of lists of document types", hint, (key,))
        return None
    groups: list[list[str]] = []
    for place, group in enumerate(given):
        try:
            groups.append(list(type_values(group)))
        except ValueProblem as problem:
            plan.find("invalid_definition", BOOK, str(problem), problem.hint, (key, place))
            return None
        if len(group) < 2:
            hint = "name the document types that must not share a number"
            plan.find("invalid_definition", BOOK, "joins a single document type", hint, (key, place))
            return None
    return sorted(groups)


def _kinds(given: object, key: str, plan: Plan) -> list[str] | None:
    """Kinds of owners, each once and in order; None where one is none, which becomes a finding."""
    if not isinstance(given, list) or not all(isinstance(item, str) for item in given):
        plan.find("invalid_definition", BOOK, "is not a list of texts", 'write ["company"]', (key,))
        return None
    for place, kind in enumerate(given):
        try:
            if ":" in kind:
                raise ValueError(f"{kind!r} is more than a kind")
            split_owner(f"{composed(kind)}:x")
        except ValueError:
            hint = "write the KIND of KIND:ID alone: company"
            plan.find("invalid_definition", BOOK, f"{kind!r} is not a kind of owner", hint, (key, place))
            return None
    return sorted({composed(kind) for kind in given})


def plan_spaces(planning: Planning) -> None:
    """Plan the spaces of the definitions as they would be, and note joins and partings that are refused."""
    if planning.old.sequences.keys() - planning.new.sequences.keys():
        # What is wrong with a sequence is reported; which types it will number is not known yet.
        return
    before, plan = spaces_of(planning.old), planning.plan
    after = spaces_of(_remaining(planning))
    if before == after:
        return
    plan.spaces = after
    used = {
        document_type
        for sequence in planning.old.sequences.values()
        if sequence.used
        for document_type in sequence.document_types
    }
    _refuse_parting(planning, before, after, used)
    _refuse_clashes(planning, before, after, used)


def _remaining(planning: Planning) -> Catalogue:
    """The book as the plan would leave it, without what goes."""
    gone = {name for kind, name in planning.plan.removed if kind == "sequence"}
    if not gone:
        return planning.new
    sequences = planning.new.sequences.items()
    return replaced(planning.new, sequences={name: item for name, item in sequences if name not in gone})


def _refuse_parting(planning: Planning, before: Spaces, after: Spaces, used: set[str]) -> None:
    parted: dict[str, dict[str, str]] = {}
    for document_type in sorted(used):
        spaces = parted.setdefault(before.get(document_type, document_type), {})
        spaces.setdefault(after.get(document_type, document_type), document_type)
    for types in parted.values():
        if len(types) > 1:
            one, other = sorted(types.values())[:2]
            message = f"{one!r} and {other!r} must not share a number, and both have numbers already"
            hint = "keep them together: name both in one list of unique_together"
            planning.plan.find("locked_field", _cause(planning), message, hint)


def _refuse_clashes(planning: Planning, before: Spaces, after: Spaces, used: set[str]) -> None:
    """Refuse a join of types of which two hold one text."""
    joined: dict[str, set[str]] = {}
    for document_type in used:
        name = after.get(document_type, document_type)
        joined.setdefault(name, set()).add(before.get(document_type, document_type))
    for spaces in joined.values():
        if len(spaces) < 2:
            continue
        clash = planning.transaction.spaces.clash(sorted(spaces))
        if clash is not None:
            one, other = clash.holders
            message = (
                f"{clash.text!r} is held twice: as {one.document_type} by sequence {one.sequence!r}"
                f" ({one.period}), and as {other.document_type} by {other.sequence!r} ({other.period})"
            )
            hint = "document types that already share a number cannot be joined"
            planning.plan.find("number_taken", _cause(planning), message, hint)


def _cause(planning: Planning) -> tuple[str, ...]:
    """What changes the spaces, as a subject: the book's own list, else a sequence."""
    if "unique_together" in planning.plan.book:
        return BOOK
    for sequence in planning.plan.sequences:
        earlier = planning.old.sequences.get(sequence.name)
        types = (sequence.document_type,) if earlier is None else earlier.document_types
        if sequence.document_types != types:
            return ("sequences", sequence.name)
    gone = [name for kind, name in planning.plan.removed if kind == "sequence"]
    return ("sequences", gone[0]) if gone else BOOK
