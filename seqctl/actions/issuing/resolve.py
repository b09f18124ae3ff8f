"""Which sequence serves a request: by name, set, policy, assignment, default set, document type.

The order is the contract; `explain` tells it to people. A request is never served by a guess: where nothing
or too much answers, it is refused. What lies off the usual way is in modules of its own, loaded when needed:
`choosing.py` (policies), `owners.py`, `candidates.py` (several sequences of one type).
"""

from seqctl.errors import NotFound
from seqctl.model.number.request import Choice, Request, document_day, unmet
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import document_type_name, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

    Passed = list[tuple[str, ...]]
    """What was passed over on the way, for `explain`: a word for why, and the names that it is about."""


def resolve(transaction: "Transaction", request: Request, passed: "Passed | None" = None) -> Choice:
    """Choose the sequence for a request, and note in `passed` what was passed over.

    Raises NotFound with the nearest names, and Refused: `wrong_target`, `unknown_owner`, `ambiguous_policy`,
    `unreadable_attribute`, `ambiguous_sequence`.
    """
    if request.sequence is not None:
        return _by_sequence(transaction, request, request.sequence)
    target, use = known_target(transaction, request.target)
    warnings: tuple[str, ...] = ()
    if request.owners:
        from seqctl.actions.issuing.owners import check_owners

        warnings = check_owners(transaction, request.owners)
    choice = _choose(transaction, request, target, use, passed)
    choice.lasting = choice.lasting and "policies" not in use
    choice.warnings = warnings
    return choice


def _choose(
    transaction: "Transaction",
    request: Request,
    target: str,
    use: "frozenset[str]",
    passed: "Passed | None",
) -> Choice:
    definitions = transaction.definitions
    if request.set_name is not None:
        return _by_set(transaction, target, request.set_name, passed)
    if "policies" in use:
        from seqctl.actions.issuing.choose_policy import choose_policy

        policy = choose_policy(transaction, target, request)
        if policy is not None:
            chosen_by_it = definitions.sequence(policy.sequence)
            assert chosen_by_it is not None
            return Choice("policy", target, chosen_by_it, policy=policy)
    if "sets" in use or request.owners:
        chosen = _by_owner(transaction, target, request, passed)
        chosen = chosen or _by_default(transaction, target, passed)
        if chosen is not None:
            return chosen
    if "policies" not in use:
        # A type with policies never falls through to a sequence that they did not choose.
        by_type = "sequences" in use and "sets" not in use
        named = definitions.sequence(request.target)
        if named is not None and (
            not by_type or named.status != "active" or admits(transaction, request, named)
        ):
            choice = Choice("name", target, named)
            choice.in_line = by_type and named.status == "active"
            return choice
        if by_type:
            return _by_type(transaction, target, request, named, "shared" in use, passed)
    from seqctl.actions.ledger.refusals import nothing_serves

    raise nothing_serves(transaction, request.target, target)


def known_target(transaction: "Transaction", target: str) -> "tuple[str, frozenset[str]]":
    """The target as the book knows it, and which of policies, sets and sequences name it as a type."""
    document_type = document_type_name(target)
    use = transaction.definitions.type_use(document_type)
    return (document_type if use else target), use


def admits(transaction: "Transaction", request: Request, sequence: Sequence) -> bool:
    """Whether the window of a sequence holds the document date, and the record is one that it is for."""
    begins, ends = sequence.effective_from, sequence.effective_until
    if begins or ends:
        zone = sequence.zone
        day = document_day(request.date, zone) if request.date else transaction.today(zone)
        text = day.isoformat()
        if (begins and text < begins) or (ends and text > ends):
            return False
    return not sequence.requires or unmet(sequence.requires, request.attributes) is None


def _by_sequence(transaction: "Transaction", request: Request, name: str) -> Choice:
    """The sequence that was named, which must be what the target means or number documents of that type."""
    named = transaction.definitions.sequence(name)
    if named is None:
        from seqctl.actions.ledger.refusals import unknown_sequence

        raise unknown_sequence(transaction, name)
    target = request.target
    if target != named.name and document_type_name(target) not in named.document_types:
        from seqctl.actions.ledger.refusals import wrong_target

        raise wrong_target(target, named)
    return Choice("sequence", target, named)


def _by_set(transaction: "Transaction", document_type: str, name: str, passed: "Passed | None") -> Choice:
    """The set that was asked for; what it lacks comes from the default set."""
    definitions = transaction.definitions
    member = definitions.member(name, document_type)
    if member is not None:
        return Choice("set", document_type, member, name)
    if name not in definitions.set_names():
        from seqctl.actions.ledger.refusals import unknown_set

        raise unknown_set(transaction, name)
    if passed is not None:
        passed.append(("set_lacks", name))
    chosen = _by_default(transaction, document_type, passed)
    if chosen is None:
        raise NotFound(
            f"set {name!r} has no sequence for {document_type!r}, and no default set has one",
            f"add it with: seqctl set edit {shell_word(name)} {document_type}=SEQUENCE",
        )
    return chosen


def _by_owner(
    transaction: "Transaction", document_type: str, request: Request, passed: "Passed | None"
) -> "Choice | None":
    """The set of the first customer, branch or the like whose set has a member for the type."""
    definitions = transaction.definitions
    for kind, id in request.owners:
        name = definitions.assigned_set(kind, id)
        member = definitions.member(name, document_type) if name is not None else None
        if member is not None:
            return Choice("owner", document_type, member, name)
        if passed is not None:
            owner = f"{kind}:{id}"
            passed.append(("owner_without_set", owner) if name is None else ("owner_lacks", owner, name))
    return None


def _by_default(transaction: "Transaction", document_type: str, passed: "Passed | None") -> "Choice | None":
    found = transaction.definitions.default_member(document_type)
    if found is not None:
        return Choice("default", document_type, found.sequence, found.set_name)
    if passed is not None:
        passed.append(("default_lacks", document_type))
    return None


def _by_type(
    transaction: "Transaction",
    document_type: str,
    request: Request,
    named: "Sequence | None",
    shared: bool,
    passed: "Passed | None",
) -> Choice:
    """The one active sequence of the type that lets the request in; `named` does not.

    `shared` says that a sequence numbers the type beside its own.
    """
    definitions = transaction.definitions
    only = None
    if named is None and not shared:
        names = definitions.active_sequences(document_type, 2)
        only = definitions.sequence(names[0]) if len(names) == 1 else None
    lasting = only is not None
    if only is None or not admits(transaction, request, only):
        from seqctl.actions.issuing.candidates import candidate

        only = candidate(transaction, request, document_type, named, passed)
    choice = Choice("type", document_type, only)
    choice.in_line = True
    choice.lasting = lasting
    return choice
