"""The policy: conditions on a record's attributes that choose a sequence for a document type.

On the path of an issue whose document type has policies, so plain slotted classes and no `re`, `json` or
`decimal` unless a condition needs them. Definitions are checked in `check.py`.
"""

FORMAT = "1"
"""The version of the stored form of conditions. A stored text of another version is compiled anew."""

OPERATORS = (
    "equals",
    "not_equals",
    "in",
    "not_in",
    "greater",
    "greater_or_equal",
    "less",
    "less_or_equal",
    "starts_with",
    "ends_with",
    "contains",
    "matches",
    "is_set",
    "is_not_set",
)
NEGATED = {"not_equals": "equals", "not_in": "in", "is_not_set": "is_set"}
"""Operators that are the negation of another, also where the attribute is missing."""

TEXT, NUMBER, DATE, BOOLEAN, INSTANT = "t", "n", "d", "b", "i"
"""How a value compares: the type of the definition's value decides."""

MOST_DIGITS = 1000
"""More digits than any amount has; longer ones are compared as decimals, which bounds the work."""

FIELDS = (
    "name",
    "description",
    "document_type",
    "sequence",
    "priority",
    "status",
    "effective_from",
    "effective_until",
    "timezone",
    "conditions",
    "logic",
)
"""The fields of a definition, in the order in which lists and files show them."""


class Condition:
    """One test of an attribute. `values` holds texts of one `kind`; only `in` has more than one."""

    __slots__ = ("field", "id", "kind", "operator", "values")

    def __init__(self, id: int, field: str, operator: str, kind: str, values: tuple[str, ...]) -> None:
        self.id = id
        self.field = field
        self.operator = operator
        self.kind = kind
        self.values = values

    def holds(self, attributes: dict[str, str]) -> bool | None:
        """Whether a record meets the condition; None where its attribute does not read as the value's type.

        Attributes are given by their names in small letters; an empty one is not set.
        """
        positive = NEGATED.get(self.operator)
        value = attributes.get(self.field.casefold()) or None
        if positive is None:
            return _meets(self.operator, self.kind, self.values, value)
        met = _meets(positive, self.kind, self.values, value)
        return None if met is None else not met


def _meets(operator: str, kind: str, values: tuple[str, ...], given: str | None) -> bool | None:
    if given is None or operator == "is_set":
        return given is not None
    if kind == TEXT and operator in ("equals", "in"):
        return given in values
    if kind == TEXT and operator not in ("greater", "greater_or_equal", "less", "less_or_equal"):
        return _meets_text(operator, values[0], given)
    left = comparable(kind, given)
    if left is None:
        return None
    rights = [comparable(kind, value) for value in values]
    if operator in ("equals", "in"):
        return left in rights
    right = rights[0]
    if operator == "greater":
        return bool(left > right)  # type: ignore[operator]
    if operator == "greater_or_equal":
        return bool(left >= right)  # type: ignore[operator]
    if operator == "less":
        return bool(left < right)  # type: ignore[operator]
    return bool(left <= right)  # type: ignore[operator]


def _meets_text(operator: str, value: str, given: str) -> bool:
    if operator == "starts_with":
        return given.startswith(value)
    if operator == "ends_with":
        return given.endswith(value)
    if operator == "contains":
        return value in given
    from seqctl.model.policy.regular_expression import ExpressionProblem, regular_expression

    try:
        return regular_expression(value).search(given)
    except ExpressionProblem as problem:
        # Checked when the policy was saved, so somebody wrote to the book with other means.
        from seqctl.errors import DatabaseUnusable

        raise DatabaseUnusable(
            "damaged", f"a policy cannot be used: {problem}", "see: seqctl check"
        ) from None


def comparable(kind: str, text: str) -> object:
    """A text as its type compares, or None where it does not read as that type."""
    if kind == TEXT:
        return text
    if kind == BOOLEAN:
        return {"true": True, "false": False}.get(text.lower())
    if kind == DATE:
        from seqctl.days import date

        try:
            day = date.fromisoformat(text)
            return day if day.isoformat() == text else None
        except ValueError:
            return None
    if kind == INSTANT:
        return _instant(text)
    if not text.isascii() or "_" in text or text != text.strip():
        return None
    digits = text.removeprefix("-")
    if digits.isdigit() and len(digits) <= MOST_DIGITS:
        return int(text)
    from decimal import Decimal, InvalidOperation

    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _instant(text: str) -> object:
    """A date and a time with an offset; without one nobody knows which instant is meant."""
    from seqctl.days import datetime

    try:
        moment = datetime.fromisoformat(text) if len(text) > len("2026-01-01") else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


