"""Checking a whole sequence when it is saved: every field by its kind, then what must fit together."""

import re
from collections.abc import Mapping

from seqctl.model.finding import FindingList, nearest
from seqctl.model.pattern.coded import coded
from seqctl.model.pattern.compile import (
    PatternError,
    compile_pattern,
    date_slips,
    pattern_from_parts,
    slip_words,
)
from seqctl.model.pattern.compiled import MAXIMUM_LENGTH, Pattern
from seqctl.model.pattern.letters import from_letters
from seqctl.model.sequence.document_types import Types, codes_of
from seqctl.model.sequence.fields import FIELD_BY_NAME, FIELD_TABLE, SHORTHAND
from seqctl.model.sequence.fit import check_fit
from seqctl.model.sequence.sequence import HELD, Sequence
from seqctl.model.sequence.values import field_value, text_value, whole_number
from seqctl.model.text import document_type_name, hidden_problem
from seqctl.model.time.calendar import Calendar
from seqctl.model.value import ValueProblem, name_value


def check_sequence(
    name: object,
    fields: Mapping[str, object],
    calendars: Mapping[str, Calendar],
    saved_pattern: str | None = None,
) -> tuple[Sequence | None, FindingList]:
    """Make a Sequence of the fields given, all others at their default.

    Returns the sequence, or None where a finding is an error, and every finding at once. A `saved_pattern`
    that stays keeps its meaning, also where the same pattern would be refused today.
    """
    findings = FindingList("sequences", str(name))
    values = _values_by_kind(fields, findings)
    values["name"] = _caught(findings, "name", lambda: name_value(name))
    types = _types(values, findings)
    pattern = _pattern(fields, values, findings, saved_pattern)
    _counters(values, pattern, findings)
    invalid = {str(finding.field[0]) for finding in findings if finding.field}
    _defaults(values, pattern)
    if pattern is None:
        # What does not depend on the pattern is checked all the same.
        invalid |= {"pattern", "start"}
        values["start"] = 1
    sequence = Sequence(**values)
    sequence.types = types
    sequence.compiled = coded(
        pattern or compile_pattern("{number}", False), tuple(codes_of(sequence).values())
    )
    sequence.fiscal = calendars.get(sequence.calendar) if sequence.calendar else None
    check_fit(sequence, calendars, findings, invalid)
    if pattern is None or any(finding.severity == "error" for finding in findings):
        return None, findings
    return sequence, findings


def _types(values: dict[str, object], findings: FindingList) -> Types | None:
    """Put the sequence's own document type in the place of all of them, and give these with their codes."""
    given, codes = values.get("document_type"), values.pop("type_codes", None)
    own = document_type_name(str(values["name"]))
    listed = given if isinstance(given, tuple) and given else (own,)
    values["document_type"] = listed[0]
    return _with_codes(listed, codes if isinstance(codes, dict) else {}, findings)


def _with_codes(types: tuple[str, ...], codes: dict[str, str], findings: FindingList) -> Types | None:
    """The types of a sequence with their codes, where that says more than its own type; notes codes that are
    missing or of no type."""
    strange = [name for name in codes if name not in types]
    lacking = [name for name in types if name not in codes]
    if strange:
        findings.error("type_codes", f"has a code for {strange[0]!r}, which it does not number")
    elif codes and lacking:
        hint = "give each document type a code, or none"
        findings.error("type_codes", f"has no code for {lacking[0]!r}", hint)
    if len(types) == 1 and not codes:
        return None
    return {name: codes.get(name) for name in types}


def _caught(findings: FindingList, field: str, check: "object") -> object:
    """The result of a check, or None with its problem noted."""
    assert callable(check)
    try:
        return check()
    except ValueProblem as problem:
        findings.error(field, str(problem), problem.hint)
        return None


