"""`show`: everything that is known of one number."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated, Command, argument, option
from seqctl.cli.output import print_record, print_text
from seqctl.cli.session import Session
from seqctl.cli.shown import report_shown
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def show_known(
    session: Session,
    number: Annotated[
        str,
        argument(metavar="NUMBER", read=composed, help="As printed, or an integer of --sequence."),
    ],
    document_type: Annotated[str | None, option("--type", metavar="TYPE", help="Its document type.")] = None,
    sequence: options.SequenceName = None,
    period: options.Period = None,
    scope: options.Scope = None,
) -> None:
    """Show everything known of one number, its events included.

    NUMBER is a text that was printed, now or before, or with --sequence an integer. A number that no document
    holds is shown as well: reusable, blocked, under review, missing, not yet given out (unissued) or below
    the first one of its counter (before_first).
    """
    from seqctl.actions.numbers.show import show_number

    wanted = NumberFilter(
        sequence=sequence,
        document_type=options.type_name(document_type),
        period=period,
        scope=tuple(options.pairs(scope, "--scope").items()),
    )
    with session.open() as store:
        report = show_number(store, number, wanted)
    shown = report_shown(report)
    if session.format in ("json", "jsonl"):
        shown["events"] = report.events
    elif session.on_a_terminal and session.format != "wide":
        from seqctl.cli.terminal.card import card

        history = [(event["at"], event["actor"], _what(event)) for event in report.events]
        print_text(card(shown, session.zone, history))
        return
    else:
        for event in report.events:
            shown[f"event {event['id']}"] = f"{event['at']} {event['actor']}: {_what(event)}"
    print_record(shown, session.format)


def _what(event: "dict[str, Any]") -> str:
    """What an event did, and why."""
    reason = event["detail"].get("reason")
    return f"{event['action']} ({reason})" if reason else str(event["action"])


COMMAND = Command(show_known, example="show INV-2026-00001")
