"""A counter counted anew: what its row says beside what the ledger and the gap runs really hold."""

from seqctl.model.classes import NamedTuple


class Recount(NamedTuple):
    """One counter as it is stored, with its sequence's rules, and what was counted of it.

    `stored_domain` and `right_domain` are document type and period within which its texts are unique: as
    stored, and as the sequence has it. `latest_counting` leaves out reservations, whose
    dates are provisional. `strays` are held numbers of another domain than the counter's,
    `off_grid` those between the steps, `outside` those below start or above end; `open_ended` those whose
    deadline does not go with their state.
    """

    id: int
    sequence: str
    period: str
    scope: str
    mode: str
    used: int
    start: int
    step: int
    end: int | None
    first: int
    last: int
    accounted: int
    reusable: int
    reserved: int
    latest_date: str | None
    latest_value: int | None
    stored_domain: tuple[str, str]
    right_domain: tuple[str, str]
    date_at_latest: str | None
    held: int
    lowest: int | None
    highest: int | None
    held_reserved: int
    earliest: str | None
    latest: str | None
    latest_counting: str | None
    off_grid: int
    outside: int
    strays: int
    open_ended: int
    in_runs: int
    in_reusable: int


class BadRun(NamedTuple):
    """A gap run that breaks a rule: the ids of its run and counter, and where it lies."""

    counter_id: int
    first: int
    last: int
    state: str


class EndedReservations(NamedTuple):
    """How many reservations of a counter are past their deadline, and the earliest deadline."""

    counter_id: int
    numbers: int
    since: str


class LedgerTotal(NamedTuple):
    """Integers of all counters that no document holds, and numbers held by reservations."""

    unheld: int
    reserved: int


class BlankText(NamedTuple):
    """An empty text in a column that is either filled or NULL, and the number of its row."""

    column: str
    number: str


class Alike(NamedTuple):
    """A text that the ledger holds more often than its uniqueness allows."""

    text: str
    document_type: str
    times: int
