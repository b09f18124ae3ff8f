"""Entering numbers that exist already: one transaction, one event, all of them or none.

The input is read and put aside before the lock is taken, so that a slow source keeps nobody waiting; only
then is every number compared with the book, and written. Numbers may lie outside the window of a sequence or
belong to one that is inactive: history does.
"""

from __future__ import annotations

from collections.abc import Callable

from seqctl.actions.adopting.checks import check_manual, check_numbers, needs_checks
from seqctl.actions.adopting.places import Place
from seqctl.actions.adopting.problems import raise_problems
from seqctl.actions.adopting.reading import Reading, Watch, read_places
from seqctl.actions.adopting.report import backward_dates, report, reserved_warning
from seqctl.actions.ledger.refusals import far_date
from seqctl.actions.references.kept import keep
from seqctl.days import date, is_far
from seqctl.errors import ConfirmationNeeded, TextHeld, repeatable
from seqctl.model.log.events.numbers import Numbered
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.number.runs import joined
from seqctl.model.reports.adoption import Adoption, AdoptionOutcome, Tally
from seqctl.model.reports.staged import Entered, TypedCounter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction

FARTHEST_JUMP = 1000
"""Steps that a used counter is moved over without a yes; a misread number would make a gap of millions."""


def _nobody(question: str) -> None:
    raise ConfirmationNeeded(question)


def adopt(
    store: Store,
    adoption: Adoption,
    watch: Watch = lambda work, done, total: None,
    agree: Callable[[str], None] = _nobody,
) -> AdoptionOutcome:
    """Enter numbers that exist already, in one transaction that is durable when this returns.

    What the ledger holds alike is left unchanged; where that is so for all, nothing is written. All or
    nothing: raises InvalidInput with every problem, Refused `closed` or `not_manual`, Busy where a definition
    changed meanwhile; with `skip_invalid` numbers that have a problem are left out. `agree` is asked where a
    person has to say yes, while nothing is locked, and raises where nobody does.
    """
    try:
        reading = read_places(store, adoption, watch)
        try:
            return _enter(store, adoption, reading, watch)
        except ConfirmationNeeded as needed:
            agree(needed.message)
            adoption.confirmed = True
            return _enter(store, adoption, reading, watch)
    finally:
        store.staging.clear()


class _Questions(Exception):
    """Under the lock it turns out that the numbers have to be looked at one by one."""


def _enter(store: Store, adoption: Adoption, reading: Reading, watch: Watch) -> AdoptionOutcome:
    """Enter what was read, at first on the guess that nothing is in the way, where nothing seems to be."""
    if not reading.unpacked and not adoption.faults:
        with store.read() as transaction:
            doubtful = needs_checks(transaction, reading)
        if not doubtful:
            try:
                return _entered(store, adoption, reading, watch)
            except (TextHeld, _Questions):
                pass
    watch("checking", reading.lines, reading.lines)
    reading.unpack()
    return _entered(store, adoption, reading, watch)


@repeatable
def _entered(store: Store, adoption: Adoption, reading: Reading, watch: Watch) -> AdoptionOutcome:
    with store.write_much() as transaction:
        reading.readers.check(transaction, reading.places)
        outcome = AdoptionOutcome()
        unchanged: dict[int, int] = {}
        places = reading.places
        if reading.unpacked:
            outcome.problems = check_numbers(transaction, adoption, reading)
            if adoption.faults or (outcome.problems and not adoption.skip_invalid):
                raise_problems(adoption, reading.lines, outcome.problems)
            unchanged = transaction.adopted.unchanged()
            found = transaction.adopted.tallies()
        elif needs_checks(transaction, reading):
            raise _Questions
        else:
            found = [place.tally() for place in places]
        tallies = {tally.place: tally for tally in found}
        check_manual(transaction, [places[number] for number in tallies])
        outcome.warnings += _ask(transaction, adoption, reading, tallies)
        entered: Entered | None = None
        if tallies:
            kept = sum(unchanged.values())
            entered = _write(transaction, adoption, reading, tallies, kept, outcome, watch)
        report(transaction, places, tallies, unchanged, outcome, entered)
        if tallies and not adoption.dry_run:
            transaction.commit()
    return outcome


def _ask(
    transaction: Transaction, adoption: Adoption, reading: Reading, tallies: dict[int, Tally]
) -> list[str]:
    """Warn of dates far ahead. Raises ConfirmationNeeded for them and for jumps, unless a person said yes."""
    todays = {reader.sequence.id: reader.today for reader in reading.readers.all}
    warnings: dict[str, None] = {}
    questions = []
    for tally in tallies.values():
        place = reading.places[tally.place]
        jump = None if adoption.confirmed else _jump(transaction, place, tally)
        questions += [] if jump is None else [jump]
        latest = None if tally.latest is None else date.fromisoformat(tally.latest)
        if latest is not None and is_far(latest, todays[place.sequence.id]):
            told = f"sequence {place.sequence.name!r}: {far_date(latest)}"
            warnings[told] = None
            questions += [] if adoption.confirmed or adoption.dry_run else [told]
    if questions and not reading.unpacked:
        # What is refused anyway is refused without a question, and only then all is looked up.
        raise _Questions
    if questions:
        # All of them at once: the yes of a person is one.
        raise ConfirmationNeeded("; ".join(questions))
    return list(warnings)


