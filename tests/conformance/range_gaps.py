"""What becomes of gaps and of whole ranges in the book of the model."""

from dataclasses import replace

from tests.conformance.range_book import NumberBook
from tests.conformance.range_model import Annulled, Grant, Refusal

TURNED = {
    "restore": ("reusable", ("missing", "review")),
    "block": ("blocked", ("missing", "reusable", "review")),
    "review": ("review", ("missing", "reusable", "blocked")),
}
"""What becomes of gaps, and from which states."""
WRONG = {"reusable": "already_reusable", "review": "already_in_review"}


class RangeBook(NumberBook):
    """All that happens to sequences with ranges."""

    # What becomes of gaps and of whole ranges.

    def turn(self, action: str, name: str, first: int, last: int, now: str) -> None:
        """Give the integers from one to another of a range a state of gaps."""
        each, (to, allowed) = self.named(name), TURNED[action]
        step = each.kind.step
        ahead = action == "block" and each.reached >= each.begun
        ahead = ahead and first <= each.reached + step <= last and (each.last is None or last <= each.last)
        low = range(first, each.reached + 1 if ahead else last + 1, step)
        if action == "restore" and each.annulled is not None:
            raise Refusal("no_range")
        if low:
            self.refuse_turn(action, each, low, allowed, now)
        each.record_overdue(now)
        each.runs.update(dict.fromkeys(low, to))
        if ahead:
            each.runs.update(dict.fromkeys(range(each.reached + step, last + 1, step), "blocked"))
            each.reached = last

    def refuse_turn(
        self, action: str, each: Grant, values: range, allowed: tuple[str, ...], now: str
    ) -> None:
        if action == "restore" and each.kind.mode != "gapless":
            raise Refusal("not_gapless")
        if each.reached < each.begun:
            raise Refusal("not_reached")
        if values[0] < each.begun:
            raise Refusal("before_first")
        if values[-1] > each.reached:
            raise Refusal("not_reached")
        for value in values:
            state = each.shown(value, now)
            if state is None:
                raise Refusal("not_a_gap")
            if state not in allowed:
                raise Refusal(WRONG.get(state, "blocked" if action == "restore" else "already_blocked"))

    def annul(self, name: str, now: str, day: str, confirmed: bool) -> dict[int, str]:
        """Block what no document holds; gives the integers that are blocked."""
        each = self.named(name)
        if each.annulled is not None:
            raise Refusal("already_annulled")
        if any(cell.state == "reserved" and not cell.overdue(now) for cell in each.cells.values()):
            raise Refusal("in_use")
        if each.last is None and each.reached < each.begun:
            raise Refusal("not_reached")
        if each.state(now, day) in ("open", "planned") and not confirmed:
            raise Refusal("confirmation_needed")
        each.record_overdue(now)
        last = each.reached if each.last is None else each.last
        free = [value for value in each.grid(last) if value not in each.cells]
        blanks = {value: self.before(each, value) for value in free if each.runs.get(value) != "blocked"}
        each.annulled = Annulled(each.reached, each.begun, blanks, each.last is None)
        each.last, each.begun = last, each.first
        each.reached = max([each.reached, *each.grid(last)])
        each.runs.update(dict.fromkeys(blanks, "annulled"))
        each.used = True
        return blanks

    def before(self, each: Grant, value: int) -> str:
        return each.runs.get(value, "missing" if value in each.passed() else "new")

    def reopen(self, name: str) -> None:
        each = self.named(name)
        if each.annulled is None:
            raise Refusal("not_closed")
        self.refuse_clash(replace(each, last=None) if each.annulled.ended else each)
        was, each.annulled = each.annulled, None
        for value in [value for value, state in each.runs.items() if state == "annulled"]:
            state = was.blanks.get(value, "reusable" if each.kind.mode == "gapless" else "missing")
            del each.runs[value]
            if state not in ("new", "missing"):
                each.runs[value] = state
        each.begun = min([was.begun, *each.cells, *each.runs])
        each.reached = max([was.reached, *each.cells, *each.runs])
        if was.ended:
            each.last = None
