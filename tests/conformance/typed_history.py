"""Actions drawn by chance on sequences of several document types, in a book and in its model side by side."""

from dataclasses import dataclass, field
from itertools import chain
from typing import Any, ClassVar

from seqctl.actions import (
    adopt,
    confirm,
    list_gaps,
    list_numbers,
    reinstate,
    release,
    state_completeness,
    void,
)
from seqctl.actions.definitions.define import define
from seqctl.actions.gaps.list_gaps import GapFilter
from seqctl.model.catalogue.catalogue import Wanted
from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.request import Request
from seqctl.model.reports.adoption import Adoption, Named, NumberLine, Said
from tests.conformance.range_book import Draw
from tests.conformance.range_history import NumberHistory
from tests.conformance.range_model import Grant
from tests.conformance.typed_book import ACME, KINDS, SETS, Entry, TypedBook, TypedCounter, TypedDraw

DAYS = ("2025-12-28", "2026-01-01", "2026-01-31", "2026-02-15", "2026-03-01", "2026-03-02")
TYPES = tuple(dict.fromkeys(chain.from_iterable(kind.types for kind in KINDS)))
JOINED = [["debit_memo", "order"], ["slip", "refund"]]
WEIGHTS = {
    **{"issue": 30, "reserve": 12, "peek": 4, "confirm": 7, "void": 7, "release": 12, "reinstate": 8},
    **{"expire": 2, "pass_by": 5, "adopt": 10, "turn": 9, "join": 1},
}


