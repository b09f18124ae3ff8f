"""Sequences that number several document types, over plain dictionaries, beside sequences of one type.

A counter is a range without an end that is there once it is used; its texts depend on the type as well.
"""

from dataclasses import dataclass, field, replace

from tests.conformance.range_book import Draw
from tests.conformance.range_gaps import RangeBook
from tests.conformance.range_model import Asked, Cell, Grant, Kind, Refusal


@dataclass(frozen=True)
class TypedKind(Kind):
    """A sequence with its types and their codes; `looks` is how its texts look, as a format."""

    looks: str = ""
    types: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    reset: str = "never"

    def definition(self) -> dict[str, object]:
        """Its fields, as a file of definitions would have them."""
        fields: dict[str, object] = {"pattern": PATTERNS[self.looks], "document_type": list(self.types)}
        fields |= {"mode": self.mode, "reset": self.reset, "scope": list(self.scope), "manual": True}
        return fields | ({"type_codes": dict(zip(self.types, self.codes, strict=True))} if self.codes else {})

    def period(self, day: str) -> str:
        return {"never": "all", "year": day[:4], "month": day[:7]}[self.reset]

    def printed(self, document_type: str, period: str, values: dict[str, str], value: int) -> str:
        code = self.codes[self.types.index(document_type)] if self.codes else ""
        month = period[2:4] + period[5:]
        return self.looks.format(type=code, year=period[:4], month=month, value=value, **values)


SALES = ("invoice", "credit_memo")
CODED, BRANCHED, COUNTED = "{type}{YY}{MM}-{number:4}", "X-{branch}-{type}{number}", "{number}/{YYYY}"
LOOKS = {CODED: "{type}{month}-{value:04}", BRANCHED: "X-{branch}-{type}{value}", COUNTED: "{value}/{year}"}
"""How the numbers of each pattern look."""
PATTERNS = {looks: pattern for pattern, looks in LOOKS.items()}
KINDS = (
    TypedKind("sales", "", looks=LOOKS[CODED], types=SALES, codes=("FA", "AV"), reset="month"),
    TypedKind("abroad", "", scope=("branch",), looks=LOOKS[BRANCHED], types=SALES[::-1], codes=("C", "I")),
    TypedKind("notes", "", looks=LOOKS[COUNTED], types=("debit_memo", "refund"), reset="year"),
    TypedKind("order", "", "standard", looks=LOOKS[COUNTED], types=("order",), reset="year"),
    TypedKind("slip", "", looks=LOOKS[COUNTED], types=("slip",), reset="year"),
)
SETS = {name: dict.fromkeys(SALES, member) for name, member in (("home", "sales"), ("away", "abroad"))}
ACME = "account:ACME"
"""Whom the set `away` serves; `home` is the default set."""
TOGETHER = [["debit_memo", "order"]]


@dataclass
class TypedCell(Cell):
    """One integer that a document holds, with whom and by which set it was asked for."""

    owner: str | None = None
    set_name: str | None = None


@dataclass
class TypedCounter(Grant):
    """A counter of a sequence, of one scope and one period."""

    period: str = "all"

    @classmethod
    def of(cls, kind: TypedKind, values: dict[str, str], period: str) -> "TypedCounter":
        name = " ".join((kind.name, *values.values(), period))
        return cls(name, kind, 1, None, None, None, values, 1, 0, period=period)

    def in_force(self, day: str) -> bool:
        assert isinstance(self.kind, TypedKind)
        return self.kind.period(day) == self.period


@dataclass(frozen=True)
class TypedDraw(Draw):
    """A request, as it was made; `kind`, `owner` and `set_name` are decided when it is answered."""

    target: str = ""
    document_type: str | None = None
    sequence: str | None = None
    owner: str | None = None
    set_name: str | None = None
    of: str | None = None

    @property
    def meant(self) -> str:
        """The target as a document type."""
        return self.target.replace("creditMemo", "credit_memo")

    @property
    def asked(self) -> Asked:
        given = tuple(sorted(self.given.items()))
        how = self.count, self.contiguous, self.expires is not None
        chosen = self.document_type, self.sequence, self.owner, self.set_name, self.of
        return self.meant, self.day, given, how, chosen


