"""Which gaps are meant: what the commands on gaps share."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated, option
from seqctl.cli.layout import Layout
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.actions.gaps.list_gaps import GapFilter

LAYOUT = Layout(
    (
        *("sequence", "scope", "period", "first", "last", "count", "first_number", "last_number", "state"),
        *("reason", "actor", "since", "before_date", "after_date"),
    ),
    ("first", "last", "before_date", "after_date", "since", "actor", "period"),
    "gap",
    total=("count", "number"),
)
OptionalTarget = Annotated[
    str | None,
    options.named_target("A sequence, else a document type."),
]
Policy = Annotated[
    str | None,
    option(
        "--policy",
        metavar="NAME",
        read=composed,
        help="The sequence that this policy chooses.",
        complete="policies",
    ),
]


def wanted_gaps(
    target: str | None,
    document_type: str | None,
    policy: str | None,
    period: str | None,
    scope: list[str] | None,
    set_name: str | None,
    **more: "Any",
) -> "GapFilter":
    """The filter that the options describe, with `more` of its fields. Raises UsageError."""
    from seqctl.actions.gaps.list_gaps import GapFilter

    pairs = tuple(options.pairs(scope, "--scope").items())
    return GapFilter(target, document_type, policy, period, pairs, set_name=set_name, **more)
