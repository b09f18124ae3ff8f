"""Clashes that need a freely chosen attribute value: none is missed, and each example is a real one."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqctl.model.collision import NEEDS_ATTRIBUTE, Collision, find_collisions
from seqctl.model.pattern.compile import PatternError, compile_pattern
from seqctl.model.pattern.read import readings
from seqctl.model.sequence.sequence import Sequence
from tests.amount import amount


def sequence(name: str, pattern: str, start: int = 1, end: int | None = None, step: int = 1) -> Sequence:
    """A sequence whose attributes may have any value."""
    return Sequence(
        name=name,
        document_type="invoice",
        kind="numeric",
        pattern=pattern,
        compiled=compile_pattern(pattern, False),
        start=start,
        end=end,
        step=step,
        max_width=None,
        max_length=None,
        reset="never",
        scope={},
        requires={},
        unique="always",
        effective_from="2024-01-01",
        effective_until="2024-01-02",
    )


def only_row(first: Sequence, second: Sequence) -> Collision | None:
    """The one row of two sequences, whose example must be read back by both in one way."""
    rows = find_collisions([first, second])
    assert len(rows) < 2
    for row in rows:
        assert row.certainty == NEEDS_ATTRIBUTE
        if row.text is not None:
            assert accepts(first, row.text)
            assert accepts(second, row.text)
    return rows[0] if rows else None


def accepts(one: Sequence, text: str) -> bool:
    """Whether a sequence could issue a text: it is read in one way, and the value is one of its own."""
    found = readings(one.compiled, text)
    if len(found) != 1 or found[0].tokens.get("DD", "01") not in ("01", "02"):
        return False
    value = found[0].value
    return one.start <= value <= (one.end or 2**63 - 1) and (value - one.start) % one.step == 0


@pytest.mark.parametrize(
    ("one", "two", "clash"),
    [
        ("{entity}-S1-{number}", "{entity}-S2-{number}", False),
        ("S1-{entity}-{number}", "S2-{entity}-{number}", False),
        ("S1-{entity}-{number}", "S{entity}-{number}", True),
        ("{entity}-{number}", "{branch}/{number}", False),
        ("{entity}-{number}/A", "{number}-{branch}/A", True),
        ("{entity}{number}", "7{number}", True),
        ("A{entity}{number}", "7{number}", False),
        ("{entity}-{number}", "X-{YYYY}-{number:5}", True),
    ],
)
def test_free_attributes(one: str, two: str, clash: bool) -> None:
    row = only_row(sequence("a", one), sequence("b", two))
    assert (row is not None) == clash
    assert row is None or row.text is not None


def test_one_free_pattern_with_ranges_apart() -> None:
    first = sequence("a", "{entity}-{number}", end=100)
    assert only_row(first, sequence("b", "{entity}-{number}", start=101)) is None
    row = only_row(first, sequence("b", "{entity}-{number}", start=100))
    assert row is not None
    assert (row.text, row.certainty) == ("X-100", NEEDS_ATTRIBUTE)


VALUES = ("", "A", "B", "-", "A-", "-1", "1-A", "B-2-B")


def texts(one: Sequence) -> Iterator[str]:
    """The texts that a sequence could issue with a few attribute values."""
    names = one.compiled.attributes
    for values in product(VALUES, repeat=len(names)):
        for day in ("01", "02"):
            for value in range(one.start, (one.end or 30) + 1, one.step):
                text = "".join(
                    {"T": shown, "D": day, "N": str(value).zfill(one.compiled.width)}.get(kind)
                    or dict(zip(names, values, strict=True)).get(shown, "")
                    for kind, shown in one.compiled.segments
                )
                if accepts(one, text):
                    yield text


@st.composite
def sequences(draw: st.DrawFn, name: str) -> Sequence:
    """A sequence with up to two attributes and a counter, literals between them."""
    attributes = draw(st.sampled_from(([], ["{entity}"], ["{entity}", "{branch}"], ["{entity}", "{entity}"])))
    parts = draw(st.permutations([*attributes, draw(st.sampled_from(("{number}", "{number:2}")))]))
    parts += draw(st.sampled_from(([], [], ["{DD}"])))
    literals = st.sampled_from(("", "-", "A", "1", "A-", "-B"))
    pattern = draw(literals) + "".join([part + draw(literals) for part in parts])
    start = draw(st.integers(1, 20))
    try:
        return sequence(name, pattern, start, start + draw(st.integers(0, 20)), draw(st.integers(1, 3)))
    except PatternError:
        return sequence(name, "-{number}")


@settings(max_examples=amount(100), deadline=None)
@given(sequences("one"), sequences("two"))
def test_no_clash_is_missed(one: Sequence, two: Sequence) -> None:
    if not (one.compiled.attributes or two.compiled.attributes):
        return
    row = only_row(one, two)
    if not set(texts(one)).isdisjoint(texts(two)):
        assert row is not None
