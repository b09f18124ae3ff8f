"""Codes of document types, compared with the pattern that shows them: each number reads back to one type."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from seqctl.model.collision.detect import find_collisions
from seqctl.model.collision.found import PROVED
from seqctl.model.finding import FindingList
from seqctl.model.pattern.checked import unread_words
from seqctl.model.pattern.coded import TYPE, CodedPattern
from seqctl.model.sequence.document_types import codes_of
from seqctl.model.sequence.sequence import Sequence


def check_codes(sequence: Sequence, findings: FindingList) -> None:
    """Note codes that the pattern cannot show, or not so that every number reads back to one type."""
    pattern, codes = sequence.compiled, codes_of(sequence)
    for field in ("scope", "requires") if codes else ():
        if TYPE in getattr(sequence, field):
            message = f"names {TYPE!r}, which type_codes make a token of the pattern"
            findings.error(field, message, "leave it out, or leave type_codes out")
    if not pattern.codes:
        return
    for name, code in codes.items():
        problem = unread_words(pattern, TYPE, code)
        if problem:
            findings.error("type_codes", f"{name}: {problem[0]}", problem[1])
            return
    alike = next(_same_codes(codes), None)
    if alike:
        message = f"gives {alike[0]!r} and {alike[1]!r} one code, so that a number would not tell its type"
        findings.error("type_codes", message, "give each document type a code of its own")
        return
    # Each code is a sequence of its own here: two of them that can print one text are two readings.
    found = next((row for row in find_collisions(_of_one_type(sequence)) if row.certainty == PROVED), None)
    if found is not None:
        one, other = codes[found.first], codes[found.second]
        findings.error(
            "type_codes",
            f"{found.text!r} could be read in two ways, with the code {one!r} or {other!r}",
            "put text between {type} and what follows, as in {type}-{number}",
        )


def _same_codes(codes: dict[str, str]) -> Iterator[tuple[str, str]]:
    pairs = combinations(codes.items(), 2)
    return ((one, other) for (one, code), (other, again) in pairs if code == again)


def _of_one_type(sequence: Sequence) -> Iterator[Sequence]:
    """The sequence with each of its types alone."""
    from copy import copy

    for name, code in codes_of(sequence).items():
        alone = copy(sequence)
        alone.name, alone.types = name, {name: code}
        alone.compiled = CodedPattern(sequence.compiled, (code,))
        yield alone
