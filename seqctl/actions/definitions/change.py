"""Adding, changing and removing one definition of any kind: the same plan as an import of many."""

from __future__ import annotations

from collections.abc import Callable

from seqctl.actions.definitions.define import plan_or_define
from seqctl.actions.ledger.targets import known
from seqctl.errors import NotFound, Refused, UsageError
from seqctl.model.catalogue.catalogue import Catalogue, Wanted
from seqctl.model.catalogue.kinds import KINDS, Kind
from seqctl.model.catalogue.plan import Plan
from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.policy.shown import written_policy
from seqctl.model.sequence.changes import written
from seqctl.model.sequence.fields import SHORTHAND
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.sequence.shorthand import shorthand_of
from seqctl.model.text import composed, document_type_name, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.store.port import Store, Transaction

Fields = dict[str, object]


def add_sequence(
    store: Store,
    name: str,
    fields: Fields,
    allow_collisions: bool = False,
    dry_run: bool = False,
    like: str | None = None,
) -> Plan:
    """Define a new sequence; what is not given is as the sequence `like` has it, but that it is active.

    Raises Refused (`exists`) where there is one of that name, NotFound where there is none to be like.
    """
    sequence = KINDS["sequence"]

    def given(transaction: Transaction, catalogue: Catalogue) -> Fields:
        if like is None:
            return fields
        model = catalogue.sequences[known("sequence", like, list(catalogue.sequences), transaction)]
        return _merged(model, {"status": "active", **fields})

    return _add(store, sequence, name, given, dry_run, allow_collisions=allow_collisions)


def add_set(store: Store, name: str, members: dict[str, str], default: bool, dry_run: bool = False) -> Plan:
    """Define a new set. Raises Refused (`exists`) where there is one of that name."""
    added = SequenceSet(composed(name), members, default)
    return _add(store, KINDS["set"], name, lambda *_: added, dry_run, strict=True)


def add_policy(store: Store, name: str, fields: Fields, dry_run: bool = False) -> Plan:
    """Define a new policy. Raises Refused (`exists`) where there is one of that name."""
    return _add(store, KINDS["policy"], name, lambda *_: fields, dry_run, strict=True)


def add_calendar(store: Store, name: str, fields: Fields, dry_run: bool = False) -> Plan:
    """Define a new calendar. Raises Refused (`exists`) where there is one of that name."""
    return _add(store, KINDS["calendar"], name, lambda *_: fields, dry_run)


def add_range(
    store: Store, name: str, fields: Fields, allow_collisions: bool = False, dry_run: bool = False
) -> Plan:
    """Define a new range. Raises Refused (`exists`) where there is one of that id."""
    return _add(store, KINDS["range"], name, lambda *_: fields, dry_run, allow_collisions=allow_collisions)


def edit_sequence(
    store: Store, name: str, fields: Fields, allow_collisions: bool = False, dry_run: bool = False
) -> Plan:
    """Change the given fields of a sequence; None takes a value away. Raises NotFound."""
    _check_given(fields, "name a field, as in --end 99999")

    def change(before: Sequence) -> Fields:
        return _merged(before, fields)

    return edit(store, KINDS["sequence"], name, change, dry_run, allow_collisions=allow_collisions)


def edit_set(
    store: Store,
    name: str,
    members: dict[str, str],
    without: list[str],
    default: bool,
    dry_run: bool = False,
) -> Plan:
    """Change members of a set, take out the types `without`, or make it the default. Raises NotFound."""
    _check_given(members or without or default, "give TYPE=SEQUENCE, --without or --default")

    def change(before: SequenceSet) -> SequenceSet:
        kept = dict(before.members)
        for document_type in map(document_type_name, without):
            if kept.pop(document_type, None) is None:
                raise NotFound(f"set {name!r} has no member for {document_type!r}")
        kept.update({document_type_name(given): member for given, member in members.items()})
        return SequenceSet(name, kept, before.default or default)

    return edit(store, KINDS["set"], name, change, dry_run, strict=True)


