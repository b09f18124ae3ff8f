"""Planning calendars: one by which numbers were issued stays as it is."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.actions.planning.planning import Planning
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.catalogue.plan import Reason
from seqctl.model.time.calendar import Calendar
from seqctl.model.time.check_calendar import check_calendar
from seqctl.model.time.fiscal_years import days_of

CALENDAR = KINDS["calendar"]


def plan_calendars(planning: Planning) -> None:
    """Plan the calendars that are wanted, and note which of them become other than they were."""
    old, new, plan = planning.old, planning.new, planning.plan
    for name, fields in planning.wanted.calendars.items():
        calendar, findings = check_calendar(name, fields)
        plan.findings.extend(findings)
        if calendar is None:
            continue
        before = old.calendars.get(name)
        differences = CALENDAR.changes(before, calendar)
        new.calendars[name] = calendar
        plan.put(CALENDAR, name, before is None, differences, calendar)
        if differences:
            planning.moved.add(name)
    counting: dict[str, str] = {}
    for sequence in old.sequences.values():
        if sequence.calendar in planning.moved and sequence.used:
            counting.setdefault(sequence.calendar, sequence.name)
    for name, sequence_name in counting.items():
        if _keeps_used_years(planning, old.calendars[name], new.calendars[name]):
            continue
        moves = _moves(old.calendars[name], new.calendars[name])
        message = f"{moves}: sequence {sequence_name!r} issued numbers by it"
        hint = "define another calendar for new sequences"
        plan.find("locked_field", ("calendars", name), message, hint)


def _keeps_used_years(planning: Planning, before: Calendar, after: Calendar) -> bool:
    """Whether the fiscal years in which numbers were dated or counted have the same days in both."""
    used = planning.transaction.catalogue.fiscal_years(before)
    return all(days_of(before, name) == days_of(after, name) for name in used)


def _moves(old: Calendar, new: Calendar) -> str:
    """The change of a calendar in words, with both values."""
    return " and ".join(
        f"{field} is {before!r} and cannot become {after!r}"
        for field, (before, after) in CALENDAR.changes(old, new).items()
    )


def calendars_named(new: Catalogue) -> Iterator[tuple[str, Reason]]:
    """The calendars that sequences use, each with the reason to stay that this is."""
    for sequence in new.sequences.values():
        if sequence.calendar is not None:
            yield sequence.calendar, Reason("in_use", f"sequence {sequence.name!r} uses it", None)
