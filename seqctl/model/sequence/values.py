"""Checking one field's value by its kind: the shapes of the table of fields.

A value comes from a definition file (integers, booleans, dates, lists) or from the command line (text).
Each check returns the value in the form that a `Sequence` holds, or raises ValueError with `what is wrong;
what would be right`.
"""

from seqctl.days import date, datetime
from seqctl.model.finding import nearest
from seqctl.model.pattern.compile import is_attribute_name
from seqctl.model.pattern.compiled import LARGEST_VALUE, MAXIMUM_LENGTH
from seqctl.model.sequence.fields import Field
from seqctl.model.sequence.warning import warnings_text
from seqctl.model.text import composed, document_type_name, hidden_problem, text_problem
from seqctl.model.time.duration import duration_seconds
from seqctl.model.value import ValueProblem, choice, name_value, short_shown

LONGEST_TEXT = 10_000


def field_value(field: Field, value: object) -> object:
    """Check a value of a field and return it in its stored form. Raises ValueProblem."""
    if field.kind == "integer":
        return whole_number(value, field.minimum, field.maximum)
    if field.kind == "choice":
        return choice(value, field.choices)
    if field.kind == "boolean":
        return boolean(value)
    if field.kind == "date":
        return iso_date(value)
    if field.kind == "values":
        return attribute_values(value)
    if field.kind == "types":
        return type_values(value)
    if field.kind == "codes":
        return code_table(value)
    if field.kind == "warnings":
        return warnings_text(value)
    text = text_value(value)
    if field.kind == "duration":
        return duration(text)
    if field.kind == "zone":
        return time_zone(text)
    if field.kind == "scheme":
        return scheme_name(text)
    if field.kind == "characters":
        return set_text(text)
    return text


def text_value(value: object) -> str:
    """Any text, in Unicode normal form C. Line ends and tabs are allowed; other control characters not."""
    if not isinstance(value, str):
        raise ValueProblem(f"{short_shown(value)} is not a text", 'write it in quotes, as in "INV"')
    text = composed(value)
    problem = text_problem(text.replace("\n", " ").replace("\t", " "))
    if problem:
        raise ValueProblem(f"the text {problem}", "remove that character")
    if len(text) > LONGEST_TEXT:
        raise ValueProblem(f"the text is longer than {LONGEST_TEXT} characters")
    return text


def type_values(value: object) -> tuple[str, ...]:
    """One document type, or several of them, each once."""
    if not isinstance(value, list | tuple):
        return (type_value(value),)
    types = tuple([type_value(item) for item in value])
    if not types or len(set(types)) < len(types):
        message = "a document type is named twice" if types else "no document type is named"
        raise ValueProblem(message, 'write ["invoice", "credit_memo"]')
    return types


def type_value(value: object) -> str:
    """A document type in snake case. Raises ValueProblem for what is no name, before any blank is lost."""
    try:
        return name_value(document_type_name(name_value(value)))
    except ValueProblem as problem:
        raise ValueProblem(str(problem).replace("name", "type", 1), problem.hint) from problem


def code_table(value: object) -> dict[str, str]:
    """Codes by document types, checked one by one. Raises ValueProblem."""
    if not isinstance(value, dict):
        raise ValueProblem(
            f"{short_shown(value)} is not a table", 'write { invoice = "FA", credit_memo = "AV" }'
        )
    codes: dict[str, str] = {}
    for written, given in value.items():
        name = type_value(written)
        code = given[0] if isinstance(given, list) and len(given) == 1 else given
        if not isinstance(code, str):
            raise ValueProblem(f"the code of {name} is no text", 'write it in quotes, as in "FA"')
        code = composed(code)
        problem = text_problem(code) or hidden_problem(code)
        if problem or len(code) > MAXIMUM_LENGTH:
            raise ValueProblem(f"the code of {name} {problem or 'is too long'}", "write another one")
        if name in codes:
            raise ValueProblem(f"{name!r} has two codes", "write one for each document type")
        codes[name] = code
    return codes