def _jump(transaction: Transaction, place: Place, tally: Tally) -> str | None:
    """The question of a used counter that would be moved over many integers at once; None where none is."""
    counter, farthest = place.counter, FARTHEST_JUMP * place.sequence.step
    if not counter.used:
        return None
    jump = None
    side = "beyond"
    if tally.highest - counter.last > farthest:
        jump = transaction.adopted.jump(place.number, counter.last, farthest)
    if jump is None and counter.first - tally.lowest > farthest:
        side, jump = "below", transaction.adopted.jump(place.number, counter.first, -farthest)
    if jump is None:
        return None
    where = CounterPlace(place.sequence, place.period, place.scope, counter).words()
    steps = jump.distance // place.sequence.step
    return f"{jump.text} lies {steps} steps {side} the number next to it in {where}"


def _write(
    transaction: Transaction,
    adoption: Adoption,
    reading: Reading,
    tallies: dict[int, Tally],
    unchanged: int,
    outcome: AdoptionOutcome,
    watch: Watch,
) -> Entered:
    """Write the rows of the ledger, the counters and one event; warns of dates that go back."""
    ledger, adopted = transaction.ledger, transaction.adopted
    event_id, serial = transaction.log.last().id + 1, transaction.log.next_serial()
    used = _counters(transaction, reading.places, tallies)
    if not reading.unpacked and any(each.counter.mixed for each in used.values()):
        # Texts unique always and texts unique within a period meet: the index alone sees too little.
        raise _Questions
    enter = adopted.enter_sifted if reading.unpacked else adopted.enter_all
    entered = enter(used, event_id, serial, lambda done: watch("writing", done, reading.lines))
    counters, runs_before = [], []
    for tally in tallies.values():
        place = reading.places[tally.place]
        runs_before += _take_runs(transaction, place, tally)
        place.counter.hold(tally.numbers, tally.lowest, tally.highest)
        if tally.latest_value is not None:
            place.counter.date(tally.latest, tally.latest_value)
        ledger.save_counter(place.counter)
        assert place.sequence.id is not None
        adopted.mark_adopted(place.sequence.id)
        names = (place.counter.id, place.sequence.name, place.period, place.scope)
        counters.append([*names, tally.lowest, tally.highest, tally.numbers])
        warning = backward_dates(transaction, place, tally, event_id)
        outcome.warnings += [] if warning is None else [warning]
    count = sum(tally.numbers for tally in tallies.values())
    subject, document_type = _concerned(adoption, [reading.places[number] for number in tallies])
    what = (serial, document_type, adoption.file, count, unchanged)
    hashes = (entered.rows, counters, runs_before or None, entered.sources)
    transaction.log.append(Numbered("adopt", subject, *what, *hashes))
    for each in {place.sequence.name: place.sequence for place in reading.places}.values():
        keep(transaction, each, serial)
    if entered.reserved:
        outcome.warnings.append(reserved_warning(entered.reserved))
    return entered


def _concerned(adoption: Adoption, places: list[Place]) -> tuple[str, str]:
    """What an event concerns that adopts numbers of some counters, and their document types.

    The sequence, else the document type that they share, else the file.
    """
    names = {place.sequence.name for place in places}
    types = sorted({each for place in places for each in place.types or {place.document_type}})
    listed = ", ".join(types)
    if len(names) == 1 and adoption.target in (None, *names):
        return names.pop(), listed
    return types[0] if len(types) == 1 else str(adoption.file), listed


def _counters(
    transaction: Transaction, places: list[Place], tallies: dict[int, Tally]
) -> dict[int, TypedCounter]:
    """The counters that numbers are entered into, made where there was none."""
    counters = {}
    for number in tallies:
        place = places[number]
        if place.counter.id is None:
            transaction.ledger.add_counter(place.sequence, place.scope, place.period, place.counter)
        counters[number] = TypedCounter(place.counter, place.document_type, place.sequence.document_type)
    return counters


def _take_runs(transaction: Transaction, place: Place, tally: Tally) -> list[list[object]]:
    """Take what was entered out of the gap runs; gives those as they were, each after its counter's id."""
    counter, step = place.counter, place.sequence.step
    assert counter.id is not None
    before: list[list[object]] = []
    for run in transaction.gaps.overlapping(counter.id, tally.lowest, tally.highest):
        entered = joined(transaction.adopted.entered(counter.id, run[0], run[1]), step)
        for first, last in entered:
            transaction.gaps.clear(counter, first, last, step)
        before += [[counter.id, *run]] if entered else []
    return before
