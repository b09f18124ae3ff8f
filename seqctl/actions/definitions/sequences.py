"""Adding and changing one sequence: the same plan as an import of many."""

from __future__ import annotations

from seqctl.actions.definitions.define import plan_or_define
from seqctl.actions.ledger.targets import known
from seqctl.errors import Refused, UsageError
from seqctl.model.catalogue.catalogue import Wanted
from seqctl.model.catalogue.plan import Plan
from seqctl.model.pattern.compiled import NUMBER, TEXT
from seqctl.model.sequence.changes import written
from seqctl.model.sequence.fields import SHORTHAND
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import composed, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


def add_sequence(
    store: Store,
    name: str,
    fields: dict[str, object],
    allow_collisions: bool = False,
    dry_run: bool = False,
) -> Plan:
    """Define a new sequence. Raises Refused (`exists`) where there is one of that name."""
    name = composed(name)

    def wish(transaction: Transaction) -> Wanted:
        if transaction.definitions.sequence(name) is not None:
            raise Refused(
                "exists",
                f"there is a sequence {name!r} already",
                f"change it with: seqctl sequence edit {shell_word(name)}",
            )
        return Wanted(sequences={name: fields}, allow_collisions=allow_collisions)

    return plan_or_define(store, wish, "sequence add", name, dry_run)


def edit_sequence(
    store: Store,
    name: str,
    fields: dict[str, object],
    allow_collisions: bool = False,
    dry_run: bool = False,
) -> Plan:
    """Change the given fields of a sequence; None takes a value away. Raises NotFound."""
    if not fields:
        raise UsageError("nothing to change was given", "name a field, as in --end 99999")

    def wish(transaction: Transaction) -> Wanted:
        before = transaction.definitions.sequence(name)
        if before is None:
            known("sequence", name, transaction.definitions.sequence_names())
        assert before is not None
        return Wanted(sequences={name: _merged(before, fields)}, allow_collisions=allow_collisions)

    return plan_or_define(store, wish, "sequence edit", name, dry_run)


def _merged(before: Sequence, fields: dict[str, object]) -> dict[str, object]:
    """The fields of a sequence with those that were given in place of its own."""
    merged = written(before)
    if any(key in fields for key in SHORTHAND) and "pattern" not in fields:
        del merged["pattern"]
        merged.update(_parts(before))
    return {**merged, **fields}


def _parts(sequence: Sequence) -> dict[str, object]:
    """The prefix, suffix and width of a pattern that has nothing else. Raises UsageError for another."""
    kinds = [kind for kind, _ in sequence.compiled.segments]
    if set(kinds) - {TEXT, NUMBER}:
        raise UsageError(
            f"the pattern {sequence.pattern!r} has tokens beside its number",
            "give the whole pattern with --pattern",
        )
    number = kinds.index(NUMBER)
    texts = [value for _, value in sequence.compiled.segments]
    return {
        "prefix": "".join(texts[:number]),
        "suffix": "".join(texts[number + 1 :]),
        "width": sequence.compiled.width,
    }
