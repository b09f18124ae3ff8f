"""Which sequence serves a request: by name, set, policy, assignment, default set, document type.

The order is the contract; `explain` tells it to people. A request is never served by a guess: where nothing
or too much answers, it is refused.
"""

from seqctl.errors import NotFound
from seqctl.model.request import Request
from seqctl.model.sequence import Sequence
from seqctl.model.text import document_type_name, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.policy import Policy
    from seqctl.store.port import Transaction


class Choice:
    """The sequence that serves a request, and the policy or set that chose it.

    `target` is the request's target as the book knows it: a document type in snake case, or a name.
    `lasting` says that no attribute and no date had a say: only another definition changes the choice.
    """

    __slots__ = ("lasting", "policy", "sequence", "set_name", "target")

    def __init__(
        self,
        target: str,
        sequence: Sequence,
        set_name: str | None = None,
        policy: "Policy | None" = None,
    ) -> None:
        self.target = target
        self.sequence = sequence
        self.set_name = set_name
        self.policy = policy
        self.lasting = False


def resolve(transaction: "Transaction", request: Request) -> Choice:
    """Choose the sequence for a request. Raises NotFound with the nearest names."""
    target, use = known_target(transaction, request.target)
    choice = _choose(transaction, request, target, use)
    choice.lasting = not use[0]
    return choice


def _choose(
    transaction: "Transaction", request: Request, target: str, use: tuple[bool, bool, bool]
) -> Choice:
    definitions = transaction.definitions
    has_policies, in_sets, has_sequences = use
    if request.sequence is not None:
        named = definitions.sequence(request.sequence)
        if named is None:
            raise _unknown_sequence(transaction, request.sequence)
        return Choice(target, named)
    if request.set_name is not None:
        return _by_set(transaction, target, request.set_name)
    if has_policies:
        from seqctl.actions.choosing import choose_policy

        policy = choose_policy(transaction, target, request)
        if policy is not None:
            chosen_by_it = definitions.sequence(policy.sequence)
            assert chosen_by_it is not None
            return Choice(target, chosen_by_it, policy=policy)
    if in_sets or request.owners:
        chosen = _by_owner(transaction, target, request) or _by_default(transaction, target)
        if chosen is not None:
            return chosen
    named = definitions.sequence(request.target)
    if named is not None and not has_policies:
        # A type with policies never falls through to a sequence that they did not choose.
        return Choice(target, named)
    if has_sequences and not has_policies and not in_sets:
        names = definitions.active_sequences(target, 2)
        if len(names) == 1:
            only = definitions.sequence(names[0])
            assert only is not None
            return Choice(target, only)
    from seqctl.actions.refusals import nothing_serves

    raise nothing_serves(transaction, request.target, target)


def known_target(transaction: "Transaction", target: str) -> tuple[str, tuple[bool, bool, bool]]:
    """The target as the book knows it, and whether policies, sets and sequences name it as a type."""
    document_type = document_type_name(target)
    use = transaction.definitions.type_use(document_type)
    return (document_type if any(use) else target), use


def _by_set(transaction: "Transaction", document_type: str, name: str) -> Choice:
    """The set that was asked for; what it lacks comes from the default set."""
    definitions = transaction.definitions
    member = definitions.member(name, document_type)
    if member is not None:
        return Choice(document_type, member, name)
    if not definitions.set_exists(name):
        from seqctl.actions.refusals import unknown_set

        raise unknown_set(transaction, name)
    chosen = _by_default(transaction, document_type)
    if chosen is None:
        raise NotFound(
            f"set {name!r} has no sequence for {document_type!r}, and no default set has one",
            f"add it with: seqctl set edit {shell_word(name)} {document_type}=SEQUENCE",
        )
    return chosen


def _by_owner(transaction: "Transaction", document_type: str, request: Request) -> Choice | None:
    """The set of the first customer, branch or the like that has one."""
    definitions = transaction.definitions
    for kind, id in request.owners:
        name = definitions.assigned_set(kind, id)
        if name is not None:
            member = definitions.member(name, document_type)
            return Choice(document_type, member, name) if member is not None else None
    return None


def _by_default(transaction: "Transaction", document_type: str) -> Choice | None:
    found = transaction.definitions.default_member(document_type)
    return Choice(document_type, found[1], found[0]) if found is not None else None


def _unknown_sequence(transaction: "Transaction", name: str) -> NotFound:
    from seqctl.actions.refusals import unknown_sequence

    return unknown_sequence(transaction, name)
