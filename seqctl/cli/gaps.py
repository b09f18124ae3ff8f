"""`seqctl gaps`: list, restore, block, review."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from seqctl.cli import options
from seqctl.cli.output import print_list
from seqctl.cli.session import Session, group_options, shared
from seqctl.docstrings import docstring
from seqctl.errors import UsageError
from seqctl.model.gap_run import STATES
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.gap_listing import GapFilter, ListedGap

Named = list[str] | None
"""Runs as people write them; None: all that are missing."""

COLUMNS = (
    *("sequence", "scope", "period", "first", "last", "count", "first_number", "last_number", "state"),
    *("reason", "actor", "since"),
)
IMPORTANT = 9
FOUND = 3
LIST = "list"

HELP = """Gaps: numbers that no document holds, and what is known of them.

`seqctl gaps` alone lists them, and `seqctl gaps TARGET` those of a sequence or document type; for the options
see: seqctl gaps list --help. Where a sequence has the name of a command, write: seqctl gaps list NAME
"""


class GapGroup(TyperGroup):
    """The commands on gaps: a first word that is none of them is the target of the list."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `list` before the first word that is neither a shared option nor a command."""
        at = self._first_word(args)
        asks_for_help = args[at : at + 1] and args[at] in ctx.help_option_names
        if not asks_for_help and not (args[at : at + 1] and args[at] in self.commands):
            args = [*args[:at], LIST, *args[at:]]
        return super().parse_args(ctx, args)

    def _first_word(self, args: list[str]) -> int:
        """The place behind the shared options that stand first."""
        taking = {
            name: not getattr(option, "is_flag", False) for option in self.params for name in option.opts
        }
        at = 0
        while at < len(args):
            word = args[at]
            if word in taking:
                at += 1 + taking[word]
            elif word.partition("=")[0] in taking or (word[:2] in taking and word[:2] != "--"):
                at += 1
            else:
                break
        return min(at, len(args))


group = typer.Typer(
    cls=GapGroup,
    help=HELP,
    epilog=options.EXAMPLE + "gaps invoice --period 2026",
    rich_markup_mode=None,
)
OptionalTarget = Annotated[
    str | None,
    typer.Argument(
        metavar="TARGET",
        parser=composed,
        help="A sequence, else a document type.",
        autocompletion=options.complete_target,
    ),
]
Runs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FIRST[..LAST]",
        parser=composed,
        help="Numbers as printed, else integers, which need --period and --scope where there are any.",
    ),
]
Type = Annotated[
    str | None, typer.Option("--type", metavar="TYPE", help="All sequences of this document type.")
]
Policy = Annotated[
    str | None,
    typer.Option(
        "--policy",
        metavar="NAME",
        parser=composed,
        help="The sequence that this policy chooses.",
        autocompletion=options.complete_policy,
    ),
]
All = Annotated[bool, typer.Option("--all", help="Every missing number of the target.")]


@group.callback()
@group_options
def _group() -> None:
    """Gaps: numbers that no document holds, and what is known of them."""


def list_command(
    session: Session,
    target: OptionalTarget = None,
    period: options.Period = None,
    scope: options.Scope = None,
    state: Annotated[
        str | None, typer.Option("--state", metavar="STATE", help=f"One of: {', '.join(STATES)}.")
    ] = None,
    document_type: Type = None,
    policy: Policy = None,
    exit_code: Annotated[
        bool,
        typer.Option(
            "--exit-code",
            help="Exit with 3 where a gapless sequence has numbers that are missing, under review, or freed"
            " and can go out no more.",
        ),
    ] = False,
) -> int:
    """List the gaps, a row for each run of numbers in one state."""
    from seqctl.actions.gap_listing import list_gaps

    if state is not None and state not in STATES:
        raise UsageError(f"{state!r} is no state of a gap", f"one of: {', '.join(STATES)}")
    wanted = _wanted(target, document_type, policy, period, scope, state)
    findings: list[bool] = []

    def rows(gaps: Iterator[ListedGap]) -> Iterator[dict[str, object]]:
        for gap in gaps:
            if exit_code and not findings and gap.is_finding():
                findings.append(True)
            yield gap.object()

    with session.open() as store, closing(list_gaps(store, wanted)) as gaps:
        print_list(rows(gaps), COLUMNS, session.format, IMPORTANT)
    return FOUND if findings else 0


def restore(session: Session, wanted: GapFilter, runs: Named, reason: str, dry_run: bool) -> None:
    """Let missing numbers, and those under review, go out again."""
    from seqctl.actions.gap_changes import restore_gaps

    with session.open() as store:
        _show(session, restore_gaps(store, wanted, runs, reason, dry_run=dry_run))


def block(session: Session, wanted: GapFilter, runs: Named, reason: str, dry_run: bool) -> None:
    """Explain numbers that no document holds: they are never given out."""
    from seqctl.actions.gap_changes import block_gaps

    with session.open() as store:
        _show(session, block_gaps(store, wanted, runs, reason, dry_run=dry_run))


def review(session: Session, wanted: GapFilter, runs: Named, reason: str, dry_run: bool) -> None:
    """Put numbers that no document holds under review: somebody looks into them."""
    from seqctl.actions.gap_changes import review_gaps

    with session.open() as store:
        _show(session, review_gaps(store, wanted, runs, reason, dry_run=dry_run))


def _changing(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that choose gaps and say why they are changed."""

    def command(
        session: Session,
        reason: options.Reason,
        target: OptionalTarget = None,
        runs: Runs = None,
        everything: All = False,
        period: options.Period = None,
        scope: options.Scope = None,
        document_type: Type = None,
        policy: Policy = None,
        dry_run: options.DryRun = False,
    ) -> None:
        why = options.reason_text(reason)
        named = _named(target, runs, everything, document_type, policy)
        wanted = _wanted(target, document_type, policy, period, scope)
        function(session, wanted, named, why, dry_run)

    command.__doc__ = docstring(function)
    return command


def _wanted(
    target: str | None,
    document_type: str | None,
    policy: str | None,
    period: str | None,
    scope: list[str] | None,
    state: str | None = None,
) -> GapFilter:
    from seqctl.actions.gap_listing import GapFilter

    pairs = tuple(options.pairs(scope, "--scope").items())
    return GapFilter(target, document_type, policy, period, pairs, state)


def _named(
    target: str | None,
    runs: list[str] | None,
    everything: bool,
    document_type: str | None,
    policy: str | None,
) -> Named:
    """The runs that were named, or None for all missing ones. Raises UsageError where neither is meant."""
    if everything and runs:
        raise UsageError("--all and single numbers exclude each other", "give one of them")
    if target is None and (not everything or (document_type is None and policy is None)):
        raise UsageError("TARGET is missing: whose gaps are meant?", "name a sequence or a document type")
    if not everything and not runs:
        raise UsageError(
            f"it is not said which numbers of {target!r} are meant",
            "write FIRST or FIRST..LAST, or --all for every missing one",
        )
    return None if everything else runs


def _show(session: Session, gaps: list[dict[str, object]]) -> None:
    print_list(gaps, COLUMNS, session.format, IMPORTANT)


for function, command, example in (
    (list_command, LIST, "list invoice --period 2026 --state missing"),
    (_changing(restore), "restore", 'restore invoice INV-2026-00007 --reason "never sent"'),
    (
        _changing(block),
        "block",
        'block invoice INV-2026-00007..INV-2026-00012 --reason "lost in the migration"',
    ),
    (_changing(review), "review", 'review invoice --all --reason "asked the branch"'),
):
    group.command(command, epilog=options.EXAMPLE + "gaps " + example)(shared(function))
