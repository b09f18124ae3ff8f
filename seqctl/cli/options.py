"""Options that several commands share, and the reading of their values."""

from seqctl.cli.grammar.declaration import Annotated, Form, argument, option
from seqctl.days import date
from seqctl.errors import UsageError
from seqctl.model.text import composed, document_type_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.reports.windows import Window

MOST_DIGITS = 20
"""Most digits of a number on the command line: no count and no counter has more."""

LARGEST = 2**63 - 1
"""The largest integer that a book holds: no list has more rows, and no cursor lies behind it."""


def whole(given: str) -> int:
    """A whole number as people write it, in digits alone: `1_0`, which Python reads as 10, is a slip."""
    digits = given.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
        raise ValueError(f"{given[: MOST_DIGITS + 3]!r} is not a whole number")
    return int(given)


def limit(given: str) -> int:
    """The most rows of a list: a whole number that is not negative."""
    if given.startswith("-"):
        raise ValueError(f"{given!r} is not a number of rows")
    return min(whole(given), LARGEST)


def integer(given: str) -> int:
    """An integer of a counter. Raises ValueError for one that no counter has."""
    value = whole(given)
    if abs(value) > LARGEST:
        raise ValueError(f"{given} is larger than any number")
    return value


def day(given: str) -> date:
    """A day. Raises UsageError for what is none."""
    from seqctl.model.time.instant import check_day

    return date.fromisoformat(check_day(given))


def day_or_none(given: str | None) -> str | None:
    """The day of a filter, as text; None where it is not given. Raises UsageError for what is no day."""
    return None if given is None else day(given).isoformat()


def type_name(given: str | None) -> str | None:
    """A document type in snake case; None where it is not given."""
    return None if given is None else document_type_name(composed(given))


def window(date_from: str | None, date_to: str | None) -> tuple[str | None, str | None]:
    """The days of --from and --to. Raises UsageError for what is not a day, and where no day lies between."""
    first, last = day_or_none(date_from), day_or_none(date_to)
    if first is not None and last is not None:
        check_window(first, last)
    return first, last


def window_of(date_from: str | None, date_to: str | None) -> "Window":
    """The window of time of --from and --to. Raises UsageError as `window` does."""
    from seqctl.model.reports.windows import Window

    return Window(*window(date_from, date_to))


def instants(what: str, first: str | None, last: str | None) -> tuple[str | None, str | None]:
    """The first and last instant of --WHAT-from and --WHAT-to, each a day or an instant in UTC.

    Raises UsageError for what is none, and where no time lies between.
    """
    if first is None and last is None:
        return None, None
    from seqctl.actions.audit.log import first_instant, last_instant

    at_from = None if first is None else first_instant(first)
    at_to = None if last is None else last_instant(last)
    if at_from is not None and at_to is not None and at_from > at_to:
        raise UsageError(f"--{what}-from {first} is after --{what}-to {last}", "write the earlier one first")
    return at_from, at_to


def check_window(first: str, last: str) -> None:
    """Raise UsageError where a window ends before it begins; both ends are dates or instants of one form."""
    if first > last:
        raise UsageError(f"--from {first} is after --to {last}", "give the earlier date with --from")


def named_target(help: str, metavar: str = "TARGET") -> Form:
    """The argument that names a sequence or a document type; `help` says which of them comes first."""
    return argument(metavar=metavar, read=composed, help=help, complete="targets")


