"""Sequence sets of Zuora: what each field becomes, and what is refused."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from seqctl.actions.definitions.define import define
from seqctl.actions.issuing.issue import issue
from seqctl.definitions.foreign import ForeignFiles, read_foreign
from seqctl.definitions.toml.sources import Source
from seqctl.errors import SeqctlError
from seqctl.model.catalogue.catalogue import Wanted
from seqctl.model.catalogue.plan import Plan
from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.number.request import Request
from seqctl.store.port import Store, Transaction
from seqctl.store.sqlite.file.create import open_store

PAYLOADS = Path(__file__).parent / "payloads"
DEFAULT, WRITE, READ = (
    "default-sequence-set.from-docs",
    "post-sequence-sets.request",
    "post-sequence-sets.response-200",
)
TYPES = ("invoice", "credit_memo", "debit_memo", "payment", "refund")


def payload(name: str) -> str:
    return (PAYLOADS / f"zuora.{name}.json").read_text(encoding="utf-8")


def read_text(*texts: str) -> ForeignFiles:
    sources = [Source(f"{number}.json", text) for number, text in enumerate(texts, 1)]
    return read_foreign("zuora", sources, None)


def read(*sets: dict[str, Any]) -> ForeignFiles:
    return read_text(json.dumps(list(sets), indent=1))


def said(files: ForeignFiles) -> list[str]:
    return [f"{finding.severity}: {files.describe(finding)}" for finding in files.findings]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(str(tmp_path / "b.db"), create=True, actor="ada")
    yield store
    store.close()


def take(store: Store, files: ForeignFiles) -> Plan:
    def wish(transaction: Transaction) -> Wanted:
        return files.against(transaction.catalogue.read)

    return define(store, wish, "import", files.names, describe=files.describe)


def number(store: Store, document_type: str, set_name: str | None = None) -> str:
    return issue(store, Request(document_type, set_name=set_name)).texts[0]


def member(document_type: str, prefix: str) -> dict[str, str | int]:
    return {"document_type": document_type, "prefix": prefix, "width": 8, "max_length": 20}


def test_the_set_of_the_write_sample() -> None:
    files = read_text(payload(WRITE))
    assert said(files) == []
    prefixes = dict(zip(TYPES, ("FINV", "FCM", "FDM", "FP-", "FR-"), strict=True))
    assert files.wanted.sequences == {f"FR.{kind}": member(kind, prefix) for kind, prefix in prefixes.items()}
    assert files.wanted.counters == {f"FR.{kind}": {"all": 10} for kind in TYPES}
    assert files.wanted.sets == {"FR": SequenceSet("FR", {kind: f"FR.{kind}" for kind in TYPES})}


def test_the_read_sample_means_the_same() -> None:
    assert read_text(payload(READ)).wanted == read_text(payload(WRITE)).wanted


def test_the_default_set() -> None:
    files = read_text(payload(DEFAULT))
    assert said(files) == []
    assert files.wanted.sets["DEFAULT"].default
    assert files.wanted.sequences["DEFAULT.payment"] == member("payment", "P-")
    assert not read({"name": "Default", "invoice": {"prefix": "I"}}).wanted.sets["Default"].default


def test_numbers_begin_at_the_start_number_and_a_second_import_changes_nothing(store: Store) -> None:
    def actions() -> set[str]:
        plan = take(store, read_text(payload(DEFAULT), payload(WRITE)))
        return {change.action for change in plan.changes}

    assert actions() == {"created"}
    assert actions() == {"unchanged"}
    assert number(store, "invoice", "FR") == "FINV00000010"
    assert number(store, "invoice", "FR") == "FINV00000011"
    assert number(store, "invoice") == "INV00000001"
    assert number(store, "refund") == "R-00000001"
    assert actions() == {"unchanged"}
    assert number(store, "credit_memo", "FR") == "FCM00000010"


def test_a_start_number_is_moved_by_an_import_until_the_prefix_is_used(store: Store) -> None:
    def take_from(start: str | int) -> Plan:
        return take(store, read({"name": "A", "invoice": {"prefix": "A", "startNumber": start}}))

    for start in (10, "20", 1, 5):
        take_from(start)
    assert number(store, "invoice", "A") == "A00000005"
    assert {change.action for change in take_from(5).changes} == {"unchanged"}
    with pytest.raises(
        SeqctlError, match=r"1\.json:6: .*goes on at 00000006; it cannot go back to 00000001"
    ) as refused:
        take_from(1)
    assert refused.value.code == "backwards"


def test_what_a_set_lacks_comes_from_the_default_set(store: Store) -> None:
    take(store, read_text(payload(DEFAULT), '{"name": "DE", "invoice": {"prefix": "DE-"}, "payment": null}'))
    assert number(store, "invoice", "DE") == "DE-00000001"
    assert number(store, "payment", "DE") == "P-00000001"


def test_the_largest_numbers_have_twenty_characters(store: Store) -> None:
    start = 9999999999999999
    take(store, read({"name": "A", "invoice": {"prefix": "INV-", "startNumber": start}}))
    assert number(store, "invoice", "A") == f"INV-{start}"
    with pytest.raises(SeqctlError) as refused:
        number(store, "invoice", "A")
    assert refused.value.code == "exhausted"


def test_numbers_that_could_be_glued_alike_are_refused(store: Store) -> None:
    files = read({"name": "A", "invoice": {"prefix": "23"}}, {"name": "B", "invoice": {"prefix": "2"}})
    with pytest.raises(SeqctlError) as refused:
        take(store, files)
    assert refused.value.code == "collision"


def test_a_prefix_of_two_sets_is_one_run_whatever_their_order(store: Store) -> None:
    default = {"name": "DEFAULT", "creditMemo": {"prefix": "CM", "startNumber": 1}}
    german = {"name": "DE", "creditMemo": {"prefix": "CM", "startNumber": 1}}
    files = read(german, default)
    assert said(files) == []
    assert files.wanted == read(default, german).wanted
    assert list(files.wanted.sequences) == ["DEFAULT.credit_memo"]
    take(store, files)
    assert [number(store, "credit_memo", name) for name in ("DE", None)] == ["CM00000001", "CM00000002"]


def test_a_shared_run_begins_at_the_higher_start() -> None:
    files = read(
        {"name": "A", "invoice": {"prefix": "I", "startNumber": 5}},
        {"name": "B", "invoice": {"prefix": "I", "startNumber": 9}},
    )
    assert said(files) == [
        "warning: 1.json:13: sets.B.invoice.startNumber: 9 is 5 where 'A.invoice' has the same prefix; the"
        " run begins at 9"
    ]
    assert files.wanted.counters == {"A.invoice": {"all": 9}}


def test_a_prefix_belongs_to_one_document_type() -> None:
    files = read_text(
        '{"name": "A", "invoice": {"prefix": "I"}}', '{"name": "B",\n"payment": {\n"prefix": "I"}}'
    )
    assert said(files) == [
        "error: 2.json:3: sets.B.payment.prefix: 'I' is the prefix of another document type, at 1.json:1; a"
        " prefix belongs to one document type for ever"
    ]
    (text,) = said(read({"name": "A", "invoice": {"prefix": "I"}, "refund": {"prefix": "I"}}))
    assert "sets.A.refund.prefix: 'I' is the prefix of another document type, at 1.json:4" in text


@pytest.mark.parametrize("prefix", ["A", "0", "a-b_c", "A" * 16, "TMP-INV", "preview"])
def test_good_prefixes(prefix: str) -> None:
    assert said(read({"name": "A", "invoice": {"prefix": prefix}})) == []


@pytest.mark.parametrize(
    ("fields", "line", "problem"),
    [
        ({"invoice": {"prefix": ""}}, 5, "invoice.prefix: '' is not a prefix; write 1 to 16"),
        ({"invoice": {"prefix": "A" * 17}}, 5, "is not a prefix"),
        ({"invoice": {"prefix": "-A"}}, 5, "'-A' is not a prefix"),
        ({"invoice": {"prefix": "_A"}}, 5, "'_A' is not a prefix"),
        ({"invoice": {"prefix": "A B"}}, 5, "'A B' is not a prefix"),
        ({"invoice": {"prefix": "Ä"}}, 5, "'Ä' is not a prefix"),
        ({"invoice": {"prefix": "A\n"}}, 5, "is not a prefix"),
        ({"invoice": {"prefix": "PREVIEW-"}}, 5, "'PREVIEW-' is reserved"),
        ({"invoice": {"prefix": "TMP-DM-"}}, 5, "'TMP-DM-' is reserved"),
        ({"invoice": {"startNumber": 5}}, 4, "invoice.prefix: is missing"),
        ({"invoice": {"prefix": True}}, 5, "invoice.prefix: True is not a text"),
        ({"invoice": "INV"}, 4, "invoice: 'INV' is not an object"),
        ({"invoice": {"prefix": "A", "startNumber": 0}}, 6, "startNumber: 0 is not between 1 and"),
        ({"invoice": {"prefix": "A", "startNumber": "x"}}, 6, "startNumber: 'x' is not a whole number"),
        ({"name": "A" * 16, "invoice": {"prefix": "A"}}, 3, "name: has 16 characters; a set has a name of 1"),
        ({"invioce": {"prefix": "A"}}, 4, "invioce: is not a document type of a sequence set; did you mean"),
    ],
)
def test_what_would_change_the_numbers_is_an_error_at_its_line(
    fields: dict[str, Any], line: int, problem: str
) -> None:
    (text,) = said(read({"name": "A", **fields}))
    assert text.startswith(f"error: 1.json:{line}: sets.A")
    assert problem in text


def test_a_set_without_document_types_is_warned_of() -> None:
    files = read({"name": "A"})
    assert said(files) == [
        "warning: 1.json:3: sets.A.name: the set has no document type: everything comes from the default set"
    ]
