"""Sequences as the tests of collisions make them."""

from typing import Any

from seqctl.model.pattern.compile import compile_pattern
from seqctl.model.sequence.sequence import Sequence

DEFAULTS: dict[str, Any] = {
    "document_type": "invoice",
    "kind": "numeric",
    "start": 1,
    "end": None,
    "step": 1,
    "max_width": None,
    "max_length": None,
    "reset": "never",
    "scope": {},
    "requires": {},
    "unique": "always",
    "effective_from": None,
    "effective_until": None,
}


def sequence(name: str, pattern: str, **fields: object) -> Sequence:
    """A sequence with the defaults of a definition."""
    values = {**DEFAULTS, "name": name, "pattern": pattern, **fields}
    return Sequence(**values, compiled=compile_pattern(pattern, values["kind"] == "alpha"))