class ActivePolicy:
    """What decides whether an active policy matches: its window, zone, and its conditions in stored form."""

    __slots__ = ("compiled", "effective_from", "effective_until", "id", "priority", "timezone")

    def __init__(
        self,
        id: int,
        priority: int,
        effective_from: str | None,
        effective_until: str | None,
        timezone: str | None,
        compiled: str,
    ) -> None:
        self.id = id
        self.priority = priority
        self.effective_from = effective_from
        self.effective_until = effective_until
        self.timezone = timezone
        self.compiled = compiled


class Policy:
    """One policy, checked. `logic` is as it was written, or None for all conditions.

    `postfix` is the logic in the order in which it is decided: ids, `&`, `|` and `!`; empty for every record.
    `sequence` is the sequence's name. `id` and `used` (it chose the sequence of a number) come from the book.
    """

    __slots__ = (*FIELDS, "id", "postfix", "used")

    name: str
    description: str | None
    document_type: str
    sequence: str
    priority: int
    status: str
    effective_from: str | None
    effective_until: str | None
    timezone: str | None
    conditions: tuple[Condition, ...]
    logic: str | None
    postfix: tuple[str, ...]
    id: int | None
    used: bool

    def __init__(self, **fields: object) -> None:
        self.id = None
        self.used = False
        for name, value in fields.items():
            setattr(self, name, value)

    def matches(self, attributes: dict[str, str]) -> bool | None:
        """Whether a record meets the logic; None where that hangs on an attribute that cannot be read."""
        return decide(self.conditions, self.postfix, attributes)


def decide(
    conditions: tuple[Condition, ...],
    postfix: tuple[str, ...],
    attributes: dict[str, str],
    known: dict[int, bool | None] | None = None,
) -> bool | None:
    """Decide a logic over conditions, some of which may be unknown; no conditions: every record meets it.

    None where the outcome hangs on conditions that are unknown: not in `false AND unknown`. `known` gives
    outcomes of conditions by id; those that it lacks are looked at when they are needed.
    """
    if not conditions:
        return True
    holds = dict(known or {})
    stack: list[bool | None] = []
    for word in postfix:
        if word == "!":
            turned = stack.pop()
            stack.append(None if turned is None else not turned)
        elif word in "&|":
            sides = (stack.pop(), stack.pop())
            settles = word == "|"
            stack.append(settles if settles in sides else None if None in sides else not settles)
        else:
            id = int(word)
            if id not in holds:
                holds[id] = next(item for item in conditions if item.id == id).holds(attributes)
            stack.append(holds[id])
    return stack.pop()


def encode(conditions: tuple[Condition, ...], postfix: tuple[str, ...]) -> str:
    """The stored form: the format's version, the logic, and one condition a line, its parts tab-separated."""
    lines = [FORMAT, " ".join(postfix)]
    for item in conditions:
        lines.append("\t".join((str(item.id), item.field, item.operator, item.kind, *item.values)))
    return "\n".join(lines)


def decode(stored: str) -> tuple[tuple[Condition, ...], tuple[str, ...]] | None:
    """Read what `encode` wrote; None where another version wrote it."""
    version, postfix, *lines = stored.split("\n")
    if version != FORMAT:
        return None
    conditions = []
    for line in lines:
        id, field, operator, kind, *values = line.split("\t")
        conditions.append(Condition(int(id), field, operator, kind, tuple(values)))
    return tuple(conditions), tuple(postfix.split())


def stored_matches(stored: str, attributes: dict[str, str]) -> bool | None:
    """Whether a record meets a stored form, decided as far as it must be read.

    None for a form of another version, and where an attribute cannot be read: look at the policy itself. Of
    conditions that must all hold, the first that does not is the last that is looked at: with thousands of
    policies on one document type this is what an issue spends its time on.
    """
    version, postfix, *lines = stored.split("\n")
    if version != FORMAT:
        return None
    words = set(postfix.split())
    words.discard("&")
    # Anything but a conjunction of all conditions is decided as it is written.
    if "|" in words or "!" in words or len(words) != len(lines):
        decoded = decode(stored)
        return None if decoded is None else decide(*decoded, attributes)
    outcome: bool | None = True
    for line in lines:
        parts = line.split("\t")
        if parts[3] == TEXT and parts[2] == "equals":
            if attributes.get(parts[1].casefold()) != parts[4] or not parts[4]:
                return False
            continue
        met = Condition(int(parts[0]), parts[1], parts[2], parts[3], tuple(parts[4:])).holds(attributes)
        if met is False:
            return False
        outcome = outcome and met
    return outcome
