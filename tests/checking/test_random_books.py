"""Whatever the commands do in whatever order, `check` finds no broken rule in the book that they leave."""

from hypothesis import HealthCheck, settings

from seqctl.actions.audit.verify import verify
from seqctl.actions.checking.counters import check_counters, readable_places
from seqctl.actions.checking.definitions import check_definitions
from seqctl.actions.checking.ledger import check_ledger
from seqctl.actions.checking.numbering import check_numbering
from tests.numbers.test_random_histories import History

ATTENTION = {"overdue_reservations", "unexplained_gap", "near_end"}
"""What a sound book may have: numbers that somebody has to look after."""


class CheckedHistory(History):
    """A random history that ends with a check."""

    def teardown(self) -> None:
        if hasattr(self, "store"):
            with self.store.read() as transaction:
                findings, sequences = check_definitions(transaction)
                misplaced, places = readable_places(transaction, sequences)
                broken = [*findings, *misplaced, *check_counters(transaction, places)]
                # A clock that goes back revives reservations whose key went to another request meanwhile.
                broken += [item for item in check_ledger(transaction) if item.code != "divided_key"]
                codes = {finding.code for finding in check_numbering(transaction, places)}
            assert broken == []
            assert codes <= ATTENTION
            assert verify(self.store).findings == []
        super().teardown()


class TestChecked(CheckedHistory.TestCase):  # type: ignore[misc,valid-type]
    settings = settings(
        max_examples=15, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
    )
