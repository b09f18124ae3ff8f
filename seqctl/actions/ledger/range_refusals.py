"""The words of refusals of sequences with ranges; loaded only where one refuses."""

from __future__ import annotations

from seqctl.days import date
from seqctl.errors import NotFound, Refused
from seqctl.model.finding import nearest
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.number.request import Request
from seqctl.model.range.range import OPEN_BEGIN, OPEN_END, Range
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def no_number(
    transaction: Transaction, request: Request, sequence: Sequence, day: date, found: int
) -> Refused:
    """Why no range gives a request what it asks for: none is in force, or they have too few numbers."""
    assert sequence.id is not None
    for name in sequence.scope:
        if name not in request.attributes:
            message = f"the ranges of sequence {sequence.name!r} are for values of {name!r}; none is given"
            return Refused("missing_attribute", message, f"give it with --attr {name}=VALUE")
    ranges = [each for each in transaction.ranges.of(sequence.id) if each.annulled is None]
    fitting = [each for each in ranges if each.admits(request.attributes, sequence.scope)]
    text = day.isoformat()
    if request.range is not None:
        fitting = [each for each in fitting if each.name == request.range]
    serving = [each for each in fitting if each.in_force(text)]
    if not serving:
        return _none_in_force(sequence, fitting, ranges, request, text)
    names = " and ".join(repr(each.name) for each in serving[:3]) + (" ..." if serving[3:] else "")
    which = f"range {names}" if len(serving) == 1 else f"the ranges {names}"
    have = "has" if len(serving) == 1 else "have"
    if request.contiguous and request.count > 1:
        what = f"{have} no run of {request.count} new numbers left"
    elif found:
        what = f"{have} only {found} of the {request.count} numbers left"
    else:
        what = f"{have} no number left"
    later = [each for each in fitting if (each.valid_from or OPEN_BEGIN) > text]
    hint = f"enter the next range with: seqctl range add ID {shell_word(sequence.name)} --first NUMBER"
    if later:
        following = min(later, key=lambda each: each.valid_from or OPEN_BEGIN)
        hint = f"range {following.name!r} begins on {following.valid_from}; or {hint}"
    message = f"{which} of sequence {sequence.name!r} {what} on {text}; nothing was issued"
    return Refused("exhausted", message, hint)


def _none_in_force(
    sequence: Sequence, fitting: list[Range], ranges: list[Range], request: Request, day: str
) -> Refused:
    """No range is in force on a day: the one that ended last before it, and that which begins next."""
    about = f"no range of sequence {sequence.name!r} is in force on {day}"
    hint = f"enter one with: seqctl range add ID {shell_word(sequence.name)} --first NUMBER"
    if not fitting and ranges:
        given = ", ".join(f"{name}={value}" for name, value in sorted(request.attributes.items()))
        values = [f"{name}={value}" for each in ranges for name, value in each.values.items()]
        hint = f"ranges there are for: {', '.join(dict.fromkeys(values))}"
        return Refused(
            "no_range", f"no range of sequence {sequence.name!r} is for {given or 'no value'}", hint
        )
    before = [each for each in fitting if (each.valid_until or OPEN_END) < day]
    after = [each for each in fitting if (each.valid_from or OPEN_BEGIN) > day]
    told = []
    if before:
        last = max(before, key=lambda each: each.valid_until or OPEN_END)
        told.append(f"range {last.name!r} ended on {last.valid_until}")
    if after:
        following = min(after, key=lambda each: each.valid_from or OPEN_BEGIN)
        told.append(f"range {following.name!r} begins on {following.valid_from}")
    return Refused("no_range", f"{about}{': ' if told else ''}{', and '.join(told)}", hint)


def range_asked_for(transaction: Transaction, request: Request, sequence: Sequence, day: date) -> Range:
    """The range that a request names. Raises NotFound, or Refused where it cannot serve."""
    name = request.range or ""
    asked = transaction.ranges.range(name)
    if asked is None:
        hint = nearest(name, transaction.ranges.names()) or "see: seqctl range list"
        raise NotFound(f"there is no range {name!r}", hint)
    if asked.sequence != sequence.name:
        message = f"range {name!r} is of sequence {asked.sequence!r}, not of {sequence.name!r}"
        raise Refused("wrong_target", message, f"see: seqctl range list {shell_word(sequence.name)}")
    if asked.annulled is not None:
        hint = f"open it again with: seqctl range reopen {shell_word(name)} --reason TEXT"
        raise Refused("no_range", f"range {name!r} is annulled", hint)
    text = day.isoformat()
    if not asked.in_force(text):
        ends = [f"from {asked.valid_from}"] if asked.valid_from else []
        ends += [f"until {asked.valid_until}"] if asked.valid_until else []
        message = f"range {name!r} is in force {' '.join(ends)}, not on {text}"
        raise Refused("no_range", message, "choose another range, or another document date with --date")
    if not asked.admits(request.attributes, sequence.scope):
        values = ", ".join(f"{key}={value}" for key, value in asked.values.items())
        raise Refused("no_range", f"range {name!r} is for {values}", "give these values, or another range")
    return asked


def refuse_annulled(place: CounterPlace, code: str = "no_range") -> None:
    """Raise Refused, by default as `no_range`, where nothing is given out again: the range is annulled."""
    served = place.sequence.served
    if served is not None and served.annulled is not None:
        hint = f"open it again first: seqctl range reopen {shell_word(served.name)} --reason TEXT"
        raise Refused(code, f"range {served.name!r} is annulled: nothing of it is issued again", hint)
