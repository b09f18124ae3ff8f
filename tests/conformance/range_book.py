"""A book of sequences with ranges over plain dictionaries, and what each action makes of it."""

from dataclasses import dataclass, replace

from tests.conformance.range_model import Asked, Cell, Grant, Kind, Refusal


@dataclass(frozen=True)
class Draw:
    """A request for numbers."""

    kind: Kind
    day: str
    count: int
    given: dict[str, str]
    contiguous: bool = False
    range: str | None = None
    key: str | None = None
    expires: str | None = None

    @property
    def asked(self) -> Asked:
        given = tuple(sorted(self.given.items()))
        reserved = self.expires is not None
        return self.kind.name, self.day, self.count, given, self.contiguous, self.range, reserved


class NumberBook:
    """All ranges of a book. Instants and days are texts that compare as text."""

    def __init__(self, kinds: tuple[Kind, ...]) -> None:
        self.kinds = {kind.name: kind for kind in kinds}
        self.ranges: dict[str, Grant] = {}
        self.batches = 0

    def named(self, name: str) -> Grant:
        if name not in self.ranges:
            raise Refusal("not_found")
        return self.ranges[name]

    # Definitions.

    def add(self, made: Grant) -> None:
        if made.name in self.ranges:
            raise Refusal("exists")
        if (made.begins or "") > (made.ends or "9999"):
            raise Refusal("invalid_definition")
        self.refuse_clash(made)
        made.begun, made.reached = made.first, made.first - made.kind.step
        self.ranges[made.name] = made

    def refuse_clash(self, made: Grant) -> None:
        others = [each for each in self.ranges.values() if each.kind == made.kind and each.name != made.name]
        if any(made.every_text() & each.texts() for each in others):
            raise Refusal("collision")

    def edit(self, name: str, last: int | None, ends: str | None) -> None:
        """Another last number and another last day."""
        old = self.named(name)
        if (last is not None and last < old.first) or (ends is not None and ends < (old.begins or "")):
            raise Refusal("invalid_definition")
        new = replace(old, last=last, ends=ends)
        if old.annulled is None:
            self.refuse_clash(new)
        dates = [cell.date for cell in old.cells.values() if cell.date]
        shorter = last is not None and old.last != last and max(old.cells, default=0) > last
        earlier = old.ends != ends and max(dates, default="") > (ends or "9999")
        changed = (old.last, old.ends) != (last, ends)
        if changed and (old.annulled is not None or shorter or earlier):
            raise Refusal("locked_field")
        old.last, old.ends = last, ends

    def remove(self, name: str) -> None:
        if self.named(name).used:
            raise Refusal("in_use")
        del self.ranges[name]

    # Issuing.

    def by_key(self, key: str | None, now: str) -> list[Cell]:
        cells = [cell for each in self.ranges.values() for cell in each.cells.values()]
        return [cell for cell in cells if key is not None and cell.key == key and not cell.overdue(now)]

    def draw(self, wanted: Draw, now: str, peek: bool = False) -> list[str]:
        """The numbers of a request, those of its key where it was made before."""
        again = self.by_key(wanted.key, now)
        if again and again[0].request:
            asked, texts = again[0].request
            if asked != wanted.asked:
                raise Refusal("key_reused")
            if len(again) != wanted.count:
                raise Refusal("key_spent")
            return texts
        return self.draw_new(wanted, now, peek)

    def draw_new(self, wanted: Draw, now: str, peek: bool) -> list[str]:
        """The next numbers of what serves a request; with `peek` nothing is taken."""
        drawn = self.drawn(wanted, self.serving(wanted), now)
        cells = [self.cell(each, value, wanted) for each, value in drawn]
        self.refuse_taken(drawn, cells)
        texts = [cell.text for cell in cells]
        if peek:
            return texts
        for each in self.ranges.values():
            if each in [one for one, _ in drawn] or any(
                cell.key == wanted.key for cell in each.cells.values() if wanted.key
            ):
                each.record_overdue(now)
        self.batches += 1
        for (each, value), cell in zip(drawn, cells, strict=True):
            cell.request, cell.batch = (wanted.asked, texts), self.batches
            self.ranges[each.name] = each
            each.take(value, cell)
            each.used = True
        return texts

    def cell(self, each: Grant, value: int, wanted: Draw) -> Cell:
        """What a document that gets an integer holds."""
        reserved = wanted.expires is not None
        state = "reserved" if reserved else "issued"
        cell = Cell(each.text(value), state, wanted.day, wanted.expires, wanted.key)
        cell.was_reserved = reserved
        return cell

    def refuse_taken(self, drawn: list[tuple[Grant, int]], cells: list[Cell]) -> None:
        """Refuse where another number holds a text already."""
        for (each, value), cell in zip(drawn, cells, strict=True):
            for other in self.ranges.values():
                for at, held in other.cells.items():
                    if (other.name, at) != (each.name, value) and self.meet(cell, held):
                        raise Refusal("number_taken")

    def meet(self, one: Cell, other: Cell) -> bool:
        """Whether two numbers may not both be held."""
        return one.text == other.text

    def serving(self, wanted: Draw) -> list[Grant]:
        """The ranges that may serve, best first."""
        if wanted.range is not None:
            named = self.named(wanted.range)
            if named.kind != wanted.kind:
                raise Refusal("wrong_target")
            if named.annulled is not None or not named.in_force(wanted.day) or not named.admits(wanted.given):
                raise Refusal("no_range")
            return [named]
        if any(name not in wanted.given for name in wanted.kind.scope):
            raise Refusal("missing_attribute")
        found = [
            each
            for each in self.ranges.values()
            if each.kind == wanted.kind and each.annulled is None and each.in_force(wanted.day)
            if each.admits(wanted.given)
        ]
        if not found:
            raise Refusal("no_range")
        return sorted(found, key=lambda each: each.order)

    def drawn(self, wanted: Draw, serving: list[Grant], now: str) -> list[tuple[Grant, int]]:
        """The numbers that a request gets, range after range."""
        drawn: list[tuple[Grant, int]] = []
        strict = wanted.kind.date_order == "refuse"
        for each in serving:
            left = wanted.count - len(drawn)
            free = [] if wanted.contiguous else each.free(now)
            if strict:
                free = [value for value in free if each.fits(value, wanted.day)]
            new = each.new(left)
            if wanted.contiguous and len(new) < left:
                continue
            values = [*free, *new][:left]
            if strict and len(free) < len(values) and each.latest() > wanted.day:
                raise Refusal("date_order")
            drawn += [(each, value) for value in values]
            if len(drawn) == wanted.count:
                return drawn
        raise Refusal("exhausted")

    # What becomes of a number.

    def holder(self, text: str, document_type: str | None = None) -> tuple[Grant, int, Cell] | None:
        """The number that holds a text, of a type where one is named."""
        found = [
            (each, value, cell)
            for each in self.ranges.values()
            for value, cell in each.cells.items()
            if cell.text == text and document_type in (None, cell.document_type)
        ]
        if len(found) > 1:
            raise Refusal("ambiguous_number")
        return found[0] if found else None

    def change(
        self, action: str, text: str, now: str, day: str | None = None, document_type: str | None = None
    ) -> None:
        """Confirm, void or release the number that holds a text."""
        found = self.holder(text, document_type)
        if found is None:
            raise Refusal(self.how_freed(text, document_type))
        each, value, cell = found
        if cell.overdue(now):
            raise Refusal("reservation_expired")
        if cell.state == "void":
            raise Refusal("already_void")
        if action == "confirm":
            self.confirm(each, value, cell, day)
        elif action == "void" and cell.state == "reserved":
            raise Refusal("not_confirmed")
        elif action == "void":
            each.changed(value, state="void")
        else:
            each.end(value, "release")

    def how_freed(self, text: str, document_type: str | None) -> str:
        """Why nobody holds a text, by the last time that it was freed."""
        codes = {"expire": "reservation_expired", "release": "already_released"}
        freed = [
            life.ended
            for each in self.ranges.values()
            for lives in each.lives.values()
            for life in lives
            if life.text == text and document_type in (None, life.document_type)
        ]
        return codes[max(freed)[1]] if freed else "not_found"

    def confirm(self, each: Grant, value: int, cell: Cell, day: str | None) -> None:
        if cell.state != "reserved":
            if cell.was_reserved:
                raise Refusal("already_confirmed")
            expired = each.freed.get(value) == "expire"
            raise Refusal("reservation_expired" if expired else "not_reserved")
        if day is not None and not each.in_force(day):
            raise Refusal("date_period")
        if each.kind.date_order == "refuse" and not each.fits(value, day or cell.date):
            raise Refusal("date_order")
        each.changed(value, state="issued", expires=None, date=day or cell.date)

    def expire(self, now: str) -> None:
        for each in self.ranges.values():
            each.record_overdue(now)

    def reinstate(self, name: str, value: int, text: str, now: str, document_type: str | None = None) -> None:
        """A void number of a range, or one that was issued and freed, is its document's again."""
        each = self.named(name)
        cell = each.cells.get(value)
        if cell is not None and (cell.text != text or document_type not in (None, cell.document_type)):
            raise Refusal("number_taken")
        if cell is not None:
            if cell.state != "void":
                raise Refusal("not_void")
            each.changed(value, state="issued")
            return
        if each.runs.get(value) in ("blocked", "annulled"):
            raise Refusal("blocked")
        if each.annulled is not None:
            raise Refusal("no_range")
        lives = [
            life
            for life in each.lives[value]
            if life.text == text and document_type in (None, life.document_type)
        ]
        if not lives:
            raise Refusal("not_found")
        issued = [life for life in lives if life.state == "issued"]
        if value > each.reached:
            raise Refusal("not_reached")
        if each.last is not None and value > each.last:
            raise Refusal("exhausted")
        if not issued:
            raise Refusal("reservation_expired" if lives[-1].ended[1] == "expire" else "not_confirmed")
        life = issued[-1]
        if any(other.batch != life.batch for other in self.by_key(life.key, now)):
            raise Refusal("key_reused")
        if each.kind.date_order == "refuse" and not each.fits(value, life.date):
            raise Refusal("date_order")
        self.refuse_taken([(each, value)], [life])
        each.take(value, replace(life, expires=None, ended=(0, "")))

    def adopt(self, kind: Kind, text: str, day: str, now: str) -> bool:
        """Enter a number that exists already; False where the book holds it alike."""
        fitting = [each for each in self.ranges.values() if each.kind == kind and text in each.every_text()]
        held = self.holder(text)
        if held is not None and not held[2].overdue(now):
            if held[2].state != "issued" or held[2].date != day:
                raise Refusal("invalid_input")
            return False
        if not fitting:
            raise Refusal("invalid_input")
        each = min(fitting, key=lambda one: one.annulled is not None)
        value = int(text.rsplit("-", 1)[1])
        if each.runs.get(value) in ("blocked", "annulled") or each.annulled is not None:
            raise Refusal("invalid_input")
        each.record_overdue(now)
        self.batches += 1
        unused = each.reached < each.begun
        each.begun = value if unused else min(each.begun, value)
        each.take(value, Cell(text, "issued", day, batch=self.batches))
        each.used = True
        return True
