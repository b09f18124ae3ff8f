"""What keeps numbers from being entered: looked for among all numbers at once, and told of all of them."""

from __future__ import annotations

from seqctl.actions.adopting.former_texts import place_misfits
from seqctl.actions.adopting.places import Place
from seqctl.actions.adopting.problems import CLOSED, INVALID, NOTHING
from seqctl.actions.adopting.reading import Reading
from seqctl.actions.adopting.references import keeping, refuse_taken
from seqctl.actions.ledger.free import free_overdue
from seqctl.actions.ledger.older_book import lagging
from seqctl.actions.ledger.refusals import closed
from seqctl.errors import Refused
from seqctl.model.number.counter import Counter
from seqctl.model.reports.adoption import Adoption
from seqctl.model.reports.file_problems import FileProblem
from seqctl.model.reports.staged import (
    Blocked,
    HeldElsewhere,
    InClosedPeriod,
    Otherwise,
    Repeat,
    StagedPlace,
    StagedRefusal,
)
from seqctl.model.reports.state_words import ISSUED, VOID
from seqctl.model.text import shell_word
from seqctl.model.time.period_bounds import period_bounds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def needs_checks(transaction: Transaction, reading: Reading) -> bool:
    """Whether more than the index of texts may keep a number from being entered.

    So it is not with a history in order that goes into counters nobody used, as most do. Finds the counters.
    """
    if reading.problems or not reading.ascending or keeping(transaction, reading.places):
        return True
    for place in reading.places:
        place.counter = _counter(transaction, place)
        if place.counter.used or place.sequence.closed_until is not None:
            return True
    return False


def check_numbers(transaction: Transaction, adoption: Adoption, reading: Reading) -> list[FileProblem]:
    """Find out what becomes of each staged number; gives all problems, in the order of the input.

    Reservations of the counters concerned whose deadline has passed are freed first.
    """
    adopted = transaction.adopted
    open_counters(transaction, reading.places)
    if reading.misfits:
        place_misfits(transaction, adoption, reading, lambda places: open_counters(transaction, places))
    if not reading.ascending:
        adopted.refuse([_twice(adoption, row) for row in adopted.twice()])
    if len(reading.places) > 1:
        # Two counters give one text only for dates a century apart, or where a text does not show its period.
        adopted.refuse([_twice(adoption, row) for row in adopted.same_text()])
    if any(place.counter.used for place in reading.places):
        adopted.leave_unchanged()
        adopted.refuse([_otherwise(row) for row in adopted.held_otherwise()])
        if adopted.any_blocked() or any(_is_annulled(place) for place in reading.places):
            rows = ((reading.places[row.place], row) for row in adopted.blocked())
            barred = (item for item in rows if item[1].state == "blocked" or _is_annulled(item[0]))
            adopted.refuse([_blocked(*item) for item in barred])
    adopted.refuse([_elsewhere(row) for row in adopted.held_elsewhere()])
    if any(place.sequence.closed_until for place in reading.places):
        adopted.refuse([_closed(reading.places[row.place], row) for row in adopted.closed()])
    kept = keeping(transaction, reading.places)
    if kept:
        refuse_taken(transaction, kept)
    return list(adopted.problems())


def open_counters(transaction: Transaction, places: list[Place]) -> None:
    """Find the counters of places, with what ended reservations held freed."""
    rows = []
    spaces: dict[str, str] = {}
    for place in places:
        sequence = place.sequence
        if sequence.document_type not in spaces:
            spaces[sequence.document_type] = transaction.ledger.space(sequence.document_type)
        place.counter = counter = _counter(transaction, place)
        free_overdue(transaction, sequence, counter)
        rows.append(
            StagedPlace(
                place.number,
                counter.id,
                spaces[sequence.document_type],
                place.domain,
                counter.first if counter.used else None,
                counter.last if counter.used else None,
                sequence.closed_until,
                _end(place),
                place.document_type,
                sequence.document_type,
            )
        )
    transaction.adopted.add_places(rows)


def _counter(transaction: Transaction, place: Place) -> Counter:
    sequence = place.sequence
    assert sequence.id is not None
    counter = transaction.ledger.counter(sequence.id, place.scope, place.period)
    return counter or Counter.unused(sequence.start, sequence.step)


