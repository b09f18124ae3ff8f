"""Scopes: the attribute values that have a counter of their own, and the text that names them.

The text of a scope is `entity=DE/branch=7`, in the order of the sequence's `scope`, with `%`, `/`, `=`
and `,` in names and values percent-encoded. The same spelling stores which values are allowed
(`entity=DE,FR/branch`) and which attributes a request must carry.
"""

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
