"""The earlier lives of the numbers of one counter: what the log records of those that were freed."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.model.number.known_number import KnownNumber
from seqctl.model.number.printed import EndedLife

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Spool, Transaction


class EarlierLives:
    """Reads the freeing events of a counter once, when the first of its numbers is asked for.

    A context: what was read lies in a spool, however many events there are.
    """

    def __init__(self, transaction: Transaction, counter_id: int) -> None:
        self.transaction = transaction
        self._counter_id = counter_id
        self._spool: Spool | None = None

    def of(self, number: KnownNumber) -> Iterator[EndedLife]:
        """The lives of a number's integer that ended before its present one, oldest first.

        A life that was reinstated is the present one.
        """
        if self._spool is None:
            self._spool = self.transaction.spool()
            for life in self.transaction.printed.ended_lives(self._counter_id):
                self._spool.add(life.value, life.event_id, tuple(life))
        for (told,) in self._spool.under(number.value):
            life = EndedLife._make(told)
            if life.serial != number.cursor:
                yield life

    def __enter__(self) -> EarlierLives:
        return self

    def __exit__(self, *_: object) -> None:
        if self._spool is not None:
            self._spool.close()
