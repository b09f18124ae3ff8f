"""Which numbers of the ledger somebody wants to see."""

from seqctl.model.classes import frozen


@frozen
class NumberFilter:
    """Which numbers a list shows; None: all. `sequence` before `document_type`; dates are document dates."""

    sequence: str | None = None
    document_type: str | None = None
    state: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    period: str | None = None
    scope: tuple[tuple[str, str], ...] = ()
    record: str | None = None
    key: str | None = None
    limit: int | None = None
