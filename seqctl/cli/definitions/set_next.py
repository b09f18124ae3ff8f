"""`sequence set-next`: the next value of a counter."""

from seqctl.cli import options
from seqctl.cli.definitions.kinds import SEQUENCE
from seqctl.cli.grammar.declaration import Annotated, Command, argument, declared, option
from seqctl.cli.output import print_row
from seqctl.cli.session import Session
from seqctl.cli.shown import shown


def set_next(
    session: Session,
    name: str,
    value: Annotated[
        str,
        argument(metavar="VALUE", help="The next value of the counter; one past the last uses it up."),
    ],
    reason: options.Reason,
    period: options.Period = None,
    scope: options.Scope = None,
    at_least: Annotated[
        bool,
        option("--at-least", help="Do nothing if the counter is already there or beyond."),
    ] = False,
    dry_run: options.DryRun = False,
) -> None:
    """Set the next value of a counter.

    A run that is skipped is blocked under the reason.

    One past the last value of the sequence (or the word `exhausted`) blocks all that is left.
    """
    from seqctl.actions.counters.set_next import set_next as move

    reason = options.reason_text(reason)
    scopes = options.pairs(scope, "--scope")
    with session.open() as store:
        moved = move(
            store,
            name,
            value,
            reason,
            period=period,
            scope=scopes,
            at_least=at_least,
            dry_run=dry_run,
        )
    print_row(shown(moved), session.format)


COMMAND = Command(
    set_next,
    [SEQUENCE.argument, *declared(set_next)],
    example="sequence set-next invoice 500 --reason migrated",
)