def check_manual(transaction: Transaction, places: list[Place]) -> None:
    """Refuse to enter numbers into a sequence that has issued numbers of its own, unless it allows that.

    Into one that lost some, in a book that was restored, they may come back.
    """
    restored = {lag.sequence for lag in lagging(transaction)}
    for place in places:
        sequence = place.sequence
        if sequence.self_issued and not sequence.manual and sequence.name not in restored:
            raise Refused(
                "not_manual",
                f"sequence {sequence.name!r} has issued numbers itself, so it adopts no others{NOTHING}",
                f"allow it with: seqctl sequence edit {shell_word(sequence.name)} --manual",
            )


def _end(place: Place) -> str | None:
    """The last day of a place's period, where it has one and that matters."""
    sequence = place.sequence
    if sequence.closed_until is None:
        return None
    end = period_bounds(sequence.reset, place.period, sequence.fiscal)[1]
    return None if end is None else end.isoformat()


def _twice(adoption: Adoption, row: Repeat) -> StagedRefusal:
    message = "is given twice" if adoption.file is None else f"is already on line {row.first_line}"
    if row.text != row.first:
        where = "" if adoption.file is None else f" in line {row.first_line}"
        message = f"has the same value as {row.first!r}{where}"
    return StagedRefusal(row.line, INVALID, message, None)


def _otherwise(row: Otherwise) -> StagedRefusal:
    """What the ledger holds at the integer of a number."""
    word = shell_word(row.held)
    hint = f"see: seqctl show {word}"
    if row.held != row.text:
        message = f"has the same value as {row.held!r}, which is held"
    elif row.state == VOID and row.held_state == ISSUED:
        message, hint = "is issued in the book, not void", f"void it with: seqctl void {word} --reason TEXT"
    elif row.held_state == "void" and row.state != VOID:
        message, hint = "is void", f"undo a void by mistake with: seqctl reinstate {word} --reason TEXT"
    elif row.held_state == "reserved":
        message, hint = f"is reserved until {row.expires_at}", f"confirm it with: seqctl confirm {word}"
    elif row.document_type != row.held_type:
        message = f"is held with the document type {row.held_type!r}, not {row.document_type!r}"
    elif row.date is not None and row.date != row.held_date:
        message = f"is held with {_said('the document date', row.held_date)}, not {row.date}"
    else:
        message = f"is held with {_said('the record', row.held_record)}, not {row.record!r}"
        reason = "" if row.held_record is None else " --reason TEXT"
        hint = f"note it with: seqctl record {word} --record {shell_word(str(row.record))}{reason}"
    return StagedRefusal(row.line, INVALID, message, hint)


def _said(what: str, value: str | None) -> str:
    return f"{what} {value}" if value is not None else f"no{what.removeprefix('the')}"


def _is_annulled(place: Place) -> bool:
    """Whether a place is a range that is annulled, into which nothing more comes."""
    return place.sequence.served is not None and place.sequence.served.annulled is not None


def _blocked(place: Place, row: Blocked) -> StagedRefusal:
    if _is_annulled(place):
        name, what = shell_word(place.period), f"is of range {place.period!r}, which is annulled"
        hint = f"open it again first: seqctl range reopen {name} --reason TEXT"
        return StagedRefusal(row.line, INVALID, what, hint)
    because = f": {row.reason}" if row.reason else ""
    command = f"seqctl gaps review {shell_word(place.sequence.name)} {shell_word(row.text)} --reason TEXT"
    return StagedRefusal(row.line, INVALID, f"is blocked{because}", f"look into it first: {command}")


def _elsewhere(row: HeldElsewhere) -> StagedRefusal:
    where = f"sequence {row.sequence!r}" + (f" in period {row.period}" if row.period != "all" else "")
    hint = f"see: seqctl show {shell_word(row.text)}"
    return StagedRefusal(row.line, INVALID, f"is already held by {where}", hint)


def _closed(place: Place, row: InClosedPeriod) -> StagedRefusal:
    sequence = place.sequence
    message = f"is in a closed period: {row.date}, and sequence {sequence.name!r} is closed through"
    hint = closed(sequence, "", row.date).hint
    return StagedRefusal(row.line, CLOSED, f"{message} {sequence.closed_until}", hint, "date")
