"""The collision detector against writing out every text of small sequences."""

from datetime import date, timedelta
from functools import lru_cache
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seqctl.model.collision import PROVED, UNPROVED, Collision, Rendering, find_collisions
from seqctl.model.pattern.compile import compile_pattern
from seqctl.model.pattern.compiled import PERIODS, period_key
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.calendar import Calendar
from tests.amount import amount
from tests.model.collision.sequences import sequence

Texts = dict[str, set[str]]
"""Every text of a sequence with the periods in which it comes."""


@lru_cache(maxsize=64)
def every_text(given_sequence: Sequence) -> Texts:
    """All texts of a sequence with a short window, a low end and listed attributes."""
    pattern = given_sequence.compiled
    first = date.fromisoformat(str(given_sequence.effective_from))
    last = date.fromisoformat(str(given_sequence.effective_until))
    names = pattern.attributes
    listed = [{**given_sequence.requires, **given_sequence.scope}[name] for name in names]
    texts: Texts = {}
    for offset in range((last - first).days + 1):
        day = first + timedelta(offset)
        period = period_key(given_sequence.reset, day, given_sequence.fiscal)
        for values in product(*listed):
            attributes = dict(zip(names, values, strict=True))
            before, after = pattern.frame(day, given_sequence.fiscal, attributes)
            end = given_sequence.last_value(len(before + after))
            for value in range(given_sequence.start, end + 1, given_sequence.step):
                if value or not pattern.alpha or pattern.width:
                    text = before + pattern.counter_text(value) + after
                    texts.setdefault(text, set()).add(period)
    return texts


def common_texts(first: Sequence, second: Sequence) -> set[str]:
    """The texts of both that the database would refuse the second time."""
    texts, others = every_text(first), every_text(second)
    both_by_period = first.unique == second.unique == "period"
    return {text for text in texts.keys() & others.keys() if not both_by_period or texts[text] & others[text]}


def renders(given_sequence: Sequence, rendering: Rendering | None) -> str:
    """The text that a sequence renders as a collision says."""
    assert rendering is not None
    pattern = given_sequence.compiled
    before, after = pattern.frame(rendering.day, given_sequence.fiscal, dict(rendering.attributes))
    return before + pattern.counter_text(rendering.value) + after


LITERALS = ("", "1", "2", "12", "20", "01", "-", "a", "b", "ab", "A", "1-", "0")
TOKENS = ("YYYY", "YY", "MM", "DD", "Q", "H", "DDD", "WW", "GGGG", "FY", "FYE:YY", "FM", "FQ")
CALENDARS = (Calendar("u", 4, 1, "end"), Calendar("v", 1, 31, "start"))


@st.composite
def patterns(draw: st.DrawFn, alpha: bool) -> str:
    """A pattern of a few literals, at most two date tokens, at most one attribute and the counter."""
    width = draw(st.integers(0, 2 if alpha else 4))
    parts = [f"{{number:{width}}}" if width else "{number}"]
    parts += ["{" + token + "}" for token in draw(st.lists(st.sampled_from(TOKENS), max_size=2))]
    parts += draw(st.sampled_from(([], [], ["{entity}"])))
    parts = list(draw(st.permutations(parts)))
    literals = [draw(st.sampled_from(LITERALS)) for _ in range(len(parts) + 1)]
    text = literals[0]
    for part, literal in zip(parts, literals[1:], strict=True):
        text += part + literal
    return text


@st.composite
def sequences(draw: st.DrawFn, name: str) -> Sequence:
    """A sequence small enough to write out."""
    kind = draw(st.sampled_from(("numeric", "numeric", "numeric", "alpha")))
    first = date(2023, 12, 20) + timedelta(draw(st.sampled_from((0, 3, 9, 12, 43, 104, 366))))
    start = draw(st.integers(0, 130))
    # No neighbour owns a capital letter, so that these values may stand anywhere.
    listed = draw(st.sampled_from((("A",), ("A", "B1B"), ("", "A"), ("B", "X", "X1X"))))
    return sequence(
        name,
        draw(patterns(kind == "alpha")),
        kind=kind,
        start=start,
        end=start + draw(st.integers(0, 150)),
        step=draw(st.sampled_from((1, 1, 1, 2, 3, 7, 10))),
        max_width=draw(st.sampled_from((None, None, 1, 2, 3))),
        max_length=draw(st.sampled_from((None, None, 3, 5, 8))),
        reset=draw(st.sampled_from(list(PERIODS))),
        unique=draw(st.sampled_from(("always", "period"))),
        fiscal=draw(st.sampled_from(CALENDARS)),
        effective_from=first.isoformat(),
        effective_until=(first + timedelta(draw(st.integers(0, 40)))).isoformat(),
        **{draw(st.sampled_from(("scope", "requires"))): {"entity": listed}},
    )


