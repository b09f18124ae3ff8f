"""Collisions of hand-picked sequences."""

from seqctl.model.collision import (
    NEEDS_ATTRIBUTE,
    PROVED,
    UNPROVED,
    Collision,
    Rendering,
    find_collisions,
)
from seqctl.model.pattern.letters import from_letters
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.calendar import Calendar
from tests.model.collision.sequences import sequence


def renders(one: Sequence, rendering: Rendering | None) -> str:
    """The text that a sequence renders as a collision says."""
    assert rendering is not None
    before, after = one.compiled.frame(rendering.day, one.fiscal, dict(rendering.attributes))
    assert one.start <= rendering.value <= (one.end or 2**63 - 1)
    assert (rendering.value - one.start) % one.step == 0
    return before + one.compiled.counter_text(rendering.value) + after


def only_row(first: Sequence, second: Sequence) -> Collision | None:
    """The one row of two sequences; its text is held against both renderings."""
    rows = find_collisions([second, first])
    assert rows == find_collisions([first, second])
    assert len(rows) < 2
    if not rows:
        return None
    row = rows[0]
    assert {row.first, row.second} == {first.name, second.name}
    if row.text is not None:
        one, two = (first, second) if row.first == first.name else (second, first)
        assert renders(one, row.first_renders) == renders(two, row.second_renders) == row.text
    return row


def assert_proved(first: Sequence, second: Sequence, text: str | None = None) -> None:
    row = only_row(first, second)
    assert row is not None
    assert row.certainty == PROVED
    assert row.text is not None
    assert text in (None, row.text)


def assert_apart(first: Sequence, second: Sequence) -> None:
    assert only_row(first, second) is None


def test_a_prefix_that_is_a_number_meets_a_longer_one() -> None:
    longer = sequence("b", "23{number:8}")
    assert_proved(sequence("a", "2{number:8}"), longer, "2300000001")
    assert_apart(sequence("a", "2{number:8}", end=299999999), longer)
    # 2300000000 would be the longer one's 0, which it does not have.
    assert_apart(sequence("a", "2{number:8}", end=300000000), longer)
    assert_proved(sequence("a", "2{number:8}", end=300000001), longer)
    assert_proved(sequence("a", "2{number:8}", start=310000300), longer, "2310000300")


def test_a_dash_keeps_apart_and_without_it_they_meet() -> None:
    dated = sequence("a", "INV-{YYYY}-{number:4}", reset="year")
    assert_apart(dated, sequence("b", "INV-{number:8}"))
    dated = sequence("a", "INV{YYYY}{number:4}", reset="year")
    assert_proved(dated, sequence("b", "INV{number:8}"), "INV20000001")
    assert_apart(dated, sequence("b", "INV{number:8}", end=19999999))


def test_windows_without_a_common_date_text_keep_apart() -> None:
    old = sequence("a", "A-{YYYY}-{number}", effective_until="2024-12-31")
    new = sequence("b", "A-{YYYY}-{number}", effective_from="2025-01-01")
    assert_apart(old, new)
    overlapping = sequence("b", "A-{YYYY}-{number}", effective_from="2024-12-31")
    assert_proved(old, overlapping, "A-2024-1")
    assert_proved(
        sequence("a", "A-{MM}-{number}", effective_until="2024-12-31", unique="period"),
        sequence("b", "A-{MM}-{number}", effective_from="2025-06-01", unique="period"),
    )
    assert_apart(
        sequence("a", "A-{MM}-{number}", effective_until="2024-05-31", effective_from="2024-01-01"),
        sequence("b", "A-{MM}-{number}", effective_until="2025-09-30", effective_from="2025-06-01"),
    )


def test_dates_outside_the_century_use_the_given_window() -> None:
    old = sequence("a", "{YYYY}-{number}", effective_from="1990-01-01", effective_until="1995-12-31")
    assert_proved(old, sequence("b", "1991-{number}"), "1991-1")
    assert_apart(old, sequence("b", "1996-{number}"))
    later = sequence("a", "{YYYY}-{number}", effective_from="2110-01-01")
    assert_proved(later, sequence("b", "2111-{number}"), "2111-1")
    assert_apart(later, sequence("b", "2099-{number}"))


def test_within_periods_only_a_common_period_counts() -> None:
    monthly = {"reset": "month", "unique": "period"}
    first = sequence("a", "A{number}", effective_until="2025-01-31", **monthly)
    assert_apart(first, sequence("b", "A{number}", effective_from="2025-02-01", **monthly))
    assert_proved(first, sequence("b", "A{number}", effective_from="2025-01-31", **monthly))
    assert_proved(first, sequence("b", "A{number}", effective_from="2025-02-01", reset="month"))
    # Keys of different kinds are different periods.
    assert_apart(first, sequence("b", "A{number}", reset="year", unique="period"))
    assert_apart(first, sequence("b", "A{number}", unique="period"))


