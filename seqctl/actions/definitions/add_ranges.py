"""Adding the ranges of a file: all of them or nothing, in one transaction and one event."""

from __future__ import annotations

from collections.abc import Callable

from seqctl.actions.definitions.define import Wish, define, plan_definitions, raise_problems
from seqctl.model.catalogue.catalogue import Catalogue, Wanted
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.catalogue.plan import NOWHERE, Plan
from seqctl.model.classes import replaced
from seqctl.model.finding import Finding
from seqctl.model.range.check import check_range
from seqctl.model.reports.file_problems import FileFinding
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


def add_ranges(
    store: Store,
    wanted: Wanted,
    subject: str,
    describe: Callable[[Finding], str],
    place: Callable[[Finding], FileFinding],
    dry_run: bool = False,
) -> Plan:
    """Define the ranges that are wanted; one that is there alike stays as it is.

    `subject` names the file in the log; `describe` and `place` say where a finding stands in it. Takes the
    write lock for the write. Raises InvalidInput, or Refused (`exists` for one that is there and differs).
    """

    wish = _new(wanted)
    plan = plan_definitions(store, wish)
    if dry_run or store.path == NOWHERE:
        raise_problems(plan, describe, place)
        return plan
    return define(store, wish, "range add", subject, plan, describe, place)


def leave_invalid_out(store: Store, wanted: Wanted) -> list[Finding]:
    """Take the ranges that would be refused out of those that are wanted, and tell why. Takes no lock.

    Of two that have numbers in common the one goes that the finding is about.
    """
    left_out: list[Finding] = []
    while True:
        found = plan_definitions(store, _new(wanted)).findings
        wrong = [one for one in found if one.severity == "error" and _is_of(wanted, one)]
        if not wrong:
            return left_out
        # One that has numbers of another may be right where that other goes.
        wrong = [one for one in wrong if one.code != "collision"] or wrong[:1]
        left_out += wrong
        names = {finding.subject[1] for finding in wrong}
        for name in names & wanted.ranges.keys():
            del wanted.ranges[name]
        wanted.findings = [one for one in wanted.findings if one not in wrong]


def _is_of(wanted: Wanted, finding: Finding) -> bool:
    """Whether a finding is about one of the ranges that are wanted, so that it goes with that."""
    kind, *names = finding.subject or ("",)
    return kind == "ranges" and (names[0] in wanted.ranges or finding in wanted.findings)


def _new(wanted: Wanted) -> Wish:
    """What is wanted, where nothing else is there under the same names."""

    def wish(transaction: Transaction) -> Wanted:
        known = transaction.catalogue.read()
        return replaced(wanted, findings=[*wanted.findings, *_existing(known, wanted)])

    return wish


def _existing(known: Catalogue, wanted: Wanted) -> list[Finding]:
    """Ranges that are there already and are not what is wanted."""
    kind, found = KINDS["range"], []
    for name, fields in wanted.ranges.items():
        before = known.ranges.get(name)
        made = None if before is None else check_range(name, fields, known.sequences)[0]
        if made is None:
            continue
        changes = kind.changes(before, made)
        if changes:
            message = f"already exists, with another {' and '.join(changes)}"
            hint = f"change it with: seqctl range edit {shell_word(name)}"
            found.append(Finding("exists", "error", ("ranges", name), message, hint))
    return found