@dataclass(frozen=True)
class Decided(TypedDraw):
    """A request whose sequence and type are decided; `made` is what it was."""

    made: Asked = ()
    cell_type: str = field(default="")

    @property
    def asked(self) -> Asked:
        return self.made


class TypedBook(RangeBook):
    """All that happens to sequences of several types."""

    kinds: dict[str, TypedKind]  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__(KINDS)
        self.together = TOGETHER

    # Which texts may not meet.

    def space(self, document_type: str, together: list[list[str]] | None = None) -> set[str]:
        """The types whose texts are unique together with those of a type."""
        groups = [*(together or self.together), *(list(kind.types) for kind in KINDS)]
        joined, before = {document_type}, 0
        while len(joined) > before:
            before = len(joined)
            for group in groups:
                if joined & set(group):
                    joined |= set(group)
        return joined

    def meet(self, one: Cell, other: Cell) -> bool:
        return one.text == other.text and other.document_type in self.space(one.document_type)

    def join(self, together: list[list[str]]) -> None:
        """Let further types share no number."""
        held = [cell for each in self.ranges.values() for cell in each.cells.values()]
        for one in held:
            for other in held:
                space = self.space(one.document_type, together)
                if one is not other and one.text == other.text and other.document_type in space:
                    raise Refusal("number_taken")
        self.together = together

    # Issuing.

    def draw_new(self, wanted: Draw, now: str, peek: bool) -> list[str]:
        assert isinstance(wanted, TypedDraw)
        return super().draw_new(self.decided(wanted, now), now, peek)

    def decided(self, wanted: TypedDraw, now: str) -> Decided:
        given, owner, set_name = dict(wanted.given), wanted.owner, wanted.set_name
        if wanted.of is not None:
            owner, set_name = self.following(wanted, given, now)
        kind, set_name = self.serving_kind(wanted, owner, set_name)
        asked = {name: getattr(wanted, name) for name in wanted.__dataclass_fields__}
        asked |= {"kind": kind, "given": given, "owner": owner, "set_name": set_name}
        return Decided(**asked, made=wanted.asked, cell_type=type_meant(kind, wanted))

    def following(self, wanted: TypedDraw, given: dict[str, str], now: str) -> tuple[str | None, str | None]:
        """The owner and set of the number that a request follows; its scope is put with what is given."""
        found = [
            (each, cell)
            for each in self.ranges.values()
            for cell in each.cells.values()
            if cell.text == wanted.of and not cell.overdue(now)
        ]
        if len(found) != 1:
            raise Refusal("ambiguous_number" if found else "not_found")
        each, cell = found[0]
        assert isinstance(cell, TypedCell)
        for name in each.kind.scope:
            if given.setdefault(name, each.values[name]) != each.values[name]:
                raise Refusal("wrong_target")
        if wanted.sequence is not None:
            return None, None
        for said, is_so in ((wanted.owner, cell.owner), (wanted.set_name, cell.set_name)):
            if said not in (None, is_so):
                raise Refusal("wrong_target")
        if wanted.set_name is not None:
            return wanted.owner, wanted.set_name
        return cell.owner, None if cell.owner else cell.set_name

    def serving_kind(
        self, wanted: TypedDraw, owner: str | None, set_name: str | None
    ) -> tuple[TypedKind, str | None]:
        """The sequence of a request, and the set that chose it."""
        kinds, meant = self.kinds, wanted.meant
        if wanted.sequence is not None:
            kind = kinds[wanted.sequence]
            if wanted.target != kind.name and meant not in kind.types:
                raise Refusal("wrong_target")
            return kind, None
        if meant in SALES:
            name = set_name or ("away" if owner == ACME else "home")
            return kinds[SETS[name][meant]], name
        if set_name is not None:
            raise Refusal("not_found")
        if wanted.target in kinds:
            return kinds[wanted.target], None
        return next(kind for kind in kinds.values() if meant in kind.types), None

    def serving(self, wanted: Draw) -> list[Grant]:
        kind = self.kinds[wanted.kind.name]
        if any(name not in wanted.given for name in kind.scope):
            raise Refusal("missing_attribute")
        made = TypedCounter.of(
            kind, {name: wanted.given[name] for name in kind.scope}, kind.period(wanted.day)
        )
        return [self.ranges.get(made.name, made)]

    def cell(self, each: Grant, value: int, wanted: Draw) -> Cell:
        assert isinstance(wanted, Decided) and isinstance(each, TypedCounter)
        made = super().cell(each, value, wanted)
        text = self.kinds[each.kind.name].printed(wanted.cell_type, each.period, each.values, value)
        return TypedCell(
            *(text, made.state, made.date, made.expires, made.key),
            was_reserved=made.was_reserved,
            document_type=wanted.cell_type,
            owner=wanted.owner,
            set_name=wanted.set_name,
        )

    # Numbers that exist already.

    def enter(self, wanted: "Entry", now: str) -> bool:
        """Enter a number that exists already; False where the book holds it alike."""
        kind = self.kinds[wanted.sequence]
        made = TypedCounter.of(kind, wanted.values, wanted.period)
        if not made.in_force(wanted.day):
            raise Refusal("invalid_input")
        document_type = entered_type(kind, wanted)
        each = self.ranges.get(made.name, made)
        held = each.cells.get(wanted.value)
        cell = TypedCell(
            kind.printed(wanted.printed_type, wanted.period, wanted.values, wanted.value),
            *("issued", wanted.day),
            document_type=document_type,
        )
        if held is not None and not held.overdue(now):
            alike = (held.text, held.state, held.date, held.document_type)
            if alike != (cell.text, cell.state, cell.date, document_type):
                raise Refusal("invalid_input")
            return False
        if each.runs.get(wanted.value) == "blocked":
            raise Refusal("invalid_input")
        try:
            self.refuse_taken([(each, wanted.value)], [cell])
        except Refusal:
            raise Refusal("invalid_input") from None
        each.record_overdue(now)
        self.batches += 1
        unused = each.reached < each.begun
        each.begun = wanted.value if unused else min(each.begun, wanted.value)
        each.take(wanted.value, replace(cell, batch=self.batches))
        self.ranges[each.name] = each
        return True


