"""What tests of conformance ask of a book, in few words."""

from collections.abc import Callable

import pytest

from seqctl.actions import check, issue, list_gaps, list_numbers, state_completeness, verify
from seqctl.actions.gaps.list_gaps import GapFilter
from seqctl.errors import SeqctlError
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.request import Request
from seqctl.store.port import Store

ATTENTION = ("unexplained_gap", "overdue_reservations", "exhausted")
"""Findings of `check` about the numbering, which a sound book may have."""


def seeds(count: int) -> Callable[..., Callable[..., None]]:
    """Runs a test with each of so many seeds; `-k seed-17` runs it with one."""
    return pytest.mark.parametrize("seed", range(count), ids=lambda seed: f"seed-{seed}")


def next_texts(store: Store, target: str, count: int = 1, **options: object) -> list[str]:
    """The numbers that an issue gives."""
    return issue(store, Request(target, count, **options)).texts  # type: ignore[arg-type]


def held(store: Store, **wanted: object) -> list[tuple[str, str]]:
    """The held numbers with their states, in the order of issue."""
    chosen = NumberFilter(**wanted)  # type: ignore[arg-type]
    return [(item.number, item.state) for item in list_numbers(store, None, chosen)]


def gaps(store: Store, target: str) -> list[tuple[str, str, str]]:
    """The gaps of a target: first, last and state of each run."""
    return [
        (item.first_number, item.last_number, item.state)
        for item in list_gaps(store, GapFilter(target=target))
    ]


def refused(act: Callable[[], object]) -> str:
    """The code of the error with which something is refused."""
    try:
        given = act()
    except SeqctlError as error:
        return error.code
    pytest.fail(f"it was not refused and gave {given!r}")


def is_sound(store: Store, *besides: str) -> None:
    """Nothing in the book contradicts itself, and every integer of every counter is accounted for.

    `besides` are codes of findings that this book may have as well.
    """
    assert [item for item in check(store) if item.code not in (*ATTENTION, *besides)] == []
    verification = verify(store)
    assert verification.findings == []
    assert [item for item in state_completeness(store) if not item.proved] == []