Target = Annotated[
    str,
    argument(metavar="TARGET", help="A document type or a sequence.", complete="targets"),
]
Count = Annotated[int, option("-n", "--count", metavar="COUNT", read=whole, help="How many numbers.")]
Contiguous = Annotated[bool, option("--contiguous", help="Only new numbers, in one run.")]
WithReference = Annotated[
    bool, option("--reference", help="Print NUMBER<tab>REFERENCE, the payment reference.")
]
OfNumber = Annotated[
    str | None,
    option("--of", metavar="NUMBER", help="Use the owners, set and scope of this number."),
]
DocumentType = Annotated[
    str | None,
    option("--type", metavar="TYPE", help="The document type, if the sequence numbers several."),
]
DocumentDate = Annotated[
    str | None,
    option("--date", metavar="DATE", help="The document date or instant. Default: today."),
]
SetName = Annotated[
    str | None,
    option("--set", metavar="NAME", help="Use this set.", complete="sets"),
]
Owners = Annotated[
    list[str] | None,
    option("--for", metavar="KIND:ID", help="Whose set to use, most specific first."),
]
RangeId = Annotated[
    str | None,
    option("--range", metavar="ID", read=composed, help="Take numbers from this range only."),
]
SequenceName = Annotated[
    str | None,
    option(
        "--sequence",
        metavar="NAME",
        read=composed,
        help="Use this sequence.",
        complete="sequences",
    ),
]
Attributes = Annotated[
    list[str] | None,
    option("--attr", metavar="NAME=VALUE", help="An attribute of the record."),
]
DATE_FORMAT = option("--date-format", metavar="FORMAT", help="How dates are written, as in DD.MM.YYYY.")
ENCODING = option("--encoding", metavar="NAME", help="How the file is encoded. Default: UTF-8 or UTF-16.")
DECIMAL = option(
    "--decimal",
    metavar="MARK",
    choices=("point", "comma"),
    help="The decimal separator of amounts in the file.",
)
DateFormat = Annotated[str | None, DATE_FORMAT]
Encoding = Annotated[str | None, ENCODING]
Decimal = Annotated[str | None, DECIMAL]
Key = Annotated[
    str | None,
    option("--key", metavar="KEY", help="Makes the request repeatable: same key, same numbers."),
]
Record = Annotated[str | None, option("--record", metavar="TEXT", help="The document that holds the number.")]
Yes = Annotated[bool, option("--yes", help="Answer yes to every question.")]
DRY_RUN = option("--dry-run", help="Show what would happen; change nothing.")
DryRun = Annotated[bool, DRY_RUN]
REASON = option("--reason", metavar="TEXT", help="Why; kept in the log.")
Reason = Annotated[str, REASON]
OptionalReason = Annotated[str | None, REASON]
DateFrom = Annotated[str | None, option("--from", metavar="DATE", help="First document date.")]
DateTo = Annotated[str | None, option("--to", metavar="DATE", help="Last document date.")]
InSet = Annotated[
    str | None,
    option(
        "--set",
        metavar="NAME",
        read=composed,
        help="Only the members of this set.",
        complete="sets",
    ),
]
OfType = Annotated[str | None, option("--type", metavar="TYPE", help="All sequences of this document type.")]
Limit = Annotated[int | None, option("--limit", metavar="N", read=limit, help="Show at most N lines.")]
Columns = Annotated[
    str | None,
    option("--columns", metavar="A,B,C", help="Show only these columns, in this order."),
]
Last = Annotated[
    int | None,
    option("--last", metavar="N", read=limit, help="Show the newest N, in the same order."),
]
AfterNumber = Annotated[
    int | None,
    option(
        "--after",
        metavar="CURSOR",
        read=limit,
        help="Start after the number with this cursor, as JSON shows it.",
    ),
]
Period = Annotated[str | None, option("--period", metavar="KEY", help="A period, as lists show it: 2026-05.")]
Scope = Annotated[
    list[str] | None,
    option("--scope", metavar="NAME=VALUE", help="A scope attribute of the counter."),
]


def columns(given: str | None, known: tuple[str, ...]) -> tuple[str, ...] | None:
    """The columns that --columns names; None where it is not given. Raises UsageError for what is none."""
    if given is None:
        return None
    names = tuple(name.strip() for name in given.split(","))
    strange = [name for name in names if name not in known]
    if strange:
        from seqctl.model.finding import nearest

        hint = nearest(strange[0], list(known)) or f"the columns are {', '.join(known)}"
        raise UsageError(f"--columns names {strange[0]!r}, which is not a column of this list", hint)
    return tuple(dict.fromkeys(names))


def pairs(
    given: list[str] | None, option: str, example: str = "entity=DE", form: str = "NAME=VALUE"
) -> dict[str, str]:
    """Read repeated NAME=VALUE options. Raises UsageError for any other text and for a name given twice.

    `example` and `form` are what the option takes, for the message.
    """
    values: dict[str, str] = {}
    for item in given or []:
        name, equals, value = item.partition("=")
        if not equals or not name:
            raise UsageError(f"{option} {item!r} is not {form}", f"write {option} {example}")
        name = composed(name)
        if name in values:
            raise UsageError(f"{option} gives {name!r} twice", "give each name once")
        values[name] = composed(value)
    return values


def owners(given: list[str] | None) -> tuple[tuple[str, str], ...]:
    """Read repeated KIND:ID options; the request checks what they hold. Raises UsageError."""
    found = []
    for item in given or []:
        kind, _, id = item.partition(":")
        if not kind or not id:
            raise UsageError(f"--for {item!r} is not KIND:ID", f"write it as --for account:{id or item}")
        found.append((kind, id))
    return tuple(found)


def reason_text(given: str) -> str:
    """A reason that says something. Raises UsageError for one of blanks and of what cannot be seen."""
    if not "".join(filter(str.isprintable, given)).strip():
        raise UsageError("--reason is blank", "say why; the log keeps it")
    return composed(given.strip())


def encoding(given: str | None) -> str | None:
    """The encoding of a file. Raises UsageError for one that Python does not know."""
    if given is None:
        return None
    from seqctl.definitions.tables.opening import check_encoding

    return check_encoding(given)
