"""What the commands share that change what became of a number: which numbers, and what is shown of them."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated, Command, Parameter, argument, declared, option
from seqctl.cli.output import print_list
from seqctl.cli.session import Session
from seqctl.cli.shown import number_shown
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.text import composed, document_type_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from seqctl.model.number.known_number import KnownNumber

COLUMNS = ("number", "state", "sequence", "period", "scope", "value", "date", "record")
Numbers = Annotated[list[str], argument(metavar="NUMBER...", read=composed, help="The numbers as printed.")]
Type = Annotated[str | None, option("--type", metavar="TYPE", help="Their document type.")]
WHY = Parameter("reason", str, options.REASON)


def changing(verb: str, help: str, *, example: str, reason: Parameter = WHY) -> Command:
    """A command that does to numbers what the action named `verb` does, under a reason."""

    def change(
        session: Session,
        numbers: Numbers,
        reason: str | None,
        document_type: Type = None,
        sequence: options.SequenceName = None,
        period: options.Period = None,
    ) -> None:
        from seqctl import actions

        wanted = wanted_numbers(document_type, sequence, period)
        why = None if reason is None else options.reason_text(reason)
        with session.open() as store:
            show_changed(session, getattr(actions, verb)(store, numbers, why, wanted))

    named, *choosing = declared(change)
    return Command(change, [named, reason, *choosing], help=help, example=f"{verb} {example}")


def wanted_numbers(document_type: str | None, sequence: str | None, period: str | None) -> NumberFilter:
    """Which of several numbers with one text is meant."""
    return NumberFilter(
        sequence=sequence,
        document_type=None if document_type is None else document_type_name(document_type),
        period=period,
    )


def show_changed(session: Session, numbers: "Iterable[KnownNumber]") -> None:
    """Show the numbers as they are now."""
    listed = (number_shown(number, "issued_at", "actor") for number in numbers)
    print_list(listed, COLUMNS, session.format)
