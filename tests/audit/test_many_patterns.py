"""Thousands of sequences that each got another pattern, or went: replaying that grows as the log does."""

from collections.abc import Callable

from seqctl.model.log.event import Event
from seqctl.model.log.replay.fold import Fold, Held
from tests.steps import grows_evenly

PATTERN: dict[str, list[str | None]] = {"pattern": ["A{number}", "B{number}"]}
FIRST: dict[str, list[str | None]] = {"counters.all": [None, "5"]}


def changed(name: str, action: str, fields: dict[str, list[str | None]]) -> dict[str, object]:
    return {"kind": "sequence", "name": name, "action": action, "fields": fields}


def event(number: int) -> Event:
    return Event(number, "", "ada", "edit", "x", None, None, None, None, None, "", b"")


def fold() -> Fold:
    return Fold(lambda id: 1, lambda name, shown: int(shown))


def names(size: int) -> list[str]:
    return [f"s{number}" for number in range(size)]


def test_patterns_of_many_sequences_are_replaced() -> None:
    def work(size: int) -> Callable[[], object]:
        replayed = fold()
        held = [Held(id, name, "all", "", 3, 1, 3) for id, name in enumerate(names(size))]
        replayed.write(1, "issue", held, ())
        changes = [changed(name, "changed", PATTERN) for name in names(size)]
        return lambda: replayed.apply(event(2), {"changes": changes})

    assert grows_evenly(work, 50)
    replayed = fold()
    replayed.write(1, "issue", [Held(7, "s", "all", "", 3, 1, 3), Held(8, "t", "all", "", 2, 1, 2)], ())
    replayed.apply(event(2), {"changes": [changed("s", "changed", PATTERN)]})
    assert {key: (former.last, former.pattern) for key, former in replayed.former.items()} == {
        (7, 2): (3, "A{number}")
    }


def test_many_sequences_with_first_values_are_removed() -> None:
    def work(size: int) -> Callable[[], object]:
        replayed = fold()
        created = [changed(name, "created", FIRST) for name in names(size)]
        replayed.apply(event(1), {"changes": created})
        removed = [changed(name, "removed", {}) for name in names(size)]
        return lambda: replayed.apply(event(2), {"changes": removed})

    assert grows_evenly(work, 50)
    replayed = fold()
    replayed.apply(event(1), {"changes": [changed(name, "created", FIRST) for name in ("s", "t")]})
    replayed.apply(event(2), {"changes": [changed("s", "removed", {})]})
    assert list(replayed.firsts.values()) == ["5"]
    replayed.apply(event(3), {"changes": [changed("s", "created", FIRST)]})
    assert len(replayed.firsts) == 2
