"""The base of a payment reference: the digits of a number, or a template of tokens that the number shows."""

from seqctl.errors import Refused, UsageError
from seqctl.model.pattern.compile import PatternError, compile_pattern, pattern_text
from seqctl.model.pattern.compiled import CHECK, HOLE, NUMBER, TEXT, Pattern
from seqctl.model.pattern.read import Reading
from seqctl.model.pattern.widths import segment_width
from seqctl.model.reference.schemes import Scheme

BASE_HINT = "choose what it is made of with --base TEMPLATE, as in {number:8}"


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


def plain_base(scheme: Scheme, text: str) -> str:
    """What a scheme reads of a number's text: its digits, for RF its letters too."""
    return "".join([character for character in text.upper() if character in scheme.reads])


def reference_of(scheme: Scheme, base: str, text: str) -> str:
    """The reference of a base, without blanks and signs. Raises Refused where none can be made."""
    reference = scheme.reference(base)
    if reference is not None:
        return reference
    unread = next((character for character in base if character not in scheme.reads), None)
    if unread is not None:
        message = f"{base!r} holds {unread!r}, which {scheme.name} cannot read"
        raise Refused("character", message, BASE_HINT)
    if not base:
        message = f"{text} holds nothing that {scheme.name} reads"
        raise Refused("character", message, BASE_HINT)
    takes = f"{scheme.least} to {scheme.most}" if scheme.least < scheme.most else str(scheme.most)
    if not scheme.fits(len(base)):
        takes = "7 to 12, or 15"
    has = f"{len(base)} character{'' if len(base) == 1 else 's'}"
    raise Refused("too_long", f"{base!r} has {has}, and {scheme.name} takes {takes}", BASE_HINT)
