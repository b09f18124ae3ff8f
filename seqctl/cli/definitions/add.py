"""`sequence add` and its like: a new definition; a book is made for it where there is none."""

from seqctl.cli import options
from seqctl.cli.definitions.fields import added_only, read_fields, with_fields
from seqctl.cli.definitions.kinds import KINDS, Kind
from seqctl.cli.files.changes import added, warn_and_print
from seqctl.cli.grammar.declaration import Annotated, Command, argument, declared, option
from seqctl.cli.session import Session
from seqctl.errors import UsageError
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


Name = Annotated[str, argument(metavar="NAME", read=composed, help="Unique name.")]
Members = Annotated[
    list[str], argument(metavar="TYPE=SEQUENCE...", help="Which sequence serves a document type.")
]


def _add_set(
    session: Session,
    name: Name,
    members: Members,
    default: Annotated[bool, option("--default", help="Serve whatever no other set serves.")] = False,
    dry_run: options.DryRun = False,
) -> None:
    from seqctl.actions import add_set

    served = options.pairs(members, "member", "invoice=SEQUENCE", "TYPE=SEQUENCE")
    plan = added(session, lambda store, rehearse: add_set(store, name, served, default, rehearse), dry_run)
    warn_and_print(plan, session)


def _adding(kind: Kind) -> Command:
    """The command for a kind whose fields are options."""
    adding = added_only(kind.name)

    def add(session: Session, name: Name, dry_run: options.DryRun = False, **given: "Any") -> None:
        from seqctl import actions

        settings = {key: given.pop(key) for key in (*kind.settings, *adding)}
        fields = read_fields(kind.name, given)
        if settings.pop("inactive", False):
            fields["status"] = "inactive"
        for needed in kind.needed:
            if needed not in fields:
                hint = f"for example: seqctl {kind.name} add {kind.verbs['add'][1]}"
                raise UsageError(f"--{needed.replace('_', '-')} is missing", hint)
        act = getattr(actions, f"add_{kind.name}")
        plan = added(
            session, lambda store, rehearse: act(store, name, fields, dry_run=rehearse, **settings), dry_run
        )
        warn_and_print(plan, session)

    parameters = [*with_fields(kind.name, *declared(add)), *adding.values()]
    for item in parameters:
        item.default = kind.defaults.get(item.name, item.default)
    return kind.command("add", add, parameters)


def command_of(kind: str) -> Command:
    """The command for one kind."""
    return KINDS[kind].command("add", _add_set) if kind == "set" else _adding(KINDS[kind])