@dataclass(frozen=True)
class Entry:
    """A number to adopt: what its text says, what its line says, and what the command says of its type."""

    sequence: str
    printed_type: str
    values: dict[str, str]
    period: str
    value: int
    day: str
    named: str | None
    said: str | None
    column: bool

    @property
    def text(self) -> str:
        kind = next(kind for kind in KINDS if kind.name == self.sequence)
        return kind.printed(self.printed_type, self.period, self.values, self.value)


def entered_type(kind: TypedKind, wanted: Entry) -> str:
    """The type of a number to adopt: its line says it, else its code, else the command."""
    if wanted.said not in (None, *kind.types):
        raise Refusal("invalid_input")
    if len(kind.types) == 1:
        return kind.types[0]
    shown = wanted.printed_type if kind.codes else None
    told = {name for name in (wanted.said, shown, wanted.named) if name is not None}
    if len(told) == 1:
        return told.pop()
    raise Refusal("invalid_input" if told or wanted.column else "ambiguous_type")


def type_meant(kind: TypedKind, wanted: TypedDraw) -> str:
    """The document type that a request means of the sequence that serves it."""
    if wanted.meant in kind.types:
        if wanted.document_type not in (None, wanted.meant):
            raise Refusal("wrong_target")
        return wanted.meant
    if wanted.document_type is None:
        if len(kind.types) > 1:
            raise Refusal("ambiguous_type")
        return kind.types[0]
    if wanted.document_type not in kind.types:
        raise Refusal("wrong_target")
    return wanted.document_type
