"""Thousands of sequences that each got another pattern, or went: replaying that grows as the log does."""

from collections.abc import Callable

from seqctl.model.log.event import Event
from seqctl.model.log.events.book import Defined
from seqctl.model.log.replay.state import BookState
from seqctl.model.number.held_number import Held
from tests.steps import grows_evenly

PATTERN: dict[str, list[str | None]] = {"pattern": ["A{number}", "B{number}"]}
FIRST: dict[str, list[str | None]] = {"counters.all": [None, "5"]}


def changed(name: str, action: str, fields: dict[str, list[str | None]]) -> dict[str, object]:
    return {"kind": "sequence", "name": name, "action": action, "fields": fields}


def event(number: int) -> Event:
    return Event(number, "", "ada", "edit", "x", None, None, None, None, None, "", b"")


def state() -> BookState:
    return BookState(lambda id: 1, lambda id, name, shown: int(shown))


def names(size: int) -> list[str]:
    return [f"s{number}" for number in range(size)]


def test_patterns_of_many_sequences_are_replaced() -> None:
    def work(size: int) -> Callable[[], object]:
        replayed = state()
        held = [Held(id, name, "all", "", 3, 1, 3) for id, name in enumerate(names(size))]
        replayed.write(1, "issue", held)
        changes = [changed(name, "changed", PATTERN) for name in names(size)]
        return lambda: Defined("edit", "x", changes).apply(event(2), replayed)

    assert grows_evenly(work, 50)
    replayed = state()
    replayed.write(1, "issue", [Held(7, "s", "all", "", 3, 1, 3), Held(8, "t", "all", "", 2, 1, 2)])
    Defined("edit", "x", [changed("s", "changed", PATTERN)]).apply(event(2), replayed)
    assert {key: (former.last, former.pattern) for key, former in replayed.former.items()} == {
        (7, 2): (3, "A{number}")
    }


def test_many_sequences_with_first_values_are_removed() -> None:
    def work(size: int) -> Callable[[], object]:
        replayed = state()
        created = [changed(name, "created", FIRST) for name in names(size)]
        Defined("edit", "x", created).apply(event(1), replayed)
        removed = [changed(name, "removed", {}) for name in names(size)]
        return lambda: Defined("edit", "x", removed).apply(event(2), replayed)

    assert grows_evenly(work, 50)
    replayed = state()
    Defined("edit", "x", [changed(name, "created", FIRST) for name in ("s", "t")]).apply(event(1), replayed)
    Defined("edit", "x", [changed("s", "removed", {})]).apply(event(2), replayed)
    assert list(replayed.firsts.values()) == ["5"]
    Defined("edit", "x", [changed("s", "created", FIRST)]).apply(event(3), replayed)
    assert len(replayed.firsts) == 2
