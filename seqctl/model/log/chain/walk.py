"""The chain of events: whether each follows from the one before, and what was done where it does not.

Pure: events come in, breaks come out. The rule of the hash is given, since the store keeps it beside what
writes events; docs/log.md states it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from seqctl.model.finding import Finding
from seqctl.model.log.chain.lookahead import Lookahead
from seqctl.model.log.chain.order import Order
from seqctl.model.log.event import Event

GENESIS = bytes(32)
"""What the first event is chained to."""

SEARCHED = 100_000
"""How many later events are looked through for one that was moved away."""

SEARCHES = 20
"""How many breaks are searched for; behind so many of them nobody asks which is which."""

MOST = 1000
"""How many breaks are told. From there on events are only counted, and none of them is trusted."""

RENUMBERED = 16
"""How many events may have been taken out between two whose numbers follow each other."""


Rule = Callable[[bytes, Event], "bytes | None"]
"""The hash that an event has behind another one's hash; None where its columns cannot be hashed at all."""

Read = Callable[[int | None], Iterator[Event]]
"""Reads the events whose number is above another one, or all, in the order of their numbers."""


class Chain:
    """The events of a book, walked once by `check`.

    `breaks` are the findings, first break first; `last` and `head` are number and hash of the last event.
    `lost` holds the numbers of events that are gone, `broken` those that are there and cannot be trusted, as
    far as they are told. `named` gives the highest event that the ledger knows, where it comes to that.
    """

    def __init__(self, read: Read, rule: Rule, named: Callable[[], int] = lambda: 0) -> None:
        self.read = read
        self.rule = rule
        self.named = named
        self.breaks: list[Finding] = []
        self.last = 0
        self.head = GENESIS
        self.count = 0
        self.lost: list[range] = []
        self.broken: set[int] = set()
        self._untold = 0
        self._hopeless_from: int | None = None
        self.order = Order()
        self._displaced: list[Event] = []
        self._strangers: list[Event] = []
        self._searches = 0

    def check(self, seen: Callable[[Event], None] = lambda event: None) -> None:
        """Walk the whole chain. `seen` gets each event as it stands."""
        rule = self.rule
        events = Lookahead(self.read(None))
        for event in events:
            self.count += 1
            seen(event)
            if (
                event.id == self.last + 1
                and not self.order.shift
                and event.id not in self.order.moved
                and rule(self.head, event) == event.hash
            ):
                self.last, self.head = event.id, event.hash
            else:
                self._judge(event, events)
        while (found := self._missing(self.last + 1, None)) is not None:
            self._place(found)
        for event in self._strangers:
            self._note("inserted", event.id, f"{event.words} was inserted: no event has such a number")
        self.breaks.sort(key=lambda finding: int(finding.subject[1]))
        if self._untold:
            message = f"there are {self._untold} more breaks in the chain"
            self.breaks.append(Finding("more_findings", "error", ("events",), message))

    def mended(self, events: Iterable[Event]) -> Iterator[Event]:
        """The events in the places that they really had, as far as the walk found that out."""
        return iter(events) if self.order.unchanged else self.order.restore(events)

    def is_broken(self, number: int) -> bool:
        """Whether the event of that number is there and cannot be trusted."""
        return number in self.broken or (self._hopeless_from is not None and number >= self._hopeless_from)

    def is_lost(self, number: int) -> bool:
        """Whether the event of that number is known to be gone, at the end of the log or before it."""
        return number > self.last or any(number in run for run in self.lost)

    def is_untrusted(self, number: int) -> bool:
        """Whether the event of that number is gone or broken."""
        return self.is_broken(number) or self.is_lost(number)

    def trusted_between(self, first: int, last: int) -> bool:
        """Whether all events between two numbers are there and unbroken."""
        if last > self.last or self._hopeless_from is not None:
            return False
        return not any(first < number < last for number in self.broken) and not any(
            run.start < last and run.stop - 1 > first for run in self.lost
        )

    def _judge(self, event: Event, following: Lookahead) -> None:
        """Say what was done to an event that does not follow, and go on behind it."""
        number = event.id - self.order.shift
        if len(self.breaks) >= MOST and number > self.last:
            self._untold += not self._fits(self.head, event, number)
            self._hopeless_from = self._hopeless_from or number
            self._accept(number, event.hash)
        elif number <= self.last:
            self._strangers.append(event)
            self.order.leave_out(event.id)
        elif event.id in self.order.moved:
            self._fill(event, number)
        elif number > self.last + 1:
            self._judge_hole(event, number)
        elif self._fits(self.head, event, number):
            self._accept(number, event.hash)
        elif not (self._edited(event, number, following) or self._renumbered(event, number, following)):
            self._judge_place(event, number, following)

    def _judge_hole(self, event: Event, number: int) -> None:
        """Numbers are skipped: their events were moved to another place, or are gone."""
        while self.last + 1 < number and (found := self._missing(self.last + 1, event.id - 1)) is not None:
            self._place(found)
        if event.id in self.order.moved:
            self._fill(event, number)
        elif self.last + 1 < number:
            self._note_deleted(self.last + 1, number - 1)
            # Nothing is left that this event could be compared with, so that it is taken at its word.
            self._accept(number, event.hash)
        elif self._fits(self.head, event, number):
            self._accept(number, event.hash)
        else:
            self._note_edited(event, number)

    def _judge_place(self, event: Event, number: int, following: Lookahead) -> None:
        """The event and its neighbours do not say what was done: look for the one that belongs here."""
        if self._from_displaced(event, number):
            return
        found = self._search(number, event.id)
        if found is None:
            self._judge_lone(event, number, following)
        elif self._pushed_on(event, found, number):
            words = _numbers(event.id, found.id - 1)
            self._note("inserted", event.id, f"{words} inserted: the chain goes on without")
            self.order.leave_out(*range(event.id, found.id))
            self.order.shift_from(found.id, self.order.shift + found.id - event.id)
            following.skip_to(found.id)
        else:
            self._place(found)
            self._displaced.append(event)

    def _judge_lone(self, event: Event, number: int, following: Lookahead) -> None:
        """Nothing says where an event belongs that does not follow from the one before."""
        strange = len(event.hash) != 32 or event.hash in (GENESIS, self.head) or event.count is not None
        if strange and following.peek() is None and number > self.named():
            words = f"{event.words} was inserted: it does not follow, and the ledger does not know it"
            self._note("inserted", event.id, words)
            self.order.leave_out(event.id)
        else:
            self._note_edited(event, number)

    def _note_edited(self, event: Event, number: int) -> None:
        self._note("edited", event.id, f"{event.words} was edited: its columns do not give its hash")
        self.broken.add(number)
        self._accept(number, event.hash)

    def _edited(self, event: Event, number: int, following: Lookahead) -> bool:
        """Whether the next event follows from this one's hash, or from what its hash should be."""
        after = following.peek()
        if after is None or after.id != event.id + 1:
            return False
        computed = self.rule(self.head, event._replace(id=number))
        if self._fits(event.hash, after, number + 1):
            self._note_edited(event, number)
            return True
        if computed is not None and self._fits(computed, after, number + 1):
            self._note("edited", event.id, f"the hash of {event.words} was edited, and nothing else of it")
            self._accept(number, computed)
            return True
        return False

    def _renumbered(self, event: Event, number: int, following: Lookahead) -> bool:
        """Whether events before this one were taken out, and all later ones got lower numbers."""
        after = following.peek()
        if after is None or after.id != event.id + 1:
            return False
        for missing in range(1, RENUMBERED + 1):
            if self._fits(event.hash, after, number + 1 + missing):
                self._note_deleted(number, number + missing - 1, "the later ones were given lower numbers")
                self.order.shift_from(event.id, self.order.shift - missing)
                self._accept(number + missing, event.hash)
                return True
        return False

    def _from_displaced(self, event: Event, number: int) -> bool:
        """Whether an event that was found in the place of another one belongs here."""
        for other in self._displaced:
            if self._fits(self.head, other, number):
                self._displaced.remove(other)
                self._displaced.append(event)
                self.order.place(other, number)
                self._accept(number, other.hash)
                return True
        return False

    def _fill(self, event: Event, number: int) -> None:
        """The event that stands here was found to belong elsewhere: which one belongs here?"""
        if not self._from_displaced(event, number):
            self.order.leave_out(event.id)
        else:
            self._displaced.remove(event)

    def _place(self, found: Event) -> None:
        """Note an event that stands elsewhere at the number that it has in the chain."""
        number = self.last + 1
        words = found._replace(id=number).words
        self._note("reordered", number, f"{words} was moved: it stands as event {found.id}")
        self.order.place(found, number)
        self._accept(number, found.hash)

    def _missing(self, number: int, after: int | None) -> Event | None:
        """The event of a number where none stands: one with an impossible number, or one stored later."""
        for stranger in self._strangers:
            if self._fits(self.head, stranger, number):
                self._strangers.remove(stranger)
                return stranger
        return None if after is None else self._search(number, after)

    def _search(self, number: int, after: int) -> Event | None:
        """The event that follows from the present head with that number, among those stored later."""
        self._searches += 1
        if self._searches > SEARCHES:
            return None
        for event in islice(self.read(after), SEARCHED):
            if event.id not in self.order.moved and self._fits(self.head, event, number):
                return event
        return None

    def _pushed_on(self, event: Event, found: Event, number: int) -> bool:
        """Whether the events from `found` on all stand too far by as much as it: something was inserted.

        Where the chain goes on behind the place of `event`, or the row ends where `event` belongs, the events
        were only given other places.
        """
        before = found.hash
        beside = next(self.read(event.id), None)
        if beside is not None and self._fits(before, beside, number + 1):
            return False
        for other in islice(self.read(found.id), SEARCHED):
            if not self._fits(before, other, number + 1):
                break
            number, before = number + 1, other.hash
        return not self._fits(before, event, number + 1)

    def _fits(self, before: bytes, event: Event, number: int) -> bool:
        return self.rule(before, event._replace(id=number)) == event.hash

    def _accept(self, number: int, hash: bytes) -> None:
        self.last, self.head = number, hash

    def _note_deleted(self, first: int, last: int, besides: str = "the chain does not go on") -> None:
        self.lost.append(range(first, last + 1))
        self._note("deleted", first, f"{_numbers(first, last)} deleted: {besides}")

    def _note(self, kind: str, id: int, message: str) -> None:
        hint = "compare with an earlier backup: seqctl --db BACKUP audit list" if not self.breaks else None
        self.breaks.append(Finding(kind, "error", ("events", str(id)), message, hint))


def _numbers(first: int, last: int) -> str:
    return f"event {first} was" if first == last else f"events {first} to {last} were"
