"""`sequence edit` and its like: what is given changes, the rest stays."""

from seqctl.cli import options
from seqctl.cli.definitions.fields import edited_only, read_fields, with_fields
from seqctl.cli.definitions.kinds import KINDS, Kind
from seqctl.cli.files.changes import warn_and_print
from seqctl.cli.grammar.declaration import Annotated, Command, argument, declared, option
from seqctl.cli.session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Members = Annotated[
    list[str] | None,
    argument(metavar="[TYPE=SEQUENCE...]", help="Which sequence serves a document type."),
]


def _edit_set(
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
    from seqctl.actions import edit_set

    served = options.pairs(members, "member", "invoice=SEQUENCE", "TYPE=SEQUENCE")
    with session.open() as store:
        plan = edit_set(store, name, served, without or [], default, dry_run)
    warn_and_print(plan, session)


def _editing(kind: Kind) -> Command:
    """The command for a kind whose fields are options."""

    def edit(session: Session, name: str, dry_run: options.DryRun = False, **given: "Any") -> None:
        from seqctl import actions

        settings = {key: given.pop(key) for key in kind.settings}
        fields = read_fields(kind.name, given)
        with session.open() as store:
            plan = getattr(actions, f"edit_{kind.name}")(store, name, fields, dry_run=dry_run, **settings)
        warn_and_print(plan, session)

    parameters = [*with_fields(kind.name, kind.argument, *declared(edit)), *edited_only(kind.name)]
    return kind.command("edit", edit, parameters)


def command_of(kind: str) -> Command:
    """The command for one kind."""
    if kind == "set":
        return KINDS[kind].command("edit", _edit_set, [KINDS[kind].argument, *declared(_edit_set)])
    return _editing(KINDS[kind])