@dataclass
class TypedHistory(NumberHistory):
    """A history of a book whose sequences number several types."""

    model: TypedBook = field(default_factory=TypedBook)
    weights: ClassVar[dict[str, int]] = WEIGHTS

    def __post_init__(self) -> None:
        sets = {
            name: SequenceSet(name, members, name == "home", (ACME,) if name == "away" else ())
            for name, members in SETS.items()
        }
        self.define(sequences={kind.name: kind.definition() for kind in KINDS}, sets=sets)
        self.define(book={"unique_together": self.model.together})

    def define(self, **wanted: Any) -> None:
        define(self.store, Wanted(**wanted, allow_collisions=True), "import", "book.toml")

    def join(self) -> None:
        """The second space of texts joins the first, as far as none of their numbers meet."""
        self.both(
            "join",
            lambda: self.define(book={"unique_together": JOINED}),
            lambda: self.model.join(JOINED),
        )

    def compare(self) -> None:
        """Numbers, gaps and statements are what the model says, of each type and in all."""
        now = self.clock.now()
        counters = [each for each in self.model.ranges.values() if isinstance(each, TypedCounter)]
        cells = {(*place(each), value): cell for each in counters for value, cell in each.cells.items()}
        numbers = {
            at: (cell.text, cell.document_type, cell.state, cell.date, cell.key) for at, cell in cells.items()
        }
        self.alike("numbers", self.numbers(None), numbers)
        document_type = self.chance.choice(TYPES)
        of_type = {at: row for at, row in numbers.items() if row[1] == document_type}
        self.alike(f"numbers of {document_type}", self.numbers(document_type), of_type)
        gaps = {(*place(each), value): state for each in counters for value, state in each.gaps(now).items()}
        self.alike("gaps", self.gaps(None), gaps)
        numbering = [kind.name for kind in KINDS if document_type in kind.types]
        some = {at: state for at, state in gaps.items() if at[0] in numbering}
        self.alike(f"gaps of {document_type}", self.gaps(document_type), some)
        stated = {place(each): self.stated(each, now, None) for each in counters}
        self.alike("statement", self.statement(None), stated)
        stated = {
            place(each): self.stated(each, now, document_type)
            for each in counters
            if each.kind.name in numbering
        }
        self.alike(f"statement of {document_type}", self.statement(document_type), stated)

    def numbers(self, document_type: str | None) -> dict[Any, object]:
        listed = list_numbers(self.store, None, NumberFilter(document_type=document_type))
        return {
            (item.sequence, item.scope, item.period, item.value): (
                *(item.number, item.document_type, item.state, item.date, item.key),
            )
            for item in listed
        }

    def gaps(self, document_type: str | None) -> dict[Any, object]:
        return {
            (gap.sequence, gap.scope, gap.period, value): gap.state
            for gap in list_gaps(self.store, GapFilter(document_type=document_type))
            for value in range(gap.first, gap.last + 1)
        }

    def statement(self, document_type: str | None) -> dict[Any, object]:
        return {
            (item.sequence, item.scope, item.period): (
                *(item.issued, item.reserved, item.void, item.reusable, item.review, item.blocked),
                *(item.missing, item.total, item.of_type),
            )
            for item in state_completeness(self.store, document_type=document_type)
        }

    def stated(self, each: TypedCounter, now: str, document_type: str | None) -> tuple[object, ...]:
        held = [cell for cell in each.cells.values() if not cell.overdue(now)]
        states = [*(cell.state for cell in held), *each.gaps(now).values()]
        words = ("issued", "reserved", "void", "reusable", "review", "blocked", "missing")
        of_type = sum(cell.document_type == document_type for cell in held) if document_type else None
        return *(states.count(word) for word in words), len(states), of_type

    # Issuing.

    def wanted(self, expires: str | None = None) -> TypedDraw:
        chance = self.chance
        target = chance.choice([*TYPES, *TYPES, "creditMemo", *(kind.name for kind in KINDS)])
        named = target in self.model.kinds
        meant = target.replace("creditMemo", "credit_memo")
        fitting = [kind for kind in KINDS if target == kind.name or meant in kind.types]
        chosen: dict[str, str | None] = {}
        if chance.random() < (0.85 if named else 0.1):
            own = self.model.kinds[target].types if named else (meant,)
            chosen["document_type"] = chance.choice(own if chance.random() < 0.9 else TYPES)
        if chance.random() < 0.15:
            chosen["sequence"] = chance.choice(fitting if chance.random() < 0.8 else KINDS).name
        elif chance.random() < 0.3:
            chosen["owner"] = chance.choice((ACME, ACME, "account:OTHER"))
        elif chance.random() < (0.2 if meant in SETS["home"] else 0.03):
            chosen["set_name"] = chance.choice(list(SETS))
        if chance.random() < 0.15:
            chosen["of"] = self.text() or "none"
        return TypedDraw(
            KINDS[0],
            chance.choice(DAYS),
            chance.choice((1, 1, 1, 2, 3)),
            {"branch": chance.choice("AB")} if chance.random() < 0.6 else {},
            contiguous=chance.random() < 0.1,
            key=chance.choice("abcdef") if chance.random() < 0.2 else None,
            expires=expires,
            target=target,
            **chosen,
        )

    def request(self, wanted: Draw, ttl: int | None = None) -> Request:
        assert isinstance(wanted, TypedDraw)
        return Request(
            wanted.target,
            wanted.count,
            contiguous=wanted.contiguous,
            date=wanted.day,
            set_name=wanted.set_name,
            owners=() if wanted.owner is None else (("account", wanted.owner.partition(":")[2]),),
            sequence=wanted.sequence,
            attributes=wanted.given,
            key=wanted.key,
            reserve=ttl is not None,
            ttl=None if ttl is None else f"{ttl}s",
            document_type=wanted.document_type,
            of=wanted.of,
        )

    # What becomes of a number.

    def confirm(self) -> None:
        self.alter("confirm", self.chance.choice(DAYS) if self.chance.random() < 0.3 else None)

    def void(self) -> None:
        self.alter("void")

    def release(self) -> None:
        self.alter("release")

    def alter(self, action: str, day: str | None = None) -> None:
        """Confirm, void or release a number, which its type may tell from another of the same text."""
        chance, now = self.chance, self.clock.now()
        cells = [cell for each in self.model.ranges.values() for cell in each.cells.values()]
        reserved = [cell for cell in cells if cell.state == "reserved"]
        if action == "confirm" and reserved and chance.random() < 0.7:
            cells = reserved
        cell = chance.choice(cells) if cells and chance.random() < 0.8 else None
        text = cell.text if cell is not None else self.text()
        named = chance.choice((None, cell.document_type if cell else None, chance.choice(TYPES)))
        wanted = NumberFilter(document_type=named)
        acts = {
            "confirm": lambda: confirm(self.store, [str(text)], wanted=wanted, date=day),
            "void": lambda: void(self.store, [str(text)], "spoilt", wanted),
            "release": lambda: release(self.store, [str(text)], "never sent", wanted),
        }
        if text is not None:
            self.both(
                f"{action} {text} {named} {day}",
                acts[action],
                lambda: self.model.change(action, text, now, day, named),
            )

    def reinstate(self) -> None:
        """Of a void or a freed number; what is overdue is written down first."""
        self.expire()
        now = self.clock.now()
        known = [
            (each, value, cell)
            for each in self.model.ranges.values()
            for value, cells in ({at: [one] for at, one in each.cells.items()} | each.lives).items()
            for cell in cells
        ]
        if not known:
            return
        ended = [one for one in known if one[2].state == "void" or one[2].ended[0]]
        each, value, cell = self.chance.choice(ended if ended and self.chance.random() < 0.8 else known)
        types, text = self.model.kinds[each.kind.name].types, cell.text
        named = self.chance.choice((None, cell.document_type, *types))
        scope = tuple(each.values.items())
        wanted = NumberFilter(each.kind.name, named, period=place(each)[2], scope=scope)
        self.both(
            f"reinstate {text} of {each.name} as {named}",
            lambda: reinstate(self.store, [text], "was right", wanted),
            lambda: self.model.reinstate(each.name, value, text, now, named),
        )

    def gaps_of(self, each: Grant) -> GapFilter:
        return GapFilter(each.kind.name, period=place(each)[2], scope=tuple(each.values.items()))

    def adopt(self) -> None:
        """A number whose type its code, a column or the command says, or two of them, or none."""
        chance, now = self.chance, self.clock.now()
        kind, day = chance.choice(KINDS), chance.choice(DAYS)
        values = {name: chance.choice("AB") for name in kind.scope}
        period = kind.period(day if chance.random() < 0.9 else chance.choice(DAYS))
        each = self.model.ranges.get(TypedCounter.of(kind, values, period).name)
        value = chance.randint(1, (each.reached if each else 0) + 4)
        named = chance.choice(kind.types) if chance.random() < 0.4 else None
        said = chance.choice((*kind.types, *kind.types, "slip")) if chance.random() < 0.5 else None
        column = said is not None or chance.random() < 0.1
        entry = Entry(kind.name, chance.choice(kind.types), values, period, value, day, named, said, column)
        behind = (*Said(), *Named(document_type=said)) if column else ()
        lines: list[list[NumberLine]] = [[(1, entry.text, day, None, *behind)]]
        by_type = named is not None and chance.random() < 0.5
        adoption = Adoption(
            str(named) if by_type else kind.name,
            lines,
            document_type=None if by_type else named,
            columns={"document_type": "kind"} if column else {},
        )
        self.both(
            f"adopt {entry} as {adoption.target}",
            lambda: any(one.adopted for one in adopt(self.store, adoption).counters),
            lambda: self.model.enter(entry, now),
            same=True,
        )


def place(each: Grant) -> tuple[str, str, str]:
    """The sequence, scope and period of a counter, as lists show them."""
    assert isinstance(each, TypedCounter)
    scope = ",".join(f"{name}={value}" for name, value in each.values.items())
    return each.kind.name, scope, each.period
