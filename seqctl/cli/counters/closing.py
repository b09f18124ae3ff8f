"""What `close` and `reopen` share: which sequences, and what is shown of them."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated, option
from seqctl.cli.layout import Layout
from seqctl.cli.output import print_list
from seqctl.cli.session import Session
from seqctl.cli.shown import shown
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.counters.close import Closing

LAYOUT = Layout(("sequence", "before", "closed_through", "closed_until"), ("closed_until",), "sequence")
Target = Annotated[
    str | None,
    options.named_target("A sequence, or all sequences of a document type."),
]
SequenceName = Annotated[
    str | None,
    option(
        "--sequence",
        metavar="NAME",
        read=composed,
        help="Only this sequence, instead of TARGET.",
        complete="sequences",
    ),
]
Type = Annotated[
    str | None,
    option("--type", metavar="TYPE", help="All sequences of this document type, instead of TARGET."),
]
SetName = Annotated[
    str | None,
    option(
        "--set",
        metavar="NAME",
        read=composed,
        help="The members of this set, instead of TARGET or to narrow it.",
        complete="sets",
    ),
]


def show_closings(session: Session, closings: "list[Closing]") -> None:
    """Show what is closed now, and what was before."""
    # `closed_until` is the older name of `closed_through`.
    shown_closings = [shown(item, "ahead", "besides", closed_until=item.closed_through) for item in closings]
    print_list(shown_closings, LAYOUT, session.format)
