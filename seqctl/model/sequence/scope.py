"""Scopes: the attribute values that have a counter of their own, and the text that names them.

The text of a scope is `entity=DE/branch=7`, in the order of the sequence's `scope`, with `%`, `/`, `=`
and `,` in names and values percent-encoded. The same spelling stores which values are allowed
(`entity=DE,FR/branch`) and which attributes a request must carry.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.sequence.sequence import Sequence

ESCAPES = (("%", "%25"), ("/", "%2F"), ("=", "%3D"), (",", "%2C"))


def escape(text: str) -> str:
    """Percent-encode the characters that separate names and values."""
    for character, escaped in ESCAPES:
        text = text.replace(character, escaped)
    return text


def unescape(text: str) -> str:
    """The inverse of `escape`; small letters in the codes are read too."""
    if "%" not in text:
        return text
    for character, escaped in reversed(ESCAPES):
        if character != "%":
            text = text.replace(escaped.lower(), escaped)
        text = text.replace(escaped, character)
    return text


def scope_text(names: tuple[str, ...], attributes: dict[str, str]) -> str:
    """The text of one scope: `entity=DE/branch=7`; empty where the sequence has no scope."""
    return "/".join(f"{name}={escape(attributes[name])}" for name in names)


def scope_values(text: str) -> dict[str, str]:
    """The attributes that a scope's text names, in its order."""
    if not text:
        return {}
    pairs = (part.partition("=") for part in text.split("/"))
    return {unescape(name): unescape(value) for name, _, value in pairs}


def may_count(value: str, allowed: tuple[str, ...]) -> bool:
    """Whether a scope may have a counter for a value: a listed one; where none are listed any that is filled
    and has no blanks at its ends, which nobody sees."""
    return value in allowed if allowed else bool(value) and value == value.strip()


def scope_value_problem(name: str, value: str, allowed: tuple[str, ...]) -> tuple[str, str] | None:
    """Why a scope may have no counter for a value, and what would be right; None where it may."""
    if may_count(value, allowed):
        return None
    if allowed:
        from seqctl.model.finding import nearest

        listed = ", ".join([item or '""' for item in allowed])
        return f"{value!r} is not a value of {name!r}", nearest(value, allowed) or f"known values: {listed}"
    if not value.strip():
        hint = f"each value of {name} has a counter of its own; say which one is meant"
        return f"{name!r} must not be empty", hint
    return f"the value {value!r} of {name!r} begins or ends with a blank", f"write {value.strip()!r}"


def scope_problem(allowed: dict[str, tuple[str, ...]], scope: str) -> tuple[str, str] | None:
    """Why a scope, given as its text, may have no counter, and what would be right; None where it may."""
    values = scope_values(scope)
    problems = (scope_value_problem(name, value, allowed.get(name, ())) for name, value in values.items())
    return next(filter(None, problems), None)


def pack_values(allowed: dict[str, tuple[str, ...]]) -> str:
    """Write attribute names with their allowed values as one text; no values: any value."""
    parts = []
    for name, values in allowed.items():
        listed = ",".join(escape(value) or "%" for value in values)
        parts.append(f"{escape(name)}={listed}" if values else escape(name))
    return "/".join(parts)


def unpack_values(text: str) -> dict[str, tuple[str, ...]]:
    """Read what `pack_values` wrote."""
    allowed: dict[str, tuple[str, ...]] = {}
    for part in text.split("/") if text else ():
        name, has_values, listed = part.partition("=")
        values = listed.split(",") if has_values else []
        # An empty value is written as a lone percent sign, which no escape produces.
        allowed[unescape(name)] = tuple("" if v == "%" else unescape(v) for v in values)
    return allowed


def check_scope_values(sequence: "Sequence", attributes: dict[str, str]) -> None:
    """Refuse a scope value that the sequence does not list, or that nobody would tell from another."""
    for name, values in sequence.scope.items():
        problem = scope_value_problem(name, attributes[name], values)
        if problem:
            from seqctl.errors import Refused

            message, hint = problem
            raise Refused("scope_value", f"{message} in sequence {sequence.name!r}", hint)


def shown_attributes(sequence: "Sequence", given: dict[str, str]) -> dict[str, str]:
    """The attributes that the sequence shows or counts by, checked."""
    if not sequence.compiled.attributes and not sequence.scope:
        return {}
    from seqctl.model.pattern.attributes import usable_attributes

    attributes = usable_attributes(sequence.compiled, given, sequence.scope)
    if sequence.served is None:
        check_scope_values(sequence, attributes)
    if sequence.characters is not None:
        from seqctl.model.characters.character_set import check_attributes

        check_attributes(sequence, attributes)
    return attributes
