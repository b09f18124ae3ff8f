"""The payment reference of a number: computed from the text that was stored."""

from __future__ import annotations

from seqctl.actions.ledger.texts import former_patterns
from seqctl.actions.numbers.find import find_held
from seqctl.actions.references.computed import references_of
from seqctl.errors import UsageError
from seqctl.model.classes import NamedTuple
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.reference.base import (
    base_by_template,
    plain_base,
    reading_of,
    reference_of,
    template_pattern,
)
from seqctl.model.reference.schemes import SCHEMES, Scheme

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store


class NumberReference(NamedTuple):
    """A reference, without blanks and signs, and its scheme."""

    scheme: Scheme
    reference: str


def number_reference(
    store: Store, text: str, wanted: NumberFilter, scheme: Scheme | None, template: str | None
) -> NumberReference:
    """The reference of a held number: as its sequence says, or by another scheme or template.

    Without a template the base of another scheme is the digits of the number. Raises NotFound where nobody
    holds the number, UsageError where nothing names a scheme or the template cannot be, and Refused where it
    asks for what the number does not show or no reference fits.
    """
    with store.read() as transaction:
        number = find_held(transaction, text, wanted, "reference")
        sequence = transaction.definitions.sequence(number.sequence)
        assert sequence is not None, "a sequence that holds numbers is not removed"
        if scheme is None and sequence.reference is None:
            message = f"sequence {sequence.name!r} gives its numbers no reference, and no scheme is named"
            raise UsageError(message, f"name one with --as: {', '.join(SCHEMES)}")
        if template is None and (scheme is None or scheme.name == sequence.reference):
            references = references_of(transaction, sequence)
            return NumberReference(references.scheme, references.needed(number.text, number.value))
        chosen = scheme or SCHEMES[str(sequence.reference)]
        if template is None:
            base = plain_base(chosen, number.text)
        else:
            pattern = template_pattern(template, sequence.alpha)
            patterns = [sequence.compiled, *former_patterns(transaction, sequence)]
            base = base_by_template(
                pattern, reading_of(sequence, patterns, number.text, number.value), number.text
            )
        return NumberReference(chosen, reference_of(chosen, base, number.text))
