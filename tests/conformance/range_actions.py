"""Whole histories: what becomes of ranges, beside what becomes of numbers and gaps."""

from dataclasses import dataclass

from seqctl.actions import (
    add_range,
    add_sequence,
    annul_range,
    edit_range,
    remove_definition,
    reopen_range,
)
from seqctl.days import date
from tests.conformance.range_history import KINDS, NumberHistory
from tests.conformance.range_model import Grant, Kind

ENDS = ("2026-02-28", "2026-04-15", "2026-06-01", None)
BEGINS = (None, None, "2026-01-15", "2026-03-15")


def definition(kind: Kind) -> dict[str, object]:
    shown = "".join(f"{{{name}}}-" for name in kind.shown)
    fields: dict[str, object] = {"pattern": f"{kind.letter}-{shown}{{number}}", "reset": "range"}
    fields |= {"mode": kind.mode, "step": kind.step, "date_order": kind.date_order, "manual": True}
    return fields | ({"scope": list(kind.scope)} if kind.scope else {})


@dataclass
class History(NumberHistory):
    """A history of a book with ranges, drawn by chance."""

    def __post_init__(self) -> None:
        for kind in KINDS:
            add_sequence(self.store, kind.name, definition(kind))
        for _ in range(6):
            self.add()

    # Whole ranges.

    def name(self) -> str:
        return self.chance.choice([*self.model.ranges, "none"])

    def add(self) -> None:
        chance, kind = self.chance, self.chance.choice(KINDS)
        first = chance.randint(0, 25)
        last = first + chance.randint(0, 9) * kind.step if chance.random() < 0.9 else None
        values = {name: chance.choice(("DE", "FR")) for name in kind.scope}
        if kind.shown:
            values["prefix"] = chance.choice("AB")
        begins, ends = chance.choice(BEGINS), chance.choice(ENDS)
        self.made += 1
        made = Grant(f"R{self.made}", kind, first, last, begins, ends, values)
        fields = {"sequence": kind.name, "first": first, "last": last, "values": values}
        fields |= {"valid_from": given(begins), "valid_until": given(ends)}
        told = {key: value for key, value in fields.items() if value is not None}
        self.both(
            f"add {made.name} {told}",
            lambda: add_range(self.store, made.name, dict(told)) and None,
            lambda: self.model.add(made),
        )

    def edit(self) -> None:
        name, chance = self.name(), self.chance
        each = self.model.ranges.get(name)
        last, ends = (each.last, each.ends) if each else (9, None)
        if chance.random() < 0.7:
            last = None if chance.random() < 0.1 else chance.randint(0, 40)
        if chance.random() < 0.5:
            ends = chance.choice(ENDS)
        self.both(
            f"edit {name} {last} {ends}",
            lambda: edit_range(self.store, name, {"last": last, "valid_until": given(ends)}),
            lambda: self.model.edit(name, last, ends),
        )

    def remove(self) -> None:
        name = self.name()
        self.both(
            f"remove {name}",
            lambda: remove_definition(self.store, "range", name),
            lambda: self.model.remove(name),
        )

    def annul(self) -> None:
        name, sure = self.name(), self.chance.random() < 0.7
        now = self.clock.now()

        def blocked() -> set[int]:
            runs = annul_range(self.store, name, "over", confirmed=sure)
            step = self.model.ranges[name].kind.step
            return {value for run in runs for value in range(run.first, run.last + 1, step)}

        self.both(
            f"annul {name} {sure}",
            blocked,
            lambda: set(self.model.annul(name, now, now[:10], sure)),
            same=True,
        )

    def reopen(self) -> None:
        annulled = [name for name, each in self.model.ranges.items() if each.annulled is not None]
        name = self.chance.choice(annulled) if annulled and self.chance.random() < 0.9 else self.name()
        self.both(
            f"reopen {name}",
            lambda: reopen_range(self.store, name, "extended"),
            lambda: self.model.reopen(name),
        )


def given(day: str | None) -> object:
    return None if day is None else date.fromisoformat(day)
