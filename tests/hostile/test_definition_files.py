"""Definition files from strangers: mutated ones, rubbish, and payloads of other systems."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.book import Book
from tests.hostile import texts
from tests.hostile.conftest import DEFINITIONS, Judged

UNHURRIED = settings(deadline=None, suppress_health_check=list(HealthCheck))

PIECES = st.sampled_from(
    [
        *("[", "]", "[[", "{", "}", "=", '"', "'", '"""', "\\", "#", ",", ".", "\n", "\t", "\r\n", "\r"),
        *(
            "true",
            "1e999",
            "9" * 400,
            "-1",
            "0x1F",
            "2026-05-04",
            "2026-02-30",
            "12:00:00",
            "nan",
            "[]",
            "{}",
        ),
        *(
            "[sequences.s]",
            "[sequences.s.counters]",
            '"all" = 5\n',
            "name = 1\n",
            "format = 2\n",
            "\x00",
            "\ufeff",
        ),
        *(
            'pattern = "{a}{b}"\n',
            "scope = [1]\n",
            "requires = { a = 1 }\n",
            "end = 0\n",
            "conditions = [1]\n",
        ),
        *(
            '"\\u0000" = 1\n',
            '"\\u001b[31m" = 1\n',
            "[sets.main.members]",
            "x.y.z = 1\n",
            "\x1b[31m",
            "\u202e",
            "é",
        ),
    ]
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A valid file with pieces dropped, doubled, exchanged and put in."""
    text = DEFINITIONS
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        until = min(len(text), at + draw(st.sampled_from([0, 0, 1, 3, 12, 40])))
        text = text[:at] + draw(PIECES | texts.ANY | st.just(text[at:until] * 2)) + text[until:]
    return text


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**25), 10**25) | st.floats() | texts.ANY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts.ANY, inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(
    [
        *("Name", "sequencePattern", "dateStampFormat", "documentType", "conditions", "selectionCondition"),
        *(
            "startNumber",
            "prefix",
            "creditMemo",
            "invoice",
            "id",
            "name",
            "sequenceSets",
            "records",
            "ia::result",
        ),
        *(
            "key",
            "sequenceNumber",
            "alpha",
            "numeric",
            "fiscalYear",
            "nextPage",
            "success",
            "filterValue",
            "rollover",
        ),
    ]
)
PAYLOADS = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | texts.ANY, inner, max_size=6),
    max_leaves=12,
)


def check_import(rich: Book, judged: Judged, text: str | bytes, *words: object) -> None:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    judged(rich, "import", "-", *words, input=data)
    judged(rich, "diff", "-", input=data)


@settings(UNHURRIED, max_examples=120)
@given(text=mutated())
def test_mutated_files_are_taken_or_refused_whole(rich: Book, judged: Judged, text: str) -> None:
    check_import(rich, judged, text)


@settings(UNHURRIED, max_examples=60)
@given(text=st.binary(max_size=200) | st.lists(PIECES | texts.ANY, max_size=12).map("".join))
def test_rubbish_is_refused(rich: Book, judged: Judged, text: str | bytes) -> None:
    check_import(rich, judged, text)


@pytest.mark.long
@settings(UNHURRIED, max_examples=texts.EXAMPLES)
@given(text=mutated() | st.lists(PIECES | texts.ANY, max_size=12).map("".join))
def test_files_are_taken_or_refused_whole_many_times(rich: Book, judged: Judged, text: str) -> None:
    check_import(rich, judged, text)


@pytest.fixture(scope="module")
def payloads() -> dict[str, Any]:
    """Valid payloads of each system."""
    return {
        "zuora": [{"name": "N", "invoice": {"prefix": "I-", "startNumber": 5}}],
        "salesforce": [
            {"Name": "N", "SequencePattern": "X-{SequenceValue}", "SelectionCondition": {"records": []}}
        ],
        "intacct": [{"id": "x", "numeric": {"prefix": "I", "nextNumber": 5}}],
    }


def exchanged(draw: Callable[..., Any], value: object) -> Any:
    """A payload with some of its values and keys exchanged."""
    if draw(st.integers(0, 7)) == 0:
        return draw(VALUES)
    if isinstance(value, dict):
        made = {key: exchanged(draw, inner) for key, inner in value.items()}
        return made | draw(st.dictionaries(KEYS | texts.ANY, VALUES, max_size=2))
    if isinstance(value, list):
        return [exchanged(draw, inner) for inner in value]
    return value


def check_payload(
    rich: Book,
    judged: Judged,
    payloads: dict[str, Any],
    data: st.DataObject,
) -> None:
    system = data.draw(st.sampled_from(["salesforce", "intacct", "zuora"]))
    payload = exchanged(data.draw, payloads[system]) if data.draw(st.booleans()) else data.draw(PAYLOADS)
    text = json.dumps(payload, ensure_ascii=data.draw(st.booleans()))
    judged(rich, "import", "-", "--from", system, "--dry-run", input=text.encode("utf-8", "surrogatepass"))


@settings(UNHURRIED, max_examples=120)
@given(data=st.data())
def test_payloads_of_other_systems_are_taken_or_refused_whole(
    rich: Book,
    judged: Judged,
    payloads: dict[str, Any],
    data: st.DataObject,
) -> None:
    check_payload(rich, judged, payloads, data)


@pytest.mark.long
@settings(UNHURRIED, max_examples=texts.EXAMPLES)
@given(data=st.data())
def test_payloads_of_other_systems_many_times(
    rich: Book, judged: Judged, payloads: dict[str, Any], data: st.DataObject
) -> None:
    check_payload(rich, judged, payloads, data)


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 100_000,
        "x = " + "{ a = " * 5_000,
        "[" + "a." * 20_000 + "b]\nx = 1",
        "a." * 20_000 + "b = 1",
        "x = " + "9" * 100_000,
        'x = "' + "a" * 10_000_000 + '"',
        "# " + "x" * 10_000_000 + "\nx",
        "a = 1\n" * 100_000,
        'x = """' + "\\\n" * 100_000,
        "[sequences." + "s" * 1_000_000 + "]",
        "[sequences.q]\ntitle = '" + "t" * 5_000_000 + "'",
        "[sequences.q]\npattern = '" + "{a}-" * 1_000_000 + "{number}'",
        "[sequences.q]\nscope = [" + '"a",' * 100_000 + "]",
        "[policies.q]\ndocument_type = 't'\nsequence = 's'\nlogic = '" + "(" * 1_000_000 + "'",
    ],
    ids=lambda text: text[:20].replace("\n", " "),
)
def test_huge_and_deep_files_are_refused_in_time(rich: Book, judged: Judged, text: str) -> None:
    result = judged(rich, "import", "-", input=text)
    assert result.status == 6
    assert len(result.err) < 5_000, len(result.err)


@pytest.mark.parametrize("system", ["salesforce", "intacct", "zuora"])
@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        '"' + "a" * 10_000_000 + '"',
        "[" + "1," * 50_000 + "1]",
        "9" * 100_000,
    ],
    ids=lambda text: text[:5],
)
def test_huge_and_deep_payloads_are_refused_in_time(
    rich: Book, judged: Judged, system: str, text: str
) -> None:
    assert judged(rich, "import", "-", "--from", system, input=text).status == 6
