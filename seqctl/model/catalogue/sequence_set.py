"""Sequence sets: which sequence serves each document type, for a company, branch or customer."""

from seqctl.model.classes import NamedTuple, field, mutable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.sequence.sequence import Sequence


@mutable
class SequenceSet:
    """A set: document types with the names of their sequences, and whom the set is assigned to.

    `owners` are `KIND:ID` texts such as `account:ACME`; None in a definition leaves them as they are.
    """

    name: str
    members: dict[str, str] = field(factory=dict)
    default: bool = False
    owners: tuple[str, ...] | None = None


class SetMember(NamedTuple):
    """A sequence, and the set that gives it to a document type."""

    set_name: str
    sequence: "Sequence"
