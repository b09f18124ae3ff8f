"""`range add`: a range that an authority granted, or a file of them."""

from seqctl.cli import options
from seqctl.cli.definitions.flags import naming_options
from seqctl.cli.definitions.kinds import RANGE
from seqctl.cli.files.changes import added, print_changes, warn_and_print, warn_of
from seqctl.cli.grammar.declaration import Command, Parameter, argument, option
from seqctl.cli.ranges.fields import ALLOW, field_options, given_fields
from seqctl.cli.session import Session
from seqctl.errors import UsageError
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.model.catalogue.plan import Plan
    from seqctl.store.port import Store

ID = argument("ID", "The number that the authority gave it; unique in the book.", composed)
SEQUENCE = argument("SEQUENCE", 'A sequence with reset = "range".', composed, "sequences")
INPUT = option("--input", metavar="FILE", help="A file of them, a row each: CSV, JSON or Excel; - is input.")
SKIP = option("--skip-invalid", help="Leave out ranges that would be refused; exit 3 if there were any.")
OF_FILES = ("date_format", "encoding", "skip_invalid")


def add(session: Session, **given: "Any") -> int:
    """Give a sequence numbers from a first to a last one."""
    path, dry_run = given.pop("input_file"), given.pop("dry_run")
    read = {name: given.pop(name) for name in OF_FILES}
    if path is not None:
        return add_file(session, path, given, read, dry_run)
    for name in OF_FILES:
        if read[name]:
            raise UsageError(f"--{name.replace('_', '-')} is for a file: give --input FILE")
    naming_options(add_one)(session, given, dry_run)
    return 0


def add_one(session: Session, given: "dict[str, Any]", dry_run: bool) -> None:
    """Add the range that options tell."""
    name, sequence, allow = (given.pop(key) for key in ("name", "sequence", "allow_collisions"))
    for word, value in (("ID", name), ("SEQUENCE", sequence)):
        if value is None:
            raise UsageError(f"Missing argument '{word}'.", "or name a file of ranges with --input FILE")
    fields = {"sequence": sequence, **given_fields(given)}
    if fields.get("first") is None:
        raise UsageError("missing option --first", "see: seqctl range add --help")
    from seqctl.actions.definitions.change import add_range

    plan = added(session, lambda store, rehearse: add_range(store, name, fields, allow, rehearse), dry_run)
    warn_and_print(plan, session)


def add_file(
    session: Session, path: str, given: "dict[str, Any]", read: "dict[str, Any]", dry_run: bool
) -> int:
    """Add the ranges of a file, and print what that did; 3 where some were left out."""
    beside = [name for name, value in given.items() if value not in (None, [], False, ())]
    beside = [name for name in beside if name != "allow_collisions"]
    if beside:
        raise UsageError("both a range and a file are given", "give one of them")
    from seqctl.actions.definitions.add_ranges import add_ranges, leave_invalid_out
    from seqctl.cli.linting.findings import tell_findings
    from seqctl.definitions.sheets.range_file import RangeFile

    file = RangeFile(path, read["date_format"], options.encoding(read["encoding"]))
    file.wanted.allow_collisions = given["allow_collisions"]
    left_out = file.nameless if read["skip_invalid"] else []
    if not read["skip_invalid"]:
        file.wanted.findings += file.nameless

    def act(store: "Store", rehearse: bool) -> "Plan":
        if read["skip_invalid"]:
            left_out.extend(leave_invalid_out(store, file.wanted))
        return add_ranges(store, file.wanted, file.names, file.describe, file.placed, rehearse)

    plan = added(session, act, dry_run)
    warn_of(plan, file.describe)
    print_changes(plan, session)
    return tell_findings(left_out, file, session.format)


HELP, EXAMPLE = RANGE.verbs["add"]
COMMAND = Command(
    add,
    [
        Parameter("name", str, ID, None),
        Parameter("sequence", str, SEQUENCE, None),
        *field_options(),
        Parameter("input_file", str, INPUT, None),
        Parameter("allow_collisions", bool, ALLOW, False),
        Parameter("date_format", str, options.DATE_FORMAT, None),
        Parameter("encoding", str, options.ENCODING, None),
        Parameter("skip_invalid", bool, SKIP, False),
        Parameter("dry_run", bool, options.DRY_RUN, False),
    ],
    help=HELP,
    example=f"range add {EXAMPLE}",
)
"""What a file says is named by its columns, so that only what options say is told by options."""
