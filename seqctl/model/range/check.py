"""Checking a range when it is saved: every field by its kind, then what must fit its sequence."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from seqctl.model.characters.fit import value_problem
from seqctl.model.finding import FindingList, nearest
from seqctl.model.pattern.attributes import width_words
from seqctl.model.pattern.checked import unread_words
from seqctl.model.range.range import FIELDS, Range
from seqctl.model.range.serving import in_range
from seqctl.model.reference.fit import base_problem
from seqctl.model.sequence.frame import shortest_frame
from seqctl.model.sequence.scope import scope_value_problem
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.sequence.values import attribute_values, iso_date, text_value, whole_number
from seqctl.model.sequence.warning import of_days, of_numbers, warnings_text
from seqctl.model.value import ValueProblem, name_value

LONGEST_NAME = 64
"""Most characters of the number that an authority gives a range."""


def check_range(
    name: object, fields: Mapping[str, object], sequences: Mapping[str, Sequence]
) -> tuple[Range | None, FindingList]:
    """Make a Range of the fields given, all others at none.

    Returns the range, or None where a finding is an error, and every finding at once.
    """
    findings = FindingList("ranges", str(name))
    values: dict[str, object] = {"values": {}}
    _keep(values, findings, "name", _range_name, name)
    for key, value in fields.items():
        if key not in CHECKS:
            findings.error(key, "unknown key", nearest(key, list(CHECKS)))
        elif value is not None:
            _keep(values, findings, key, CHECKS[key], value)
    for needed, example in (("sequence", "the sequence that it is for"), ("first", "its first number")):
        if fields.get(needed) is None:
            findings.error(needed, "is missing", f"name {example}")
    if findings:
        return None, findings
    made = Range(**{field: values.get(field) for field in FIELDS})
    _check_alone(made, findings)
    sequence = sequences.get(made.sequence)
    if sequence is None:
        hint = nearest(made.sequence, list(sequences)) or "define it under [sequences.NAME]"
        findings.error("sequence", f"there is no sequence {made.sequence!r}", hint)
    elif sequence.reset != "range":
        hint = 'a sequence with ranges says reset = "range"'
        findings.error("sequence", f"sequence {made.sequence!r} does not count in ranges", hint)
    elif not findings:
        _check_fit(made, sequence, findings)
    return (None if findings else made), findings


def _range_name(value: object) -> str:
    name = name_value(value)
    if len(name) > LONGEST_NAME:
        raise ValueProblem(f"the id has {len(name)} characters", f"an id has 1 to {LONGEST_NAME} characters")
    return name


def _values(given: object) -> dict[str, str]:
    """The values of a range: one for each attribute."""
    if isinstance(given, Mapping):
        given = {name: value if isinstance(value, list | tuple) else [value] for name, value in given.items()}
    single = {}
    for name, listed in attribute_values(given).items():
        if len(listed) != 1:
            raise ValueProblem(f"{name} has no single value", 'write one, as in { prefix = "SETP" }')
        (single[name],) = listed
    return single


CHECKS: dict[str, Callable[[object], object]] = {
    "sequence": name_value,
    "first": whole_number,
    "last": whole_number,
    "valid_from": iso_date,
    "valid_until": iso_date,
    "values": _values,
    "warn_at": warnings_text,
    "authority": text_value,
    "code": text_value,
    "note": text_value,
    "granted_on": iso_date,
}
"""How each field is checked, by its name."""


def _keep(
    values: dict[str, object],
    findings: FindingList,
    key: str,
    check: Callable[[object], object],
    value: object,
) -> None:
    try:
        values[key] = check(value)
    except ValueProblem as problem:
        findings.error(key, str(problem), problem.hint)


def _check_alone(made: Range, findings: FindingList) -> None:
    """What the fields of a range must have in common, whatever its sequence is."""
    if made.last is not None and made.last < made.first:
        findings.error("last", f"{made.last} lies below first {made.first}", "both are included")
    if made.valid_from and made.valid_until and made.valid_until < made.valid_from:
        message = f"{made.valid_until} lies before valid_from {made.valid_from}"
        findings.error("valid_until", message, "both are included")
    if made.warn_at and made.last is None and of_numbers(made.warn_at):
        findings.error("warn_at", "counts to a last number", "give last = NUMBER as well")
    if made.warn_at and made.valid_until is None and of_days(made.warn_at):
        findings.error("warn_at", "counts days to a last day", "give valid_until = DATE as well")


def _check_fit(made: Range, sequence: Sequence, findings: FindingList) -> None:
    """What a range must have in common with its sequence."""
    shown = sequence.compiled.attributes
    for name in sequence.scope:
        if name not in made.values:
            message = f"has no value for {name!r}, which has counters of its own in {sequence.name!r}"
            findings.error("values", message, f'say which one it is for: values = {{ {name} = "..." }}')
    for name, value in made.values.items():
        if name not in shown:
            message = f"{name!r} is not in the pattern {sequence.pattern!r} of sequence {sequence.name!r}"
            findings.error("values", message, nearest(name, list(shown)))
            continue
        unusable = (
            width_words(sequence.compiled, name, value)
            or unread_words(sequence.compiled, name, value)
            or value_problem(sequence, name, value)
            or base_problem(sequence, name, value)
        )
        if name in sequence.scope:
            unusable = unusable or scope_value_problem(name, value, sequence.scope[name])
        required = sequence.requires.get(name)
        if unusable:
            findings.error("values", *unusable)
        elif required and value not in required:
            findings.error("values", f"sequence {sequence.name!r} does not serve {name} {value!r}")
    if not findings:
        served = in_range(sequence, made)
        room = served.last_value(shortest_frame(served))
        if room < made.first or (made.last is not None and room < made.last):
            field = "first" if room < made.first else "last"
            message = (
                f"{getattr(made, field)} has more characters than sequence {sequence.name!r} has room for"
            )
            hint = "its widths and lengths say how many"
            if sequence.reference is not None:
                hint += f", and so does its reference {sequence.reference}"
            findings.error(field, message, hint)
