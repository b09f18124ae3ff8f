"""The counter: where one (sequence, scope, period) stands. State, not definition."""


class Counter:
    """`first` is the counter's first value and `last` the highest one that it gave out or passed over.

    A counter that gave out nothing has a `last` one step below `first`. `accounted` counts the integers that
    are held or explained by a gap run, `reusable` those to be given out again, `reserved` those held by a
    reservation; `latest_date` is the latest document date of its held
    numbers, and `latest_value` the highest of them that carries it.
    """

    __slots__ = (
        "accounted",
        "first",
        "id",
        "last",
        "latest_date",
        "latest_value",
        "reserved",
        "reusable",
        "uniqueness_id",
    )

    def __init__(
        self,
        id: int | None,
        uniqueness_id: int | None,
        first: int,
        last: int,
        accounted: int = 0,
        reusable: int = 0,
        reserved: int = 0,
        latest_date: str | None = None,
        latest_value: int | None = None,
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

    @property
    def used(self) -> bool:
        """Whether the counter gave out or passed over anything."""
        return self.last >= self.first
