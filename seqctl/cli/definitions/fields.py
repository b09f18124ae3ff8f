"""The fields of definitions as options of `add` and `edit`, and how their values are written in one."""

from seqctl.cli.grammar.declaration import Parameter, option
from seqctl.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.model.sequence.fields import Field

WITHOUT = ("name", "status")
"""Fields of a sequence that have no option of their own."""
LISTS = ("in", "not_in")


COLLISIONS = option("--allow-collisions", help="Allow it although it could print the same numbers.")


def with_fields(kind: str, name: Parameter, dry_run: Parameter) -> list[Parameter]:
    """What `add` and `edit` of a kind take: an option for each field, none of them required."""
    if kind == "sequence":
        return [name, Parameter("allow_collisions", bool, COLLISIONS, False), dry_run, *_of_sequences()]
    return [name, *(_of_policies() if kind == "policy" else _of_calendars()), dry_run]


def added_only(kind: str) -> dict[str, Parameter]:
    """What `add` of a kind takes beside fields, and `edit` does not, by the names of its parameters."""
    found = {}
    if kind in ("sequence", "policy"):
        help = f"Define it as inactive; start it with: seqctl {kind} activate NAME."
        found["inactive"] = Parameter("inactive", bool, option("--inactive", help=help), False)
    if kind == "sequence":
        help = "Start with all fields of this sequence."
        found["like"] = _text("like", "NAME", help, "sequences")
    return found


def read_fields(kind: str, given: "dict[str, Any]") -> dict[str, object]:
    """The fields that were given; an empty text stands for no value: `edit --end ""` takes the end away.

    Raises UsageError for a condition or a table of attributes that is none.
    """
    said = {name: value for name, value in given.items() if value is not None and value != []}
    if kind == "calendar":
        return {
            name: _first_days(value) if name == "years" else value or None for name, value in said.items()
        }
    return {name: _read(name, value) for name, value in said.items()}


def _of_calendars() -> list[Parameter]:
    return [
        _text("start", "MM-DD", "First day of the fiscal year: 04-01."),
        _text("named_by", "start|end", "Which calendar year names the fiscal year: start or end."),
    ]


def edited_only(kind: str) -> list[Parameter]:
    """What `edit` of a kind takes beside the fields that `add` takes too."""
    if kind != "calendar":
        return []
    year = option("--year", metavar="NAME=FIRST_DAY", help="Another fiscal year: 2028=2028-01-30.")
    return [
        Parameter("years", list[str], year, None),
        _text("until", "DATE", "Last day of the last year that is listed."),
    ]


def _of_policies() -> list[Parameter]:
    when = option("--when", metavar="'FIELD OPERATOR VALUE'", help="A condition; numbered from 1.")
    return [
        _text("document_type", "TYPE", "What it chooses for."),
        _text("sequence", "NAME", "What it chooses.", "sequences"),
        Parameter("conditions", list[str], when, None),
        _text("logic", "TEXT", "As in '1 AND (2 OR NOT 3)'. Default: all."),
        _text("priority", "N", "The highest wins. Default: 0."),
        _text("effective_from", "DATE", "First date or instant."),
        _text("effective_until", "DATE", "Last date or instant."),
        _text("timezone", "ZONE", "Whose midnight decides."),
        _text("description", "TEXT", "What it is for."),
    ]


def _of_sequences() -> list[Parameter]:
    """Made from the table of fields, with the parts that stand for a pattern."""
    from seqctl.model.sequence.fields import FIELD_TABLE

    return [
        *(_of_sequence(field) for field in FIELD_TABLE if field.name not in WITHOUT),
        _text("prefix", None, "Text before the number, instead of a pattern."),
        _text("suffix", None, "Text after the number, instead of a pattern."),
        _text("width", None, "Least number of digits, instead of a pattern."),
    ]


def _of_sequence(field: "Field") -> Parameter:
    help = field.help
    if field.choices:
        help += f" One of: {', '.join(field.choices)}."
    if field.default not in (None, False):
        help += f" Default: {field.default}."
    if field.kind == "boolean":
        return Parameter(field.name, bool, option(field.option, f"--no-{field.name}", help=help), None)
    listed = {"values": "NAME[=VALUE,...]", "types": "TYPE", "codes": "TYPE=CODE"}.get(field.kind)
    if listed is not None:
        return Parameter(field.name, list[str], option(field.option, metavar=listed, help=help), None)
    if field.kind == "warnings":
        form = option(field.option, metavar="WARNING", help=f"{help} May be repeated.")
        return Parameter(field.name, list[str], form, None)
    return _text(field.name, field.name.upper(), help, "calendars" if field.name == "calendar" else None)


def _text(name: str, metavar: str | None, help: str, complete: str | None = None) -> Parameter:
    flag = "--" + name.replace("_", "-")
    return Parameter(name, str, option(flag, metavar=metavar, help=help, complete=complete), None)


def _read(name: str, value: object) -> object:
    """A value as the checks take it: tables from `entity=DE,FR`, conditions, None from an empty text."""
    if not isinstance(value, list):
        return None if value == "" else value
    if name == "conditions":
        return [_condition(text) for text in value if text]
    if name in ("document_type", "warn_at"):
        return [text for text in value if text] or None
    if name == "type_codes":
        return _codes(value)
    table: dict[str, list[str]] = {}
    for item in filter(None, value):
        attribute, equals, listed = item.partition("=")
        if attribute in table:
            raise UsageError(f"--{name} names {attribute!r} twice", "name each attribute once")
        table[attribute] = listed.split(",") if equals else []
    return table


def _first_days(given: list[str]) -> dict[str, str]:
    """First days of fiscal years from `2028=2028-01-30`. Raises UsageError."""
    years: dict[str, str] = {}
    for item in given:
        name, equals, day = item.partition("=")
        if not equals or name in years:
            raise UsageError(
                f"--year {item!r} is not NAME=FIRST_DAY, one for each year", "write 2028=2028-01-30"
            )
        years[name] = day
    return years


def _codes(given: list[str]) -> dict[str, str]:
    """Codes of document types from `invoice=FA`. Raises UsageError."""
    codes: dict[str, str] = {}
    for item in filter(None, given):
        name, equals, code = item.partition("=")
        if not equals or name in codes:
            raise UsageError(f"--type-code {item!r} is not TYPE=CODE, one for each type", "write invoice=FA")
        codes[name] = code
    return codes


def _condition(text: str) -> dict[str, object]:
    """A condition from `FIELD OPERATOR VALUE`, its value typed as TOML would: 100, true, 2026-01-01, text."""
    from seqctl.model.policy.policy import OPERATORS

    field, _, rest = text.strip().partition(" ")
    operator, _, written = rest.strip().partition(" ")
    if operator not in OPERATORS:
        from shlex import quote

        from seqctl.model.policy.meant import meant_condition

        meant = meant_condition(text)
        hint = f"as in --when 'segment equals key'; operators: {', '.join(OPERATORS)}"
        if meant is not None:
            hint = f"write: --when {quote(meant)}"
        raise UsageError(f"--when {text!r} is not FIELD OPERATOR VALUE", hint)
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
