"""The kinds of definitions, as their commands see them: how one is named, shown, and told of in help."""

from seqctl.cli.definitions.flags import naming_options
from seqctl.cli.grammar.declaration import REQUIRED, Command, Parameter, argument, declared
from seqctl.cli.layout import Layout
from seqctl.model.classes import field, frozen
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from seqctl.cli.grammar.declaration import Act
    from seqctl.model.catalogue.catalogue import Catalogue
    from seqctl.model.catalogue.times import DefinitionTimes

TIMES = ("created_at", "created_by", "modified_at", "modified_by")
"""The columns that tell when a definition was made and last changed, and by whom."""


@frozen
class Kind:
    """One kind of definition.

    `table` is its name in a catalogue, `layout` is that of a list. `verbs` holds the commands that other
    kinds have too: what each one does, and what follows its words in an example. Of a kind whose fields are
    options, `add` must be given those that are `needed`, and takes `defaults` for granted; `settings` are its
    options beside fields. `called` is what people call its name.
    """

    name: str
    table: str
    layout: Layout
    verbs: dict[str, tuple[str, str]]
    needed: tuple[str, ...] = ()
    defaults: dict[str, object] = field(factory=dict)
    settings: tuple[str, ...] = ()
    called: str = "name"

    @property
    def argument(self) -> Parameter:
        """The argument that names one of them."""
        help = f"The {self.name}'s {self.called}."
        return Parameter("name", str, argument(self.called.upper(), help, composed, self.table))

    def command(self, verb: str, act: "Act", parameters: "Iterable[Parameter] | None" = None) -> Command:
        """One of its commands; without `parameters` with those that `act` declares."""
        help, rest = self.verbs[verb]
        declares = declared(act) if parameters is None else parameters
        example = f"{self.name} {verb} {rest}".rstrip()
        return Command(naming_options(act), declares, help=help, example=example)

    def defined(self, catalogue: "Catalogue") -> "dict[str, Any]":
        """Those that a book has, by name."""
        found: dict[str, Any] = getattr(catalogue, self.table)
        return found

    def fields(self) -> tuple[str, ...]:
        """What JSON shows of one."""
        from seqctl.model.catalogue.kinds import KINDS

        return KINDS[self.name].fields

    def shown(
        self, definition: "Any", times: "DefinitionTimes", ranges: int, output: str | None
    ) -> dict[str, object]:
        """A definition with the names that lists and JSON show; in tables conditions are words."""
        from seqctl.model.catalogue.kinds import KINDS

        fields = {"name": definition.name, **KINDS[self.name].values(definition)}
        if self.name in ("sequence", "policy"):
            fields["used"] = definition.used
        if self.name == "sequence":
            # `closed_until` is the older name; programs may read it.
            fields["closed_through"] = fields["closed_until"] = definition.closed_until
            fields["ranges"] = ranges
        if self.name == "policy" and output not in ("json", "jsonl"):
            fields["conditions"] = _in_words(fields["conditions"])
        return {**fields, **dict(zip(TIMES, times, strict=True))}


def _in_words(conditions: "Any") -> str:
    """The conditions of a policy as one text."""
    return "; ".join(
        f"{item['id']}: {item['field']} {item['operator']} {item.get('value', '')}".rstrip()
        for item in conditions
    )


