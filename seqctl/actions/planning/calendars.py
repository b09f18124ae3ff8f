"""Planning calendars: one by which numbers were issued stays as it is."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.actions.planning.planning import Planning
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.catalogue.plan import Reason
from seqctl.model.time.calendar import Calendar
from seqctl.model.time.check_calendar import check_calendar
from seqctl.model.time.fiscal_years import YearDays, days_of

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
        moved = _moved_year(planning, old.calendars[name], new.calendars[name])
        if moved is not None:
            message = f"{moved}: sequence {sequence_name!r} issued numbers by it"
            hint = "keep the days of years that were used, or define another calendar for new sequences"
            plan.find("locked_field", ("calendars", name), message, hint)


def _moved_year(planning: Planning, before: Calendar, after: Calendar) -> str | None:
    """The first fiscal year in which numbers were dated or counted whose days would change, in words."""
    for name in sorted(planning.transaction.catalogue.fiscal_years(before)):
        old, new = days_of(before, name), days_of(after, name)
        if new is None or old is None or old[2:] != new[2:]:
            would = "would be gone" if new is None else f"would be {_window(new)}"
            return f"fiscal year {name} is {_window(old)} and {would}"
        # A list may lack them; that no pattern asks for what it lacks is checked with the sequences.
        for part, was, becomes in zip(("months", "quarters"), old, new, strict=False):
            if was and becomes and was != becomes:
                return f"the {part} of fiscal year {name} would begin on other days"
    return None


def _window(days: YearDays | None) -> str:
    return "without days" if days is None else f"{days[2]} to {days[3]}"


def calendars_named(new: Catalogue) -> Iterator[tuple[str, Reason]]:
    """The calendars that sequences use, each with the reason to stay that this is."""
    for sequence in new.sequences.values():
        if sequence.calendar is not None:
            yield sequence.calendar, Reason("in_use", f"sequence {sequence.name!r} uses it", None)
