"""Runs: stretches of integers that follow each other in the steps of a counter."""

from collections.abc import Iterable


def joined(values: Iterable[int], step: int) -> list[tuple[int, int]]:
    """The runs that ascending values form, as (first, last)."""
    runs: list[tuple[int, int]] = []
    first = last = None
    for value in values:
        if first is None or last is None:
            first = last = value
        elif value == last + step:
            last = value
        else:
            runs.append((first, last))
            first = last = value
    if first is not None and last is not None:
        runs.append((first, last))
    return runs


def without(run: tuple[int, int], holes: Iterable[tuple[int, int]], step: int) -> list[tuple[int, int]]:
    """What is left of a run when ascending runs inside it are taken out."""
    rest = []
    begins, ends = run
    for first, last in holes:
        if first > begins:
            rest.append((begins, first - step))
        begins = last + step
    if begins <= ends:
        rest.append((begins, ends))
    return rest
