"""`seqctl policy`: add, list, show, edit, remove, activate, deactivate."""

from __future__ import annotations

import tomllib
from typing import Annotated

import typer

from seqctl.cli import options
from seqctl.cli.changes import added, print_changes, remove_asking, warn_of
from seqctl.cli.output import print_list, print_record
from seqctl.cli.session import Session, group_options, shared
from seqctl.errors import UsageError
from seqctl.model.policy import OPERATORS
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.plan import Plan
    from seqctl.store.port import Store

group = typer.Typer(
    help="Policies: conditions that choose a sequence for a document type.",
    epilog=options.EXAMPLE + "policy list",
    no_args_is_help=True,
    rich_markup_mode=None,
)
LISTED = ("name", "document_type", "sequence", "priority", "status", "conditions", "logic", "used")
LISTS = ("in", "not_in")

Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME", parser=composed, help="The policy's name.", autocompletion=options.complete_policy
    ),
]
Type = Annotated[str | None, typer.Option("--document-type", metavar="TYPE", help="What it chooses for.")]
Chosen = Annotated[
    str | None,
    typer.Option(
        "--sequence", metavar="NAME", help="What it chooses.", autocompletion=options.complete_sequence
    ),
]
When = Annotated[
    list[str] | None,
    typer.Option("--when", metavar="'FIELD OPERATOR VALUE'", help="A condition; numbered from 1."),
]
Logic = Annotated[
    str | None, typer.Option("--logic", metavar="TEXT", help="As in '1 AND (2 OR NOT 3)'. Default: all.")
]
Priority = Annotated[
    str | None, typer.Option("--priority", metavar="N", help="The highest wins. Default: 0.")
]
From = Annotated[str | None, typer.Option("--effective-from", metavar="DATE", help="First date or instant.")]
Until = Annotated[str | None, typer.Option("--effective-until", metavar="DATE", help="Last date or instant.")]
Zone = Annotated[str | None, typer.Option("--timezone", metavar="ZONE", help="Whose midnight decides.")]
Description = Annotated[str | None, typer.Option("--description", metavar="TEXT", help="What it is for.")]


@group.callback()
@group_options
def _group() -> None:
    """Policies: conditions that choose a sequence for a document type."""


def add(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME", parser=composed, help="Unique name.")],
    document_type: Type = None,
    sequence: Chosen = None,
    when: When = None,
    logic: Logic = None,
    priority: Priority = None,
    effective_from: From = None,
    effective_until: Until = None,
    timezone: Zone = None,
    description: Description = None,
    dry_run: options.DryRun = False,
) -> None:
    """Define a policy."""
    fields = _fields(locals())
    for option in ("document_type", "sequence"):
        if option not in fields:
            raise UsageError(f"missing option --{option.replace('_', '-')}", "see: seqctl policy add --help")
    from seqctl.actions.policies import add_policy

    def act(store: Store, rehearse: bool) -> Plan:
        return add_policy(store, name, fields, rehearse)

    plan = added(session, act, dry_run)
    warn_of(plan)
    print_changes(plan, session)


def edit(
    session: Session,
    name: Name,
    document_type: Type = None,
    sequence: Chosen = None,
    when: When = None,
    logic: Logic = None,
    priority: Priority = None,
    effective_from: From = None,
    effective_until: Until = None,
    timezone: Zone = None,
    description: Description = None,
    dry_run: options.DryRun = False,
) -> None:
    """Change fields of a policy; --when replaces all conditions, an empty text takes a value away."""
    fields = _fields(locals())
    from seqctl.actions.policies import edit_policy

    with session.open() as store:
        plan = edit_policy(store, name, fields, dry_run)
    warn_of(plan)
    print_changes(plan, session)


def list_policies(session: Session) -> None:
    """List all policies."""
    from seqctl.actions.lists import read_catalogue
    from seqctl.actions.plan_policies import policy_object

    with session.open() as store:
        policies = read_catalogue(store).policies.values()
    shown = [policy_object(policy) for policy in policies]
    if session.format not in ("json", "jsonl"):
        shown = [{**item, "conditions": _in_words(item["conditions"])} for item in shown]
    print_list(shown, LISTED, session.format, 3)


def show(session: Session, name: Name) -> None:
    """Show a policy."""
    from seqctl.actions.lists import known, read_catalogue
    from seqctl.actions.plan_policies import policy_object

    with session.open() as store:
        policies = read_catalogue(store).policies
    shown = policy_object(policies[known("policy", name, list(policies))])
    if session.format not in ("json", "jsonl"):
        shown["conditions"] = _in_words(shown["conditions"])
    print_record(shown, session.format)


def remove(session: Session, name: Name, yes: options.Yes = False, dry_run: options.DryRun = False) -> None:
    """Remove a policy that never chose for a number."""
    remove_asking(session, "policy", name, yes, dry_run)


def activate(session: Session, name: Name, dry_run: options.DryRun = False) -> None:
    """Let a policy choose."""
    _set_status(session, name, "active", dry_run)


def deactivate(session: Session, name: Name, dry_run: options.DryRun = False) -> None:
    """Stop a policy from choosing."""
    _set_status(session, name, "inactive", dry_run)


def _set_status(session: Session, name: str, status: str, dry_run: bool) -> None:
    from seqctl.actions.policies import edit_policy

    with session.open() as store:
        plan = edit_policy(store, name, {"status": status}, dry_run)
    print_changes(plan, session)


def _fields(given: dict[str, object]) -> dict[str, object]:
    """The fields that were given; an empty text stands for no value."""
    names = (
        *("document_type", "sequence", "logic", "priority", "effective_from", "effective_until"),
        *("timezone", "description"),
    )
    fields = {name: given[name] or None for name in names if given[name] is not None}
    when = given["when"]
    if isinstance(when, list) and when:
        fields["conditions"] = [_condition(text) for text in when if text]
    return fields


def _condition(text: str) -> dict[str, object]:
    """A condition from `FIELD OPERATOR VALUE`, its value typed as TOML would: 100, true, 2026-01-01, text."""
    field, _, rest = text.strip().partition(" ")
    operator, _, written = rest.strip().partition(" ")
    if operator not in OPERATORS:
        raise UsageError(f"--when {text!r} is not FIELD OPERATOR VALUE", f"operators: {', '.join(OPERATORS)}")
    condition: dict[str, object] = {"field": field, "operator": operator}
    written = written.strip()
    if operator in LISTS:
        value = _typed(written)
        condition["value"] = (
            value if isinstance(value, list) else [_typed(item) for item in written.split(",")]
        )
    elif written:
        condition["value"] = _typed(written)
    return condition


def _typed(written: str) -> object:
    try:
        return tomllib.loads(f"value = {written.strip()}")["value"]
    except ValueError:
        return written.strip()


def _in_words(conditions: object) -> str:
    assert isinstance(conditions, list)
    return "; ".join(
        f"{item['id']}: {item['field']} {item['operator']} {item.get('value', '')}".rstrip()
        for item in conditions
    )


for function, command, example in (
    (
        add,
        "add",
        "add big --document-type invoice --sequence large --when 'paid equals true'",
    ),
    (list_policies, "list", "list"),
    (show, "show", "show big"),
    (edit, "edit", "edit big --priority 10"),
    (remove, "remove", "remove big --yes"),
    (activate, "activate", "activate big"),
    (deactivate, "deactivate", "deactivate big"),
):
    group.command(command, epilog=options.EXAMPLE + "policy " + example)(shared(function))