SEQUENCE = Kind(
    "sequence",
    "sequences",
    Layout(
        (
            *("name", "document_type", "pattern", "reset", "status", "used", "mode", "start", "end", "step"),
            *("scope", "calendar", "date_order", "unique", "title", "closed_through", "closed_until"),
            *TIMES,
        ),
        (
            *(*TIMES, "closed_until", "unique", "step", "start", "date_order", "mode", "used", "calendar"),
            *("end", "scope", "title", "closed_through", "document_type"),
        ),
        "sequence",
    ),
    {
        "add": ("Define a sequence.", 'invoice --pattern "INV-{YYYY}-{number:5}" --reset year'),
        "list": ("List all sequences.", ""),
        "show": ("Show all fields of a sequence.", "invoice"),
        "edit": (
            "Change fields of a sequence; an empty text takes a value away.",
            "invoice --end 99999 --warn-at 90%",
        ),
        "rename": ("Give a sequence another name; it keeps its numbers and keys.", "invoice bill"),
        "remove": ("Remove a sequence that was never used and that no set names.", "invoice --yes"),
        "activate": ("Let a sequence issue numbers.", "invoice"),
        "deactivate": ("Stop a sequence from issuing numbers.", "invoice"),
    },
    settings=("allow_collisions",),
)
SET = Kind(
    "set",
    "sets",
    Layout(("name", "default", "members", "assignments", *TIMES), TIMES, "set"),
    {
        "add": ("Define a set.", "europe invoice=invoice-eu credit_memo=memo-eu"),
        "list": ("List all sets with their members and owners.", ""),
        "show": ("Show a set.", "europe"),
        "edit": ("Change members of a set, or make it the default.", "europe refund=refund-eu --default"),
        "rename": ("Give a set another name.", "europe eu"),
        "remove": ("Remove a set that is not the default and has no owners.", "europe --yes"),
    },
)
POLICY = Kind(
    "policy",
    "policies",
    Layout(
        (
            *("name", "document_type", "sequence", "priority", "status", "conditions", "logic", "used"),
            *TIMES,
        ),
        (*TIMES, "used", "logic", "priority", "status"),
        "policy",
        "policies",
    ),
    {
        "add": (
            "Define a policy.",
            "big --document-type invoice --sequence large --when 'paid equals true'",
        ),
        "list": ("List all policies.", ""),
        "show": ("Show a policy.", "big"),
        "edit": (
            "Change fields of a policy.\n\n--when replaces all conditions; an empty text takes a value away.",
            "big --priority 10",
        ),
        "rename": ("Give a policy another name.", "big large"),
        "remove": ("Remove a policy that never chose for a number.", "big --yes"),
        "activate": ("Let a policy choose.", "big"),
        "deactivate": ("Stop a policy from choosing.", "big"),
    },
    needed=("document_type", "sequence"),
)
CALENDAR = Kind(
    "calendar",
    "calendars",
    Layout(("name", "start", "named_by", "years", "until", "months", "quarters", *TIMES), TIMES, "calendar"),
    {
        "add": ("Define a calendar.", "india --start 04-01 --named-by start"),
        "list": ("List all calendars.", ""),
        "show": ("Show a calendar.", "india"),
        "edit": (
            "Change an unused calendar, or add years to a list of them.",
            "retail --year 2029=2029-02-04 --until 2030-02-02",
        ),
        "rename": ("Give a calendar another name.", "india fiscal"),
        "remove": ("Remove a calendar that no sequence uses.", "india --yes"),
    },
    defaults={"start": REQUIRED, "named_by": "start"},
)
RANGE = Kind(
    "range",
    "ranges",
    Layout(
        (
            *("range", "sequence", "first_number", "last_number", "used", "left", "valid_from"),
            *("valid_until", "state", "first", "last", "values", "authority", *TIMES),
        ),
        (*TIMES, "authority", "values", "first", "last"),
        "range",
    ),
    {
        "add": (
            "Give a sequence a range of numbers, as an authority granted it.",
            "18764000000001 factura --first 1 --last 5000 --until 2026-12-31 --value prefix=SETP",
        ),
        "list": (
            "List ranges in the order in which they serve.",
            "factura",
        ),
        "show": ("Show all fields of a range.", "18764000000001"),
        "edit": (
            "Change fields of a range.\n\n--value replaces all values; an empty text takes a value away.",
            "18764000000001 --last 6000 --until 2027-06-30",
        ),
        "remove": ("Remove a range that was never used.", "18764000000001 --yes"),
    },
    called="id",
)
KINDS = {kind.name: kind for kind in (SEQUENCE, SET, POLICY, CALENDAR, RANGE)}
