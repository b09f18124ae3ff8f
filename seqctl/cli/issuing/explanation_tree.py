"""What `explain` shows on a terminal: a tree of what was asked, in the order in which it was asked."""

from __future__ import annotations

from seqctl.cli.terminal.style import HELD, SETTLED, WRONG
from seqctl.cli.terminal.tree import Branch
from seqctl.model.sequence.scope import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MARKS = {True: "yes", False: "no", None: "undecided"}
"""What became of a condition."""


def explanation_tree(explained: dict[str, Any]) -> Branch:
    """The explanation as a tree; what chose is green, what did not is grey, what refused is red."""
    branches = [_policy(policy, explained["policy"]) for policy in explained["policies"]]
    branches += [Branch(f"passed over: {item['words']}", SETTLED) for item in explained["passed_over"]]
    if explained["set"]:
        branches.append(Branch(f"set {explained['set']}: {explained['reason']}", HELD))
    if explained["sequence"]:
        why = "" if explained["set"] else f": {explained['reason']}"
        branches.append(
            Branch(f"sequence {explained['sequence']} {explained['pattern']}{why}", HELD, _counter(explained))
        )
    if explained["number"]:
        branches.append(Branch(f"number {explained['number']}", f"bold {HELD}"))
    if explained["refused"]:
        refused = explained["refused"]
        hint = [Branch(refused["hint"])] if refused["hint"] else []
        branches.append(Branch(f"refused ({refused['code']}): {refused['message']}", WRONG, hint))
    return Branch(f"{explained['target']}", "bold", branches)


def _policy(policy: dict[str, Any], chosen: str | None) -> Branch:
    """A policy with each of its conditions, the value that it saw, and whether it held."""
    verdict = {True: "matches", False: "does not match", None: "cannot be decided"}[policy["matches"]]
    if policy["status"] != "active":
        verdict = "inactive"
    elif not policy["effective"]:
        verdict = "not effective on this date"
    style = HELD if policy["name"] == chosen else SETTLED
    conditions = [
        Branch(
            f"{MARKS[item['holds']]}: {item['condition']}"
            f" (saw {'nothing' if item['saw'] is None else repr(item['saw'])})"
            f"{', which decided it' if item['id'] == policy['decided_by'] else ''}",
            HELD if item["holds"] else SETTLED,
        )
        for item in policy["conditions"]
    ]
    words = f"policy {policy['name']} (priority {policy['priority']}) for {policy['sequence']}: {verdict}"
    return Branch(words, style, conditions)


def _counter(explained: dict[str, Any]) -> list[Branch]:
    """Where the number counts, as far as the reasoning went."""
    if not explained["number"]:
        return []
    counter = explained["counter"]
    last = "nothing was issued yet" if counter["last"] is None else f"last value {counter['last']}"
    scope = ", ".join(f"{name}={escape(value)}" for name, value in explained["scope"].items())
    return [
        Branch(f"date {explained['date']}, period {explained['period']} (reset {explained['reset']})"),
        *([Branch(f"scope {scope}")] if scope else []),
        Branch(f"counter: {last}, next {counter['next']}"),
    ]
