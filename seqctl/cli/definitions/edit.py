"""`sequence edit` and its like: what is given changes, the rest stays."""

from seqctl.cli import options
from seqctl.cli.definitions.changes import warn_and_print
from seqctl.cli.definitions.kinds import KINDS
from seqctl.cli.grammar.declaration import Annotated, Command, argument, declared, option
from seqctl.cli.session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Collisions = Annotated[bool, option("--allow-collisions", help="Take it although numbers could be alike.")]
Members = Annotated[
    list[str] | None,
    argument(metavar="[TYPE=SEQUENCE...]", help="Which sequence serves a document type."),
]


def _sequence(
    session: Session,
    name: str,
    allow_collisions: Collisions = False,
    dry_run: options.DryRun = False,
    **given: "Any",
) -> None:
    """Change fields of a sequence; an empty text takes a value away."""
    from seqctl.actions.definitions.sequences import edit_sequence
    from seqctl.cli.definitions.sequence_fields import read_fields

    fields = read_fields(given)
    with session.open() as store:
        plan = edit_sequence(store, name, fields, allow_collisions, dry_run)
    warn_and_print(plan, session)


def _set(
    session: Session,
    name: str,
    members: Members = None,
    without: Annotated[
        list[str] | None,
        option("--without", metavar="TYPE", help="Take this document type out of the set."),
    ] = None,
    default: Annotated[bool, option("--default", help="Make it the default set.")] = False,
    dry_run: options.DryRun = False,
) -> None:
    """Change members of a set, or make it the default."""
    from seqctl.actions.definitions.sets import edit_set

    served = options.pairs(members, "member", "invoice=SEQUENCE", "TYPE=SEQUENCE")
    with session.open() as store:
        plan = edit_set(store, name, served, without or [], default, dry_run)
    warn_and_print(plan, session)


def _policy(session: Session, name: str, dry_run: options.DryRun = False, **given: "Any") -> None:
    """Change fields of a policy; --when replaces all conditions, an empty text takes a value away."""
    from seqctl.actions.definitions.policies import edit_policy
    from seqctl.cli.definitions.policy_fields import policy_fields

    fields = policy_fields(**given)
    with session.open() as store:
        plan = edit_policy(store, name, fields, dry_run)
    warn_and_print(plan, session)


def _calendar(
    session: Session,
    name: str,
    start: Annotated[
        str | None, option("--start", metavar="MM-DD", help="First day of the fiscal year: 04-01.")
    ] = None,
    named_by: Annotated[
        str | None,
        option(
            "--named-by",
            metavar="start|end",
            help="Which calendar year names the fiscal year: start or end.",
        ),
    ] = None,
    dry_run: options.DryRun = False,
) -> None:
    """Change a calendar by which nothing was numbered yet."""
    from seqctl.actions.definitions.calendars import edit_calendar

    given = {"start": start, "named_by": named_by}
    fields: dict[str, object] = {key: value for key, value in given.items() if value is not None}
    with session.open() as store:
        plan = edit_calendar(store, name, fields, dry_run)
    warn_and_print(plan, session)


def command_of(kind: str) -> Command:
    """The command for one kind."""
    name = KINDS[kind].argument
    if kind == "sequence":
        from seqctl.cli.definitions.sequence_fields import field_parameters

        parameters = [name, *declared(_sequence), *field_parameters()]
        return Command(_sequence, parameters, example="sequence edit invoice --end 99999 --warn-at 90%")
    if kind == "set":
        example = "set edit europe refund=refund-eu --default"
        return Command(_set, [name, *declared(_set)], example=example)
    if kind == "policy":
        from seqctl.cli.definitions.policy_fields import policy_fields

        parameters = [name, *declared(policy_fields), *declared(_policy)]
        return Command(_policy, parameters, example="policy edit big --priority 10")
    parameters = [name, *declared(_calendar)]
    return Command(_calendar, parameters, example="calendar edit india --named-by end")
