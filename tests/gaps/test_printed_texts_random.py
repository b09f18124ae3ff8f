"""Random histories of a counter whose pattern changes: what each number is called, against a plain model."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from seqctl.actions import (
    add_sequence,
    block_gaps,
    edit_sequence,
    issue,
    list_gaps,
    reinstate,
    release,
    review_gaps,
    set_next,
    show_number,
    verify,
)
from seqctl.actions.gaps.list_gaps import GapFilter
from seqctl.errors import SeqctlError
from seqctl.model.classes import fields_of
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.request import Request
from seqctl.process import Clock
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_in_memory

STEP = 2
PATTERNS = ("A{number}", "B-{number:3}", "C{number}/x")
X = GapFilter(target="x")

HISTORIES, LENGTH = 60, 40


def history(seed: int) -> Iterator[tuple[str, Any]]:
    """A history of one kind or another, the same for each seed."""
    dice = random.Random(seed)
    for _ in range(LENGTH):
        action = dice.choice(
            (
                "issue",
                "issue",
                "release",
                "release",
                "reinstate",
                "edit",
                "slip",
                "set-next",
                "review",
                "block",
            )
        )
        if action == "slip":
            # Somebody goes too far, the pattern changes, and the counter is set back.
            yield from (("set-next", dice.randint(2, 4)), ("edit", dice.choice(PATTERNS)))
            yield from (("set-next", -dice.randint(1, 4)), ("set-next", dice.randint(1, 3)))
        elif action == "issue":
            yield action, dice.randint(1, 3)
        elif action == "edit":
            yield action, dice.choice(PATTERNS)
        elif action == "set-next":
            yield action, dice.choice((-6, -4, -2, -1, 1, 2, 3, 4))
        else:
            yield action, (dice.randint(0, 50), dice.randint(0, 6))


class Model:
    """What happened to each integer: its texts, who holds it, and the pattern when the counter passed it."""

    def __init__(self) -> None:
        self.pattern, self.last = PATTERNS[0], 1 - STEP
        self.held: dict[int, str] = {}
        self.lives: dict[int, list[str]] = {}
        self.passed: dict[int, str] = {}
        self.state: dict[int, str] = {}

    def render(self, value: int, pattern: str | None = None) -> str:
        return (pattern or self.pattern).replace(":3}", ":03}").format(number=value)

    def called(self, value: int) -> tuple[str, bool]:
        """The text of an integer that the counter has passed, and whether it never was printed."""
        if value in self.held:
            return self.held[value], False
        if self.lives.get(value):
            return self.lives[value][-1], False
        return self.render(value, self.passed[value]), True

    def listed(self) -> list[tuple[int, int, str, str, str, bool]]:
        """The gaps, as runs of integers that are alike in all that a run has in common."""
        runs: list[tuple[int, int, tuple[str, bool, str]]] = []
        for value in range(1, self.last + 1, STEP):
            if value in self.held:
                continue
            text, never = self.called(value)
            frame = text.replace(self.render(value, "{number}"), "").replace("0", "")
            alike = (self.state[value], never, frame)
            if runs and runs[-1][1] == value - STEP and runs[-1][2] == alike:
                runs[-1] = (runs[-1][0], value, alike)
            else:
                runs.append((value, value, alike))
        return [
            (first, last, self.called(first)[0], self.called(last)[0], *alike[:2])
            for first, last, alike in runs
        ]


def joined(gaps: list[dict[str, Any]]) -> list[tuple[int, int, str, str, str, bool]]:
    """Runs of the list that differ in reason or event alone, put together."""
    found: list[Any] = []
    for gap in gaps:
        frame = gap["first_number"].replace(str(gap["first"]), "").replace("0", "")
        alike = (gap["state"], gap["never_printed"], frame)
        if found and found[-1][1] == gap["first"] - STEP and found[-1][4] == alike:
            found[-1] = (found[-1][0], gap["last"], found[-1][2], gap["last_number"], alike)
        else:
            found.append((gap["first"], gap["last"], gap["first_number"], gap["last_number"], alike))
    return [(*run[:4], *run[4][:2]) for run in found]


def _one(values: list[int], what: Any) -> int | None:
    return values[what[0] % len(values)] if values and isinstance(what, tuple) else None


def act(store: SqliteStore, model: Model, action: str, what: Any) -> None:
    """Do one thing in both; the model says whether it can be done."""
    among = {"release": model.held, "reinstate": model.state, "review": model.state, "block": model.state}
    value = _one(sorted(among.get(action, ())), what)
    if action == "issue":
        given = issue(store, Request("x", what))
        for at, text, _ in given.numbers:
            assert text == model.render(at)
            model.held[at] = text
            model.passed.setdefault(at, model.pattern)
            model.state.pop(at, None)
            model.last = max(model.last, at)
    elif action == "release" and value is not None:
        release(store, [model.held[value]], "why")
        model.lives.setdefault(value, []).append(model.held.pop(value))
        model.state[value] = "reusable"
    elif action == "reinstate" and value is not None and model.state[value] != "blocked":
        texts = model.lives.get(value, [])
        if texts:
            reinstate(store, [texts[-1]], "why")
            model.held[value] = texts[-1]
            del model.state[value]
    elif action == "edit" and what != model.pattern:
        edit_sequence(store, "x", {"pattern": what})
        model.pattern = what
    elif action == "set-next":
        # Not before the first value: a counter that was set back so far begins anew.
        following = max(model.last + STEP + what * STEP, max(model.held, default=1) + STEP)
        set_next(store, "x", str(following), "why")
        for at in range(model.last + STEP, following, STEP):
            model.passed[at], model.state[at] = model.pattern, "blocked"
        for at in [at for at in model.passed if at >= following]:
            del model.passed[at]
            model.state.pop(at, None)
        model.last = following - STEP
    elif action in ("review", "block") and value is not None:
        last = value
        while last < value + what[1] * STEP and last + STEP in model.state:
            last += STEP
        to = {"review": "review", "block": "blocked"}[action]
        values = range(value, last + 1, STEP)
        if all(model.state.get(at, to) != to for at in values):
            words = "..".join(model.called(at)[0] for at in (value, last))
            (review_gaps if action == "review" else block_gaps)(store, X, [words], "why")
            model.state.update(dict.fromkeys(values, to))


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_each_number_is_called_by_what_was_printed(seed: int) -> None:
    with open_in_memory("a", Clock(), "UTC") as store:
        add_sequence(store, "x", {"pattern": PATTERNS[0], "step": str(STEP)})
        model = Model()
        act(store, model, "issue", 1)
        for action, what in history(seed):
            act(store, model, action, what)
            assert joined([fields_of(gap) for gap in list_gaps(store, X)]) == model.listed()
        named = {}
        for value, texts in model.lives.items():
            for text in texts:
                named[text] = value
        for value, text in model.held.items():
            named[text] = value
        for text, value in named.items():
            found = show_number(store, text, NumberFilter())
            state = "issued" if value in model.held else model.state.get(value, "unissued")
            assert (found.number.value, found.number.state) == (value, state), text
            if value in model.passed:
                assert found.number.number == model.called(value)[0]
        assert verify(store).findings == []


def test_a_text_that_no_number_had_is_not_understood() -> None:
    with open_in_memory("a", Clock(), "UTC") as store:
        add_sequence(store, "x", {"pattern": PATTERNS[0]})
        issue(store, Request("x", 3))
        edit_sequence(store, "x", {"pattern": PATTERNS[1]})
        try:
            show_number(store, "A9", NumberFilter())
        except SeqctlError as error:
            assert error.code == "not_found"
