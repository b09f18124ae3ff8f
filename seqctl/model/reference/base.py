"""The base of a payment reference: the digits of a number, or a template of tokens that the number shows."""

from functools import lru_cache

from seqctl.errors import Refused, UsageError
from seqctl.model.pattern.coded import filled
from seqctl.model.pattern.compile import PatternError, compile_pattern, pattern_text
from seqctl.model.pattern.compiled import CHECK, HOLE, NUMBER, TEXT, Pattern
from seqctl.model.pattern.read import Reading, readings
from seqctl.model.pattern.widths import segment_width
from seqctl.model.reference.schemes import SCHEMES, Scheme

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.sequence.sequence import Sequence

BASE_HINT = "choose what it is made of with --base TEMPLATE, as in {number:8}"
SEQUENCE_HINT = "the reference of a sequence is made of its numbers, or of what reference_base says"


def template_pattern(template: str, alpha: bool) -> Pattern:
    """A template of the tokens of patterns. Raises UsageError for one that cannot be."""
    try:
        return compile_pattern(template, alpha)
    except PatternError as problem:
        raise UsageError(f"--base {template!r}: {problem}", problem.hint) from problem


def base_by_template(template: Pattern, reading: Reading, text: str) -> str:
    """What a template shows of a number that was read. Raises Refused for what the number does not show."""
    shown = {**reading.tokens, **reading.attributes}
    before = part = ""
    for kind, value in template.segments:
        if kind == NUMBER:
            before, part = part, ""
        elif kind == TEXT:
            part += value
        elif kind == CHECK:
            part += HOLE * segment_width(kind, value, {})
        elif value not in shown:
            raise Refused(
                "not_shown",
                f"{text} does not show {{{value}}}, which the template {pattern_text(template)} asks for",
                "name tokens that the pattern of its sequence has",
            )
        else:
            width = template.exact.get(value)
            if width is not None and len(shown[value]) != width:
                raise Refused(
                    "attribute_width",
                    f"{value} is {shown[value]!r} in {text}, and {{{value}:{width}}} shows exactly {width}",
                    f"write {{{value}}} in the template",
                )
            part += shown[value]
    return template.text(before, reading.value, part)


class References:
    """What gives the numbers of one sequence their references. `patterns` are those that read its numbers."""

    def __init__(self, sequence: "Sequence", patterns: "list[Pattern]") -> None:
        assert sequence.reference is not None
        self.sequence = sequence
        self.scheme = SCHEMES[sequence.reference]
        self.patterns = patterns
        self.template = None if sequence.reference_base is None else base_pattern(sequence)

    def of(self, text: str, value: int) -> str | None:
        """The reference of a number; None where none can be made of it."""
        try:
            return self.needed(text, value)
        except Refused:
            return None

    def needed(self, text: str, value: int) -> str:
        """The reference of a number, without blanks and signs. Raises Refused where none can be made."""
        if self.template is None:
            return reference_of(self.scheme, plain_base(self.scheme, text), text, SEQUENCE_HINT)
        reading = reading_of(self.sequence, self.patterns, text, value)
        base = base_by_template(self.template, reading, text)
        return reference_of(self.scheme, base, text, SEQUENCE_HINT)


def base_pattern(sequence: "Sequence") -> Pattern:
    """The tokens of which the bases of a sequence are made: its template, else its pattern.

    Of one that is narrowed to a range the values of that range are filled in, as they are in its pattern.
    """
    if sequence.reference_base is None:
        return sequence.compiled
    template = _compiled(sequence.reference_base, sequence.alpha)
    return template if sequence.served is None else filled(template, sequence.served.values)


@lru_cache(maxsize=64)
def _compiled(template: str, alpha: bool) -> Pattern:
    return compile_pattern(template, alpha)


def reading_of(sequence: "Sequence", patterns: "list[Pattern]", text: str, value: int) -> Reading:
    """What a number shows, by the first of some patterns that reads it so. Raises Refused."""
    for pattern in patterns:
        for reading in readings(pattern, text):
            if reading.value == value:
                return reading
    raise Refused(
        "not_shown",
        f"no pattern of sequence {sequence.name!r} reads {text}, so that nothing is known of what it shows",
        "leave out --base",
    )


def plain_base(scheme: Scheme, text: str) -> str:
    """What a scheme reads of a number's text: its digits, for RF its letters too."""
    return "".join([character for character in text.upper() if character in scheme.reads])


def reference_of(scheme: Scheme, base: str, text: str, hint: str = BASE_HINT) -> str:
    """The reference of a base, without blanks and signs. Raises Refused where none can be made."""
    reference = scheme.reference(base)
    if reference is not None:
        return reference
    unread = next((character for character in base if character not in scheme.reads), None)
    if unread is not None:
        message = f"{base!r} holds {unread!r}, which {scheme.name} cannot read"
        raise Refused("character", message, hint)
    if not base:
        message = f"{text} holds nothing that {scheme.name} reads"
        raise Refused("character", message, hint)
    takes = f"{scheme.least} to {scheme.most}" if scheme.least < scheme.most else str(scheme.most)
    if not scheme.fits(len(base)):
        takes = "7 to 12, or 15"
    has = f"{len(base)} character{'' if len(base) == 1 else 's'}"
    raise Refused("too_long", f"{base!r} has {has}, and {scheme.name} takes {takes}", hint)
