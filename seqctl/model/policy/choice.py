"""What a policy chooses, by its names."""

from seqctl.model.classes import NamedTuple


class PolicyChoice(NamedTuple):
    """A policy and the sequence that it gives to its document type."""

    policy: str
    sequence: str
