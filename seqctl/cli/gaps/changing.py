"""What `restore`, `block` and `review` share: which runs, and why they are changed."""

from seqctl.cli import options
from seqctl.cli.gaps.selecting import COLUMNS, IMPORTANT, OptionalTarget, Policy, wanted_gaps
from seqctl.cli.grammar.declaration import Annotated, Command, argument, option
from seqctl.cli.output import print_list
from seqctl.cli.session import Session
from seqctl.cli.shown import shown
from seqctl.errors import UsageError
from seqctl.model.text import composed

Runs = Annotated[
    list[str] | None,
    argument(
        metavar="FIRST[..LAST]",
        read=composed,
        help="Numbers as printed, else integers, which need --period and --scope where there are any.",
    ),
]
All = Annotated[bool, option("--all", help="Every missing number of the target.")]


def changing(verb: str, help: str, *, example: str) -> Command:
    """A command that does to gaps what the action named `verb` does, under a reason."""

    def command(
        session: Session,
        reason: options.Reason,
        target: OptionalTarget = None,
        runs: Runs = None,
        everything: All = False,
        period: options.Period = None,
        scope: options.Scope = None,
        document_type: options.OfType = None,
        set_name: options.InSet = None,
        policy: Policy = None,
        dry_run: options.DryRun = False,
    ) -> None:
        from seqctl import actions

        why = options.reason_text(reason)
        narrowed = any(item is not None for item in (document_type, set_name, policy))
        named = named_runs(target, runs, everything, narrowed)
        wanted = wanted_gaps(target, document_type, policy, period, scope, set_name)
        with session.open() as store:
            gaps = getattr(actions, f"{verb}_gaps")(store, wanted, named, why, dry_run=dry_run)
            print_list(map(shown, gaps), COLUMNS, session.format, IMPORTANT)

    return Command(command, help=help, example=f"gaps {verb} {example}")


def named_runs(
    target: str | None,
    runs: list[str] | None,
    everything: bool,
    narrowed: bool,
) -> list[str] | None:
    """The runs that were named, or None for all missing ones. Raises UsageError where neither is meant.

    `narrowed` says that something else than a target says whose gaps are meant.
    """
    if everything and runs:
        raise UsageError("--all and single numbers exclude each other", "give one of them")
    if target is None and not (everything and narrowed):
        raise UsageError("TARGET is missing: whose gaps are meant?", "name a sequence or a document type")
    if not everything and not runs:
        raise UsageError(
            f"name the numbers of {target!r}, for example INV-0007 or INV-0007..INV-0009",
            "for every missing one, give --all",
        )
    return None if everything else runs
