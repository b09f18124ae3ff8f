"""What the commands share that change what became of a number: which numbers, and what is shown of them."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated, Command, Parameter, argument, declared, option
from seqctl.cli.input_file import file_parameters, reading_anew
from seqctl.cli.layout import Layout
from seqctl.cli.output import print_list
from seqctl.cli.session import Session
from seqctl.cli.shown import number_shown
from seqctl.errors import UsageError
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from seqctl.actions.numbers.asked import Numbers as Given
    from seqctl.cli.numbers.number_file import NumberFile
    from seqctl.model.number.known_number import KnownNumber

    Reading = tuple[Given, NumberFile | None]
    """The numbers that are meant, and the file that they come from."""

LAYOUT = Layout(
    ("number", "state", "sequence", "period", "scope", "value", "date", "record"),
    ("value", "scope", "period"),
    "number",
)
Numbers = Annotated[
    list[str] | None, argument(metavar="NUMBER...", read=composed, help="The numbers as printed.")
]
Type = Annotated[str | None, option("--type", metavar="TYPE", help="Their document type.")]
Input = Annotated[
    str | None,
    option("--input", metavar="FILE", help="A file of them: a plain list, CSV, JSON or Excel; - is input."),
]
SkipInvalid = Annotated[
    bool, option("--skip-invalid", help="Skip rows that cannot be changed; exit 3 if there were any.")
]
WHY = Parameter("reason", str, options.REASON, None)


def changing(verb: str, help: str, *, example: str, reason: Parameter = WHY, needed: bool = True) -> Command:
    """A command that does to numbers what the action named `verb` does, under a reason, which may be
    `needed`.
    """

    def change(
        session: Session,
        numbers: Numbers = None,
        reason: str | None = None,
        input_file: Input = None,
        document_type: Type = None,
        sequence: options.SequenceName = None,
        period: options.Period = None,
        skip_invalid: SkipInvalid = False,
        dry_run: options.DryRun = False,
        **form: "Any",
    ) -> int:
        from seqctl import actions

        def read() -> "Reading":
            return given_numbers(numbers, input_file, ROLES, form, skip_invalid, dry_run)

        given = read()
        why = None if reason is None else options.reason_text(reason)
        if needed and why is None and given[1] is None:
            raise UsageError("--reason is missing", f"say why: seqctl {verb} {example}")
        wanted = wanted_numbers(document_type, sequence, period)
        action = getattr(actions, verb)
        with session.open() as store:
            (_, file), done = reading_anew(
                input_file, read, lambda given: action(store, given[0], why, wanted), given
            )
        return show_changed(session, done, file)

    named, *others = declared(change)
    parameters = [named, reason, *others, *file_parameters(*ROLES)]
    return Command(change, parameters, help=help, example=f"{verb} {example}")


ROLES = ("number", "reason", "sequence", "period")
"""What the columns of a file may hold."""


def given_numbers(
    numbers: list[str] | None,
    input_file: str | None,
    roles: tuple[str, ...],
    form: "dict[str, Any]",
    skip_invalid: bool,
    dry_run: bool,
) -> "Reading":
    """The numbers of a command line, or those of a file. Raises UsageError where there are none, or both."""
    if input_file is not None:
        from seqctl.cli.numbers.number_file import NumberFile

        if numbers:
            raise UsageError("both numbers and a file are given", "give one of them")
        file = NumberFile(input_file, roles, form, skip_invalid, dry_run)
        return file.list, file
    if not numbers:
        raise UsageError("NUMBER is missing", "name numbers, or a file of them with --input FILE")
    from seqctl.cli.input_file import refuse_form

    refuse_form({**form, "skip_invalid": skip_invalid})
    if dry_run:
        from seqctl.actions.numbers.number_list import Asked, NumberList

        return NumberList([[Asked(text) for text in numbers]], dry_run=True), None
    return numbers, None


def wanted_numbers(document_type: str | None, sequence: str | None, period: str | None) -> NumberFilter:
    """Which of several numbers with one text is meant."""
    return NumberFilter(
        sequence=sequence,
        document_type=options.type_name(document_type),
        period=period,
    )


def show_changed(session: Session, numbers: "Iterable[KnownNumber]", file: "NumberFile | None" = None) -> int:
    """Show the numbers as they are now, and what in a file came to nothing; 3 where something did."""
    listed = (number_shown(number, "issued_at", "actor") for number in numbers)
    print_list(listed, LAYOUT, session.format)
    return 0 if file is None else file.told(session.format)
