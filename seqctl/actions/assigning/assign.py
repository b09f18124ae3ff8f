"""Numbering the records of a file: one transaction, one event, and the same numbers when it is run again.

A record's key is `TYPE:ID` in a name space of its own. It binds the document type alone: whatever the other
columns say on a second run, the record keeps the number that it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from seqctl.actions.assigning.choices import FAILURES, Choices
from seqctl.actions.assigning.counters import Counters, RecordFrame
from seqctl.actions.assigning.failures import failure_of, raise_failures, refuse_other_columns
from seqctl.actions.issuing.draw import Lane, settle
from seqctl.actions.issuing.resolve import known_target
from seqctl.actions.ledger.older_book import refuse_older_book
from seqctl.actions.ledger.refusals import nothing_serves
from seqctl.actions.references.kept import keep
from seqctl.errors import ConfirmationNeeded, NotFound, Refused, SeqctlError, TextHeld, repeatable
from seqctl.model.log.events.numbers import Numbered
from seqctl.model.log.lead import Lead, NewNumber
from seqctl.model.reports.assignment import RECORD_KEYS, Assigned, Assignment, Batch
from seqctl.model.reports.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction

WATCHED = 1000
"""How many records are numbered between two reports of progress."""

Watch = Callable[[str, int, int], None]
"""Told how far the run is: what is being done, how many records are done, how many there are."""


Draw = tuple[int, RecordFrame, int, str]
"""A number that was drawn: the record's place in the batch, its frame, the value and the text."""


@repeatable
def assign(store: Store, batch: Batch, watch: Watch = lambda work, done, total: None) -> Assignment:
    """Number the records of a batch in one transaction that is durable when this returns.

    Records that have a number already keep it; where all have one, nothing is written. All or nothing, unless
    the batch is `partial`: raises InvalidInput, Refused or NotFound with every failure, and then nothing was
    consumed. A batch that is only rehearsed (`dry_run`) writes nothing.
    """
    try:
        return _assign(store, batch, watch, careful=batch.dry_run)
    except TextHeld:
        # Rare, so the records are not slowed down by looking for it: once more, looking up every text.
        return _assign(store, batch, watch, careful=True)


def _assign(store: Store, batch: Batch, watch: Watch, careful: bool) -> Assignment:
    with store.read() if batch.dry_run else store.write_much() as transaction:
        document_type = _document_type(transaction, batch.target)
        told = None if transaction.mark_in_step() else refuse_older_book(transaction)
        outcome = Assignment([None] * len(batch.records))
        keys = [f"{document_type}:{record.id}" for record in batch.records]
        _find_again(transaction, f"{document_type}:", keys, outcome)
        counters = Counters(transaction, careful)
        draws = _draw(transaction, batch, counters, outcome, watch)
        outcome.warnings += ([] if told is None else [told]) + counters.warnings()
        outcome.issued = len(draws)
        if outcome.failures and not batch.partial:
            raise_failures(batch, outcome.failures)
        if batch.kept:
            refuse_other_columns(batch, outcome)
        if counters.far is not None and not (batch.confirmed or batch.dry_run):
            if not careful:
                # What is refused anyway is refused without a question: all texts are looked up first.
                raise TextHeld
            raise ConfirmationNeeded(counters.far)
        if draws and not batch.dry_run:
            watch("writing", len(batch.records), len(batch.records))
            _write(transaction, batch, document_type, keys, counters, draws)
            transaction.commit()
    return outcome


def _document_type(transaction: Transaction, target: str) -> str:
    """The document type in snake case. Raises NotFound where nothing is of that type."""
    document_type, use = known_target(transaction, target)
    if use:
        return document_type
    named = transaction.definitions.sequence(target)
    if named is None:
        raise nothing_serves(transaction, target, document_type)
    raise NotFound(
        f"{target!r} is a sequence, and records are numbered by their document type",
        f"did you mean {named.document_type!r}?",
    )


def _find_again(transaction: Transaction, prefix: str, keys: list[str], outcome: Assignment) -> None:
    """Give the records that have a number the same one again, whatever its state: it is held."""
    places = None
    for key, number, sequence, policy in transaction.bulk.numbers_of(prefix, keys):
        if places is None:
            places = {key: place for place, key in enumerate(keys)}
        outcome.assigned[places[key]] = Assigned(number, sequence, policy)


def _draw(
    transaction: Transaction, batch: Batch, counters: Counters, outcome: Assignment, watch: Watch
) -> list[Draw]:
    """Draw a number for every record that has none, in the order of the batch."""
    failed: list[tuple[int, SeqctlError]] = []
    frames: list[tuple[int, RecordFrame]] = []
    choices = Choices(transaction, batch, counters)
    outcome.warnings += choices.warnings
    frame_of = choices.frame
    for place, record in enumerate(batch.records):
        if outcome.assigned[place] is None:
            frame = frame_of(record)
            if isinstance(frame, RecordFrame):
                frames.append((place, frame))
            else:
                failed.append((place, frame))
    if batch.by_date:
        frames.sort(key=lambda item: item[1].day)
    draws = _drawn(batch, counters, choices, outcome, frames, failed, watch)
    failed.sort(key=lambda item: item[0])
    outcome.failures = [failure_of(batch.records[place], error) for place, error in failed]
    return draws


