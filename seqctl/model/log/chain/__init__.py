"""The chain of events: whether each follows from the one before, and what was done where it does not."""

from seqctl.model.log.chain.walk import GENESIS, Chain

__all__ = ["GENESIS", "Chain"]
