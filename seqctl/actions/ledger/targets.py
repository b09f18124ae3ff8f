"""Which counters somebody means: a sequence's, or all of a document type, a policy or the book."""

from __future__ import annotations

from seqctl.errors import NotFound, UsageError
from seqctl.model.catalogue.selection import check_period, check_scope, of_type
from seqctl.model.finding import nearest
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.sequence.scope import scope_values
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import document_type_name
from seqctl.model.value import ValueProblem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def target_sequences(transaction: Transaction, target: str | None) -> list[Sequence]:
    """The sequences that a target of a list names: one by its name, else all of a type; None: all.

    Raises NotFound with the nearest names.
    """
    definitions = transaction.definitions
    if target is None:
        return [_named(transaction, name) for name in definitions.sequence_names()]
    sequence = definitions.sequence(target)
    if sequence is not None:
        return [sequence]
    names = [item.name for item in definitions.of_type(document_type_name(target))]
    if not names:
        check_renamed(transaction, target, "sequence")
        raise no_target(transaction, target)
    return [_named(transaction, name) for name in names]


def no_target(transaction: Transaction, given: str) -> NotFound:
    """Neither a sequence nor a document type has a name; what else has it, or the nearest names."""
    hint = named_otherwise(transaction, given) or nearest(given, transaction.definitions.target_names())
    return NotFound(
        f"there is no sequence and no document type {given!r}", hint or "see: seqctl sequence list"
    )


def named_otherwise(transaction: Transaction, word: str) -> str | None:
    """How a set, a policy or a number of that name is asked for; None where the word names none of them."""
    from seqctl.model.number.number_filter import NumberFilter
    from seqctl.model.text import composed, shell_word

    known = shell_word(word)
    if word in transaction.definitions.set_names():
        return f"{word!r} is a set: name it with --set {known}"
    if word in transaction.catalogue.read().policies:
        return f"{word!r} is a policy: see it with: seqctl policy show {known}"
    if transaction.held.named(composed(word), NumberFilter()):
        return f"{word!r} is a number: see it with: seqctl show {known}"
    return None


def selected_sequences(
    transaction: Transaction,
    target: str | None,
    set_name: str | None = None,
    document_type: str | None = None,
) -> list[Sequence]:
    """The sequences of a target; None: all. A set and a type stand in place of a target, or narrow it.

    Raises NotFound for names that nothing has, and UsageError where one of them excludes another.
    """
    if target is None and document_type is not None:
        sequences = sequences_of_type(transaction, document_type)
    elif target is None and set_name is not None:
        return set_sequences(transaction, set_name)
    else:
        sequences = target_sequences(transaction, target)
    if target is not None and document_type is not None:
        sequences = of_type(sequences, document_type, f"sequence or type {target!r}")
    if set_name is None:
        return sequences
    return of_set(transaction, sequences, set_name, repr(target or document_type))


def sequences_of(
    transaction: Transaction, targets: tuple[str, ...], set_name: str | None = None
) -> list[Sequence]:
    """The sequences of several targets, each once, by name; of none: all. Raises what one target raises."""
    named = {
        sequence.name: sequence
        for target in targets or (None,)
        for sequence in selected_sequences(transaction, target, set_name)
    }
    return [named[name] for name in sorted(named)]


def set_sequences(transaction: Transaction, set_name: str) -> list[Sequence]:
    """The sequences that a set names itself, whatever the default set has, by name. Raises NotFound."""
    members = transaction.listing.members(set_name)
    if not members:
        # A set may be empty, where a file made it.
        known("set", set_name, transaction.definitions.set_names(), transaction)
    return [_named(transaction, name) for name in sorted(set(members.values()))]


def of_set(transaction: Transaction, sequences: list[Sequence], set_name: str, meant: str) -> list[Sequence]:
    """Those of some sequences that a set names itself; `meant` says what chose the sequences.

    Raises NotFound for the set, and UsageError where it names none of them.
    """
    members = {sequence.name for sequence in set_sequences(transaction, set_name)}
    found = [sequence for sequence in sequences if sequence.name in members]
    if not found:
        listed = ", ".join(map(repr, sorted(members))) or "none at all"
        raise UsageError(f"set {set_name!r} names no sequence of {meant}", f"its sequences are {listed}")
    return found


def sequences_of_type(transaction: Transaction, document_type: str) -> list[Sequence]:
    """All sequences of a document type by name, even where a sequence has its name. Raises NotFound."""
    found = transaction.definitions.of_type(document_type_name(document_type))
    if not found:
        hint = nearest(document_type, transaction.definitions.target_names()) or "see: seqctl sequence list"
        raise NotFound(f"no sequence is of document type {document_type!r}", hint)
    return [_named(transaction, item.name) for item in found]


def policy_sequence(transaction: Transaction, name: str) -> Sequence:
    """The sequence that a policy chooses. Raises NotFound."""
    policies = transaction.catalogue.read().policies
    return _named(transaction, policies[known("policy", name, list(policies), transaction)].sequence)


def counters_of(
    transaction: Transaction,
    sequences: list[Sequence],
    period: str | None = None,
    scope: dict[str, str] | None = None,
) -> list[CounterPlace]:
    """The counters of sequences, by name, period and scope; those of one period, or of some scope values.

    Raises UsageError for a period or scope that no sequence of them can have.
    """
    check_period(sequences, period)
    check_scope(sequences, (scope or {}).items())
    places = []
    ranges = transaction.ranges
    for sequence in sequences:
        assert sequence.id is not None
        for key, text, counter in transaction.listing.counters(sequence.id, period):
            if not scope or scope.items() <= scope_values(text).items():
                narrowed = ranges.narrowed(sequence, key)
                places.append(CounterPlace(narrowed, key, text, counter))
    return places


def one_scope(sequence: Sequence, scope: dict[str, str]) -> str:
    """The text of the scope that names one counter of a sequence. Raises UsageError."""
    from seqctl.model.sequence.counter_values import checked_scope
    from seqctl.model.sequence.scope import escape

    if sequence.served is not None:
        # A range has one counter alone.
        scope = {**{name: sequence.served.values[name] for name in sequence.scope}, **scope}
    text = "/".join(f"{escape(key)}={escape(value)}" for key, value in scope.items())
    try:
        return checked_scope(sequence, text)
    except ValueProblem as error:
        names = " ".join(f"--scope {key}=VALUE" for key in sequence.scope)
        raise UsageError(str(error), f"give {names}" if names else "give no --scope") from error


def _named(transaction: Transaction, name: str) -> Sequence:
    sequence = transaction.definitions.sequence(name)
    assert sequence is not None
    return sequence


def check_renamed(transaction: Transaction, name: str, *kinds: str) -> None:
    """Raise NotFound (`renamed`) for a name that a definition of some kinds had, and that none has since."""
    former = transaction.catalogue.former_names()
    for kind in kinds:
        present = former.present(kind, name)
        if present is not None:
            message = f"{kind} {name!r} is called {present!r} now"
            error = NotFound(message, f"use its new name: {present}")
            error.code = "renamed"
            raise error


def known(kind: str, name: str, names: list[str], transaction: Transaction) -> str:
    """The name, if it is one of those; raises NotFound with the nearest names, or the one that it has now."""
    if name in names:
        return name
    check_renamed(transaction, name, kind)
    hint = nearest(name, names) or f"see: seqctl {kind} list"
    raise NotFound(f"there is no {kind} {name!r}", hint)
