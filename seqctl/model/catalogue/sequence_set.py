"""Sequence sets: which sequence serves each document type, for a company, branch or customer."""

from seqctl.model.classes import field, mutable


@mutable
class SequenceSet:
    """A set: document types with the names of their sequences, and whom the set is assigned to.

    `owners` are `KIND:ID` texts such as `account:ACME`; None in a definition leaves them as they are.
    """

    name: str
    members: dict[str, str] = field(factory=dict)
    default: bool = False
    owners: tuple[str, ...] | None = None
