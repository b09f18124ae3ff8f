"""Several sequences of one document type, where no set and no policy chooses: which of them serves a request.

Windows and `requires` decide, so that next year's sequence may lie ready beside this year's. One that is used
up stands behind one that is not. Two that stand level are refused: a guess would be a wrong number. Loaded
where a type has not just the one active sequence that serves it.
"""

from seqctl.actions.issuing.asked_type import with_code
from seqctl.days import date
from seqctl.errors import Refused
from seqctl.model.number.request import Choice, Request, document_day, unmet
from seqctl.model.pattern.compiled import period_key
from seqctl.model.sequence.candidate import Candidate
from seqctl.model.sequence.scope import pack_values, scope_text, shown_attributes, unpack_values
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import document_type_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from seqctl.actions.issuing.resolve import Passed
    from seqctl.store.port import Transaction

    Bar = tuple[int, bool, int, str]
    """How far a sequence is from serving: the kind of reason, whether its window bars it besides, the days to
    that window, its name. The least one came nearest."""

    HasMore = Callable[[Sequence, str, str, int], bool]
    """Whether the counter of a sequence, scope and period has a number left up to a last value."""

NOT_EFFECTIVE, NOT_FOR, INACTIVE = range(3)
REASONS = ("not_effective", "not_for", "inactive")


def candidate(
    transaction: "Transaction",
    request: Request,
    document_type: str,
    named: Sequence | None,
    passed: "Passed | None" = None,
) -> Sequence:
    """The sequence of a type that serves a request, or the one that came nearest, which then refuses it.

    `named` is a sequence that has the name of the type. Raises Refused `ambiguous_sequence` where two stand
    level.
    """
    admitted, barred = _admitted(transaction, request, document_type, named)
    sequences = [_sequence(transaction, name) for name in admitted]
    fresh = sequences
    if len(sequences) > 1:
        fresh = [item for item in sequences if has_numbers_left(transaction, request, item)]
    if passed is not None:
        passed += [(REASONS[bar[0]], bar[3]) for bar in sorted(barred)]
        passed += [("used_up", item.name) for item in sequences if fresh and item not in fresh]
    if len(fresh) > 1:
        raise _level(document_type, fresh)
    if sequences:
        return (fresh or sequences)[0]
    return _sequence(transaction, min(barred)[3])


def successor(
    transaction: "Transaction",
    request: Request,
    choice: Choice,
    passed: "Passed | None" = None,
    has_more: "HasMore | None" = None,
) -> Choice | None:
    """The sequence that serves in the place of a chosen one that is used up; None where none does.

    Raises Refused `ambiguous_sequence` where two stand level.
    """
    used_up = choice.sequence
    if has_numbers_left(transaction, request, used_up, has_more):
        return None
    admitted, _ = _admitted(transaction, request, choice.target, None)
    others = [_sequence(transaction, name) for name in admitted if name != used_up.name]
    fresh = [item for item in others if has_numbers_left(transaction, request, item, has_more)]
    if not fresh:
        return None
    if len(fresh) > 1:
        raise _level(choice.target, fresh)
    if passed is not None:
        passed.append(("used_up", used_up.name))
    other = Choice("type", choice.target, fresh[0])
    other.in_line, other.lasting, other.warnings = True, False, choice.warnings
    return other


def has_numbers_left(
    transaction: "Transaction", request: Request, sequence: Sequence, has_more: "HasMore | None" = None
) -> bool:
    """Whether the counter that a request would draw from is not used up: a number is left or was freed.

    A request that the sequence refuses anyway finds it not used up: it is to hear that reason.
    """
    day = _day(transaction, request, sequence.timezone)
    if sequence.reset == "range":
        from seqctl.actions.issuing.ranges import has_range_left

        return has_range_left(transaction, request, sequence, day, has_more)
    if sequence.fiscal is not None and not sequence.fiscal.holds(day):
        return True
    try:
        given = with_code(sequence, document_type_name(request.target), request.attributes)
        attributes = shown_attributes(sequence, given)
    except Refused:
        return True
    # What only decorates may make a number too long; that does not use a sequence up.
    kept = {*sequence.scope, *sequence.compiled.exact}
    shown = {name: value if name in kept else "" for name, value in attributes.items()}
    before, after = sequence.compiled.frame(day, sequence.fiscal, shown)
    limit = sequence.last_value(len(before) + len(after))
    scope = scope_text(tuple(sequence.scope), attributes)
    period = period_key(sequence.reset, day, sequence.fiscal)
    if has_more is not None:
        return has_more(sequence, scope, period, limit)
    assert sequence.id is not None
    counter = transaction.ledger.counter(sequence.id, scope, period)
    if counter is None:
        return sequence.start <= limit
    if counter.last + sequence.step <= limit:
        return True
    if not counter.reusable and not counter.reserved:
        return False
    from seqctl.actions.issuing.reuse import Reuse

    return any(run.first <= limit for run in Reuse(transaction, sequence, counter, 1).runs)


def _admitted(
    transaction: "Transaction", request: Request, document_type: str, named: Sequence | None
) -> "tuple[list[str], list[Bar]]":
    """The names of the sequences that let a request in, and what bars the others."""
    admitted: list[str] = []
    barred: list[Bar] = []
    rows = transaction.definitions.of_type(document_type)
    if named is not None and document_type not in named.document_types:
        window = (named.effective_from, named.effective_until)
        rows.append(Candidate(named.name, named.status, *window, named.timezone, pack_values(named.requires)))
    days: dict[str | None, date] = {}
    for name, status, begins, ends, zone, requires in rows:
        if zone not in days:
            days[zone] = _day(transaction, request, zone)
        distance = _distance(begins, ends, days[zone])
        other = unmet(unpack_values(requires), request.attributes) is not None
        if status != "active":
            barred.append((INACTIVE, other, distance, name))
        elif other:
            barred.append((NOT_FOR, bool(distance), distance, name))
        elif distance:
            barred.append((NOT_EFFECTIVE, False, distance, name))
        else:
            admitted.append(name)
    return admitted, barred


def _distance(begins: str | None, ends: str | None, day: date) -> int:
    """How many days lie between a document date and a window; 0 where it lies within."""
    text = day.isoformat()
    if begins and text < begins:
        return date.fromisoformat(begins).toordinal() - day.toordinal()
    if ends and text > ends:
        return day.toordinal() - date.fromisoformat(ends).toordinal()
    return 0


def _day(transaction: "Transaction", request: Request, zone: str | None) -> date:
    place = zone or transaction.definitions.book_timezone()
    return document_day(request.date, place) if request.date else transaction.today(place)


def _sequence(transaction: "Transaction", name: str) -> Sequence:
    sequence = transaction.definitions.sequence(name)
    assert sequence is not None
    return sequence


def _level(document_type: str, sequences: list[Sequence]) -> Refused:
    from seqctl.actions.ledger.refusals import ambiguous_sequence

    return ambiguous_sequence(document_type, [item.name for item in sequences])
