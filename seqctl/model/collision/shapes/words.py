"""The shortest text that two members could both render, attributes being any text.

Both patterns are read at once, character by character. Ranges are kept to exactly; steps, the dependence of
date tokens on one day and equal values of a repeated attribute are not, so that a text found here has yet
to be proved, while none found means that there is none.
"""

from collections import deque
from collections.abc import Callable, Iterator

from seqctl.model.characters.character_set import character_set
from seqctl.model.collision.shapes.choices import Segments
from seqctl.model.collision.shapes.frames import ANY, DIGITS, SYMBOLS, symbols_of
from seqctl.model.collision.shapes.shapes import Member, Shape
from seqctl.model.pattern.compiled import ATTRIBUTE, TEXT
from seqctl.model.pattern.letters import ALPHABET
from seqctl.model.pattern.read import owned_by_open
from seqctl.model.sequence.scope import may_count
from seqctl.model.sequence.sequence import Sequence

State = tuple[int, int, int, bool, bool]
"""Part, then for a counter: length, place, whether it still lies on the lower and on the upper bound.

In an attribute the second number tells whether its last character is one that the next part could own
(1), is not (2), or whether it is empty so far (0).
"""

MOST_LISTED = 200
"""So many characters that a sequence allows are tried one by one."""

NEUTRAL = "X"
"""A character that no counter and no date token could own."""


def shortest_common_text(
    reader: "PatternReader", other: "PatternReader", spend: Callable[[int], None]
) -> str | None:
    """The shortest text that both readers accept, or None."""
    came_from: dict[tuple[State, State], tuple[tuple[State, State], str] | None] = {}
    queue: deque[tuple[State, State]] = deque()
    for pair in _pairs(reader.start(), other.start()):
        came_from.setdefault(pair, None)
        queue.append(pair)
    while queue:
        pair = queue.popleft()
        spend(8)
        if reader.at_end(pair[0]) and other.at_end(pair[1]):
            return _spelled(pair, came_from)
        for character in _shared_characters(reader, pair[0], other, pair[1]):
            for following in _pairs(reader.after(pair[0], character), other.after(pair[1], character)):
                if following not in came_from:
                    came_from[following] = (pair, character)
                    queue.append(following)
    return None


def _pairs(states: list[State], others: list[State]) -> Iterator[tuple[State, State]]:
    return ((state, other) for state in states for other in others)


def _shared_characters(
    reader: "PatternReader", state: State, other: "PatternReader", other_state: State
) -> str:
    characters, others = reader.characters(state), other.characters(other_state)
    if characters is None:
        return NEUTRAL if others is None else others
    return characters if others is None else "".join([c for c in characters if c in others])


def _spelled(
    pair: tuple[State, State],
    came_from: dict[tuple[State, State], tuple[tuple[State, State], str] | None],
) -> str:
    text = ""
    step = came_from[pair]
    while step:
        text = step[1] + text
        step = came_from[step[0]]
    return text


def characters_of(sequence: Sequence) -> str | None:
    """The characters that may stand in an attribute of a sequence, the plain one first; None: any, or so many
    that they are not told apart."""
    if sequence.characters is None:
        return None
    listed = character_set(sequence.characters).listed(MOST_LISTED)
    return NEUTRAL + listed.replace(NEUTRAL, "") if listed and NEUTRAL in listed else listed


class PatternReader:
    """Reads a member's pattern. Its parts are character sets (ANY: all), the counter, and attributes: what
    their neighbours own on either side, and whether they may be empty. A check digit is the set of those that
    its algorithm gives."""

    def __init__(self, shape: Shape, member: Member) -> None:
        self.alphabet = ALPHABET if shape.alpha else DIGITS
        self.free = characters_of(member.sequence)
        self.parts: list[tuple[str, str, bool] | str | None] = []
        self.counters: dict[int, tuple[str, str]] = {}
        self._add(shape.before, shape, member)
        self.parts.append(None)
        self._add(shape.after, shape, member)
        self._add_counters(shape, member)

    def _add(self, segments: Segments, shape: Shape, member: Member) -> None:
        whole = (*shape.before, ("N", ""), *shape.after)
        offset = 0 if segments is shape.before else len(shape.before) + 1
        pattern, scope = member.sequence.compiled, member.sequence.scope
        for index, (kind, value) in enumerate(segments, offset):
            if kind == ATTRIBUTE and value in shape.exact:
                self.parts += [ANY] * shape.exact[value]
            elif kind == ATTRIBUTE:
                left = whole[index - 1][0] if index else TEXT
                right = whole[index + 1][0] if index + 1 < len(whole) else TEXT
                owned = owned_by_open(pattern, left), owned_by_open(pattern, right)
                self.parts.append((*owned, value not in scope or may_count("", scope[value])))
            else:
                self.parts += [SYMBOLS.get(c, c) for c in symbols_of(((kind, value),), shape.years())]

    def _add_counters(self, shape: Shape, member: Member) -> None:
        for length in range(member.shortest, member.longest + 1):
            lowest, highest, _ = shape.block(length)
            values = member.values_between(lowest, highest)
            if values:
                pattern = member.sequence.compiled
                first, last = (pattern.counter_text(value) for value in values)
                self.counters[length] = first, last

    def start(self) -> list[State]:
        """The states before the first character."""
        return self._entered(0)

    def at_end(self, state: State) -> bool:
        """Whether the whole pattern is read."""
        return state[0] == len(self.parts)

    def characters(self, state: State) -> str | None:
        """The characters that may come next; None: any."""
        if self.at_end(state):
            return ""
        part = self.parts[state[0]]
        if isinstance(part, tuple) or part == ANY:
            return self.free
        if isinstance(part, str):
            return part
        _, length, place, low, high = state
        first, last = self.counters[length]
        begin = self.alphabet.index(first[place]) if low else 0
        end = self.alphabet.index(last[place]) if high else len(self.alphabet) - 1
        return self.alphabet[begin : end + 1]

    def after(self, state: State, character: str) -> list[State]:
        """The states after a character that may come next."""
        index = state[0]
        part = self.parts[index]
        if isinstance(part, str):
            return self._entered(index + 1)
        if isinstance(part, tuple):
            if state[1] == 0 and character in part[0]:
                return []
            if character in part[1]:
                return [(index, 1, 0, False, False)]
            return [(index, 2, 0, False, False), *self._entered(index + 1)]
        _, length, place, low, high = state
        if place + 1 == length:
            return self._entered(index + 1)
        first, last = self.counters[length]
        low = low and character == first[place]
        high = high and character == last[place]
        return [self._counting(index, length, place + 1, low, high)]

    def _entered(self, index: int) -> list[State]:
        """The states on reaching a part: some attributes may also be empty."""
        here: State = (index, 0, 0, False, False)
        part = self.parts[index] if index < len(self.parts) else ""
        if part is None:
            return [self._counting(index, length, 0, True, True) for length in self.counters]
        if isinstance(part, str) or not part[2]:
            return [here]
        return [here, *self._entered(index + 1)]

    def _counting(self, index: int, length: int, place: int, low: bool, high: bool) -> State:
        """A state in the counter. A bound that allows everything from here on is no bound."""
        first, last = self.counters[length]
        least, most = self.alphabet[0], self.alphabet[-1]
        low = low and first[place:] != least * (length - place)
        high = high and last[place:] != most * (length - place)
        return (index, length, place, low, high)