def whole_number(value: object, minimum: int = 0, maximum: int | None = None) -> int:
    """A whole number from `minimum` to `maximum` (default: the largest that the book can store)."""
    largest = LARGEST_VALUE if maximum is None else maximum
    number = value
    if isinstance(value, str):
        digits = value.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 30:
            raise ValueProblem(f"{short_shown(value)} is not a whole number", "write digits only")
        number = int(value)
    if not isinstance(number, int) or isinstance(number, bool):
        raise ValueProblem(f"{short_shown(value)} is not a whole number", "write digits only")
    if not minimum <= number <= largest:
        raise ValueProblem(f"{number} is not between {minimum} and {largest}")
    return number


def boolean(value: object) -> bool:
    """true or false."""
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return value == "true"
    raise ValueProblem(f"{short_shown(value)} is neither true nor false")


def iso_date(value: object) -> str:
    """A date as ISO text; file formats with dates of their own give `datetime.date`."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str):
        try:
            if date.fromisoformat(value).isoformat() == value:
                return value
        except ValueError:
            pass
    raise ValueProblem(f"{short_shown(value)} is not a date", "write it as 2026-11-21")


def duration(text: str) -> str:
    """A duration such as 15m."""
    try:
        duration_seconds(text)
    except ValueError as error:
        raise ValueProblem(str(error), "write 30s, 15m, 2h or 1d") from error
    return text


def scheme_name(text: str) -> str:
    """The name of a scheme of payment references."""
    from seqctl.model.reference.schemes import SCHEMES

    return choice(text, tuple(SCHEMES))


def set_text(text: str) -> str:
    """A set of characters, as in [A-Z0-9/-]."""
    from seqctl.model.characters.character_set import character_set

    character_set(text)
    return text


def time_zone(text: str) -> str:
    """The name of a zone that this machine's time zone database knows."""
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo(text)
    except (KeyError, OSError, ValueError):
        hint = nearest(text, sorted(available_timezones())) or "write it as Europe/Berlin"
        raise ValueProblem(f"{short_shown(text)} is not a known time zone", hint) from None
    return text


def attribute_values(value: object) -> dict[str, tuple[str, ...]]:
    """Attribute names with their allowed values: a list of names, or a table name = value or values."""
    if isinstance(value, list | tuple):
        table: dict[object, object] = {_attribute(name): [] for name in value}
        if len(table) < len(value):
            raise ValueProblem("an attribute is named twice", "name each attribute once")
    elif isinstance(value, dict):
        table = dict(value)
    else:
        raise ValueProblem(
            f"{short_shown(value)} is neither a list nor a table",
            'write ["entity"], or { entity = ["DE", "FR"] }',
        )
    allowed = {_attribute(name): _listed(name, values) for name, values in table.items()}
    if len(allowed) < len(table):
        raise ValueProblem(
            "an attribute is named twice", "names that differ only in capital letters are the same"
        )
    return allowed


def _attribute(name: object) -> str:
    if not isinstance(name, str) or not is_attribute_name(name.lower()):
        raise ValueProblem(
            f"{short_shown(name)} is not an attribute name",
            "use lower-case letters, digits and underscores, beginning with a letter",
        )
    # Tokens are written in small letters, and names of attributes are compared so.
    return name.lower()


def _listed(name: object, values: object) -> tuple[str, ...]:
    texts = [values] if isinstance(values, str) else values
    if not isinstance(texts, list | tuple):
        raise ValueProblem(f"the values of {name} are neither a text nor a list of texts")
    listed = []
    for text in texts:
        if not isinstance(text, str):
            raise ValueProblem(f"{short_shown(text)} is not a text", "write attribute values in quotes")
        problem = text_problem(composed(text)) or hidden_problem(text)
        if problem:
            raise ValueProblem(f"a value of {name} {problem}", "remove that character")
        listed.append(composed(text))
    return tuple(dict.fromkeys(listed))
