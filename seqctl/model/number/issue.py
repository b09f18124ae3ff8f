"""An issue: the numbers of one request with everything that is known of them, and the event that notes it."""

from seqctl.model.text import json_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from seqctl.model.log.event import Event
    from seqctl.model.log.replay.state import BookState
    from seqctl.model.number.held_number import Held
    from seqctl.model.number.known_number import KnownNumber


class Issue:
    """The numbers of one request, all of one counter; those of ranges may be of several.

    `noted_type` is the document type as the ledger notes it: nothing for its sequence's own.
    `numbers` holds (value, text, reused) in the order of issue. `issued_at` and `actor` are None where the
    numbers were only looked at. `warnings` are for stderr. `range` is set where they come out of a range;
    then `beyond` are those of further ranges that the same request got. `references` are those of the
    numbers, in their order, by a `scheme`, where the sequence has one.
    """

    __slots__ = (
        "actor",
        "beyond",
        "date",
        "document_type",
        "expires_at",
        "issued_at",
        "key",
        "noted_type",
        "numbers",
        "period",
        "policy",
        "range",
        "record",
        "references",
        "scheme",
        "scope",
        "sequence",
        "set_name",
        "state",
        "warnings",
    )

    numbers: "list[tuple[int, str, int]]"
    warnings: "list[str]"

    def __init__(
        self,
        sequence: str,
        document_type: str,
        period: str,
        scope: str,
        date: "str | None",
        state: str,
        key: "str | None",
        record: "str | None",
        policy: "str | None",
        set_name: "str | None",
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
        self.noted_type: str | None = None
        self.numbers = []
        self.warnings = []
        self.issued_at: str | None = None
        self.actor: str | None = None
        self.expires_at: str | None = None
        self.range: str | None = None
        self.beyond: Iterable[Issue] = ()
        self.scheme: str | None = None
        self.references: list[str | None] = []

    @property
    def texts(self) -> "list[str]":
        """The numbers as they are printed."""
        texts = [text for _, text, _ in self.numbers]
        for more in self.beyond:
            texts += more.texts
        return texts

    def counter_words(self) -> str:
        """The counter that the numbers come from, for messages."""
        words = f"sequence {self.sequence!r}"
        if self.range is not None:
            return f"range {self.range!r} of {words}"
        if self.scope:
            words += f" for {self.scope}"
        return words + (f" in period {self.period}" if self.period != "all" else "")

    def known(self) -> "list[KnownNumber]":
        """Each of the numbers as lists show it."""
        from seqctl.model.number.known_number import known_number

        known = [known_number(self, text, value, reused) for value, text, reused in self.numbers]
        if self.references:
            pairs = zip(known, self.references, strict=True)
            known = [number._replace(reference=reference) for number, reference in pairs]
        for more in self.beyond:
            known += more.known()
        return known


class Issued:
    """`issue` and `reserve`: what the event of a request says, beside who made it and when.

    One of the kinds of `model/log/events/`; it stands here since `next` loads only what it needs.
    `request` is JSON text, or its parts where the event was read; `runs_before` has the gap runs that were
    issued again as they were, else None.
    """

    __slots__ = (
        *("action", "subject", "counter_id", "first", "last", "serial", "count"),
        *("period", "scope", "key", "date", "request", "rows", "runs_before"),
    )

    def __init__(
        self,
        action: str,
        subject: str,
        counter_id: "int | None",
        first: "int | None",
        last: "int | None",
        serial: "int | None",
        count: "int | None",
        period: str,
        scope: str,
        key: "str | None",
        date: "str | None",
        request: "str | dict[str, Any]",
        rows: str,
        runs_before: "list[Any] | None",
    ) -> None:
        self.action = action
        self.subject = subject
        self.counter_id = counter_id
        self.first = first
        self.last = last
        self.serial = serial
        self.count = count
        self.period = period
        self.scope = scope
        self.key = key
        self.date = date
        self.request = request
        self.rows = rows
        self.runs_before = runs_before

    def detail(self) -> str:
        """The detail as it is stored."""
        request, runs = self.request, ""
        if not isinstance(request, str):
            from seqctl.json_text import to_compact_json

            request = to_compact_json(request)
        if self.runs_before is not None:
            from seqctl.json_text import to_json

            runs = f',"runs_before":{to_json(self.runs_before)}'
        return (
            f'{{"period":{json_text(self.period)},"scope":{json_text(self.scope)}'
            f',"key":{json_text(self.key)},"date":{json_text(self.date)}'
            f',"request":{request},"rows":"{self.rows}"{runs}}}'
        )

    @classmethod
    def read(cls, event: "Event", detail: "dict[str, Any]") -> "Issued":
        """What a stored event says. Raises KeyError where its detail lacks a part."""
        request, rows, runs = detail["request"], detail["rows"], detail.get("runs_before")
        assert isinstance(request, dict)
        period, scope, key, date = detail["period"], detail["scope"], detail["key"], detail["date"]
        return cls(*event[3:10], period, scope, key, date, request, rows, runs)

    @property
    def record(self) -> object:
        """The document that the request named, of an event that was read."""
        assert isinstance(self.request, dict)
        return self.request.get("record")

    def held(self) -> "list[Held]":
        """What it gave out of its counter."""
        from seqctl.model.number.held_number import Held

        assert self.counter_id is not None
        count, low, high = self.count or 0, self.first or 0, self.last or 0
        return [Held(self.counter_id, self.subject, self.period, self.scope, count, low, high)]

    def apply(self, event: "Event", state: "BookState") -> None:
        """The counter holds what was given out."""
        state.write(event.id, self.action, self.held())
