"""`sequence add` and its like: a new definition; a book is made for it where there is none."""

from seqctl.cli import options
from seqctl.cli.definitions.changes import added, warn_and_print
from seqctl.cli.grammar.declaration import Annotated, Command, argument, declared, option
from seqctl.cli.session import Session
from seqctl.errors import UsageError
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


Name = Annotated[str, argument(metavar="NAME", read=composed, help="Unique name.")]
Collisions = Annotated[bool, option("--allow-collisions", help="Take it although numbers could be alike.")]
Members = Annotated[
    list[str], argument(metavar="TYPE=SEQUENCE...", help="Which sequence serves a document type.")
]


def _sequence(
    session: Session,
    name: Name,
    allow_collisions: Collisions = False,
    dry_run: options.DryRun = False,
    **given: "Any",
) -> None:
    """Define a sequence."""
    from seqctl.actions.definitions.sequences import add_sequence
    from seqctl.cli.definitions.sequence_fields import read_fields

    fields = read_fields(given)
    plan = added(
        session,
        lambda store, rehearse: add_sequence(store, name, fields, allow_collisions, rehearse),
        dry_run,
    )
    warn_and_print(plan, session)


def _set(
    session: Session,
    name: Name,
    members: Members,
    default: Annotated[bool, option("--default", help="Serve whatever no other set serves.")] = False,
    dry_run: options.DryRun = False,
) -> None:
    """Define a set."""
    from seqctl.actions.definitions.sets import add_set

    served = options.pairs(members, "member", "invoice=SEQUENCE", "TYPE=SEQUENCE")
    plan = added(session, lambda store, rehearse: add_set(store, name, served, default, rehearse), dry_run)
    warn_and_print(plan, session)


def _policy(session: Session, name: Name, dry_run: options.DryRun = False, **given: "Any") -> None:
    """Define a policy."""
    from seqctl.actions.definitions.policies import add_policy
    from seqctl.cli.definitions.policy_fields import policy_fields

    fields = policy_fields(**given)
    for needed in ("document_type", "sequence"):
        if needed not in fields:
            raise UsageError(f"missing option --{needed.replace('_', '-')}", "see: seqctl policy add --help")
    plan = added(session, lambda store, rehearse: add_policy(store, name, fields, rehearse), dry_run)
    warn_and_print(plan, session)


def _calendar(
    session: Session,
    name: Name,
    start: Annotated[str, option("--start", metavar="MM-DD", help="First day of the fiscal year: 04-01.")],
    named_by: Annotated[
        str,
        option(
            "--named-by",
            metavar="start|end",
            help="Which calendar year names the fiscal year: start or end.",
        ),
    ] = "start",
    dry_run: options.DryRun = False,
) -> None:
    """Define a calendar."""
    from seqctl.actions.definitions.calendars import add_calendar

    fields: dict[str, object] = {"start": start, "named_by": named_by}
    plan = added(session, lambda store, rehearse: add_calendar(store, name, fields, rehearse), dry_run)
    warn_and_print(plan, session)


def command_of(kind: str) -> Command:
    """The command for one kind."""
    if kind == "sequence":
        from seqctl.cli.definitions.sequence_fields import field_parameters

        example = 'sequence add invoice --pattern "INV-{YYYY}-{number:5}" --reset year'
        return Command(_sequence, [*declared(_sequence), *field_parameters()], example=example)
    if kind == "set":
        return Command(_set, example="set add europe invoice=invoice-eu credit_memo=memo-eu")
    if kind == "policy":
        from seqctl.cli.definitions.policy_fields import policy_fields

        name, dry_run = declared(_policy)
        example = "policy add big --document-type invoice --sequence large --when 'paid equals true'"
        return Command(_policy, [name, *declared(policy_fields), dry_run], example=example)
    return Command(_calendar, example="calendar add india --start 04-01 --named-by start")
