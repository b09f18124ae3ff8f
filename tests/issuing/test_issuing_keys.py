"""--key: the same request gives the same numbers again; another request under it is refused."""

import pytest

from tests.book import Book


def test_the_same_key_prints_the_same_number_and_issues_one(invoices: Book) -> None:
    assert invoices.next("invoice", "--key", "order-7") == ["INV-00001"]
    assert invoices.next("invoice", "--key", "order-7") == ["INV-00001"]
    assert invoices.texts() == ["INV-00001"]
    assert invoices.next("invoice", "--key", "order-8") == ["INV-00002"]


def test_the_same_key_gives_a_whole_batch_again(invoices: Book) -> None:
    first = invoices.next("invoice", "-n", "3", "--key", "k")
    invoices.next("invoice")
    assert invoices.next("invoice", "-n", "3", "--key", "k") == first
    assert len(invoices.numbers()) == 4


def test_the_json_of_a_retry_is_the_json_of_the_first_call(invoices: Book) -> None:
    words = ("next", "invoice", "--key", "k", "--record", "R", "--json")
    assert invoices.ok(*words).json == invoices.ok(*words).json


FULL = {"--record": "R-1", "--date": "2026-05-04", "--attr": "channel=web", "-n": "1"}
OTHERS = {
    "another target": ("memo", FULL),
    "another count": ("invoice", {**FULL, "-n": "2"}),
    "another date": ("invoice", {**FULL, "--date": "2026-05-05"}),
    "another attribute": ("invoice", {**FULL, "--attr": "channel=shop"}),
    "no attribute": ("invoice", {name: value for name, value in FULL.items() if name != "--attr"}),
    "another record": ("invoice", {**FULL, "--record": "R-2"}),
    "no record": ("invoice", {name: value for name, value in FULL.items() if name != "--record"}),
    "a set": ("invoice", {**FULL, "--set": "main"}),
    "a sequence": ("invoice", {**FULL, "--sequence": "invoice"}),
    "an owner": ("invoice", {**FULL, "--for": "account:ACME"}),
}


def words(target: str, options: dict[str, str]) -> list[str]:
    return [target, "--key", "k", *(word for pair in options.items() for word in pair)]


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("command", ["next", "peek"])
def test_another_request_under_the_key_is_refused_and_names_what_it_got(
    invoices: Book, command: str, other: str
) -> None:
    invoices.ok("sequence", "add", "memo", "--prefix", "M-")
    invoices.ok("set", "add", "main", "invoice=invoice")
    assert invoices.next(*words("invoice", FULL)) == ["INV-00001"]
    error = invoices.fails(5, "key_reused", command, *words(*OTHERS[other]))
    assert "INV-00001" in error["message"]
    assert invoices.texts() == ["INV-00001"]


def test_contiguous_is_another_request(invoices: Book) -> None:
    invoices.next("invoice", "-n", "2", "--key", "k")
    invoices.fails(5, "key_reused", "next", "invoice", "-n", "2", "--contiguous", "--key", "k")


def test_a_date_left_out_on_the_retry_is_fine_and_so_is_one_given_later(invoices: Book) -> None:
    first = invoices.next("invoice", "--key", "k", "--date", "2026-05-04")
    assert invoices.next("invoice", "--key", "k") == first
    second = invoices.next("invoice", "--key", "l")
    assert invoices.next("invoice", "--key", "l", "--date", "2026-05-04") == second
    assert len(invoices.numbers()) == 2


def test_the_order_and_spelling_of_options_do_not_matter(invoices: Book) -> None:
    first = invoices.next("invoice", "--key", "k", "--attr", "a=1", "--attr", "b=2")
    assert invoices.next("invoice", "--attr", "b=2", "--attr=a=1", "--key=k", "-n", "1") == first
    assert invoices.next("Invoice", "--attr", "b=2", "--attr=a=1", "--key=k", "-n", "1") == first


def test_the_order_of_owners_matters(invoices: Book) -> None:
    invoices.next("invoice", "--key", "k", "--for", "account:1", "--for", "company:2")
    invoices.fails(
        5, "key_reused", "next", "invoice", "--key", "k", "--for", "company:2", "--for", "account:1"
    )


def test_peek_with_a_used_key_shows_the_same_numbers(invoices: Book) -> None:
    invoices.next("invoice", "-n", "2", "--key", "k")
    assert invoices.ok("peek", "invoice", "-n", "2", "--key", "k").lines == ["INV-00001", "INV-00002"]


def test_peek_uses_up_no_key(invoices: Book) -> None:
    invoices.ok("peek", "invoice", "--key", "k")
    assert invoices.next("invoice", "--key", "k", "--record", "R") == ["INV-00001"]


def test_a_refused_request_leaves_its_key_free(book: Book) -> None:
    book.ok("sequence", "add", "a", "--end", "1")
    book.fails(5, "exhausted", "next", "a", "-n", "2", "--key", "k")
    assert book.next("a", "--key", "k") == ["1"]


def test_a_retry_works_although_the_sequence_went_inactive_or_ended(book: Book) -> None:
    book.ok("sequence", "add", "a", "--end", "1")
    book.next("a", "--key", "k")
    book.ok("sequence", "deactivate", "a")
    assert book.next("a", "--key", "k") == ["1"]
    book.fails(5, "inactive", "next", "a", "--key", "l")


def test_keys_differ_by_case_and_blanks(invoices: Book) -> None:
    keys = ["k", "K", "k ", " k", "k\u00e9"]
    assert len({invoices.next("invoice", "--key", key)[0] for key in keys}) == len(keys)


def test_the_key_is_one_name_space_for_all_sequences(invoices: Book) -> None:
    invoices.ok("sequence", "add", "memo", "--prefix", "M-")
    invoices.next("invoice", "--key", "k")
    invoices.fails(5, "key_reused", "next", "memo", "--key", "k")


@pytest.mark.parametrize("option", ["--key", "--record"])
@pytest.mark.parametrize("value", ["", "  "])
def test_a_blank_key_or_record_is_wrong_usage(invoices: Book, option: str, value: str) -> None:
    invoices.fails(2, "usage", "next", "invoice", option, value)
    assert invoices.numbers() == []
