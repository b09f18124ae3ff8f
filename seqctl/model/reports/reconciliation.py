"""The ledger against the documents that really exist: documents, and where the two differ."""

from seqctl.model.classes import NamedTuple, frozen
from seqctl.model.text import shell_word


class Document(NamedTuple):
    """A document as its own system knows it: where it stands in the file, its number, date and state."""

    line: int
    number: str
    date: str | None = None
    void: bool = False


class Posted(NamedTuple):
    """A document beside the number of the ledger that it holds; without one `serial` and the rest are None.

    `domain` says in which periods the number lies, and `period` in which one the ledger's number does, where
    numbers of several periods may be alike.
    """

    place: int
    line: int
    number: str
    date: str | None
    void: int
    domain: str | None
    serial: int | None = None
    state: str | None = None
    ledger_date: str | None = None
    expires_at: str | None = None
    sequence: str | None = None
    period: str | None = None

    def overdue(self, now: str) -> bool:
        """Whether it holds a reservation whose deadline has passed, so that the ledger counts it as freed."""
        return self.state == "reserved" and self.expires_at is not None and self.expires_at <= now


class PlacedDocument(NamedTuple):
    """A document as it is put beside the ledger; `domain` says in which periods its number lies."""

    line: int
    number: str
    date: str | None
    void: bool
    domain: str | None


class ComparedCounter(NamedTuple):
    """A counter whose numbers are compared with documents.

    `by_period` says whether its texts are unique within its period only, from `low` to `high`; `undated`
    whether a document without a date may belong here.
    """

    counter_id: int
    by_period: bool
    low: str | None
    high: str | None
    undated: bool


class Namesake(NamedTuple):
    """Another document of a text, and whether its number is the only one of that text."""

    document: Posted
    single: bool


class DatedBackward(NamedTuple):
    """A document dated before the nearest dated one with a lower number of its counter, and that one."""

    document: Posted
    before: Posted


@frozen
class Limits:
    """Which numbers of the ledger must have a document: those of a period, a scope, or with such dates.

    Numbers without a date belong to the window of their neighbours.
    """

    date_from: str | None = None
    date_to: str | None = None
    period: str | None = None
    scope: tuple[tuple[str, str], ...] = ()


@frozen
class Difference:
    """One finding: the number that it is about, what is wrong and how to fix it.

    `state` is that of the number in the ledger, as far as it is known there; `other_line` is where the same
    number stands too, and `action` what was done about it.
    """

    code: str
    severity: str
    number: str
    message: str
    hint: str | None
    line: int | None = None
    sequence: str | None = None
    date: str | None = None
    state: str | None = None
    other_line: int | None = None
    action: str | None = None


def _named(number: str, sequence: str | None, period: str | None) -> str:
    """How a command names a number: with its period where numbers of several periods may be alike."""
    word = shell_word(number)
    return f"{word} --sequence {shell_word(sequence)} --period {period}" if period and sequence else word


def unposted(
    number: str, sequence: str, date: str | None, period: str | None = None, action: str | None = None
) -> Difference:
    """A number is issued, and no document has it. `period` is given where numbers of several may be alike."""
    message = f"issued{f' with the date {date}' if date else ''}, and no document has it"
    word = _named(number, sequence, period)
    hint = f"post the document; if it never came to be: seqctl release {word} --reason TEXT"
    if action is not None:
        hint = f"if its document turns up: seqctl reinstate {word} --reason TEXT"
    return Difference(
        "unposted", "error", number, message, hint, None, sequence, date, "issued", action=action
    )


def ambiguous(document: Posted, periods: list[str], state: str | None = None) -> Difference:
    """A document without a date has a text that names numbers of several periods."""
    listed = ", ".join(periods[:-1]) + f" or {periods[-1]}"
    message = f"it may be the number of {listed}: the document has no date that tells"
    hint = "name the column of the dates with --date-column, or compare one period: --period KEY"
    return Difference(
        *("ambiguous_number", "error", document.number, message, hint, document.line), state=state
    )


def duplicate(document: Posted, other: Posted) -> Difference:
    """A number stands on two documents."""
    message = f"on two documents, in lines {other.line} and {document.line}"
    hint = "give one of them a number of its own"
    return Difference(
        *("duplicate", "error", document.number, message, hint, document.line, other.sequence),
        date=document.date,
        state=other.state,
        other_line=other.line,
    )


def out_of_date_order(document: Posted, before: Posted, severity: str) -> Difference:
    """A document is dated before the one that has the number before it."""
    message = f"the document is dated {document.date}, and {before.number} before it is dated {before.date}"
    hint = "check the dates of both documents"
    return Difference(
        *("out_of_date_order", severity, document.number, message, hint, document.line, document.sequence),
        date=document.date,
        state=document.state,
        other_line=before.line,
    )


def differences(document: Posted) -> list[Difference]:
    """What is wrong between a document and the number of the ledger that it holds."""
    word = _named(document.number, document.sequence, document.period)
    found = []

    def note(code: str, severity: str, message: str, hint: str) -> None:
        found.append(
            Difference(
                *(code, severity, document.number, message, hint, document.line, document.sequence),
                date=document.date,
                state=document.state,
            )
        )

    if document.state == "void" and not document.void:
        hint = (
            f"void the document; if the number was voided by mistake: seqctl reinstate {word} --reason TEXT"
        )
        note("void_but_posted", "error", "void in the ledger, and a document has it", hint)
    if document.state == "reserved":
        message = f"reserved until {document.expires_at}, and a document has it already"
        note("reserved_but_posted", "error", message, f"confirm it with: seqctl confirm {word}")
    if document.state == "issued" and document.void:
        hint = f"void it with: seqctl void {word} --reason TEXT"
        note("void_in_documents", "error", "issued in the ledger, and its document is void", hint)
    if document.date is not None and document.ledger_date not in (None, document.date):
        message = f"the document is dated {document.date}, the number {document.ledger_date}"
        note(
            "date_differs",
            "warning",
            message,
            "check which date is right, and fix the document if it is not",
        )
    return found
