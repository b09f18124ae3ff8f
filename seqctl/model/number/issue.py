"""What an issue gives back: the numbers of one request, and everything that is known of them."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.number.known_number import KnownNumber


class Issue:
    """The numbers of one request, all of one counter.

    `numbers` holds (value, text, reused) in the order of issue. `issued_at` and `actor` are None where the
    numbers were only looked at. `warnings` are for stderr.
    """

    __slots__ = (
        "actor",
        "date",
        "document_type",
        "expires_at",
        "issued_at",
        "key",
        "numbers",
        "period",
        "policy",
        "record",
        "scope",
        "sequence",
        "set_name",
        "state",
        "warnings",
    )

    numbers: list[tuple[int, str, int]]
    warnings: list[str]

    def __init__(
        self,
        sequence: str,
        document_type: str,
        period: str,
        scope: str,
        date: str | None,
        state: str,
        key: str | None,
        record: str | None,
        policy: str | None,
        set_name: str | None,
    ) -> None:
        self.sequence = sequence
        self.document_type = document_type
        self.period = period
        self.scope = scope
        self.date = date
        self.state = state
        self.key = key
        self.record = record
        self.policy = policy
        self.set_name = set_name
        self.numbers = []
        self.warnings = []
        self.issued_at: str | None = None
        self.actor: str | None = None
        self.expires_at: str | None = None

    @property
    def texts(self) -> list[str]:
        """The numbers as they are printed."""
        return [text for _, text, _ in self.numbers]

    def counter_words(self) -> str:
        """The counter that the numbers come from, for messages."""
        words = f"sequence {self.sequence!r}"
        if self.scope:
            words += f" for {self.scope}"
        return words + (f" in period {self.period}" if self.period != "all" else "")

    def known(self) -> "list[KnownNumber]":
        """Each of the numbers as lists show it."""
        from seqctl.model.number.known_number import known_number

        return [known_number(self, text, value, reused) for value, text, reused in self.numbers]
