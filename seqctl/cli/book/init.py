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
    roles: Annotated[
        bool,
        option("--roles", help="On a server: make the roles of the book, and print the SQL that did it."),
    ] = False,
    dry_run: Annotated[bool, option("--dry-run", help="With --roles: only print the SQL.")] = False,
) -> None:
    """Make a database; an existing one stays as it is."""
    from seqctl.cli.errors import warn
    from seqctl.model.sequence.values import time_zone
    from seqctl.model.value import ValueProblem

    try:
        zone = None if timezone is None else time_zone(timezone)
    except ValueProblem as problem:
        raise UsageError(str(problem), problem.hint) from problem
    if roles or dry_run:
        _give_roles(session, zone, roles, dry_run)
        return
    with session.open_or_create(zone) as store, store.read() as transaction:
        present = transaction.definitions.book_timezone()
    if zone is not None and present != zone:
        warn(
            f"the database already exists and its time zone stays {present};"
            " a definition file changes it: [book] timezone"
        )
    print_record({"database": shown_path(session.path), "timezone": present}, session.format)


def _give_roles(session: Session, zone: str | None, roles: bool, dry_run: bool) -> None:
    """Make the roles of a book on a server, or say how; a book that is not there is made before."""
    from seqctl.process import ProcessClock
    from seqctl.store import give_roles

    if not roles:
        raise UsageError("--dry-run of init is for --roles", "seqctl init --roles --dry-run")
    if not dry_run:
        session.open_or_create(zone).close()
    for statement in give_roles(session.path, session.actor, ProcessClock(), session.timeout, dry_run):
        print(statement)


COMMAND = Command(init, example="init --timezone Europe/Berlin")
