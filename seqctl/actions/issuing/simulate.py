"""A rehearsal: issuing over dates to come in a copy of the book, so that nothing is guessed.

Every step is a real issue, with all that refuses it and warns of it; only the clock is another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from seqctl.actions.issuing.issue import issue
from seqctl.actions.issuing.owners import check_owners
from seqctl.actions.issuing.resolve import known_target, resolve
from seqctl.days import date
from seqctl.errors import NotFound, Refused, SeqctlError
from seqctl.model.classes import frozen
from seqctl.model.number.issue import Issue
from seqctl.model.number.request import Request
from seqctl.model.pattern.compiled import period_key
from seqctl.process import Clock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


class RehearsalClock(Clock):
    """A clock that stands at the day of the step. Reservations see time go by, but never back."""

    def __init__(self, day: date) -> None:
        self.day = day

    def now(self) -> str:
        """Noon of the day, or the present instant where that is later."""
        return max(f"{self.day.isoformat()}T12:00:00.000000Z", super().now())

    def today(self, zone: str, now: str) -> date:
        """The day of the step, in every time zone."""
        return self.day


@frozen
class Step:
    """What a request would get on one day: an outcome, or the refusal and how far it came."""

    day: date
    issued: Issue | None = None
    opens: bool = False
    refusal: SeqctlError | None = None
    sequence: str | None = None
    period: str | None = None
    policy: str | None = None
    set_name: str | None = None

    @property
    def number(self) -> str | None:
        """The numbers as one text, those that fill gaps before the run of the others."""
        return None if self.issued is None else _runs(self.issued)

    @property
    def note(self) -> str | None:
        """The refusal, or what else is to be said, as one text."""
        return "; ".join(self._notes()) or None

    def _notes(self) -> Iterator[str]:
        if self.refusal is not None:
            yield f"{self.refusal.code}: {self.refusal.message}"
        if self.opens:
            yield "new period"
        if self.issued is not None:
            reused = sum(bool(number[2]) for number in self.issued.numbers)
            if reused:
                yield "fills a gap" if reused == 1 else f"fills {reused} gaps"
            yield from self.issued.warnings


def simulate(rehearsal: Store, request: Request, days: Iterable[date]) -> Iterator[Step]:
    """Issue a request on each of these days, in `rehearsal`, a copy of a book with a `RehearsalClock`.

    A refusal is a step like any other. Raises NotFound at once where nothing in the book has the name of the
    target, the sequence or the set that the request names, and Refused `wrong_target` and `unknown_owner`.
    """
    clock = rehearsal.clock
    if not isinstance(clock, RehearsalClock):
        raise ValueError("a rehearsal issues for real: it needs a copy of the book with a clock of its own")
    request.check()
    with rehearsal.read() as transaction:
        _check_names(transaction, request)
    return (_step(rehearsal, clock, request, day) for day in days)


def _step(rehearsal: Store, clock: RehearsalClock, request: Request, day: date) -> Step:
    clock.day, request.date = day, day.isoformat()
    try:
        issued = issue(rehearsal, request)
    except (NotFound, Refused) as refusal:
        return _refused(rehearsal, request, day, refusal)
    opens = _opens_a_period(rehearsal, issued)
    return Step(day, issued, opens, None, issued.sequence, issued.period, issued.policy, issued.set_name)


def _refused(rehearsal: Store, request: Request, day: date, refusal: SeqctlError) -> Step:
    """A refused step, with the sequence that refused it where one was chosen."""
    with rehearsal.read() as transaction:
        try:
            choice = resolve(transaction, request)
        except SeqctlError:
            return Step(day, refusal=refusal)
    sequence = choice.sequence
    policy = choice.policy.name if choice.policy is not None else None
    # Where no range serves there is no period either, nor where no fiscal year holds the day.
    dated = sequence.fiscal is None or sequence.fiscal.holds(day)
    none = sequence.reset == "range" or not dated
    period = None if none else period_key(sequence.reset, day, sequence.fiscal)
    return Step(day, None, False, refusal, sequence.name, period, policy, choice.set_name)


def _opens_a_period(rehearsal: Store, issued: Issue) -> bool:
    """Whether these are the first numbers of the counter of a sequence that counts by periods."""
    if issued.period == "all" or any(reused for _, _, reused in issued.numbers):
        return False
    with rehearsal.read() as transaction:
        sequence = transaction.definitions.sequence(issued.sequence)
        assert sequence is not None and sequence.id is not None
        counter = transaction.ledger.counter(sequence.id, issued.scope, issued.period)
    assert counter is not None
    return counter.first == issued.numbers[0][0]


def _check_names(transaction: Transaction, request: Request) -> None:
    """Raise NotFound or Refused for names that no date will make right."""
    definitions = transaction.definitions
    known = bool(known_target(transaction, request.target)[1])
    if request.owners:
        check_owners(transaction, request.owners)
    if (
        request.sequence is not None
        or (request.set_name is not None and request.set_name not in definitions.set_names())
        or (not known and definitions.sequence(request.target) is None)
    ):
        resolve(transaction, request)


def _runs(issued: Issue) -> str:
    """The numbers in the order of issue: those that fill gaps one by one, the new ones as one run."""
    shown = [text for _, text, reused in issued.numbers if reused]
    new = [text for _, text, reused in issued.numbers if not reused]
    if new:
        shown.append(new[0] if len(new) == 1 else f"{new[0]}..{new[-1]}")
    return ", ".join(shown)
