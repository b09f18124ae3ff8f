"""What may change in a sequence once numbers of it were issued, reserved or adopted.

Fixed fields stay. The end and the lengths may change, but never below the highest held number; letters
keep their width; the scope keeps its names and may gain values.
"""

from seqctl.model.classes import frozen
from seqctl.model.pattern.coded import TYPE
from seqctl.model.sequence.document_types import codes_of
from seqctl.model.sequence.fields import FIELD_TABLE
from seqctl.model.sequence.frame import shortest_frame
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.sequence.warning import warning_parts


@frozen
class HeldExtent:
    """How far the held numbers of a sequence reach: the highest value and the longest text."""

    value: int
    length: int


@frozen
class LockedChange:
    """A change that is refused: the field, both values as people write them, and why."""

    field: str
    old: object
    new: object
    reason: str

    def __str__(self) -> str:
        return f"{self.field} {self.words()}"

    def words(self) -> str:
        """What is refused, after the name of the field."""
        was = "was not given" if self.old is None else f"is {self.old!r}"
        becomes = "be taken away" if self.new is None else f"become {self.new!r}"
        return f"{was} and cannot {becomes}: {self.reason}"


def locked_changes(old: Sequence, new: Sequence, held: HeldExtent | None) -> list[LockedChange]:
    """The changes from `old` to `new` that a used sequence refuses. `held` is None where nothing is."""
    changes = []
    for field in FIELD_TABLE:
        before, after = _value(old, field.name), _value(new, field.name)
        if same_value(before, after):
            continue
        reason = "it is fixed once a number was issued" if field.lock == "fixed" else None
        if field.lock == "rule":
            reason = _rule(old, field.name, before, after, held)
        if reason:
            changes.append(LockedChange(field.name, shown(old, field.name), shown(new, field.name), reason))
    if old.alpha and new.alpha and old.compiled.width != new.compiled.width:
        changes.append(
            LockedChange("pattern", old.pattern, new.pattern, "letters keep their width once used")
        )
    return changes


def _value(sequence: Sequence, field: str) -> object:
    if field == "document_type":
        return sequence.document_types
    return codes_of(sequence) if field == "type_codes" else getattr(sequence, field)


def _rule(old: Sequence, field: str, before: object, after: object, held: HeldExtent | None) -> str | None:
    if field == "scope":
        assert isinstance(before, dict) and isinstance(after, dict)
        if list(before) != list(after):
            return "its names are fixed once a number was issued"
        if any(_shrinks(before[name], after[name]) for name in before):
            return "its values may only grow once a number was issued"
        return None
    if field in ("reference", "reference_base"):
        return None if old.reference is None else "the references of its numbers are fixed"
    if field == "characters":
        # Whether the texts of held numbers fit is asked of the ledger.
        return None
    if field == "document_type":
        return None if set(old.document_types) <= set(_types(after)) else TYPES_STAY
    if field == "type_codes":
        shown = TYPE in old.compiled.attributes
        assert isinstance(before, dict) and isinstance(after, dict)
        changed = any(after.get(name) != code for name, code in before.items())
        return "codes are fixed once a number was issued" if changed or (not before and shown) else None
    if after is None or held is None:
        return None
    width = len(old.compiled.counter_text(held.value))
    reached = {"end": held.value, "max_width": width, "max_length": held.length}[field]
    assert isinstance(after, int)
    return f"the held numbers reach {reached}" if after < reached else None


TYPES_STAY = "types may only be added once a number was issued"


def _types(value: object) -> tuple[str, ...]:
    assert isinstance(value, tuple)
    return value


def same_value(before: object, after: object) -> bool:
    """Whether two values of a field are alike; attributes in another order are not: they name counters."""
    if isinstance(before, dict) and isinstance(after, dict):
        return list(before.items()) == list(after.items())
    return before == after


def _shrinks(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether a list of allowed values loses some; an empty list allows every value."""
    return bool(after) and (not before or not set(before) <= set(after))


def shown(sequence: Sequence, field: str) -> object:
    """A field's value as a definition file writes it: letters for the counters of letters."""
    if field == "type_codes":
        return codes_of(sequence)
    value = getattr(sequence, field)
    if field == "document_type" and sequence.types is not None and len(sequence.types) > 1:
        return list(sequence.types)
    if field in ("start", "end") and value is not None and sequence.alpha:
        return sequence.compiled.counter_text(value)
    if field in ("scope", "requires"):
        if field == "scope" and not any(value.values()):
            return list(value)
        return {name: list(values) for name, values in value.items()}
    if field == "warn_at" and value is not None:
        parts = warning_parts(value)
        return parts if len(parts) > 1 else value
    return value


def default_start(sequence: Sequence) -> object:
    """The start that a sequence has where none is given, as a definition file writes it."""
    return "a" * (sequence.compiled.width or 1) if sequence.alpha else 1


def written(sequence: Sequence) -> dict[str, object]:
    """The fields of a sequence as a definition file writes them; one at no value is None."""
    fields = {field.name: shown(sequence, field.name) for field in FIELD_TABLE}
    if fields["start"] == default_start(sequence):
        # Another kind or width of letters has a default start of its own.
        del fields["start"]
    return fields


EXHAUSTED = "exhausted"
"""How a file says that a counter has given its last number."""


def counter_shown(sequence: Sequence, value: int) -> str:
    """The next value of a counter as a file writes it; `exhausted` where there is none."""
    if value > sequence.last_value(shortest_frame(sequence)):
        return EXHAUSTED
    return sequence.compiled.counter_text(value)
