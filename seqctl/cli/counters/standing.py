"""What `statement` and `status` share: which counters, and what a narrow terminal shows of them."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated

MOST_IMPORTANT = 1
"""An empty scope is left out of a table, and a narrow terminal shows the columns from the left."""
OptionalTarget = Annotated[
    str | None,
    options.named_target("A sequence, else a document type. Default: all.", "[TARGET]"),
]
