"""The sheets of a report: their columns, and the sentence that says how each was computed."""

from __future__ import annotations

from seqctl.model.classes import frozen

TEXT, NUMBER, COUNT, DAY, INSTANT, STATE, WORDS, FLAG = (
    *("text", "number", "count", "day", "instant", "state", "words", "flag"),
)
"""What a column holds: a short text, a document number, an integer, a document date or month, an instant in
UTC, the state of a number, sentences, or whether something is so."""


@frozen
class Column:
    """A column of a sheet; `heading` is what people read above it."""

    name: str
    heading: str
    kind: str = TEXT


@frozen
class SheetForm:
    """One sheet as it always is. `sentence` says how its rows were computed, `empty` what no row means."""

    key: str
    title: str
    sentence: str
    columns: tuple[Column, ...]
    empty: str = "Nothing."


SEQUENCE = Column("sequence", "Sequence")
SCOPE = Column("scope", "Scope")
PERIOD = Column("period", "Period")
COUNTER = (SEQUENCE, SCOPE, PERIOD)
RECORD = Column("record", "Document")
REASON = Column("reason", "Reason", WORDS)
DIFFERENCE = (
    Column("number", "Number", NUMBER),
    Column("line", "Line of the file", COUNT),
    Column("code", "Finding"),
    Column("message", "What is wrong", WORDS),
    Column("hint", "What to do", WORDS),
    Column("date", "Document date", DAY),
    Column("state", "State in the ledger", STATE),
    SEQUENCE,
)

