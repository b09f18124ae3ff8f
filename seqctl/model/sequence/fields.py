"""The table of the fields of a sequence: the one place that knows their names, defaults, meaning and locks.

Validation, command options, the JSON Schema, help and the refusals of a change after use derive from it.
"""

from seqctl.model.classes import frozen
from seqctl.model.pattern.compiled import RESETS


@frozen
class Field:
    """One field of a sequence.

    `kind` is the shape of its value: `text`, `types` (of documents), `codes` (of types), `integer`,
    `counter` (an integer, or letters), `choice`, `boolean`, `date`, `duration`, `zone`, `values` (attribute
    names with allowed values), `warnings` (one or a list), `characters` (a set of them) or `scheme` (of
    references). `lock` is `fixed` once the sequence was used, `free`, or `rule` (it may change within limits
    that `changes.py` states).
    """

    name: str
    kind: str
    help: str
    default: object = None
    lock: str = "free"
    choices: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int | None = None

    @property
    def option(self) -> str:
        """The command-line option of the field: of codes, which are given one by one, in the singular."""
        if self.kind == "codes":
            return "--type-code"
        return "--" + self.name.replace("_", "-")


FIELD_TABLE = (
    Field("name", "text", "Unique name: 1 to 255 printable characters.", lock="fixed"),
    Field("title", "text", "Name for people and for print."),
    Field("description", "text", "What the sequence is for."),
    Field(
        "document_type",
        "types",
        "What is numbered: invoice, credit_memo, payment ... Several share one counter. Default: the name.",
        lock="rule",
    ),
    Field(
        "type_codes",
        "codes",
        "What {type} prints for each document type: invoice=FA.",
        lock="rule",
    ),
    Field("kind", "choice", "Digits, or letters.", "numeric", "fixed", ("numeric", "alpha")),
    Field("pattern", "text", "Text and tokens of a number, as in INV-{YYYY}-{number:5}.", "{number}"),
    Field("start", "counter", "First value of every period. Default: 1 (letters: a).", lock="fixed"),
    Field("end", "counter", "Last allowed value, included.", lock="rule"),
    Field("step", "integer", "Distance between two values.", 1, "fixed", minimum=1),
    Field(
        "max_width",
        "integer",
        "Most characters of the counter; then the sequence is exhausted.",
        lock="rule",
        minimum=1,
    ),
    Field(
        "max_length",
        "integer",
        "Most characters of the whole number, at most 255.",
        lock="rule",
        minimum=1,
        maximum=255,
    ),
    Field(
        "reset",
        "choice",
        "When counting restarts at the start; range: numbers come out of ranges.",
        "never",
        "fixed",
        RESETS,
    ),
    Field("calendar", "text", "Calendar of the fiscal tokens and resets.", lock="fixed"),
    Field("timezone", "zone", "Time zone that decides today's date. Default: the book's."),
    Field(
        "scope",
        "values",
        "Attributes with a counter for each value: entity, or entity=DE,FR.",
        lock="rule",
    ),
    Field("requires", "values", "Attributes that a request must carry: entity=DE,FR."),
    Field(
        "mode",
        "choice",
        "gapless issues freed numbers again; standard leaves gaps.",
        "gapless",
        "fixed",
        ("gapless", "standard"),
    ),
    Field(
        "unique",
        "choice",
        "Whether a text may come again in another period.",
        "always",
        "fixed",
        ("always", "period"),
    ),
    Field(
        "date_order",
        "choice",
        "Whether a later number may carry an earlier document date.",
        "off",
        choices=("off", "warn", "refuse"),
    ),
    Field("manual", "boolean", "Whether numbers may be adopted after the first issue.", False),
    Field("warn_at", "warnings", 'When to warn, once or several: "90%", "100 left" or "30 days".'),
    Field("reservation_ttl", "duration", "How long a reservation lasts: 30s, 15m, 2h, 1d.", "15m"),
    Field(
        "characters",
        "characters",
        "Characters that a number may contain, as in [A-Z0-9/-].",
        lock="rule",
    ),
    Field(
        "reference",
        "scheme",
        "Scheme of a payment reference: rf, qrr, ogm, viite, ee, ocr ...",
        lock="rule",
    ),
    Field(
        "reference_base",
        "text",
        "What it is built from, as in {customer:6}{number:8}. Default: the digits.",
        lock="rule",
    ),
    Field("effective_from", "date", "First document date, included."),
    Field("effective_until", "date", "Last document date, included."),
    Field(
        "status",
        "choice",
        "An inactive sequence issues nothing.",
        "active",
        choices=("active", "inactive"),
    ),
)

FIELD_BY_NAME = {field.name: field for field in FIELD_TABLE}

SHORTHAND = ("prefix", "suffix", "width")
"""Accepted wherever a pattern is, and saved as the pattern that they stand for."""
