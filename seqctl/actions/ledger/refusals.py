"""The words of the refusals of an issue; loaded only when something refuses or warns."""

from __future__ import annotations

from seqctl.actions.ledger.targets import check_renamed, named_otherwise
from seqctl.days import FARTHEST, date
from seqctl.errors import NotFound, Refused, UsageError
from seqctl.model.finding import nearest
from seqctl.model.number.counter import Counter
from seqctl.model.number.issue import Issue
from seqctl.model.number.request import unmet
from seqctl.model.pattern.compiled import LARGEST_VALUE, MAXIMUM_LENGTH
from seqctl.model.policy.policy import BOOLEAN, DATE, NUMBER, Policy
from seqctl.model.policy.shown import condition_text
from seqctl.model.sequence.frame import scope_frame
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import shell_word
from seqctl.model.time.listed_calendar import ListedCalendar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

SHOWN_LENGTH = 60
"""Most characters that a message shows of a number that is too long."""


def no_room(
    sequence: Sequence, outcome: Issue, last: int, frame: tuple[str, str], count: int, freed: int
) -> Refused:
    """A counter that stands at `last` cannot serve the request within its range (`exhausted`), or an
    attribute makes the number too long (`too_long`).

    `frame` is what stands before and after the counter part; of `count` numbers `freed` could have gone out
    again.
    """
    wanted = last + (count - freed) * sequence.step
    room = sequence.last_value(scope_frame(sequence, outcome.scope))
    if room < sequence.start or wanted <= room:
        value = min(wanted, max(room, sequence.start))
        return _too_long(sequence, sequence.compiled.text(frame[0], value, frame[1]))
    left = max((room - last) // sequence.step, 0) + freed
    where = outcome.counter_words()
    what = "has no number left" if left == 0 else f"has only {left} of the {count} numbers left"
    return Refused("exhausted", f"{where} {what}; nothing was issued", _way_on(sequence, room))


def _way_on(sequence: Sequence, room: int) -> str:
    """How to go on where a counter ends at `room`."""
    last = sequence.compiled.counter_text(room)
    name = shell_word(sequence.name)
    if sequence.end == room:
        field, ends = "end", "raise the end"
    elif sequence.alpha and sequence.compiled.width:
        return f"it ends at {last}, since letters keep their width: go on with a new sequence"
    elif sequence.max_width is not None and len(last) >= sequence.max_width:
        field, ends = "max-width", "allow it more characters"
    elif sequence.max_length is not None and room < LARGEST_VALUE:
        field, ends = "max-length", "allow longer numbers"
    else:
        return f"it ends at {last}, and none can be longer: go on with a new sequence"
    command = f"seqctl sequence edit {name} --{field} VALUE"
    return f"it ends at {last}; {ends} with: {command}, or go on with a new sequence"


def _too_long(sequence: Sequence, text: str) -> Refused:
    """The attributes of a request make its number longer than the sequence allows."""
    shown = text if len(text) <= SHOWN_LENGTH else text[:SHOWN_LENGTH] + "..."
    names = " or ".join(sequence.compiled.attributes)
    most = sequence.max_length or MAXIMUM_LENGTH
    way = f"shorten {names}"
    if most < MAXIMUM_LENGTH:
        way += f", or allow more with: seqctl sequence edit {shell_word(sequence.name)} --max-length VALUE"
    return Refused(
        "too_long",
        f"{shown!r} has {len(text)} characters, and a number of sequence {sequence.name!r} at most {most}",
        way,
    )


def far_date(day: date) -> str:
    """The warning for a date more than 366 days ahead; what gives out numbers needs a yes for it."""
    return f"the document date {day} is more than {FARTHEST} days ahead"


def date_order(transaction: Transaction, sequence: Sequence, counter: Counter, day: str) -> str | None:
    """The warning for a date before the latest one of a counter; a refusal where the sequence says so.

    None where the latest date was freed since, and no held number lies after the day.
    """
    assert counter.id is not None
    if counter.latest_value is None or counter.reserved:
        counter.look_up_latest(transaction.held.latest_dated(counter.id))
        if (counter.latest_date or "") <= day:
            return None
    value = counter.latest_value
    assert counter.latest_date is not None and value is not None
    return out_of_order(sequence, day, transaction.ledger.number_text(counter.id, value), counter.latest_date)


def out_of_order(sequence: Sequence, day: str, number: str | None, latest: str) -> str:
    """The warning for a date before that of an earlier number; a refusal where the sequence says so."""
    message = f"the document date {day} lies before {latest}, the date of {number}"
    if sequence.date_order == "refuse":
        raise Refused(
            "date_order",
            f"{message}; sequence {sequence.name!r} keeps numbers in the order of dates",
            f"use a document date from {latest} on",
        )
    return message


def serves_not(sequence: Sequence, attributes: dict[str, str], day: date) -> Refused:
    """Why a sequence serves no record with these attributes and document date: the first reason."""
    text = day.isoformat()
    begins, ends = sequence.effective_from, sequence.effective_until
    if sequence.status != "active":
        return Refused(
            "inactive",
            f"sequence {sequence.name!r} is inactive",
            f"activate it with: seqctl sequence activate {shell_word(sequence.name)}",
        )
    if sequence.closed_until is not None and text <= sequence.closed_until:
        return closed_day(sequence, text)
    if sequence.fiscal is not None and not sequence.fiscal.holds(day):
        return no_fiscal_year(sequence, text)
    if (begins and text < begins) or (ends and text > ends):
        window = " ".join([f"{word} {end}" for word, end in (("from", begins), ("until", ends)) if end])
        return Refused(
            "not_effective",
            f"sequence {sequence.name!r} is effective {window}, not on {text}",
            "choose another sequence, or another document date with --date",
        )
    return _not_for(sequence, attributes)


def _not_for(sequence: Sequence, attributes: dict[str, str]) -> Refused:
    """A record does not carry what the sequence requires."""
    name = unmet(sequence.requires, attributes) or ""
    values, given = sequence.requires[name], attributes.get(name.casefold())
    wanted = " or ".join(f"{name}={value}" for value in values) or f"{name}=VALUE"
    attribute = " or ".join(shell_word(f"{name}={value}") for value in values) or wanted
    shown = "nothing" if given is None else f"{name}={given}"
    return Refused(
        "not_for",
        f"sequence {sequence.name!r} is for {wanted}; the request gives {shown}",
        f"give --attr {attribute}, or choose another sequence",
    )


def closed(sequence: Sequence, what: str, day: str) -> Refused:
    """A number that was filed would change: `day`, on which it lies, is closed. No other date helps."""
    return Refused(
        "closed",
        f"{what} is in a closed period: sequence {sequence.name!r} is closed through {sequence.closed_until}",
        f"if what was filed has to change, open it first: {reopen_command(sequence, day)}",
    )


def closed_day(sequence: Sequence, day: str) -> Refused:
    """A document would get a date that is closed."""
    return Refused(
        "closed",
        f"the document date {day} is in a closed period: sequence {sequence.name!r} is closed through"
        f" {sequence.closed_until}",
        f"use a date after {sequence.closed_until}, or open that day: {reopen_command(sequence, day)}",
    )


def reopen_command(sequence: Sequence, day: str) -> str:
    """The command that opens a sequence from a day on; what lies before it stays closed."""
    return f"seqctl reopen --sequence {shell_word(sequence.name)} --from {day} --reason TEXT"


def no_fiscal_year(sequence: Sequence, day: str) -> Refused:
    """The fiscal year of a document date would need a year that no date has, or is not listed."""
    if isinstance(sequence.fiscal, ListedCalendar):
        first, last = sequence.fiscal.ends
        return Refused(
            "no_fiscal_year",
            f"no fiscal year of calendar {sequence.calendar!r} holds the document date {day}: its years go"
            f" from {first} to {last}",
            f"add the year: seqctl calendar edit {shell_word(sequence.fiscal.name)} --year NAME=FIRST_DAY"
            " --until LAST_DAY",
        )
    return Refused(
        "date_period",
        f"the document date {day} lies in a fiscal year of sequence {sequence.name!r} that reaches beyond the"
        " years 1 to 9999",
        "use another document date",
    )


def number_taken(text: str, outcome: Issue, holder: tuple[str, str]) -> Refused:
    """The text that would come next is held by another number."""
    name, period = holder
    where = f"sequence {name!r}" + (f" in period {period}" if period != "all" else "")
    return Refused(
        "number_taken",
        f"{text} is already held by {where}; nothing was issued",
        f"move past it with: seqctl sequence set-next {shell_word(outcome.sequence)} VALUE --reason TEXT",
    )


def no_reference(name: str) -> UsageError:
    """References were asked for, and the sequence gives its numbers none."""
    return UsageError(
        f"sequence {name!r} gives its numbers no reference; nothing was issued",
        f"name one: seqctl sequence edit {shell_word(name)} --reference SCHEME, or leave out --reference",
    )


def ambiguous_policy(document_type: str, matching: list[Policy]) -> Refused:
    """Several policies match with one priority."""
    names = " and ".join(repr(policy.name) for policy in matching[:4]) + (" ..." if matching[4:] else "")
    return Refused(
        "ambiguous_policy",
        f"{len(matching)} policies match and share the priority {matching[0].priority}: {names}",
        f"give one of them a higher priority; see: seqctl explain {shell_word(document_type)}",
    )


def wrong_target(target: str, named: Sequence) -> Refused:
    """A sequence was named that does not number what was asked for."""
    return Refused(
        "wrong_target",
        f"sequence {named.name!r} numbers {named.document_type!r}, not {target!r}; nothing was issued",
        f"name the type that it numbers: seqctl next {shell_word(named.document_type)} --sequence"
        f" {shell_word(named.name)}",
    )


def ambiguous_sequence(document_type: str, names: list[str]) -> Refused:
    """Several sequences of a type let a request in, and nothing chooses one."""
    listed = " and ".join(repr(name) for name in names[:4]) + (" ..." if names[4:] else "")
    return Refused(
        "ambiguous_sequence",
        f"{len(names)} sequences of the document type {document_type!r} could serve, and nothing chooses one:"
        f" {listed}; nothing was issued",
        "choose one with --sequence NAME, give them windows (effective_from, effective_until) that do not"
        f" overlap, or make a set: seqctl set add NAME --default {shell_word(document_type)}=SEQUENCE",
    )


READS = {
    NUMBER: ("a number", "write digits, and a point before decimals: 250000.00"),
    DATE: ("a date", "write it as 2026-11-21"),
    BOOLEAN: ("true or false", "write true or false"),
}


def unreadable_attribute(policy: Policy, attributes: dict[str, str]) -> Refused:
    """The choice hangs on an attribute that does not read as what a condition compares it with."""
    for item in policy.conditions:
        if item.holds(attributes) is None:
            break
    given = attributes.get(item.field.casefold())
    kind, hint = READS[item.kind]
    return Refused(
        "unreadable_attribute",
        f"policy {policy.name!r}, condition {item.id} ({condition_text(item)}): {item.field!r} is {given!r},"
        f" which is not {kind}; nothing was issued",
        hint,
    )


def nothing_serves(transaction: Transaction, given: str, target: str) -> NotFound:
    """No set, policy or sequence answers to the target."""
    if "policies" in transaction.definitions.type_use(target):
        return NotFound(
            f"no policy for {target!r} matches, and no set has a sequence for it",
            f"see why with: seqctl explain {shell_word(given)}, and the same options",
        )
    if "sets" in transaction.definitions.type_use(target):
        return NotFound(
            f"sets have a sequence for {target!r}, but no owner of this request has one of them, and no"
            " default set has a sequence for it",
            "name a set with --set NAME, or let one serve everybody: seqctl set edit NAME --default",
        )
    check_renamed(transaction, given, "sequence")
    hint = named_otherwise(transaction, given) or nearest(given, transaction.definitions.target_names())
    return NotFound(
        f"there is no document type and no sequence {given!r}",
        hint or "see: seqctl sequence list",
    )


def unknown_sequence(transaction: Transaction, name: str) -> NotFound:
    """A sequence that was named does not exist. Raises NotFound (`renamed`) where it has another name."""
    check_renamed(transaction, name, "sequence")
    hint = nearest(name, transaction.definitions.sequence_names())
    return NotFound(f"there is no sequence {name!r}", hint or "see: seqctl sequence list")


def unknown_set(transaction: Transaction, name: str) -> NotFound:
    """A set that was named does not exist. Raises NotFound (`renamed`) where it has another name."""
    check_renamed(transaction, name, "set")
    hint = nearest(name, transaction.definitions.set_names())
    return NotFound(f"there is no set {name!r}", hint or "see: seqctl set list")