def _drawn(
    batch: Batch,
    counters: Counters,
    choices: Choices,
    outcome: Assignment,
    frames: list[tuple[int, RecordFrame]],
    failed: list[tuple[int, SeqctlError]],
    watch: Watch,
) -> list[Draw]:
    """Draw from the counters, and note each number in the outcome."""
    records, assigned, draw = batch.records, outcome.assigned, counters.draw
    draws: list[Draw] = []
    note, made = draws.append, tuple.__new__
    for done, (place, frame) in enumerate(frames):
        if done % WATCHED == 0:
            watch("numbering", done, len(frames))
        try:
            value, text = _counted(frame) if frame.plain else draw(frame, records[place])
        except Refused as error:
            try:
                frame, value, text = _drawn_after(choices, counters, frame, records[place], error)
            except FAILURES as refusal:
                failed.append((place, refusal))
                continue
        assigned[place] = made(Assigned, (text, *frame.chosen))
        note((place, frame, value, text))
    return draws


def _drawn_after(
    choices: Choices, counters: Counters, frame: RecordFrame, record: Record, refusal: Refused
) -> tuple[RecordFrame, int, str]:
    """Draw a number from what takes the place of a sequence that is used up. Raises Refused."""
    following = frame.following
    if following is None:
        following = frame.following = choices.following(frame, record)
    if following is None:
        raise refusal
    try:
        return following, *counters.draw(following, record)
    except Refused as error:
        return _drawn_after(choices, counters, following, record, error)


def _counted(frame: RecordFrame) -> tuple[int, str]:
    """A draw without any rule beside the end of the range: what a hundred thousand records mostly are."""
    lane = frame.lane
    value = lane.last + frame.step
    if value > frame.limit:
        lane.upcoming(frame)
    lane.last = frame.highest = value
    lane.drawn += 1
    lane.limit = frame.limit
    return value, frame.template % value  # type: ignore[operator, return-value]


def _write(
    transaction: Transaction,
    batch: Batch,
    document_type: str,
    keys: list[str],
    counters: Counters,
    draws: list[Draw],
) -> None:
    """Write the counters, the rows of the ledger and one event."""
    ledger = transaction.ledger
    runs_before = _write_counters(transaction, counters)
    for policy in {frame.policy for _, frame, _, _ in draws}:
        if policy is not None and not policy.used:
            assert policy.id is not None
            ledger.mark_policy_used(policy.id)
    serial = transaction.log.next_serial()
    rows = transaction.bulk.add_numbers(serial, _rows(transaction, batch.records, keys, draws))
    drawn = [_shown(lane) for lane in counters.lanes.values() if lane.drawn]
    what = (serial, document_type, batch.file, len(draws), None)
    transaction.log.append(Numbered("assign", document_type, *what, rows, drawn, runs_before or None))
    for sequence in counters.referring():
        keep(transaction, sequence, serial)


def _write_counters(transaction: Transaction, counters: Counters) -> list[tuple[object, ...]]:
    """Write the counters that were drawn from; returns the gap runs that were, each after its counter's id.

    Raises TextHeld where every text has to be looked up.
    """
    runs_before: list[tuple[object, ...]] = []
    drawn = [lane for lane in counters.lanes.values() if lane.drawn]
    for lane in drawn:
        runs_before += [(lane.counter.id, *run) for run in settle(transaction, lane)]
    if not counters.careful and any(lane.counter.mixed for lane in drawn):
        # Texts unique always and texts unique within a period meet: the index alone sees too little.
        raise TextHeld
    return runs_before


def _shown(lane: Lane) -> list[object]:
    """A counter as the event names it: id and names, lowest and highest value, how many."""
    return [
        lane.counter.id,
        lane.sequence.name,
        lane.outcome.period,
        lane.outcome.scope,
        lane.lowest,
        lane.highest,
        lane.drawn,
    ]


def _rows(
    transaction: Transaction, records: list[Record], keys: list[str], draws: list[Draw]
) -> Iterator[NewNumber]:
    """The rows of the ledger in the order in which the numbers were drawn."""
    event_id = transaction.log.last().id + 1
    new: dict[RecordFrame, Lead] = {}
    again: dict[RecordFrame, Lead] = {}
    made = tuple.__new__
    for place, frame, value, text in draws:
        reused = frame.lane.reused
        leads = again if reused and value in reused else new
        lead = leads.get(frame)
        if lead is None:
            about = (frame.day, frame.chosen[1], frame.set_name, event_id, RECORD_KEYS)
            noted = frame.lane.outcome.noted_type
            lead = leads[frame] = Lead(frame.lane.counter, *about, int(leads is again), noted)
        yield made(NewNumber, (lead, records[place].id, keys[place], value, text))
