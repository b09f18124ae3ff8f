"""`close`: a period was filed."""

from seqctl.cli import options
from seqctl.cli.counters.closing import SequenceName, SetName, Target, Type, show_closings
from seqctl.cli.errors import warn
from seqctl.cli.grammar.declaration import Annotated, Command, option
from seqctl.cli.options import reason_text
from seqctl.cli.session import Session
from seqctl.model.text import shell_word


def close_period(
    session: Session,
    through: Annotated[
        str,
        option(
            "--through",
            "--until",
            metavar="DATE",
            help="The last closed day. --until is another name for it.",
        ),
    ],
    reason: options.Reason,
    target: Target = None,
    sequence: SequenceName = None,
    document_type: Type = None,
    set_name: SetName = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
) -> None:
    """Close a filed period: no number is dated into it any more.

    Refused while a number up to then is missing, freed or under review, or held by a reservation. With --set
    the sequences that the set names itself; one that another set uses too needs --yes.
    """
    from seqctl.actions.counters.close import close
    from seqctl.actions.counters.closing_targets import Closable

    day, why = options.day(through), reason_text(reason)
    with session.open() as store:
        wanted = Closable(target, sequence, document_type, set_name)
        closings = close(store, wanted, day, why, dry_run=dry_run, confirmed=yes)
    for words in dict.fromkeys(words for closing in closings for words in closing.besides):
        warn(words)
    for closing in closings:
        if closing.ahead:
            warn(
                f"{closing.closed_through} is still to come: sequence {closing.sequence!r} now refuses"
                " documents dated on or before that day, today's too; to undo it: seqctl reopen --sequence"
                f" {shell_word(closing.sequence)} --from DATE --reason TEXT"
            )
    show_closings(session, closings)


COMMAND = Command(
    close_period, example='close invoice --through 2026-06-30 --reason "VAT return of June filed"'
)
