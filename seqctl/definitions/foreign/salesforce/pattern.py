"""The pattern of a Salesforce sequence policy: `{SequenceValue}` and `{Date}` in the tokens of seqctl."""

import re

from seqctl.definitions.foreign.reading import Reading
from seqctl.definitions.foreign.record import Record
from seqctl.model.finding import nearest
from seqctl.model.pattern.compile import pattern_text, quote_braces
from seqctl.model.pattern.compiled import MAXIMUM_LENGTH, NUMBER, TEXT, Pattern
from seqctl.model.sequence.sequence import Sequence

# One spelling for `MmDdYyyy`, `MM-DD-YYYY` and `MM-dd-yyyy`: letters alone, all of them small.
STAMPS = {
    "mmddyyyy": "{MM}-{DD}-{YYYY}",
    "mmyyyy": "{MM}-{YYYY}",
    "yyyy": "{YYYY}",
    "yyyyyy": "{FYS}-{FYE:YY}",
}
FISCAL_STAMP = "yyyyyy"
VALUE, DATE = "{SequenceValue}", "{Date}"
PLACEHOLDERS = (VALUE, DATE)
PLACEHOLDER = re.compile(r"\{[A-Za-z]\w*\}")
PATTERN_KEYS = ("sequencePattern", "dateStampFormat", "minimumSequenceNumberWidth", "prefix", "suffix")


def read_pattern(
    reading: Reading, record: Record, fields: dict[str, object], before: Sequence | None
) -> str | None:
    """The pattern in our tokens; the calendar that it needs goes into the fields.

    What the record does not name is as the sequence `before` has it.
    """
    text = record.text("sequencePattern")
    stamp = _stamp(record)
    width = record.whole("minimumSequenceNumberWidth", 0, MAXIMUM_LENGTH)
    if before is not None and not all(record.says(key) for key in PATTERN_KEYS[:3]):
        known = placeholders(before.compiled)
        if known is None and not record.says("sequencePattern"):
            message = f"the pattern {before.pattern!r} has tokens that Salesforce lacks"
            record.error(
                "sequencePattern", message, "give the whole pattern with: seqctl sequence edit --pattern"
            )
            return None
        if known is not None:
            text = text if record.says("sequencePattern") else known[0]
            stamp = stamp if record.says("dateStampFormat") else known[1]
            width = width if record.says("minimumSequenceNumberWidth") else known[2]
    text = _with_ends(record, text)
    if not text:
        record.error("sequencePattern", "is missing", "write it as INV-{SequenceValue}")
        return None
    unknown = [word for word in PLACEHOLDER.findall(text) if word not in PLACEHOLDERS]
    for word in unknown:
        hint = nearest(word, PLACEHOLDERS) or "only {SequenceValue} and {Date} are replaced"
        record.error("sequencePattern", f"the placeholder {word} is not known", hint)
    if text.count(VALUE) != 1:
        message = f"{text!r} does not hold {{SequenceValue}} exactly once"
        record.error("sequencePattern", message, "write it as INV-{SequenceValue}")
        return None
    if unknown:
        return None
    _check_stamp(reading, record, fields, before, DATE in text, stamp)
    number = f"{{number:{width}}}" if width else "{number}"
    parts = re.split(r"(\{SequenceValue\}|\{Date\})", text)
    tokens = {VALUE: number, DATE: stamp or ""}
    return "".join(tokens[part] if part in tokens else quote_braces(part) for part in parts)


def _check_stamp(
    reading: Reading,
    record: Record,
    fields: dict[str, object],
    before: Sequence | None,
    shown: bool,
    stamp: str | None,
) -> None:
    """Hold the date stamp against the pattern, which may show it or not."""
    if not shown:
        if stamp and record.has("dateStampFormat"):
            message = f"{record.text('dateStampFormat')!r} has no effect: the pattern holds no {{Date}}"
            record.warning("dateStampFormat", message)
    elif stamp == "":
        record.error("dateStampFormat", "is None, but the pattern holds {Date}", "write it as MmDdYyyy")
    elif stamp == STAMPS[FISCAL_STAMP]:
        fields["calendar"] = reading.fiscal_calendar(record.file, record.path, before)
        record.stands_for("dateStampFormat", "calendar")


def _with_ends(record: Record, text: str | None) -> str | None:
    """The pattern with the prefix and the suffix that a query gives beside it, or without a pattern.

    They repeat what the pattern begins and ends with; where it has no text there, they are added.
    """
    prefix, suffix = record.text("prefix") or "", record.text("suffix") or ""
    if not text:
        return f"{prefix}{VALUE}{suffix}" if prefix or suffix else text
    if prefix and not text.startswith(prefix):
        if text.startswith(PLACEHOLDERS):
            text = prefix + text
        else:
            record.error(
                "prefix", f"{prefix!r} is not what the pattern {text!r} begins with", "keep one of them"
            )
    if suffix and not text.endswith(suffix):
        if text.endswith(PLACEHOLDERS):
            text += suffix
        else:
            record.error(
                "suffix", f"{suffix!r} is not what the pattern {text!r} ends with", "keep one of them"
            )
    return text


def placeholders(pattern: Pattern) -> tuple[str, str, int] | None:
    """A pattern as Salesforce writes it, its date stamp in our tokens and its width; None for another one."""
    text = pattern_text(pattern)
    number = next(
        f"{{number:{value}}}" if value != "0" else "{number}"
        for kind, value in pattern.segments
        if kind == NUMBER
    )
    for stamp in (*STAMPS.values(), ""):
        if stamp and text.count(stamp) != 1:
            continue
        rest = text.replace(stamp, "\0") if stamp else text
        literal = rest.replace(number, "\1").replace("{{", "{").replace("}}", "}")
        plain = [kind for kind, _ in pattern.segments if kind != TEXT]
        tokens = stamp.count("{") if stamp else 0
        if len(plain) == tokens + 1:
            return literal.replace("\0", DATE).replace("\1", VALUE), stamp, pattern.width
    return None


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
