"""Sequences with ranges as the search for clashes sees them: each range is one that counts by itself."""

from collections.abc import Iterable, Iterator, Mapping

from seqctl.model.range.range import Range
from seqctl.model.range.serving import in_range
from seqctl.model.sequence.sequence import Sequence

MARK = "\t"
"""Parts the names of a sequence and a range; no name has it."""

Stretches = Mapping[str, list[tuple[int, int]]]
"""The stretches of integers that documents may still hold, of annulled ranges by their ids."""


def by_range(sequences: Iterable[Sequence], ranges: Iterable[Range], held: Stretches) -> Iterator[Sequence]:
    """The sequences, and those that count in ranges once for each range, by the name `name_of` gives.

    An annulled range counts for what documents hold of it alone.
    """
    of: dict[str, list[Range]] = {}
    for each in ranges:
        of.setdefault(each.sequence, []).append(each)
    for sequence in sequences:
        if sequence.reset != "range":
            yield sequence
            continue
        for each in of.get(sequence.name, ()):
            whole = [(each.first, each.last)]
            for first, last in whole if each.annulled is None else held.get(each.name, ()):
                served = in_range(sequence, each)
                served.name, served.start, served.end = name_of(each), first, last
                yield served


def name_of(each: Range) -> str:
    """What a range is called in a search for clashes."""
    return f"{each.sequence}{MARK}{each.name}"


def subject_of(name: str) -> tuple[str, str]:
    """The definition that a name of a search means: a sequence, or a range."""
    sequence, _, each = name.partition(MARK)
    return ("ranges", each) if each else ("sequences", sequence)


def words_of(name: str) -> str:
    """A name of a search in words."""
    sequence, _, each = name.partition(MARK)
    return f"range {each!r} of sequence {sequence!r}" if each else f"sequence {sequence!r}"
