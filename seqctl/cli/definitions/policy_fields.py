"""The fields of a policy as options, and how a condition is written in one."""

from seqctl.cli.grammar.declaration import Annotated, option
from seqctl.errors import UsageError
from seqctl.model.policy.policy import OPERATORS

LISTS = ("in", "not_in")
Type = Annotated[str | None, option("--document-type", metavar="TYPE", help="What it chooses for.")]
Chosen = Annotated[
    str | None,
    option("--sequence", metavar="NAME", help="What it chooses.", complete="sequences"),
]
When = Annotated[
    list[str] | None,
    option("--when", metavar="'FIELD OPERATOR VALUE'", help="A condition; numbered from 1."),
]
Logic = Annotated[
    str | None, option("--logic", metavar="TEXT", help="As in '1 AND (2 OR NOT 3)'. Default: all.")
]
Priority = Annotated[str | None, option("--priority", metavar="N", help="The highest wins. Default: 0.")]
From = Annotated[str | None, option("--effective-from", metavar="DATE", help="First date or instant.")]
Until = Annotated[str | None, option("--effective-until", metavar="DATE", help="Last date or instant.")]
Zone = Annotated[str | None, option("--timezone", metavar="ZONE", help="Whose midnight decides.")]
Description = Annotated[str | None, option("--description", metavar="TEXT", help="What it is for.")]


def policy_fields(
    document_type: Type = None,
    sequence: Chosen = None,
    when: When = None,
    logic: Logic = None,
    priority: Priority = None,
    effective_from: From = None,
    effective_until: Until = None,
    timezone: Zone = None,
    description: Description = None,
) -> dict[str, object]:
    """The fields that were given; an empty text stands for no value. Raises UsageError."""
    given = {
        "document_type": document_type,
        "sequence": sequence,
        "logic": logic,
        "priority": priority,
        "effective_from": effective_from,
        "effective_until": effective_until,
        "timezone": timezone,
        "description": description,
    }
    fields: dict[str, object] = {name: text or None for name, text in given.items() if text is not None}
    if when:
        fields["conditions"] = [_condition(text) for text in when if text]
    return fields


def _condition(text: str) -> dict[str, object]:
    """A condition from `FIELD OPERATOR VALUE`, its value typed as TOML would: 100, true, 2026-01-01, text."""
    field, _, rest = text.strip().partition(" ")
    operator, _, written = rest.strip().partition(" ")
    if operator not in OPERATORS:
        raise UsageError(f"--when {text!r} is not FIELD OPERATOR VALUE", f"operators: {', '.join(OPERATORS)}")
    condition: dict[str, object] = {"field": field, "operator": operator}
    written = written.strip()
    if operator in LISTS:
        value = _typed(written)
        condition["value"] = (
            value if isinstance(value, list) else [_typed(item) for item in written.split(",")]
        )
    elif written:
        condition["value"] = _typed(written)
    return condition


def _typed(written: str) -> object:
    import tomllib

    try:
        return tomllib.loads(f"value = {written.strip()}")["value"]
    except ValueError:
        return written.strip()