SHEETS = (
    SheetForm(
        "scheme",
        "Scheme",
        "The definitions that are in force, as sentences; who made each of them and who changed it last comes"
        " from the log.",
        (
            Column("kind", "Kind"),
            Column("name", "Name"),
            Column("rules", "Rules", WORDS),
            Column("created_at", "Made", INSTANT),
            Column("created_by", "Made by"),
            Column("modified_at", "Last changed", INSTANT),
            Column("modified_by", "Changed by"),
        ),
    ),
    SheetForm(
        "completeness",
        "Completeness",
        "Held numbers and gaps are counted by state, and the sum must be (last - first) / step + 1. A month"
        " has the numbers dated in it; a gap belongs to the month of the nearest lower number that has a"
        " date.",
        (
            *COUNTER,
            Column("month", "Month", DAY),
            Column("first_number", "First", NUMBER),
            Column("last_number", "Last", NUMBER),
            Column("issued", "Issued", COUNT),
            Column("void", "Void", COUNT),
            Column("reserved", "Reserved", COUNT),
            Column("reusable", "Reusable", COUNT),
            Column("review", "Review", COUNT),
            Column("blocked", "Blocked", COUNT),
            Column("missing", "Missing", COUNT),
            Column("other_window", "Other month", COUNT),
            Column("total", "Total", COUNT),
            Column("proved", "Sum holds", FLAG),
            Column("complete", "Complete", FLAG),
        ),
    ),
    SheetForm(
        "gaps",
        "Gaps",
        "Runs of numbers that no document holds, with what the log says about them. A run of a gapless"
        " sequence is unexplained where it is missing, under review, or freed but can never be issued again.",
        (
            Column("first_number", "First", NUMBER),
            Column("last_number", "Last", NUMBER),
            Column("count", "Count", COUNT),
            Column("state", "State", STATE),
            Column("unexplained", "Unexplained", FLAG),
            REASON,
            Column("actor", "By"),
            Column("since", "Since", INSTANT),
            Column("before_date", "Date before", DAY),
            Column("after_date", "Date after", DAY),
            *COUNTER,
            Column("first", "First value", COUNT),
            Column("last", "Last value", COUNT),
        ),
        "Nothing: every number is held by a document.",
    ),
    SheetForm(
        "voids",
        "Voids",
        "Numbers that are void in the ledger, with the reason, the person and the time of the event that"
        " voided them.",
        (
            Column("number", "Number", NUMBER),
            Column("date", "Document date", DAY),
            REASON,
            Column("actor", "By"),
            Column("since", "Since", INSTANT),
            RECORD,
            Column("issued_at", "Issued", INSTANT),
            *COUNTER,
        ),
        "Nothing: no number is void.",
    ),
    SheetForm(
        "reused",
        "Reused",
        "Numbers that are held now and were freed before: for each earlier use in the log, how, when and why"
        " it ended.",
        (
            Column("number", "Number", NUMBER),
            Column("earlier_number", "Was", NUMBER),
            Column("ended_by", "Ended by"),
            REASON,
            Column("actor", "By"),
            Column("ended_at", "Ended", INSTANT),
            Column("issued_at", "Issued again", INSTANT),
            Column("issued_by", "Issued by"),
            RECORD,
            *COUNTER,
        ),
        "Nothing: no number was issued again.",
    ),
    SheetForm(
        "date_order",
        "Date order",
        "Issued and void numbers dated before the nearest lower number of their counter that has a date. They"
        " break a rule where date_order of the sequence is warn or refuse.",
        (
            Column("number", "Number", NUMBER),
            Column("date", "Document date", DAY),
            Column("earlier_number", "Lower number", NUMBER),
            Column("earlier_date", "Its date", DAY),
            Column("date_order", "date_order"),
            *COUNTER,
        ),
        "Nothing: the dates follow the numbers.",
    ),
    SheetForm(
        "cut_off",
        "Cut-off",
        "For each sequence and scope, the highest number dated in a month beside the lowest number dated in"
        " the next month that has any.",
        (
            SEQUENCE,
            SCOPE,
            Column("month", "Month", DAY),
            Column("last_number", "Last number", NUMBER),
            Column("last_date", "Its date", DAY),
            Column("last_issued_at", "Issued", INSTANT),
            Column("next_month", "Next month", DAY),
            Column("first_number", "First number", NUMBER),
            Column("first_date", "Its date", DAY),
            Column("first_issued_at", "Issued", INSTANT),
        ),
        "Nothing: no sequence has numbers in more than one month.",
    ),
    SheetForm(
        "duplicates",
        "Duplicates",
        "Documents of the file that share their number with another document of the file.",
        DIFFERENCE,
        "Nothing: each number is on one document only.",
    ),
    SheetForm(
        "reconciliation",
        "Reconciliation",
        "The documents of the file compared with the ledger, in both directions, as seqctl reconcile does.",
        DIFFERENCE,
        "Nothing: ledger and documents agree.",
    ),
    SheetForm(
        "ranges",
        "Ranges",
        "The ranges that authorities granted. Used: numbers that documents hold, counted as for Completeness."
        " Left: numbers that can still be issued. The state is that on the day of the report.",
        (
            Column("range", "Range", NUMBER),
            SEQUENCE,
            SCOPE,
            Column("first_number", "First", NUMBER),
            Column("last_number", "Last", NUMBER),
            Column("valid_from", "Valid from", DAY),
            Column("valid_until", "Valid until", DAY),
            Column("state", "State"),
            Column("used", "Used", COUNT),
            Column("left", "Left", COUNT),
            Column("values", "Values"),
            Column("authority", "Authority"),
            Column("code", "Code"),
            Column("granted_on", "Granted on", DAY),
            Column("note", "Note", WORDS),
        ),
    ),
    SheetForm(
        "changes",
        "Changes",
        "Every event of the log that changed a definition, a counter or the state of a gap, since the book"
        " was made, whatever the dates of the report.",
        (
            Column("at", "When", INSTANT),
            Column("actor", "Who"),
            Column("action", "Action"),
            Column("kind", "Kind"),
            Column("name", "Name"),
            Column("field", "What"),
            Column("before", "From"),
            Column("after", "To"),
            REASON,
            Column("event", "Event", COUNT),
        ),
    ),
    SheetForm(
        "numbers",
        "Numbers",
        "All numbers in the order of their counters, each gap in its place. The time is that of issue, or for"
        " a gap, since when it is in its state.",
        (
            Column("number", "Number", NUMBER),
            Column("last_number", "To", NUMBER),
            Column("count", "Count", COUNT),
            Column("state", "State", STATE),
            Column("date", "Document date", DAY),
            RECORD,
            REASON,
            Column("at", "Issued or since", INSTANT),
            Column("actor", "By"),
            *COUNTER,
        ),
        "Nothing: no number was issued.",
    ),
    SheetForm(
        "evidence",
        "Evidence",
        "What seqctl audit verify finds in this state of the book, and how to make this report again. The"
        " hash of a sheet is the SHA-256 of its rows as report.json writes them, one on each line.",
        (Column("what", "What"), Column("value", "Value", WORDS)),
    ),
)
"""All sheets but the summary, in their order."""

WITH_DOCUMENTS = ("duplicates", "reconciliation")
"""The sheets that are there only where documents were given."""

FORMS = {form.key: form for form in SHEETS}
