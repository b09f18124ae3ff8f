"""The parts that the collision detector is made of, against trying everything out."""

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from seqctl.model.collision.shapes.days import DateKey
from seqctl.model.collision.shapes.frames import ANY, SYMBOLS
from seqctl.model.collision.shapes.runs import Run, first_common
from seqctl.model.collision.shapes.shapes import Member
from seqctl.model.collision.shapes.sift import alike, share
from seqctl.model.sequence.sequence import Sequence
from tests.amount import amount


def run(start: int, count: int, step: int, place: int) -> Run:
    """The texts of `count` values at even distances."""
    last = start + count * step
    dates = DateKey((), None, None, 1, 1)
    member = Member(0, Sequence(step=step), dates, {}, (start, last), (1, 1))
    return Run(member, "", (start, last), 7, place)


RUNS = st.builds(run, st.integers(0, 40), st.integers(0, 30), st.integers(1, 12), st.sampled_from((1, 2, 10)))


@given(RUNS, RUNS)
def test_the_first_common_integer(one: Run, two: Run) -> None:
    both = set(range(one.first, one.last + 1, one.step)) & set(range(two.first, two.last + 1, two.step))
    assert first_common(one, two) == (min(both) if both else None)


TEMPLATES = st.text("01Aab" + ANY + "".join(SYMBOLS), min_size=3, max_size=3)


@settings(max_examples=amount(300))
@given(st.lists(TEMPLATES, min_size=2, max_size=12), st.integers(1, 12))
def test_the_automaton_finds_exactly_the_pairs_that_share_a_text(templates: list[str], others: int) -> None:
    others = min(others, len(templates))
    expected = {
        (one, two)
        for one, two in combinations(range(len(templates)), 2)
        if one < others and all(map(share, templates[one], templates[two]))
    }
    found: list[tuple[int, int]] = []
    for left, right in alike(range(len(templates)), templates, others, lambda work: None):
        pairs = combinations(left, 2) if left is right else product(left, right)
        found += [(min(pair), max(pair)) for pair in pairs]
    # Templates that are equal are one set by themselves and then stand for each other as well.
    assert set(found) == expected