def test_steps_and_ranges() -> None:
    assert_apart(sequence("a", "{number}", step=6), sequence("b", "{number}", start=2, step=4))
    assert_proved(sequence("a", "{number}", step=6), sequence("b", "{number}", start=5, step=4), "13")
    assert_apart(sequence("a", "{number}", step=6, end=12), sequence("b", "{number}", start=5, step=4))
    assert_apart(sequence("a", "{number:3}", max_width=3), sequence("b", "{number}", start=1000))
    assert_apart(sequence("a", "{number:3}"), sequence("b", "{number}", end=99))
    assert_proved(sequence("a", "{number:3}"), sequence("b", "{number}"), "100")
    assert_apart(sequence("a", "A{number}", max_length=3), sequence("b", "A{number:3}"))


def test_letters() -> None:
    assert_proved(
        sequence("a", "{number}", kind="alpha"), sequence("b", "b{number:2}", kind="alpha", start=0)
    )
    assert_apart(
        sequence("a", "{number}", kind="alpha", end=from_letters("azz", 0)),
        sequence("b", "b{number:2}", kind="alpha", start=0),
    )
    assert_apart(sequence("a", "{number}", kind="alpha"), sequence("b", "{number}"))
    assert_apart(sequence("a", "x{number}", kind="alpha"), sequence("b", "x{number}"))
    assert_proved(sequence("a", "{number}x7", kind="alpha"), sequence("b", "abx{number}"), "abx7")


def test_fiscal_tokens_are_those_of_the_calendar() -> None:
    april, july = Calendar("a", 4, 1, "end"), Calendar("j", 7, 1, "end")
    window = {"effective_from": "2024-04-01", "effective_until": "2024-06-30"}
    assert_apart(
        sequence("a", "{FY}-{number}", fiscal=april, **window),
        sequence("b", "{FY}-{number}", fiscal=july, **window),
    )
    assert_proved(
        sequence("a", "{FY}-{number}", fiscal=april, **window),
        sequence("b", "{FY}-{number}", fiscal=july),
    )


def test_document_types_and_one_sequence_alone() -> None:
    assert find_collisions([]) == []
    assert find_collisions([sequence("a", "{number}")]) == []
    assert_apart(sequence("a", "{number}"), sequence("b", "{number}", document_type="payment"))


def test_listed_values_are_proved_and_free_ones_need_an_attribute() -> None:
    listed = {"entity": ("DE", "FR")}
    assert_proved(sequence("a", "{entity}-{number}", scope=listed), sequence("b", "FR-{number}"), "FR-1")
    assert_apart(sequence("a", "{entity}-{number}", requires=listed), sequence("b", "IT-{number}"))
    # A value whose edge the counter could own is never rendered.
    owned = {"entity": ("A1",)}
    assert_apart(sequence("a", "{entity}{number}", scope=owned), sequence("b", "A{number}"))
    row = only_row(sequence("a", "{entity}-{number}", scope={"entity": ()}), sequence("b", "IT-{number}"))
    assert row is not None
    assert (row.text, row.certainty) == ("IT-1", NEEDS_ATTRIBUTE)
    assert row.first_renders is not None
    assert row.first_renders.attributes == (("entity", "IT"),)


def test_required_values_do_not_keep_a_decoration_apart() -> None:
    german, french = {"entity": ("DE",)}, {"entity": ("FR",)}
    assert_proved(sequence("a", "{number}", requires=german), sequence("b", "{number}", requires=french))
    assert_apart(
        sequence("a", "{entity}-{number}", requires=german),
        sequence("b", "{entity}-{number}", requires=french),
    )


def test_a_row_for_each_changed_name_and_no_other() -> None:
    book = [sequence(name, "{number}") for name in "abcde"] + [sequence("z", "Z{number}")]
    rows = find_collisions(book, changed=["c"])
    assert [row.certainty for row in rows] == [PROVED]
    assert "c" in (rows[0].first, rows[0].second)
    assert find_collisions(book, changed=["z"]) == []
    assert find_collisions(book, changed=[]) == []


def test_a_changed_sequence_meets_others_whose_counter_has_another_length() -> None:
    for one, two in (("{number}12", "{number}2"), ("{number}12-A", "{number}2-A"), ("1{number}", "{number}")):
        book = [sequence("a", one), sequence("b", two)]
        assert [row.certainty for row in find_collisions(book, changed=["b"])] == [PROVED], one
        assert [row.certainty for row in find_collisions(book, changed=["a"])] == [PROVED], one


def hard_sequences() -> list[Sequence]:
    """Steps that are nearly prime to each other and ranges that end before two of them meet."""
    return [
        sequence(f"{name}{n}", "{number}", start=10**6 + n * 16 + shift, step=step, end=10**7)
        for n in range(40)
        for name, step, shift in (("a", 10007, 0), ("b", 10016, 8))
    ]


def test_past_the_budget_it_says_so() -> None:
    rows = find_collisions(hard_sequences(), 100)
    assert [(row.certainty, row.text) for row in rows] == [(UNPROVED, None)]
    assert UNPROVED not in {row.certainty for row in find_collisions(hard_sequences())}


def test_a_hard_document_type_leaves_the_others_their_share() -> None:
    hard = hard_sequences()
    easy = [sequence(name, "{number}", document_type="payment") for name in ("x", "y")]
    rows = find_collisions(hard + easy, 500)
    assert [row.certainty for row in rows] == [UNPROVED, PROVED]
    assert (rows[1].first, rows[1].second) == ("x", "y")
