"""The payment reference of a number: computed from the text that was stored."""

from __future__ import annotations

from seqctl.actions.ledger.texts import former_patterns
from seqctl.actions.numbers.find import find_held
from seqctl.errors import Refused
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.pattern.read import Reading, readings
from seqctl.model.reference.base import base_by_template, plain_base, reference_of, template_pattern
from seqctl.model.reference.schemes import Scheme
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


def number_reference(
    store: Store, text: str, wanted: NumberFilter, scheme: Scheme, template: str | None
) -> str:
    """The reference of a held number, without blanks and signs; its base is a template, else its digits.

    Raises NotFound where nobody holds it, UsageError for a template that cannot be, and Refused where it asks
    for what the number does not show or no reference fits.
    """
    with store.read() as transaction:
        number = find_held(transaction, text, wanted, "reference")
        if template is None:
            return reference_of(scheme, plain_base(scheme, number.text), number.text)
        sequence = transaction.definitions.sequence(number.sequence)
        assert sequence is not None, "a sequence that holds numbers is not removed"
        pattern = template_pattern(template, sequence.alpha)
        reading = _reading(transaction, sequence, number.text, number.value)
        return reference_of(scheme, base_by_template(pattern, reading, number.text), number.text)


def _reading(transaction: Transaction, sequence: Sequence, text: str, value: int) -> Reading:
    """What a held number shows, by the pattern that its sequence has or one that it had before."""
    for pattern in (sequence.compiled, *former_patterns(transaction, sequence)):
        for reading in readings(pattern, text):
            if reading.value == value:
                return reading
    raise Refused(
        "not_shown",
        f"no pattern of sequence {sequence.name!r} reads {text}, so that nothing is known of what it shows",
        "leave out --base",
    )
