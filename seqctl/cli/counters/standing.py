"""What `statement` and `status` share: which counters are meant."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated

OptionalTarget = Annotated[
    str | None,
    options.named_target("A sequence, else a document type. Default: all.", "[TARGET]"),
]
