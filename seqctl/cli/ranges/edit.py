"""`range edit`: what is given changes, the rest stays."""

from seqctl.cli import options
from seqctl.cli.definitions.kinds import RANGE
from seqctl.cli.files.changes import warn_and_print
from seqctl.cli.grammar.declaration import Parameter, option
from seqctl.cli.ranges.fields import ALLOW, field_options, given_fields
from seqctl.cli.session import Session
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SEQUENCE = option("--sequence", metavar="NAME", read=composed, help="Another sequence.", complete="sequences")


def edit(session: Session, name: str, dry_run: bool, allow_collisions: bool, **given: "Any") -> None:
    """Change fields of a range."""
    from seqctl.actions.definitions.change import edit_range

    fields = given_fields(given)
    with session.open() as store:
        plan = edit_range(store, name, fields, allow_collisions, dry_run)
    warn_and_print(plan, session)


COMMAND = RANGE.command(
    "edit",
    edit,
    [
        RANGE.argument,
        Parameter("sequence", str, SEQUENCE, None),
        *field_options(),
        Parameter("allow_collisions", bool, ALLOW, False),
        Parameter("dry_run", bool, options.DRY_RUN, False),
    ],
)
