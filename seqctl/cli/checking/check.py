"""`check`: every invariant of a book, for cron."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated, Command, option
from seqctl.cli.linting.findings import FOUND, LAYOUT, finding_object
from seqctl.cli.output import print_list
from seqctl.cli.session import Session


def check_book(
    session: Session,
    quick: Annotated[
        bool,
        option("--quick", help="Skip the checks that read the whole ledger and log."),
    ] = False,
    set_name: options.InSet = None,
) -> int:
    """Check the whole book; silent when all is well, else status 3.

    Looks at the file, definitions, counters, ledger and log, at unexplained gaps, reservations past their
    deadline and numbers that run out; these of one set with --set. Blocks nobody. Ten million numbers take
    minutes; --quick takes seconds.
    """
    from seqctl.actions.checking.check import check, check_quickly
    from seqctl.cli.progress import watching

    with session.open() as store:
        if quick:
            findings = check_quickly(store, set_name)
        else:
            with store.read() as transaction:
                numbers = transaction.log.next_serial()
            with watching("the book", numbers) as watch:
                findings = check(store, watch, set_name)
    if findings or session.format is not None:
        print_list([finding_object(finding) for finding in findings], LAYOUT, session.format)
    return FOUND if findings else 0


COMMAND = Command(check_book, example="check --quick")
