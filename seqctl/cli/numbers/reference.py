"""`reference`: the payment reference of a number, or the schemes that a text satisfies."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated, Command, argument, option
from seqctl.cli.layout import Layout
from seqctl.cli.output import print_text
from seqctl.cli.session import Session
from seqctl.errors import UsageError
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.reference.schemes import Scheme

NONE_SATISFIED = 3
"""The exit status of a text that is no reference."""


def show_reference(
    session: Session,
    number: Annotated[str | None, argument(metavar="NUMBER", read=composed, help="As printed.")] = None,
    scheme: Annotated[
        str | None,
        option(
            "--as",
            metavar="SCHEME",
            help="rf, qrr, ogm, viite, ee, ocr, ocr-length, kid10, kid11 or nl. Default: its sequence's.",
        ),
    ] = None,
    template: Annotated[
        str | None,
        option(
            "--base",
            metavar="TEMPLATE",
            help="What it is built from, as in {customer}{number:8}. Default: as its sequence.",
        ),
    ] = None,
    check: Annotated[
        str | None,
        option("--check", metavar="TEXT", help="Instead, print the schemes that TEXT satisfies."),
    ] = None,
    document_type: Annotated[str | None, option("--type", metavar="TYPE", help="Its document type.")] = None,
    sequence: options.SequenceName = None,
    period: options.Period = None,
) -> int:
    """Print the payment reference of a number, or check one.

    It is computed from the text that was stored. With --check the schemes that a text satisfies are printed,
    one a line; blanks, + and / do not count; with none the status is 3.
    """
    if check is not None:
        if number is not None or scheme is not None or template is not None:
            raise UsageError("--check stands alone", "give it the text of a reference and nothing else")
        return _check(check, session.format)
    if number is None:
        raise UsageError("no number is given", "name one, or check a reference with: --check TEXT")
    wanted_scheme = None if scheme is None else _scheme(scheme)
    from seqctl.actions.numbers.reference import number_reference
    from seqctl.model.number.number_filter import NumberFilter

    wanted = NumberFilter(sequence=sequence, document_type=options.type_name(document_type), period=period)
    with session.open() as store:
        found = number_reference(store, number, wanted, wanted_scheme, template)
    if session.format is None:
        print_text([found.scheme.printed(found.reference) + "\n"])
        return 0
    from seqctl.cli.output import print_record

    shown: dict[str, object] = {"number": number, "scheme": found.scheme.name, "reference": found.reference}
    print_record(shown, session.format)
    return 0


def _scheme(name: str) -> "Scheme":
    from seqctl.model.finding import nearest
    from seqctl.model.reference.schemes import SCHEMES

    if name not in SCHEMES:
        hint = nearest(name, list(SCHEMES)) or f"known ones: {', '.join(SCHEMES)}"
        raise UsageError(f"there is no scheme {name!r} of payment references", hint)
    return SCHEMES[name]


def _check(text: str, shape: str | None) -> int:
    from seqctl.cli.output import print_list
    from seqctl.model.reference.schemes import schemes_of

    found = schemes_of(text)
    if shape is None:
        print_text([f"{name}\n" for name in found])
    else:
        print_list([{"scheme": name} for name in found], Layout(("scheme",), noun="scheme"), shape)
    return 0 if found else NONE_SATISFIED


COMMAND = Command(show_reference, example="reference INV-2026-00001 --as rf")
