"""Planning the settings of the whole book, key by key: what a file does not name stays."""

from __future__ import annotations

from seqctl.actions.planning.planning import Planning
from seqctl.model.catalogue.catalogue import BOOK_LISTS, Change
from seqctl.model.catalogue.plan import Plan
from seqctl.model.owner import split_owner
from seqctl.model.sequence.values import time_zone
from seqctl.model.text import composed
from seqctl.model.value import ValueProblem

BOOK = ("book",)


def plan_book(planning: Planning) -> None:
    """Plan the settings that are wanted: the time zone, and the lists of kinds of owners."""
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
        kinds = _kinds(wanted.book[key], key, plan)
        if kinds is not None and kinds != old.book.get(key, []):
            fields[key] = [old.book.get(key, []), kinds]
            plan.book[key] = kinds
    if named and not plan.refuses(BOOK):
        plan.changes.append(Change("book", "book", "changed" if fields else "unchanged", fields))


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
