"""`explain`: the whole reasoning behind a number."""

from seqctl.cli.errors import visible, warn
from seqctl.cli.issuing.requests import requesting
from seqctl.cli.output import print_record, print_text
from seqctl.cli.session import Session
from seqctl.cli.shown import shown
from seqctl.model.number.request import Request
from seqctl.model.sequence.scope import escape, scope_values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.actions.issuing.draw import Frame
    from seqctl.actions.issuing.explain import Explanation


def explain_request(session: Session, request: Request) -> None:
    """Explain which policy, set, sequence and counter would serve."""
    from seqctl.actions.issuing.explain import explain

    with session.open() as store:
        explanation = explain(store, request)
    for warning in explanation.warnings:
        warn(warning)
    explained = explanation_shown(explanation)
    if session.format is not None and session.format != "table":
        print_record(explained, session.format)
    elif session.on_a_terminal:
        from seqctl.cli.issuing.explanation_tree import explanation_tree
        from seqctl.cli.terminal.tree import tree

        print_text(tree(explanation_tree(explained)))
    else:
        print_text(visible(line) + "\n" for line in in_words(explained))


def in_words(explained: "dict[str, Any]") -> list[str]:
    """The explanation as lines for a person."""
    lines = [f"target    {explained['target']}"]
    for policy in explained["policies"]:
        lines.append(f"policy    {policy['name']} (priority {policy['priority']}): {_verdict(policy)}")
    if explained["policy"]:
        lines.append(f"policy    -> {explained['policy']}")
    lines += [f"passed    {item['words']}" for item in explained["passed_over"]]
    if explained["set"]:
        lines.append(f"set       {explained['set']}: {explained['reason']}")
    if explained["sequence"]:
        why = "" if explained["set"] else f": {explained['reason']}"
        lines.append(f"sequence  {explained['sequence']} {explained['pattern']}{why}")
    if explained["number"]:
        scope = "/".join(f"{name}={escape(value)}" for name, value in explained["scope"].items())
        counter = explained["counter"]
        last = "nothing was issued yet" if counter["last"] is None else f"last value {counter['last']}"
        lines.append(f"date      {explained['date']}")
        lines.append(f"period    {explained['period']} (reset {explained['reset']})")
        if scope:
            lines.append(f"scope     {scope}")
        lines.append(f"counter   {last}, next {counter['next']}")
        lines.append(f"number    {explained['number']}")
    if explained["refused"]:
        refused = explained["refused"]
        lines.append(f"refused   {refused['code']}: {refused['message']}")
        if refused["hint"]:
            lines.append(f"hint      {refused['hint']}")
    return lines


def _verdict(policy: "dict[str, Any]") -> str:
    if policy["status"] != "active":
        return "inactive"
    if not policy["effective"]:
        return "not effective on this date"
    verdict = {True: "matches", False: "does not match", None: "cannot be decided"}[policy["matches"]]
    for condition in policy["conditions"]:
        if condition["id"] == policy["decided_by"]:
            saw = "nothing" if condition["saw"] is None else repr(condition["saw"])
            return f"{verdict}, decided by {condition['id']}: {condition['condition']} (saw {saw})"
    return f"{verdict}, it has no conditions"


def explanation_shown(explanation: "Explanation") -> "dict[str, Any]":
    """Everything as one object."""
    from seqctl.actions.issuing.explain import passed_words

    choice = explanation.choice
    refused: dict[str, object] | None = None
    if explanation.refusal is not None:
        refused = {
            "code": explanation.refusal.code,
            "message": explanation.refusal.message,
            "hint": explanation.hint,
        }
    return {
        "target": explanation.target,
        "policies": [
            shown(verdict, conditions=list(map(shown, verdict.conditions)))
            for verdict in explanation.policies
        ],
        "passed_over": [
            {"reason": item[0], "name": item[1], "words": passed_words(item, explanation.target)}
            for item in dict.fromkeys(explanation.passed)
        ],
        "policy": choice.policy.name if choice and choice.policy else None,
        "set": choice.set_name if choice else None,
        "reason": explanation.reason,
        "sequence": choice.sequence.name if choice else None,
        "pattern": choice.sequence.pattern if choice else None,
        "reset": choice.sequence.reset if choice else None,
        **_drawn(explanation.frame),
        "refused": refused,
    }


def _drawn(frame: "Frame | None") -> dict[str, object]:
    if frame is None:
        return {"date": None, "period": None, "scope": None, "counter": None, "number": None}
    counter, outcome = frame.lane.counter, frame.lane.outcome
    return {
        "date": outcome.date,
        "period": outcome.period,
        "scope": scope_values(outcome.scope),
        "counter": {
            "first": counter.first,
            "last": counter.last if counter.used else None,
            "next": outcome.numbers[0][0],
            "new": counter.id is None,
        },
        "number": outcome.texts[0],
    }


COMMAND = requesting(explain_request, example="explain invoice --attr country=DE")
