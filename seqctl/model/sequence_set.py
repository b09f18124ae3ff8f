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


def split_owner(text: str) -> tuple[str, str]:
    """The kind and id of `KIND:ID`. Raises ValueError where one is missing or not printable."""
    kind, colon, id = text.partition(":")
    if not colon or not kind.strip() or not id.strip():
        raise ValueError(f"{text!r} is not KIND:ID, as in account:ACME")
    if not text.isprintable() or len(text) > 255:
        raise ValueError(f"{text!r} is not one line of at most 255 printable characters")
    return kind, id
