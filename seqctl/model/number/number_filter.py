"""Which numbers of the ledger somebody wants to see."""

from seqctl.model.classes import frozen


@frozen
class NumberFilter:
    """Which numbers a list shows; None: all. `sequence` before `document_type`; dates are document dates.

    `set_name` means the numbers of the sequences that a set names itself, `policy` those that a policy chose
    for, `actor` who issued them, `issued_from` and `issued_to` the instants between which, `source_actor` who
    did it elsewhere. `reason` and `note` are parts of these, whatever their capital letters. `after` is the
    cursor of a number, behind which a list begins, and `last` asks for so many of the newest.
    """

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
    set_name: str | None = None
    policy: str | None = None
    actor: str | None = None
    value: int | None = None
    issued_from: str | None = None
    issued_to: str | None = None
    reused: bool = False
    source_actor: str | None = None
    reason: str | None = None
    note: str | None = None
    after: int | None = None
    last: int | None = None
