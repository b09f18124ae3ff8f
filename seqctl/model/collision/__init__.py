"""Collisions: sequences of one document type that can print the same text.

Two texts of one length are equal where their characters that are neither digits nor small letters agree
and where the digits, read as one number, agree. A sequence with its date tokens fixed is then a run of
numbers at even distances, so that clashes are found by sorting and by residues, many sequences at once
(`runs.py`, `sweep.py`). What cannot be fixed in advance, date tokens (`dated.py`) and attributes that
anybody may choose (`free.py`), is sifted first by an automaton over character classes (`sift.py`).
"""

from seqctl.model.collision.detect import DEFAULT_BUDGET, find_collisions
from seqctl.model.collision.found import NEEDS_ATTRIBUTE, PROVED, UNPROVED, Collision, Rendering

__all__ = [
    "DEFAULT_BUDGET",
    "NEEDS_ATTRIBUTE",
    "PROVED",
    "UNPROVED",
    "Collision",
    "Rendering",
    "find_collisions",
]
