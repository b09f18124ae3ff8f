"""A request for numbers, as `next`, `peek` and `explain` take it."""


class Request:
    """What somebody asked for: `count` numbers for `target`, a document type or a sequence name.

    `date` is the document date as it was given (a day, or an instant), or None for today; `owners` are the
    `KIND:ID` pairs that may have a set of their own, most specific first; `key` makes the request
    idempotent; `record` names the document; `confirmed` says that a person agreed to what needs a yes.
    """

    __slots__ = (
        "attributes",
        "confirmed",
        "contiguous",
        "count",
        "date",
        "key",
        "owners",
        "record",
        "sequence",
        "set_name",
        "target",
    )

    def __init__(
        self,
        target: str,
        count: int = 1,
        *,
        contiguous: bool = False,
        date: str | None = None,
        set_name: str | None = None,
        owners: tuple[tuple[str, str], ...] = (),
        sequence: str | None = None,
        attributes: dict[str, str] | None = None,
        key: str | None = None,
        record: str | None = None,
        confirmed: bool = False,
    ) -> None:
        self.target = target
        self.count = count
        self.contiguous = contiguous
        self.date = date
        self.set_name = set_name
        self.owners = owners
        self.sequence = sequence
        self.attributes = attributes or {}
        self.key = key
        self.record = record
        self.confirmed = confirmed
