"""The pattern of a Salesforce sequence policy: `{SequenceValue}` and `{Date}` in the tokens of seqctl."""

import re

from seqctl.definitions.foreign.reading import Reading
from seqctl.definitions.foreign.record import Record
from seqctl.model.finding import nearest
from seqctl.model.pattern.compile import quote_braces
from seqctl.model.pattern.compiled import MAXIMUM_LENGTH

# One spelling for `MmDdYyyy`, `MM-DD-YYYY` and `MM-dd-yyyy`: letters alone, all of them small.
STAMPS = {
    "mmddyyyy": "{MM}-{DD}-{YYYY}",
    "mmyyyy": "{MM}-{YYYY}",
    "yyyy": "{YYYY}",
    "yyyyyy": "{FYS}-{FYE:YY}",
}
FISCAL_STAMP = "yyyyyy"
PLACEHOLDERS = ("{SequenceValue}", "{Date}")
PLACEHOLDER = re.compile(r"\{[A-Za-z]\w*\}")


def read_pattern(reading: Reading, record: Record, fields: dict[str, object]) -> str | None:
    """The pattern in our tokens; the calendar that it needs goes into the fields."""
    text = record.text("sequencePattern")
    stamp = _stamp(record)
    width = record.whole("minimumSequenceNumberWidth", 0, MAXIMUM_LENGTH)
    if not text:
        record.error("sequencePattern", "is missing", "write it as INV-{SequenceValue}")
        return None
    unknown = [word for word in PLACEHOLDER.findall(text) if word not in PLACEHOLDERS]
    for word in unknown:
        hint = nearest(word, PLACEHOLDERS) or "only {SequenceValue} and {Date} are replaced"
        record.error("sequencePattern", f"the placeholder {word} is not known", hint)
    if text.count("{SequenceValue}") != 1:
        message = f"{text!r} does not hold {{SequenceValue}} exactly once"
        record.error("sequencePattern", message, "write it as INV-{SequenceValue}")
        return None
    if unknown:
        return None
    number = f"{{number:{width}}}" if width else "{number}"
    if "{Date}" not in text:
        if stamp:
            message = f"{record.text('dateStampFormat')!r} has no effect: the pattern holds no {{Date}}"
            record.warning("dateStampFormat", message)
    elif stamp == "":
        record.error("dateStampFormat", "is None, but the pattern holds {Date}", "write it as MmDdYyyy")
    elif stamp == STAMPS[FISCAL_STAMP]:
        fields["calendar"] = reading.fiscal_calendar(record.file, record.path)
        record.stands_for("dateStampFormat", "calendar")
    parts = re.split(r"(\{SequenceValue\}|\{Date\})", text)
    tokens = {"{SequenceValue}": number, "{Date}": stamp or ""}
    return "".join(tokens[part] if part in tokens else quote_braces(part) for part in parts)


def _stamp(record: Record) -> str | None:
    """The tokens of the date stamp; empty where there is none, None where it is not known."""
    given = record.text("dateStampFormat")
    word = (given or "none").replace("-", "").strip().lower()
    if word == "none":
        return ""
    stamp = STAMPS.get(word)
    if stamp is None:
        record.error(
            "dateStampFormat", f"{given!r} is not known", "write MmDdYyyy, MmYyyy, Yyyy, YYYY-YY or None"
        )
    return stamp
