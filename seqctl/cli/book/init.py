"""`init`: a new database file."""

from seqctl.cli.grammar.declaration import Annotated, Command, option
from seqctl.cli.output import print_record
from seqctl.cli.session import Session
from seqctl.errors import UsageError
from seqctl.store import shown_path


def init(
    session: Session,
    timezone: Annotated[
        str | None,
        option("--timezone", metavar="ZONE", help="The book's zone. Default: the machine's."),
    ] = None,
) -> None:
    """Make a database; an existing one stays as it is."""
    from seqctl.cli.errors import warn
    from seqctl.model.sequence.values import time_zone
    from seqctl.model.value import ValueProblem

    try:
        zone = None if timezone is None else time_zone(timezone)
    except ValueProblem as problem:
        raise UsageError(str(problem), problem.hint) from problem
    with session.open_or_create(zone) as store, store.read() as transaction:
        present = transaction.definitions.book_timezone()
    if zone is not None and present != zone:
        warn(
            f"the database exists already and its time zone stays {present};"
            " a definition file changes it: [book] timezone"
        )
    print_record({"database": shown_path(session.path), "timezone": present}, session.format)


COMMAND = Command(init, example="init --timezone Europe/Berlin")