def check(rows: list[Collision], by_name: dict[str, Sequence]) -> None:
    """Every row is proved, and each sequence has a row exactly if it has a common text."""
    for row in rows:
        assert row.certainty == PROVED
        first, second = by_name[row.first], by_name[row.second]
        assert row.text in common_texts(first, second)
        assert renders(first, row.first_renders) == row.text
        assert renders(second, row.second_renders) == row.text
    named = {name for row in rows for name in (row.first, row.second)}
    for name, one in by_name.items():
        clashes = any(common_texts(one, other) for other in by_name.values() if other is not one)
        assert clashes == (name in named), name


SETTINGS = settings(
    max_examples=amount(80),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@SETTINGS
@given(sequences("one"), sequences("two"))
def test_two_sequences_clash_exactly_if_they_have_a_common_text(one: Sequence, two: Sequence) -> None:
    check(find_collisions([one, two]), {"one": one, "two": two})


@st.composite
def related_sequences(draw: st.DrawFn, name: str, alpha: bool) -> Sequence:
    """A sequence whose pattern moves characters of a few texts between literal, date and counter."""
    before = draw(st.sampled_from(("", "a", "b", "ab") if alpha else ("", "1", "12", "2", "20")))
    after = draw(st.sampled_from(("", "a", "ba") if alpha else ("", "1", "0", "12")))
    date_token = draw(st.sampled_from(("", "", "{MM}", "{Q}", "{YY}", "{DD}")))
    width = draw(st.integers(0 if alpha else 1, 2))
    number = f"{{number:{width}}}" if width else "{number}"
    parts = [before, date_token, number] if draw(st.booleans()) else [before, number, date_token]
    start = draw(st.integers(0, 30))
    first = date(2024, 1, 1) + timedelta(draw(st.sampled_from((0, 0, 31, 366))))
    return sequence(
        name,
        "".join(parts) + after,
        kind="alpha" if alpha else "numeric",
        start=start,
        end=start + draw(st.sampled_from((20, 120, 300))),
        step=draw(st.sampled_from((1, 1, 2, 3, 10))),
        max_width=draw(st.sampled_from((None, None, 2))),
        reset=draw(st.sampled_from(("month", "year", "never"))),
        unique=draw(st.sampled_from(("always", "period"))),
        effective_from=first.isoformat(),
        effective_until=(first + timedelta(40)).isoformat(),
    )


@SETTINGS
@given(st.data(), st.booleans())
def test_sequences_with_related_patterns(data: st.DataObject, alpha: bool) -> None:
    """Such patterns clash far more often than patterns made at random."""
    names = ("one", "two", "three")[: data.draw(st.integers(2, 3))]
    by_name = {name: data.draw(related_sequences(name, alpha)) for name in names}
    check(find_collisions(by_name.values()), by_name)
    for name, one in by_name.items():
        rows = find_collisions(by_name.values(), changed=[name])
        assert all(name in (row.first, row.second) for row in rows)
        others = [other for other in by_name.values() if other is not one]
        assert bool(rows) == any(common_texts(one, other) for other in others)


@SETTINGS
@given(st.data())
def test_many_sequences_of_one_pattern(data: st.DataObject) -> None:
    """Each sequence that has a partner gets one, whatever its range, step, dates and periods."""
    pattern = data.draw(st.sampled_from(("{number:2}", "A{MM}-{number}", "{Q}{number}", "{number}1")))
    by_name = {}
    for index in range(data.draw(st.integers(2, 6))):
        name = f"s{index}"
        one = data.draw(sequences(name))
        one.pattern, one.kind = pattern, "numeric"
        one.compiled = compile_pattern(pattern, False)
        by_name[name] = one
    check(find_collisions(by_name.values()), by_name)


@SETTINGS
@given(related_sequences("one", False), related_sequences("two", False), st.integers(0, 60))
def test_a_small_budget_never_denies_a_clash(one: Sequence, two: Sequence, budget: int) -> None:
    rows = find_collisions([one, two], budget)
    if not rows:
        assert not common_texts(one, two)
    elif rows[0].certainty != UNPROVED:
        check(rows, {"one": one, "two": two})
