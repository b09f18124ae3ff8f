"""The parts of an Intacct number: `{FY}{separator}{prefix}{separator}{number}{separator}{suffix}`.

A separator stands between the number and its prefix or suffix, so that it is left out where there is no
prefix or suffix; that of the fiscal year comes and goes with the fiscal year, which stands in front, at the
end or nowhere. A pattern alone does not tell its parts (`P-` may be a prefix, or a prefix and its separator),
so that they are kept with the sequence: an update names one of them.
"""

import re

from seqctl.definitions.foreign.reading import Reading
from seqctl.definitions.foreign.record import Record
from seqctl.model.classes import mutable
from seqctl.model.pattern.compile import quote_braces
from seqctl.model.pattern.compiled import DATE, NUMBER, TEXT
from seqctl.model.sequence.sequence import Sequence

SYSTEM = "intacct"
TEXTS = ("fixedPrefix", "prefixSeparator", "fixedSuffix", "suffixSeparator")
AFFIX, SEPARATOR = "fiscalYearAffixPosition", "separator"


@mutable
class Parts:
    """What stands around the counter. `affix` is where the fiscal year stands: prefix, suffix or none."""

    prefix: str = ""
    prefix_separator: str = ""
    suffix: str = ""
    suffix_separator: str = ""
    affix: str = ""
    separator: str = ""

    def pattern(self, width: int | None, fiscal: bool) -> str:
        """The pattern that the parts make; `fiscal` where each fiscal year is counted anew."""
        front = quote_braces(self.prefix + self.prefix_separator) if self.prefix else ""
        back = quote_braces(self.suffix_separator + self.suffix) if self.suffix else ""
        number = f"{{number:{width}}}" if width else "{number}"
        year = quote_braces(self.separator)
        before = "{FY}" + year if fiscal and self.affix == "prefix" else ""
        after = year + "{FY}" if fiscal and self.affix == "suffix" else ""
        return before + front + number + back + after

    def remember(self, reading: Reading, name: str) -> None:
        """Keep the parts with the sequence."""
        reading.remember(
            SYSTEM,
            name,
            fixedPrefix=self.prefix or None,
            prefixSeparator=self.prefix_separator or None,
            fixedSuffix=self.suffix or None,
            suffixSeparator=self.suffix_separator or None,
            fiscalYearAffixPosition=self.affix or None,
            separator=self.separator or None,
        )


def read_parts(
    reading: Reading, record: Record, rollover: Record | None, before: Sequence | None, named: bool
) -> Parts:
    """The parts that an object names, all others as the sequence `before` has them.

    `named` says whether it names any: where it does not, it does not matter how a pattern is read.
    """
    parts = Parts()
    if before is not None and _names_some_only(record, rollover):
        parts = _known(reading, record, before, named)
    values = [parts.prefix, parts.prefix_separator, parts.suffix, parts.suffix_separator]
    for place, key in enumerate(TEXTS):
        if record.says(key):
            values[place] = record.text(key) or ""
    parts.prefix, parts.prefix_separator, parts.suffix, parts.suffix_separator = values
    if rollover is not None and rollover.says(AFFIX):
        parts.affix = rollover.text(AFFIX) or ""
        if parts.affix not in ("", "none", "prefix", "suffix"):
            rollover.error(AFFIX, f"{parts.affix!r} is none of none, prefix and suffix")
    if rollover is not None and rollover.says(SEPARATOR):
        parts.separator = rollover.text(SEPARATOR) or ""
    for separator, beside, text in (
        ("prefixSeparator", "fixedPrefix", parts.prefix),
        ("suffixSeparator", "fixedSuffix", parts.suffix),
    ):
        if before is not None and record.has(separator) and not record.says(beside) and not text:
            record.warning(separator, f"shows nowhere: the sequence has no {beside}")
    return parts


def _names_some_only(record: Record, rollover: Record | None) -> bool:
    named = all(record.says(key) for key in TEXTS)
    return not named or rollover is None or not (rollover.says(AFFIX) and rollover.says(SEPARATOR))


def parts_of(origin: dict[str, object], sequence: Sequence) -> Parts | None:
    """The parts of a sequence as they were imported, else as its pattern shows them; None for another one."""
    return _remembered(origin, sequence) or _shown(sequence)


def _remembered(origin: dict[str, object], sequence: Sequence) -> Parts | None:
    parts = Parts(*(str(origin.get(key, "")) for key in (*TEXTS, AFFIX, SEPARATOR)))
    fiscal = sequence.reset == "fiscal-year"
    same = parts.pattern(sequence.compiled.width, fiscal) == sequence.pattern
    return parts if origin and same else None


def _known(reading: Reading, record: Record, before: Sequence, tell: bool) -> Parts:
    """The parts of a sequence as they were imported, or as its pattern shows them where it is another one.

    It is reported where punctuation could be part of either.
    """
    remembered = _remembered(reading.origin(SYSTEM, before.name), before)
    parts = remembered or _shown(before)
    if parts is None:
        message = f"the pattern {before.pattern!r} has tokens that Intacct lacks"
        record.error("id", message, "give the whole pattern with: seqctl sequence edit --pattern")
        return Parts()
    if remembered is None and tell and (parts.prefix_separator or parts.suffix_separator or parts.separator):
        read = ", ".join(
            f"{key} {value!r}"
            for key, value in (
                ("fixedPrefix", parts.prefix),
                ("prefixSeparator", parts.prefix_separator),
                ("fixedSuffix", parts.suffix),
                ("suffixSeparator", parts.suffix_separator),
                ("rollover separator", parts.separator),
            )
            if value
        )
        record.warning("id", f"the pattern {before.pattern!r} is read as {read}")
    return parts


def _shown(sequence: Sequence) -> Parts | None:
    """The parts that a pattern shows; None where it has tokens that Intacct lacks."""
    segments = list(sequence.compiled.segments)
    parts = Parts()
    if segments[0] == (DATE, "FY"):
        parts.affix = "prefix"
        del segments[0]
    elif segments[-1] == (DATE, "FY"):
        parts.affix = "suffix"
        del segments[-1]
    kinds = [kind for kind, _ in segments]
    if set(kinds) - {TEXT, NUMBER}:
        return None
    number = kinds.index(NUMBER)
    front = "".join(value for _, value in segments[:number])
    back = "".join(value for _, value in segments[number + 1 :])
    if parts.affix == "prefix":
        parts.separator, front = _leading(front, True)
    elif parts.affix == "suffix":
        parts.separator, back = (text[::-1] for text in _leading(back[::-1], True))
    parts.prefix_separator, parts.prefix = (text[::-1] for text in _leading(front[::-1]))
    parts.suffix_separator, parts.suffix = _leading(back)
    return parts


def _leading(text: str, all_of_it: bool = False) -> tuple[str, str]:
    """The punctuation that a text begins with, and the rest; one of punctuation alone has none, or all."""
    found = re.match(r"[\W_]*", text)
    assert found is not None
    cut = found.end() if all_of_it or found.end() < len(text) else 0
    return text[:cut], text[cut:]