def _values_by_kind(fields: Mapping[str, object], findings: FindingList) -> dict[str, object]:
    values: dict[str, object] = {}
    for key, value in fields.items():
        if key in SHORTHAND or key == "name" or value is None:
            continue
        field = FIELD_BY_NAME.get(key)
        if field is None:
            hint = nearest(key, [*FIELD_BY_NAME, *SHORTHAND])
            findings.error(key, "unknown key", hint)
        elif field.kind == "counter":
            values[key] = value
        else:
            values[key] = _caught(findings, key, lambda f=field, v=value: field_value(f, v))
    return values


def _pattern(
    fields: Mapping[str, object],
    values: dict[str, object],
    findings: FindingList,
    saved_pattern: str | None,
) -> Pattern | None:
    """Compile the pattern, or the one that the shorthand stands for."""
    given = [key for key in SHORTHAND if fields.get(key) is not None]
    if given:
        if fields.get("pattern") is not None:
            findings.error(
                given[0], "cannot be combined with a pattern", "give either the pattern or its parts"
            )
            return None
        before = len(findings)
        prefix = _caught(findings, "prefix", lambda: text_value(_given(fields, "prefix", "")))
        suffix = _caught(findings, "suffix", lambda: text_value(_given(fields, "suffix", "")))
        width = _caught(
            findings, "width", lambda: whole_number(_given(fields, "width", 0), 0, MAXIMUM_LENGTH)
        )
        for key, part in (("prefix", prefix), ("suffix", suffix)):
            if "{{" not in (saved_pattern or "") and re.search(r"\{[A-Z]+(:YY)?\}", str(part)):
                words = f"{part!r} would be printed as it stands: a {key} has no tokens"
                findings.error(key, words, "write the whole pattern, as in INV-{YYYY}-{number:4}")
        if len(findings) > before:
            return None
        values["pattern"] = pattern_from_parts(str(prefix), str(suffix), int(str(width)))
    text = values.setdefault("pattern", FIELD_BY_NAME["pattern"].default)
    if text is None:
        return None
    try:
        pattern = compile_pattern(str(text), values.get("kind") == "alpha", _width(values))
        hidden = None if text == saved_pattern else hidden_problem(str(text))
        if hidden:
            raise PatternError(f"the pattern {hidden}", "remove that character")
        slips = [] if text == saved_pattern else date_slips(pattern)
        for name in slips:
            findings.error("pattern", *slip_words(name))
        return None if slips else pattern
    except PatternError as problem:
        findings.error(given[0] if given else "pattern", str(problem), problem.hint)
        return None


def _width(values: Mapping[str, object]) -> int | None:
    """The greatest width, where it is valid by itself."""
    width = values.get("max_width")
    return width if isinstance(width, int) else None


def _given(fields: Mapping[str, object], name: str, default: object) -> object:
    """The value of a field, or the default where none was given."""
    value = fields.get(name)
    return default if value is None else value


def _counters(values: dict[str, object], pattern: Pattern | None, findings: FindingList) -> None:
    """Read `start` and `end`, which are integers, or letters where the counter is in letters."""
    for key in ("start", "end"):
        if key not in values:
            continue
        value = values[key]
        if pattern is not None:
            values[key] = _caught(findings, key, lambda v=value: counter_value(v, pattern))
        elif not isinstance(value, int | str) or isinstance(value, bool):
            findings.error(key, f"{value!r} is neither a number nor letters")
    if values.get("start") is None and pattern is not None:
        values["start"] = 0 if pattern.alpha and pattern.width else 1


def counter_value(value: object, pattern: Pattern) -> int:
    """The value of a counter as people write it: digits, or letters of the pattern's width."""
    if not pattern.alpha:
        return whole_number(value)
    if not isinstance(value, str):
        raise ValueProblem(f"{value!r} is not made of letters", 'write letters, as in "a"')
    try:
        number = from_letters(value, pattern.width)
    except ValueError as error:
        example = "a" * (pattern.width or 1)
        raise ValueProblem(str(error), f'write letters, as in "{example}"') from error
    return whole_number(number)


def _defaults(values: dict[str, object], pattern: Pattern | None) -> None:
    for field in FIELD_TABLE:
        if values.get(field.name) is None and field.name in HELD:
            values[field.name] = {} if field.kind == "values" else field.default
