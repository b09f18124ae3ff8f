"""The latest document dates of counters: what a stored latest date may be."""

from __future__ import annotations

from seqctl.model.classes import NamedTuple
from seqctl.model.log.replay.rows import COUNTER, DATE, STATE, Row


class Latest(NamedTuple):
    """The latest date of a counter's numbers, an empty text where there is none.

    `counting` is without reservations, whose dates are provisional, `standing` of all, `ever`
    of all that there ever were.
    """

    counting: str = ""
    standing: str = ""
    ever: str = ""


NONE = Latest()


class LatestDates:
    """The latest dates of all counters, gathered row by row."""

    def __init__(self) -> None:
        self.latest: dict[int, Latest] = {}

    def stand(self, rows: list[Row]) -> None:
        """Note rows that stand in the ledger."""
        for counter_id, date, state in {(row[COUNTER], row[DATE], row[STATE]) for row in rows}:
            latest = self.latest.get(counter_id, NONE)
            counting = date if state != "reserved" else ""
            if date > latest.ever or date > latest.standing or counting > latest.counting:
                bounds = (max(counting, latest.counting), max(date, latest.standing), max(date, latest.ever))
                self.latest[counter_id] = Latest(*bounds)

    def stood(self, rows: list[Row]) -> None:
        """Note rows as they once were."""
        for counter_id, date in {(row[COUNTER], row[DATE]) for row in rows}:
            latest = self.latest.get(counter_id, NONE)
            if date > latest.ever:
                self.latest[counter_id] = latest._replace(ever=date)

    def of(self, counter_id: int) -> Latest:
        """The latest dates of one counter."""
        return self.latest.get(counter_id, NONE)
