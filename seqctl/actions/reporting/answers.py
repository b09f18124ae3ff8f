"""The lines of the summary: a question, and the answer in words; good, not good, or for information only.

A question that can be good or not is put so that "Yes" is the good answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.actions.reporting.totals import TERMS, Totals
from seqctl.model.report.report import Answer, Report
from seqctl.model.report.words import counted


def answers(report: Report, totals: Totals) -> list[Answer]:
    """A line for each question, in the order of the sheets."""
    lines = [
        _scheme(report),
        _completeness(totals),
        _gaps(totals),
        _voids(totals),
        _reused(totals),
        _date_order(totals),
        _cut_off(totals),
        *_documents(report, totals),
        *_ranges(report),
        _changes(totals),
        _numbers(totals),
        _evidence(totals),
    ]
    return lines


def _scheme(report: Report) -> Answer:
    rows = counted(report.sheets["scheme"].rows - 1, "definition")
    return Answer("scheme", "How is numbering done?", f"{rows}, each in sentences.", None)


def _completeness(totals: Totals) -> Answer:
    question = "Is every number accounted for?"
    if totals.unproved:
        words = f"No. {totals.unproved[0]}"
        more = len(totals.unproved) - 1
        return Answer("completeness", question, words + (f"; and {more} more" if more else ""), False)
    names = {"review": "under review", "other_window": "of other windows"}
    parts = [f"{totals.states[term]:,} {names.get(term, term)}" for term in TERMS if totals.states[term]]
    if not parts:
        return Answer("completeness", question, "Yes: nothing was issued.", True)
    where = counted(totals.of("counters"), "counter")
    missing = totals.states["missing"]
    yes = f"Yes, {missing:,} as missing" if missing else "Yes"
    words = f"{yes}: {counted(totals.of('integers'), 'number')} in {where} = {' + '.join(parts)}."
    return Answer("completeness", question, words, True)


def _gaps(totals: Totals) -> Answer:
    question = "Is every gap explained?"
    runs = totals.of("gap_runs")
    if totals.of("unexplained_runs"):
        numbers = counted(totals.of("unexplained_numbers"), "number")
        where = f"{totals.of('unexplained_runs'):,} of {counted(runs, 'run')}"
        return Answer("gaps", question, f"No: {numbers} in {where}.", False)
    if not runs:
        return Answer("gaps", question, "Yes: there are no gaps.", True)
    numbers = counted(totals.of("gap_numbers"), "number")
    explained = f"{numbers} in {counted(runs, 'run')}, each blocked, reusable or of a standard sequence"
    return Answer("gaps", question, f"Yes: {explained}.", True)


def _voids(totals: Totals) -> Answer:
    question = "Which numbers are void, and why?"
    count, blank = totals.of("voids"), totals.of("voids_unexplained")
    if not count:
        return Answer("voids", question, "None.", None)
    why = f"{blank:,} of them without a reason" if blank else "each with its reason"
    return Answer("voids", question, f"{counted(count, 'number')}, {why}.", None)


def _reused(totals: Totals) -> Answer:
    count = totals.of("reused")
    words = f"{counted(count, 'number')}, each with what ended its earlier life." if count else "None."
    return Answer("reused", "Which numbers were issued again, and why?", words, None)


def _date_order(totals: Totals) -> Answer:
    question = "Do the dates follow the numbers?"
    broken, allowed = totals.of("order_broken"), totals.of("order_allowed")
    tolerated = f"{counted(allowed, 'later number')} with an earlier date, where date_order is off"
    if broken:
        words = f"No: {counted(broken, 'later number')} with an earlier date"
        return Answer("date_order", question, f"{words}; and {tolerated}." if allowed else f"{words}.", False)
    return Answer("date_order", question, f"{tolerated}." if allowed else "Yes.", True)


def _cut_off(totals: Totals) -> Answer:
    count = totals.of("cut_off")
    words = (
        f"{counted(count, 'end')} of a month, each beside what follows." if count else "Nothing to compare."
    )
    return Answer("cut_off", "Where does one month end and the next begin?", words, None)


def _documents(report: Report, totals: Totals) -> Iterator[Answer]:
    same, agree = "Is every number on one document only?", "Do ledger and documents agree?"
    if report.made.documents is None:
        words = "No number is held twice in the ledger. Documents were not compared: give --documents FILE."
        yield Answer("numbers", same, words, None)
        return
    doubles, differing = totals.of("duplicates"), totals.of("reconciliation")
    words = f"No: {counted(doubles, 'document')} with the number of another one." if doubles else "Yes."
    yield Answer("duplicates", same, words, not doubles)
    words = f"No: {counted(differing, 'difference')}." if differing else "Yes."
    yield Answer("reconciliation", agree, words, not differing)


def _ranges(report: Report) -> Iterator[Answer]:
    if "ranges" in report.sheets:
        words = f"{counted(report.sheets['ranges'].rows, 'range')}, each with what is used and left."
        yield Answer("ranges", "Which ranges were granted, and how full are they?", words, None)


def _changes(totals: Totals) -> Answer:
    events, people = counted(totals.of("changes"), "event"), counted(len(totals.people), "person", "people")
    words = f"{events} by {people}." if totals.of("changes") else "Nobody."
    return Answer("changes", "Who changed the rules, a counter or a gap?", words, None)


def _numbers(totals: Totals) -> Answer:
    words = f"{counted(totals.of('numbers'), 'number')} held, and every gap in its place."
    return Answer("numbers", "Which numbers are there?", words, None)


def _evidence(totals: Totals) -> Answer:
    question = "Are the log and the ledger as seqctl wrote them?"
    verified = totals.verified
    assert verified is not None
    if verified.findings:
        words = f"No: {counted(len(verified.findings), 'finding')}; {verified.findings[0].message}."
        return Answer("evidence", question, words, False)
    seen = f"{counted(verified.events, 'event')} and {counted(verified.numbers, 'number')} agree"
    return Answer("evidence", question, f"Yes: {seen}.", True)