def edit_policy(store: Store, name: str, fields: Fields, dry_run: bool = False) -> Plan:
    """Change the given fields of a policy; None takes a value away. Raises NotFound, Refused."""
    _check_given(fields, "name a field, as in --priority 10")

    def change(before: Any) -> Fields:
        merged = {**written_policy(before), **fields}
        return {key: value for key, value in merged.items() if value is not None}

    return edit(store, KINDS["policy"], name, change, dry_run, strict=True)


def edit_range(
    store: Store, name: str, fields: Fields, allow_collisions: bool = False, dry_run: bool = False
) -> Plan:
    """Change the given fields of a range; None takes a value away. Raises NotFound, Refused."""
    _check_given(fields, "name a field, as in --last 99999")
    kind = KINDS["range"]

    def change(before: Any) -> Fields:
        return {**kind.values(before), **fields}

    return edit(store, kind, name, change, dry_run, allow_collisions=allow_collisions)


def edit_calendar(store: Store, name: str, fields: Fields, dry_run: bool = False) -> Plan:
    """Change a calendar by which nothing was numbered yet, or add fiscal years to it.

    `years` are added to those that it lists; one that listed none lists years from then on. Raises NotFound,
    Refused.
    """
    _check_given(fields, "give --start or --named-by")
    calendar = KINDS["calendar"]
    return edit(store, calendar, name, lambda before: _edited(calendar.values(before), fields), dry_run)


def _edited(before: dict[str, Any], fields: Fields) -> dict[str, object]:
    """The fields of a calendar with those that change; listed years leave no start."""
    after = {**before, **fields}
    years = fields.get("years")
    if isinstance(years, dict):
        after["years"] = {**(before["years"] or {}), **years}
    if after["years"] and not {"start", "named_by"} & set(fields):
        after["start"] = after["named_by"] = None
    return after


def remove_definition(store: Store, kind: str, name: str, dry_run: bool = False) -> Plan:
    """Remove a definition. Raises NotFound, or Refused (`in_use`) with what is in the way."""
    return plan_or_define(store, Wanted(removed=[(kind, name)]), f"{kind} remove", name, dry_run)


def edit(
    store: Store,
    kind: Kind,
    name: str,
    change: Callable[[Any], object],
    dry_run: bool,
    verb: str = "edit",
    **settings: bool,
) -> Plan:
    """Change a definition into what `change` makes of it; `settings` are those of Wanted. Raises NotFound."""

    def wish(transaction: Transaction) -> Wanted:
        defined = kind.of(transaction.catalogue.read())
        before = defined[known(kind.name, name, list(defined), transaction)]
        return _wanted(kind, name, change(before), settings)

    return plan_or_define(store, wish, f"{kind.name} {verb}", name, dry_run)


def _add(
    store: Store,
    kind: Kind,
    name: str,
    given: Callable[[Transaction, Catalogue], object],
    dry_run: bool,
    **settings: bool,
) -> Plan:
    name = composed(name)

    def wish(transaction: Transaction) -> Wanted:
        catalogue = transaction.catalogue.read()
        if name in kind.of(catalogue):
            message = f"there is already a {kind.name} {name!r}"
            raise Refused("exists", message, f"change it with: seqctl {kind.name} edit {shell_word(name)}")
        return _wanted(kind, name, given(transaction, catalogue), settings)

    return plan_or_define(store, wish, f"{kind.name} add", name, dry_run)


def _wanted(kind: Kind, name: str, given: object, settings: dict[str, bool]) -> Wanted:
    wanted = Wanted(**settings)  # type: ignore[arg-type]
    kind.of(wanted)[name] = given
    return wanted


def _merged(sequence: Sequence, fields: Fields) -> Fields:
    """The fields of a sequence with others in their place; parts of a pattern change one by one."""
    merged = written(sequence)
    if any(key in fields for key in SHORTHAND) and "pattern" not in fields:
        del merged["pattern"]
        merged.update(_parts(sequence))
    return {**merged, **fields}


def _check_given(given: object, hint: str) -> None:
    if not given:
        raise UsageError("no change was given", hint)


def _parts(sequence: Sequence) -> Fields:
    """The prefix, suffix and width of a pattern that has nothing else. Raises UsageError for another."""
    parts = shorthand_of(sequence)
    if parts is None:
        raise UsageError(
            f"the pattern {sequence.pattern!r} has tokens beside its number",
            "give the whole pattern with --pattern",
        )
    return parts
