"""What a process remembers from one issue to the next, as long as nobody else changed what it depends on.

Whatever changes a book leaves an event. So while the last event is the one that this process appended itself,
definitions and counters are as it left them, and looking them up again would only cost time. Where others
drew numbers since and did nothing else, the definitions still are.
"""

from seqctl.model.number.counter import Counter
from seqctl.model.number.request import Choice, Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.issuing.look import Draw
    from seqctl.store.port import Transaction

MOST = 1000
"""How many choices and counters are remembered, and how many events of others are read; beyond, it begins
anew."""


class Recall:
    """What was looked up before the event `head`. `zone` is the book's; `serial` the next one."""

    __slots__ = ("choices", "counters", "head", "serial", "uniqueness", "unmixed", "zone")

    def __init__(self) -> None:
        self.head: tuple[int, bytes] | None = None
        self.zone: str | None = None
        self.serial = 0
        self.choices: dict[tuple[object, ...], Choice] = {}
        self.counters: dict[tuple[int, str, str], Counter] = {}
        self.unmixed: set[str] = set()
        self.uniqueness = 0

    def choice(self, request: Request) -> Choice | None:
        """The choice that a request alike was served by."""
        return self.choices.get(_asked(request))

    def counter(self, sequence_id: int, scope: str, period: str) -> Counter | None:
        """The counter as it was left."""
        return self.counters.get((sequence_id, scope, period))

    def catch_up(self, transaction: "Transaction") -> bool:
        """Whether others only drew numbers since; then counters are looked up again, and nothing else is."""
        number, digest = self.head or (0, b"")
        last = transaction.log.last()
        if not 0 < last[0] - number <= MOST:
            return False
        found = transaction.log.drawn_since(number, digest)
        if found is None:
            return False
        self.serial, uniqueness = found
        self.head = last
        self.counters.clear()
        if uniqueness != self.uniqueness:
            self.unmixed.clear()
            self.uniqueness = uniqueness
        return True

    def remember(self, transaction: "Transaction", draw: "Draw", serial: int) -> None:
        """Note what an issue found and left, after its commit. `serial` is the next one."""
        if len(self.choices) >= MOST or len(self.counters) >= MOST:
            self.choices.clear()
            self.counters.clear()
        self.head = transaction.log.head
        self.serial = serial
        choice, outcome = draw.choice, draw.outcome
        if choice.lasting:
            choice.sequence.self_issued = choice.sequence.used = True
            self.choices[_asked(draw.request)] = choice
        self.counters[draw.sequence_id, outcome.scope, outcome.period] = draw.counter


def still_valid(transaction: "Transaction") -> Recall | None:
    """What the store remembers, if nobody wrote since; what is outdated is forgotten."""
    store = transaction.store
    recall: Recall | None = store.recall
    if recall is not None and recall.head != transaction.log.last() and not recall.catch_up(transaction):
        store.recall = recall = None
    return recall


def _asked(request: Request) -> tuple[object, ...]:
    """What a choice depends on where no policy has a say."""
    return (request.target, request.sequence, request.set_name, request.owners)
