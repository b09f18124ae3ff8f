"""Rows of the ledger as they were written, put together from what stands now and what later events kept.

A row here is a tuple of the columns of `held_number.ROW`, with an empty text for NULL: so it is hashed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

from seqctl.model.classes import NamedTuple
from seqctl.model.log.event import Event
from seqctl.model.log.lead import FIELD_END
from seqctl.model.number.counter_name import JoinedDomain
from seqctl.model.number.held_number import ROW, whole_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.model.log.events.numbers import RowsChanged, RowsFreed

    Row = tuple[Any, ...]
else:
    Row = tuple

COUNTER, DOMAIN, DATE, STATE, POLICY, EVENT, SERIAL, VALUE, TEXT, REUSED, CHANGE = (
    ROW.index(name)
    for name in (
        *("counter_id", "uniqueness_id", "date", "state", "policy", "event_id", "serial", "value", "text"),
        *("reused", "change_id"),
    )
)


class Change(NamedTuple):
    """What an event did to one row: the row before it, or None where it came back, and the row behind it, or
    None where it went."""

    event_id: int
    action: str
    before: Row | None
    after: Row | None

    @property
    def known(self) -> Row:
        """The row before or behind it, whichever there is."""
        row = self.before or self.after
        assert row is not None
        return row


Tell = Callable[[Change, "Row | None"], None]
"""Told where a row is not as a change left it, with the row that is there instead."""


def hashed(rows: Iterable[Row]) -> bytes:
    """The bytes of rows as the hash of an event covers them; docs/log.md states the form.

    The event that changed a row is no part of it: a row that was never changed has none, and stands here as
    it was written. Where there is one, the bytes are none that an event can have covered.
    """
    lines = [
        f"{a}\x1f{b}\x1f{c}\x1f{d}\x1f{e}\x1f{f}\x1f{g}\x1f{h}\x1f{i}\x1f{j}\x1f{k}\x1f{l}\x1f{m}\x1f{n}\x1f{o}"
        f"{type_ and f'{FIELD_END}{type_}'}\x1e{change}"
        for a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, type_, change in rows  # noqa: E741
    ]
    return "".join(lines).encode("utf-8", "surrogateescape")


def as_hashed(row: Row, joined: Mapping[int, JoinedDomain]) -> Row:
    """A row with the domain by which it is hashed, in place of the one that this was joined to since."""
    domain = joined.get(row[COUNTER])
    if domain is None or row[DOMAIN] != domain.now:
        return row
    return (row[COUNTER], domain.made, *row[DOMAIN + 1 :])


def _as_made(row: Row, joined: Mapping[int, JoinedDomain]) -> Row:
    """A row that an event kept, with the domain by which it is hashed, whenever it was joined to others."""
    domain = joined.get(row[COUNTER])
    return row if domain is None else (row[COUNTER], domain.made, *row[DOMAIN + 1 :])


def changes_of(
    event: Event, said: RowsChanged | RowsFreed, joined: Mapping[int, JoinedDomain]
) -> Iterator[Change]:
    """What an event did to rows. Raises what a detail of another form raises."""
    back = said.rows_after or ()
    for kept in back:
        yield Change(event.id, event.action, None, _as_made(_whole(kept), joined))
    each = said.each or [{}] * (len(said.rows_before) + len(back))
    if len(each) != len(said.rows_before) + len(back):
        raise ValueError("what differs from row to row is not that of these rows")
    for kept, own in zip(said.rows_before, each, strict=False):
        before = _as_made(_whole(kept), joined)
        columns = {name: value for name, value in own.items() if name in ROW}
        left = None if said.after is None else _changed(before, said.after | columns, event.id)
        yield Change(event.id, event.action, before, left)


def _whole(kept: Iterable[object]) -> Row:
    """A row that an event kept. Raises ValueError where it has other columns than a row has."""
    row = plain(whole_row(tuple(kept)))
    if len(row) != len(ROW):
        raise ValueError("a row that was kept has other columns")
    return row


def plain(row: Iterable[object]) -> Row:
    """A row as it is hashed: an empty text for NULL."""
    return tuple("" if value is None else value for value in row)


def as_written(rows: Iterable[Row], changes: Iterable[list[Change]], tell: Tell) -> Iterator[Row]:
    """The rows of one event as it wrote them, by serial, from those that stand now and what was kept.

    `changes` has those of each row, oldest first, rows by their serials. Tells where a row is not as the
    changes left it: one after the other, and in the ledger.
    """
    waiting = iter(changes)
    coming = next(waiting, None)
    for row in rows:
        while coming is not None and _serial(coming) < row[SERIAL]:
            yield from _written(coming, None, tell)
            coming = next(waiting, None)
        if coming is not None and _serial(coming) == row[SERIAL]:
            yield from _written(coming, row, tell)
            coming = next(waiting, None)
        else:
            yield row
    while coming is not None:
        yield from _written(coming, None, tell)
        coming = next(waiting, None)


def _serial(changes: list[Change]) -> int:
    return int(changes[0].known[SERIAL])


def _written(changes: list[Change], row: Row | None, tell: Tell) -> Iterator[Row]:
    for change, following in pairwise(changes):
        if change.after != following.before:
            tell(change, following.before)
    if changes[-1].after != row:
        tell(changes[-1], row)
    if changes[0].before is not None:
        yield changes[0].before


def _changed(before: Row, after: dict[str, object], event_id: int) -> Row:
    row = list(before)
    for name, value in after.items():
        row[ROW.index(name)] = "" if value is None else value
    row[CHANGE] = event_id
    return tuple(row)
