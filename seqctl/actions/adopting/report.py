"""What an adoption left: its counters, the gaps in them, and document dates that go back."""

from __future__ import annotations

from seqctl.actions.adopting.places import Place
from seqctl.actions.gaps.list_gaps import GapWords
from seqctl.actions.ledger.gap_runs import gaps_of, missing_count
from seqctl.actions.ledger.texts import counter_texts
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.reports.adoption import GAPS_SHOWN, AdoptedCounter, AdoptionOutcome, Tally
from seqctl.model.reports.staged import Entered
from seqctl.model.sequence.changes import counter_shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def report(
    transaction: Transaction,
    places: list[Place],
    tallies: dict[int, Tally],
    unchanged: dict[int, int],
    outcome: AdoptionOutcome,
    entered: Entered | None,
) -> None:
    """Add the counters of an input to its outcome, by sequence, scope and period, and their missing runs."""
    void = {} if entered is None else entered.void
    words = GapWords(transaction)
    touched = [place for place in places if place.number in tallies or place.number in unchanged]
    for place in sorted(touched, key=lambda place: (place.sequence.name, place.scope, place.period)):
        tally = tallies.get(place.number)
        at = CounterPlace(place.sequence, place.period, place.scope, place.counter)
        texts = counter_texts(transaction, at)
        missing, runs = _gaps(transaction, at, words, outcome)
        outcome.counters.append(
            AdoptedCounter(
                place.sequence.name,
                place.scope,
                place.period,
                tally.numbers if tally is not None else 0,
                unchanged.get(place.number, 0),
                texts.text(at.counter.first),
                texts.text(at.counter.last),
                counter_shown(place.sequence, at.counter.last + place.sequence.step),
                missing,
                runs,
                void.get(place.number, 0),
            )
        )


def reserved_warning(reserved: int) -> str:
    """The warning of numbers whose reservation elsewhere is no reservation here."""
    numbers = "1 number was reserved" if reserved == 1 else f"{reserved} numbers were reserved"
    return f"{numbers} in the input, and {'is' if reserved == 1 else 'are'} issued here"


def backward_dates(transaction: Transaction, place: Place, tally: Tally, event_id: int) -> str | None:
    """The warning of document dates that go back, where the sequence looks at their order.

    These documents exist, so that nothing refuses them.
    """
    counter = place.counter
    if place.sequence.date_order == "off" or tally.latest is None or counter.id is None:
        return None
    found = transaction.adopted.backward(counter.id, event_id, tally.lowest, tally.highest)
    if found is None:
        return None
    times = "once" if found.times == 1 else f"{found.times} times"
    where = CounterPlace(place.sequence, place.period, place.scope, counter).words()
    return (
        f"{where}: document dates go back {times}: {found.text}, dated {found.date}, comes after"
        f" {found.text_before}, dated {found.date_before}"
    )


def _gaps(
    transaction: Transaction, place: CounterPlace, words: GapWords, outcome: AdoptionOutcome
) -> tuple[int, int]:
    """How many integers of a counter are missing, and in how many runs, the first of which are listed."""
    now = transaction.now
    missing, runs = missing_count(transaction, place, now), 0
    for run in gaps_of(transaction, place, now) if missing else ():
        if run.state == "missing":
            runs += 1
            if len(outcome.gaps) < GAPS_SHOWN:
                outcome.gaps += words.listed(place, run)
    return missing, runs
