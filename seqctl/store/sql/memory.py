"""What a store remembers from one issue to the next, as long as nobody else changed what it depends on.

Whatever changes a book leaves an event. So while the last event is the one that this store appended itself,
definitions and counters are as it left them, and looking them up again would only cost time. Where others
drew numbers since and did nothing else, the definitions still are.
"""

from seqctl.model.number.counter import Counter
from seqctl.model.number.request import Choice, Request
from seqctl.store.sql.ledger import FIND_COUNTER
from seqctl.store.sql.log import ONLY_DRAWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sql.connection import Values
    from seqctl.store.sql.log import Log

MOST = 1000
"""How many choices and counters are remembered, and how many events of others are read; beyond, it begins
anew."""


class Memory:
    """What was looked up before the event `head`.

    Who takes a counter moves it, and so it is remembered again only behind the commit.
    """

    __slots__ = ("choices", "counters", "head", "latest")

    def __init__(self) -> None:
        self.head: tuple[int, bytes] | None = None
        self.choices: dict[tuple[object, ...], Choice] = {}
        self.counters: dict[tuple[int, str, str], Counter] = {}
        self.latest: tuple[int, str, str] | None = None

    def looks(self) -> "list[tuple[str, Values]]":
        """What the next issue will ask for, if it is like the last one, with its values."""
        number, digest = self.head or (0, b"")
        asked: list[tuple[str, Values]] = [(ONLY_DRAWN, (number, digest, number))]
        return asked if self.latest is None else [*asked, (FIND_COUNTER, self.latest)]

    def choice(self, request: Request) -> Choice | None:
        """The choice that a request alike was served by."""
        return self.choices.get(_asked(request))

    def still_holds(self, log: "Log") -> bool:
        """Whether nobody wrote since, or others only drew numbers: then counters are looked up again."""
        last = log.last()
        if self.head == last:
            return True
        number, digest = self.head or (0, b"")
        if not 0 < last[0] - number <= MOST:
            return False
        if not log.only_drawn_since(number, digest):
            return False
        self.head = last
        self.counters.clear()
        return True

    def remember(self, request: Request, choice: Choice, period: str, scope: str, counter: Counter) -> None:
        """Note what an issue found and left: its choice and its counter."""
        if len(self.choices) >= MOST or len(self.counters) >= MOST:
            self.choices.clear()
            self.counters.clear()
        if choice.lasting:
            self.choices[_asked(request)] = choice
        assert choice.sequence.id is not None
        self.latest = (choice.sequence.id, scope, period)
        self.counters[self.latest] = counter


def _asked(request: Request) -> tuple[object, ...]:
    """What a choice depends on where no policy has a say."""
    return (request.target, request.sequence, request.set_name, request.owners)
