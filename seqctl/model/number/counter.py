"""The counter: where one (sequence, scope, period) stands, and every way in which it moves.

State, not definition. Nobody else changes a counter: what issues, assigns, adopts, frees, explains gaps, sets
the next number or reads the log back calls these verbs.
"""


class Counter:
    """`first` is the counter's first value and `last` the highest one that it gave out or passed over.

    A counter that gave out nothing has a `last` one step below `first`. `accounted` counts the integers that
    are held or explained by a gap run, `reusable` those to be issued again, `reserved` those held by a
    reservation; `latest_date` is the latest document date of its held
    numbers, and `latest_value` the highest of them that carries it. Where that one is not known any more it
    is None, and `latest_date` is an upper bound.

    Its texts are unique within `domain_id`; `uniqueness_id` is the domain that it was made with, by which its
    rows are hashed. `mixed` says that texts unique always and texts unique within a period meet in its space:
    then no index sees every clash.
    """

    __slots__ = (
        "accounted",
        "domain_id",
        "first",
        "id",
        "last",
        "latest_date",
        "latest_value",
        "mixed",
        "reserved",
        "reusable",
        "uniqueness_id",
    )

    def __init__(
        self,
        id: "int | None",
        uniqueness_id: "int | None",
        first: int,
        last: int,
        accounted: int = 0,
        reusable: int = 0,
        reserved: int = 0,
        latest_date: "str | None" = None,
        latest_value: "int | None" = None,
        domain_id: "int | None" = None,
        mixed: bool = False,
    ) -> None:
        self.id = id
        self.uniqueness_id = uniqueness_id
        self.first = first
        self.last = last
        self.accounted = accounted
        self.reusable = reusable
        self.reserved = reserved
        self.latest_date = latest_date
        self.latest_value = latest_value
        self.domain_id = domain_id
        self.mixed = mixed

    @classmethod
    def unused(cls, first: int, step: int) -> "Counter":
        """A counter that the book does not hold yet."""
        return cls(None, None, first, first - step)

    @property
    def used(self) -> bool:
        """Whether the counter gave out or passed over anything."""
        return self.last >= self.first

    def begin(self, first: int, step: int) -> None:
        """Set the first value of a counter that was never used."""
        self.first, self.last = first, first - step

    def hold(self, count: int, low: int, high: int) -> None:
        """Documents hold so many more integers, the lowest and highest of which are given.

        A counter that was never used begins at the lowest; a next value above the highest stays.
        """
        if low < self.first or self.last < self.first:
            self.first = low
        if high > self.last:
            self.last = high
        self.accounted += count

    def reserve(self, count: int) -> None:
        """So many of the held integers are only reserved; their dates are provisional and do not count."""
        self.reserved += count

    def confirm(self, count: int) -> None:
        """So many reservations are none any more, and stay held."""
        self.reserved -= count

    def free(self, count: int, reserved: int) -> None:
        """No document holds so many of the integers any more, some of which were reserved."""
        self.accounted -= count
        self.reserved -= reserved

    def pass_over(self, last: int) -> None:
        """Go on behind a value at least: nothing up to it is given out as a new one any more."""
        if last > self.last:
            self.last = last

    def account_from(self, first: int) -> None:
        """Account for every integer from this one on: a range that is annulled, or opened again."""
        self.first = first

    def go_back(self, following: int, step: int) -> None:
        """Go on at a value that nothing from there on is held of."""
        self.last = following - step

    def explain(self, integers: int, state: str) -> None:
        """A gap run holds so many more integers."""
        self.accounted += integers
        if state == "reusable":
            self.reusable += integers

    def expose(self, integers: int, state: str) -> None:
        """A gap run holds so many integers no more."""
        self.explain(-integers, state)

    def date(self, day: "str | None", value: int) -> None:
        """The held number of a value carries a document date that counts for the order of dates."""
        latest = self.latest_date
        if day is None or (latest is not None and day < latest):
            return
        if day != latest:
            self.latest_date, self.latest_value = day, value
        elif self.latest_value is not None or value == self.last:
            self.latest_value = max(value, self.latest_value or value)

    def undate(self, days: "set[str | None]") -> None:
        """Numbers of these dates change: where one may have been the latest, only the bound stays."""
        if self.latest_date in days:
            self.latest_value = None

    def look_up_latest(self, found: "tuple[str, int] | None") -> None:
        """The latest date and the highest value that carries it, looked for among all held numbers."""
        self.latest_date, self.latest_value = found or (None, None)
