"""A request for numbers, as `next`, `peek` and `explain` take it."""

from seqctl.days import date
from seqctl.errors import UsageError
from seqctl.model.text import composed, json_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.policy.policy import Policy
    from seqctl.model.sequence.sequence import Sequence

MOST_NUMBERS = 10_000_000
"""Most numbers of one request: a transaction has to end some day."""

LONGEST_TEXT = 255
"""Most characters of a key or a record."""


class Request:
    """What somebody asked for: `count` numbers for `target`, a document type or a sequence name.

    `date` is the document date as it was given (a day, or an instant), or None for today; `owners` are the
    `KIND:ID` pairs that may have a set of their own, most specific first; `attributes` are found by their
    names in small letters; `key` makes the request idempotent; `record` names the document; `confirmed` says
    that a person agreed to what needs a yes. `document_type` is what `--type` says, None where it was not
    given. `of` is a number whose owners, set and scope are asked with. `range` names the range that the
    numbers come out of.
    `with_reference` asks for the payment reference of each number as well, which changes no number.
    `reserve` asks for reservations, which live for the duration `ttl` (None: as the sequence says).
    """

    __slots__ = (
        "attributes",
        "confirmed",
        "contiguous",
        "count",
        "date",
        "document_type",
        "key",
        "of",
        "owners",
        "range",
        "record",
        "reserve",
        "sequence",
        "set_name",
        "target",
        "ttl",
        "with_reference",
    )

    def __init__(
        self,
        target: str,
        count: int = 1,
        *,
        contiguous: bool = False,
        date: "str | None" = None,
        set_name: "str | None" = None,
        owners: "tuple[tuple[str, str], ...]" = (),
        sequence: "str | None" = None,
        attributes: "dict[str, str] | None" = None,
        key: "str | None" = None,
        record: "str | None" = None,
        confirmed: bool = False,
        reserve: bool = False,
        ttl: "str | None" = None,
        range: "str | None" = None,
        document_type: "str | None" = None,
        of: "str | None" = None,
    ) -> None:
        self.target = composed(target)
        self.count = count
        self.contiguous = contiguous
        self.date = date
        self.set_name = None if set_name is None else composed(set_name)
        self.owners = tuple([(composed(kind), composed(id)) for kind, id in owners])
        self.sequence = None if sequence is None else composed(sequence)
        self.attributes: dict[str, str] = {}
        for name, value in (attributes or {}).items():
            folded = composed(name).casefold()
            if folded in self.attributes:
                raise UsageError(
                    f"--attr gives {folded!r} twice: names of attributes differ by more than capital letters",
                    "give each name once",
                )
            self.attributes[folded] = composed(value)
        self.key = None if key is None else composed(key)
        self.record = None if record is None else composed(record)
        self.confirmed = confirmed
        self.reserve = reserve
        self.ttl = ttl
        self.range = None if range is None else composed(range)
        self.with_reference = False
        self.document_type = document_type
        self.of = None if of is None else composed(of)

    def check(self) -> None:
        """Raise UsageError where the request makes no sense, whatever the book holds."""
        if not 1 <= self.count <= MOST_NUMBERS:
            raise UsageError(f"{self.count} numbers cannot be issued", f"ask for 1 to {MOST_NUMBERS}")
        if self.sequence is not None and (self.set_name is not None or self.owners):
            raise UsageError(
                "--sequence names the sequence itself, so that --set and --for have nothing to choose",
                "give one or the other",
            )
        if self.owners:
            from seqctl.model.owner import split_owner

            for kind, id in self.owners:
                try:
                    split_owner(f"{kind}:{id}")
                except ValueError as error:
                    raise UsageError(
                        f"--for {error}", "write it as it was assigned, for example account:ACME"
                    ) from error
        for name, text in (("key", self.key), ("record", self.record)):
            if text is not None:
                check_line(name, text)
        if self.ttl is not None:
            from seqctl.model.time.duration import duration_seconds

            try:
                duration_seconds(self.ttl)
            except ValueError as error:
                raise UsageError(f"the deadline {error}", "write a duration: 30s 15m 2h 1d") from error
        for name, value in self.attributes.items():
            if not name.isprintable() or not value.isprintable():
                raise UsageError(
                    f"the attribute {name!r} with the value {value!r} is not one line of printable text",
                    "write it without what cannot be printed",
                )

    def text(self, target: str) -> str:
        """The request for a target as JSON text, in one fixed form; its date and key stand beside it."""
        parts = [f'{{"target":{json_text(target)},"count":{self.count}']
        if self.reserve:
            parts.append(f',"reserve":{json_text(self.ttl or "")}')
        if self.contiguous:
            parts.append(',"contiguous":true')
        if self.document_type is not None:
            parts.append(f',"type":{json_text(self.document_type)}')
        if self.of is not None:
            parts.append(f',"of":{json_text(self.of)}')
        if self.set_name is not None:
            parts.append(f',"set":{json_text(self.set_name)}')
        if self.owners:
            owners = ",".join([json_text(f"{kind}:{id}") for kind, id in self.owners])
            parts.append(f',"for":[{owners}]')
        if self.sequence is not None:
            parts.append(f',"sequence":{json_text(self.sequence)}')
        if self.range is not None:
            parts.append(f',"range":{json_text(self.range)}')
        if self.attributes:
            pairs = sorted(self.attributes.items())
            listed = ",".join([f"{json_text(name)}:{json_text(value)}" for name, value in pairs])
            parts.append(f',"attributes":{{{listed}}}')
        if self.record is not None:
            parts.append(f',"record":{json_text(self.record)}')
        return "".join(parts) + "}"


def check_line(name: str, text: "str | None") -> None:
    """Raise UsageError where a key or a record is not one line of printable text."""
    if text is not None and (not text.strip() or not text.isprintable() or len(text) > LONGEST_TEXT):
        raise UsageError(
            f"the {name} {text!r} is not usable",
            f"a {name} is one line of 1 to {LONGEST_TEXT} printable characters",
        )


class Choice:
    """The sequence that serves a request, and the policy or set that chose it.

    `by` says what chose: `sequence`, `set`, `policy`, `owner`, `default`, `name` or `type`. Where it is
    `in_line`, another sequence of the type takes its turn once it is used up or lets the request in no more.
    `lasting` says that no attribute and no date had a say: only another definition changes the choice.
    `warnings` are for stderr.
    """

    __slots__ = ("by", "in_line", "lasting", "policy", "sequence", "set_name", "target", "warnings")

    def __init__(
        self,
        by: str,
        target: str,
        sequence: "Sequence",
        set_name: "str | None" = None,
        policy: "Policy | None" = None,
    ) -> None:
        self.by = by
        self.target = target
        self.sequence = sequence
        self.set_name = set_name
        self.policy = policy
        self.in_line = False
        self.lasting = True
        self.warnings: tuple[str, ...] = ()


def document_day(given: str, zone: str) -> date:
    """The document date of a request: a day as it is, an instant as the day that it is in the zone."""
    try:
        if len(given) == 10:
            return date.fromisoformat(given)
    except ValueError:
        pass
    from seqctl.model.time.instant import instant_day

    return instant_day(given, zone)


def unmet(requires: "dict[str, tuple[str, ...]]", attributes: "dict[str, str]") -> "str | None":
    """The first attribute that a sequence requires and a record does not give, or gives otherwise."""
    for name, values in requires.items():
        given = attributes.get(name.casefold())
        if given is None or (values and given not in values):
            return name
    return None
