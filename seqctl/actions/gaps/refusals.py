"""Why a run of integers cannot get another state: the words and codes for the state that it is in."""

from __future__ import annotations

from seqctl.actions.ledger.commands import counter_options, gap_command
from seqctl.actions.ledger.refusals import closed
from seqctl.actions.ledger.texts import counter_texts
from seqctl.errors import Refused
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.sequence.changes import counter_shown
from seqctl.model.sequence.counter_values import last_value
from seqctl.model.text import shell_word
from seqctl.model.time.period_bounds import period_bounds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.number.held_number import HeldNumber
    from seqctl.store.port import Transaction

RESTORE, BLOCK = "restore", "block"


class Refusals:
    """Checks the runs of one counter against an action and the states from which it goes."""

    def __init__(
        self, transaction: Transaction, place: CounterPlace, action: str, allowed: tuple[str, ...]
    ) -> None:
        self.transaction = transaction
        self.place = place
        self.action = action
        self.allowed = allowed
        self.texts = counter_texts(transaction, place)

    def check(self, first: int, last: int) -> None:
        """Refuse where one integer of a run is in no state from which the action goes.

        The lowest such integer is named. Raises Refused.
        """
        if self.action == RESTORE and self.place.sequence.mode != "gapless":
            raise not_gapless(self.place)
        self._check_range(first, last)
        id = self.place.counter.id
        assert id is not None
        held = self.transaction.held.between(id, first, last, 1)
        wrong = [
            run for run in self.transaction.gaps.overlapping(id, first, last) if run[2] not in self.allowed
        ]
        if held and (not wrong or held[0].value < wrong[0][0]):
            raise self._held(held[0])
        if wrong:
            begins, ends, state = wrong[0][:3]
            raise self._in_state(max(first, begins), min(last, ends), state)
        if self.action == RESTORE:
            self._check_open(first, last)

    def _check_range(self, first: int, last: int) -> None:
        counter, sequence = self.place.counter, self.place.sequence
        if not counter.used:
            raise Refused(
                "not_reached",
                f"{self.texts.text(first)} is not a gap: {self.place.words()} has issued nothing yet",
                f"to begin after it: {self._set_next(last + sequence.step)}",
            )
        if first < counter.first:
            raise Refused(
                "before_first",
                f"{self.texts.text(first)} is not a gap: {self.place.words()} began at"
                f" {self.texts.text(counter.first)}",
                "numbers below the first one need no explanation",
            )
        if last > counter.last:
            raise Refused("not_reached", *self._ahead(first, last))

    def _ahead(self, first: int, last: int) -> tuple[str, str]:
        """That a run is not reached yet, and how its numbers are passed over; as far as there are such."""
        counter, end = self.place.counter, last_value(self.place.sequence)
        upcoming = counter.last + self.place.sequence.step
        where = f"{self.place.words()} stands at {self.texts.text(counter.last)}"
        if last > end:
            ends = f"{self.place.words()} ends at {self.texts.text(end)}"
            message = f"{self.texts.text(last)} cannot be a gap: {ends}"
        else:
            message = f"{self.texts.text(last)} is still to come: {where}"
        if self.action != BLOCK or upcoming > end:
            return message, "only a number that the counter has passed can be a gap"
        command = gap_command(BLOCK, self.texts, [(min(first, upcoming), min(last, end))], "TEXT")
        return (
            message,
            f"to skip what is left: {command}" if last > end else f"begin at the next number: {command}",
        )

    def _set_next(self, value: int) -> str:
        """The command that gives an unused counter another first value."""
        sequence = self.place.sequence
        words = [*("seqctl sequence set-next", shell_word(sequence.name)), counter_shown(sequence, value)]
        return " ".join([*words, *counter_options(self.place), "--reason TEXT"])

    def _held(self, number: HeldNumber) -> Refused:
        state = f"reserved until {number.expires_at}" if number.state == "reserved" else number.state
        return Refused(
            "not_a_gap", f"{number.text} is {state}, not a gap", f"see: seqctl show {shell_word(number.text)}"
        )

    def _in_state(self, first: int, last: int, state: str) -> Refused:
        text, name = self.texts.text(first), shell_word(self.place.sequence.name)
        review = gap_command("review", self.texts, [(first, last)], "TEXT")
        see = f"see: seqctl gaps {name}"
        if state == "reusable":
            return Refused("already_reusable", f"{text} is already reusable: it is issued again", see)
        if state == "review":
            return Refused("already_in_review", f"{text} is already under review", see)
        if self.action == RESTORE:
            return Refused(
                "blocked",
                f"{text} is blocked: it is never issued",
                f"if that was a mistake, first: {review}",
            )
        return Refused(
            "already_blocked", f"{text} is already blocked", f"for another reason, first: {review}"
        )

    def _check_open(self, first: int, last: int) -> None:
        """Refuse to let numbers be issued again that could only be dated in a closed period."""
        sequence, counter = self.place.sequence, self.place.counter
        if sequence.closed_until is None:
            return
        assert counter.id is not None
        above = self.transaction.held.dated_above(counter.id, last)
        end = period_bounds(sequence.reset, self.place.period, sequence.fiscal)[1]
        days = [above.date if above is not None else None, end.isoformat() if end is not None else None]
        shut = [day for day in days if day is not None and day <= sequence.closed_until]
        if shut:
            what = self.texts.text(first) + (f" to {self.texts.text(last)}" if last != first else "")
            raise closed(sequence, what, min(shut))


def not_gapless(place: CounterPlace) -> Refused:
    """A standard sequence lists its gaps and gives none of them out again."""
    name = shell_word(place.sequence.name)
    return Refused(
        "not_gapless",
        f"sequence {place.sequence.name!r} issues no number again (mode standard)",
        f"explain its gaps with: seqctl gaps block {name} FIRST..LAST --reason TEXT",
    )
