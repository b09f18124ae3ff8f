"""Findings on stored definitions: what was written past the program, which would never have let it in."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.actions.audit.schema import RESTORE
from seqctl.actions.checking.file import NAMED
from seqctl.errors import UsageError
from seqctl.model.catalogue.kinds import KINDS, table_of
from seqctl.model.classes import replaced
from seqctl.model.finding import UNREADABLE, Finding
from seqctl.model.pattern.compile import compile_pattern, encode
from seqctl.model.pattern.compiled import FORMAT
from seqctl.model.policy.check import check_policy
from seqctl.model.policy.policy import FORMAT as POLICY_FORMAT
from seqctl.model.policy.shown import written_policy
from seqctl.model.sequence.check import check_sequence
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

UNREADABLE_DEFINITION = "unreadable_definition"


def check_definitions(transaction: Transaction) -> tuple[list[Finding], list[Sequence]]:
    """Definitions that are not valid or compiled into something else, and the sequences that are sound."""
    findings = _compiled_patterns(transaction)
    told = {finding.subject for finding in findings}
    sound = []
    for name in transaction.definitions.sequence_names():
        if ("sequences", name) in told:
            continue
        sequence = _readable_sequence(transaction, name)
        problems = [_unreadable("sequences", name)] if sequence is None else _problems(sequence)
        findings += problems
        if sequence is not None and not problems:
            sound.append(sequence)
    findings += _policies(transaction)
    for kind, name, wanted, other, its_type in transaction.invariants.other_types(NAMED):
        message = f"gives {wanted!r} the sequence {other!r}, which numbers {its_type!r}"
        hint = f"choose another one: seqctl {kind} edit {shell_word(name)}"
        findings.append(Finding("other_type", "error", (table_of(kind), name), message, hint))
    return findings, sound


def _compiled_patterns(transaction: Transaction) -> list[Finding]:
    """Sequences whose numbers are rendered by something else than their pattern compiles to."""
    findings = []
    for name, kind, pattern, compiled in transaction.invariants.compiled_patterns():
        try:
            right = encode(compile_pattern(pattern, kind == "alpha"))
        except ValueError as error:
            message = f"its pattern {pattern!r} cannot be compiled: {error}"
        else:
            # What another version compiled is compiled anew whenever it is read.
            if compiled == right or compiled.split("\n")[0] != FORMAT:
                continue
            parts = " ".join(compiled.split("\n")[1:])
            message = f"numbers are rendered by {parts!r}, which is not what its pattern {pattern!r} says"
        findings.append(Finding("compiled_otherwise", "error", ("sequences", name), message, RESTORE))
    return findings


def _policies(transaction: Transaction) -> Iterator[Finding]:
    """Policies that are not valid, or decide by something else than their conditions say."""
    for id, name, compiled, right in transaction.invariants.compiled_policies():
        if right is None:
            yield _unreadable("policies", name)
        elif compiled != right and compiled.split("\n")[0] == POLICY_FORMAT:
            message = "what decides is not what its conditions and its logic say"
            yield Finding("compiled_otherwise", "error", ("policies", name), message, RESTORE)
        else:
            try:
                policy = transaction.definitions.policy_by_id(id)
                yield from _errors(check_policy(name, written_policy(policy))[1])
            except UNREADABLE:
                yield _unreadable("policies", name)


def _readable_sequence(transaction: Transaction, name: str) -> Sequence | None:
    try:
        return transaction.definitions.sequence(name)
    except UNREADABLE:
        return None


def _problems(sequence: Sequence) -> list[Finding]:
    """The rules that the fields of a stored sequence break, and a closed day that is none."""
    calendars = {} if sequence.fiscal is None else {sequence.fiscal.name: sequence.fiscal}
    try:
        fields = KINDS["sequence"].values(sequence)
        findings = _errors(check_sequence(sequence.name, fields, calendars, sequence.pattern)[1])
    except UNREADABLE:
        return [_unreadable("sequences", sequence.name)]
    if sequence.closed_until is not None and not _is_day(sequence.closed_until):
        message = f"is closed through {sequence.closed_until!r}, which is not a date"
        subject = ("sequences", sequence.name)
        findings.append(Finding("invalid_definition", "error", subject, message, RESTORE))
    return findings


def _errors(found: list[Finding]) -> list[Finding]:
    """The errors among findings, with the field in the subject and never without a hint."""
    return [
        replaced(item, subject=(*item.subject, *map(str, item.field)), field=(), hint=item.hint or RESTORE)
        for item in found
        if item.severity == "error"
    ]


def _unreadable(table: str, name: str) -> Finding:
    message = "its fields cannot be read; the log was not checked"
    return Finding(UNREADABLE_DEFINITION, "error", (table, name), message, RESTORE)


def _is_day(text: str) -> bool:
    from seqctl.model.time.instant import check_date

    try:
        return len(check_date(text)) == 10
    except UsageError:
        return False
