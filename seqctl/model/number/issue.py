"""What an issue gives back: the numbers of one request, and everything that is known of them."""

from seqctl.model.sequence.scope import scope_values


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

    def objects(self) -> list[dict[str, object]]:
        """One object for each number, with the names that JSON and lists show."""
        return [
            {
                "number": text,
                "value": value,
                "sequence": self.sequence,
                "document_type": self.document_type,
                "period": self.period,
                "scope": scope_values(self.scope),
                "date": self.date,
                "state": self.state,
                "key": self.key,
                "record": self.record,
                "policy": self.policy,
                "set": self.set_name,
                "reused": bool(reused),
                "issued_at": self.issued_at,
                "actor": self.actor,
                **({"expires_at": self.expires_at} if self.expires_at else {}),
            }
            for value, text, reused in self.numbers
        ]
