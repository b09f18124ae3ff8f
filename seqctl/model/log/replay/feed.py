"""The rows of the ledger, event by event.

A row is always written behind all rows that are there, so that in the order of their serials the events of
the rows never go back. Rows where they do are strays: somebody changed their event or their serial.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from seqctl.model.log.replay.rows import EVENT, Row


class Feed:
    """Rows read page by page. `strays` are rows that stand among those of another event, at most `most`."""

    def __init__(self, pages: Iterator[list[Row]], most: int) -> None:
        self.strays: list[Row] = []
        self.most = most
        self.rows = 0
        self._pages = pages
        self._page: list[Row] = []
        self._at = 0
        self._following = next(pages, None)
        self._highest = -(2**63)
        self._turn()

    def before(self, event_id: int) -> Iterator[Row]:
        """The next rows that were written by events below one."""
        while self._page and (row := self._page[self._at])[EVENT] < event_id:
            yield row
            self._step(1)

    def of(self, event_id: int) -> Iterator[list[Row]]:
        """The next rows that were written by one event, in lists."""
        while self._page and self._page[self._at][EVENT] == event_id:
            if self._page[-1][EVENT] == event_id:
                end = len(self._page)
            else:
                end = self._at + 1
                while self._page[end][EVENT] == event_id:
                    end += 1
            rows = self._page[self._at : end] if self._at or end < len(self._page) else self._page
            self._step(end - self._at)
            yield rows

    def _step(self, rows: int) -> None:
        self._at += rows
        if self._at == len(self._page):
            self._turn()

    def _turn(self) -> None:
        """Go on to the next page that has rows which are no strays."""
        self._page, self._at = [], 0
        while not self._page and self._following is not None:
            page, self._following = self._following, next(self._pages, None)
            self.rows += len(page)
            self._page = self._in_order(page, self._following or [])
        if self._page:
            self._highest = self._page[-1][EVENT]

    def _in_order(self, page: list[Row], following: list[Row]) -> list[Row]:
        """The rows of a page whose events do not go back; the others are strays."""
        events = [row[EVENT] for row in page]
        ahead = [row[EVENT] for row in following[:1]]
        known = [self._highest, *events, *ahead]
        if known == sorted(known):
            return page
        ahead = [row[EVENT] for row in following]
        kept = longest_ascent([event if event >= self._highest else None for event in [*events, *ahead]])
        for at, row in enumerate(page):
            if at not in kept and len(self.strays) < self.most:
                self.strays.append(row)
        return [row for at, row in enumerate(page) if at in kept]


def longest_ascent(numbers: list[int | None]) -> set[int]:
    """The places of a longest part of numbers that never goes back; None belongs to none."""
    tails: list[int] = []
    places: list[int] = []
    before: dict[int, int | None] = {}
    for at, number in enumerate(numbers):
        if number is None:
            continue
        length = bisect_right(tails, number)
        before[at] = places[length - 1] if length else None
        tails[length : length + 1] = [number]
        places[length : length + 1] = [at]
    found: set[int] = set()
    place = places[-1] if places else None
    while place is not None:
        found.add(place)
        place = before[place]
    return found
