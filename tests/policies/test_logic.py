"""The logic of policies: binding, brackets, and every mistake with its position."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqctl.model.policy.logic import LogicError, all_of, parse_logic
from seqctl.model.policy.policy import Condition, decide, encode, stored_matches

IDS = [1, 2, 3, 10]
CONDITIONS = tuple(Condition(id, "f", "is_set", "t", ()) for id in IDS)


def outcome(text: str, known: dict[int, bool | None]) -> bool | None:
    return decide(CONDITIONS, parse_logic(text, IDS), {}, known)


expressions = st.recursive(
    st.sampled_from(IDS).map(str),
    lambda inner: st.one_of(
        inner.map(lambda a: f"not {a}" if a[:1] != "n" else f"not ({a})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda p: f"({p[0]}) {p[1]} ({p[2]})"),
        st.tuples(inner, inner, inner).map(lambda p: f"({p[0]}) or ({p[1]}) and not ({p[2]})"),
    ),
    max_leaves=12,
)


@given(expressions, st.tuples(*[st.booleans()] * 4))
def test_it_means_what_the_words_mean(text: str, values: tuple[bool, ...]) -> None:
    known: dict[int, bool | None] = dict(zip(IDS, values, strict=True))
    words = text.replace("(", " ( ").replace(")", " ) ").split()
    program = " ".join(str(known[int(word)]) if word.isdigit() else word for word in words)
    assert outcome(text, known) == eval(program)
    assert outcome(text.upper(), known) == eval(program)


@given(expressions, st.tuples(*[st.booleans()] * 4))
def test_what_is_stored_decides_the_same(text: str, values: tuple[bool, ...]) -> None:
    conditions = tuple(Condition(id, f"f{id}", "equals", "t", ("yes",)) for id in IDS)
    attributes = {f"f{id}": "yes" if met else "no" for id, met in zip(IDS, values, strict=True)}
    for logic in (parse_logic(text, IDS), all_of(IDS), parse_logic("1 AND 2 AND 3 AND 3", IDS)):
        stored = encode(conditions, logic)
        assert stored_matches(stored, attributes) == decide(conditions, logic, attributes)
    assert stored_matches("0\nold", attributes) is None


def test_not_binds_before_and_and_before_or() -> None:
    yes: dict[int, bool | None] = {1: True, 2: False, 3: False, 10: False}
    no: dict[int, bool | None] = {1: False, 2: True, 3: True, 10: True}
    assert outcome("1 OR 2 AND 3", yes)
    assert outcome("NOT 1 AND 2 OR 3", no)
    assert not outcome("NOT (1 OR 2)", yes)
    assert outcome("NOT NOT 1", yes)


def test_no_logic_means_all() -> None:
    assert all_of([1, 2, 3]) == parse_logic("1 AND 2 AND 3", IDS)
    assert all_of([]) == ()


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("", 1, "too early"),
        ("1 AND", 6, "too early"),
        ("1 2", 3, "one too many"),
        ("selectionLogic", 1, "'selectionLogic'"),
        ("1 AND 7", 7, "no condition 7"),
        ("(1 OR 2", 1, "never closed"),
        ("1)", 2, "one too many"),
        ("1 & 2", 3, "no meaning"),
        ("1 XOR 2", 3, "'XOR'"),
        ("AND 1", 1, "missing before"),
        ("()", 2, "missing before"),
        ("1 OR 99999999999999999999", 6, "no condition"),
    ],
)
def test_a_mistake_is_told_with_its_position(text: str, position: int, words: str) -> None:
    with pytest.raises(LogicError, match=f"at character {position}$") as mistake:
        parse_logic(text, IDS)
    assert mistake.value.position == position
    assert words in str(mistake.value)


@given(st.text(alphabet="123 ()ANDORNOTandx&|!", max_size=40))
def test_rubbish_is_an_expression_or_a_clear_error(text: str) -> None:
    try:
        postfix = parse_logic(text, IDS)
    except LogicError as mistake:
        assert 1 <= mistake.position <= len(text) + 1
    else:
        assert isinstance(decide(CONDITIONS, postfix, {}), bool)


def test_deep_brackets_are_refused_not_a_crash() -> None:
    with pytest.raises(LogicError, match="nested"):
        parse_logic("(" * 4000 + "1" + ")" * 4000, IDS)
