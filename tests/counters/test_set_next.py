"""set-next: forward with a reason, back only over what nobody holds."""

import pytest

from tests.book import Book, Result


def move(book: Book, name: str, value: str, *words: str) -> Result:
    return book.ok("sequence", "set-next", name, value, "--reason", "told so", *words)


def refused(book: Book, status: int, code: str, name: str, value: str, *words: str) -> dict[str, str]:
    return book.fails(status, code, "sequence", "set-next", name, value, "--reason", "told so", *words)


def test_forward_skips_and_blocks_the_run(invoices: Book) -> None:
    invoices.next("invoice", "-n", "2")
    shown = move(invoices, "invoice", "10", "--json").json
    assert (shown["before"], shown["next"], shown["blocked"]) == ("00003", "00010", 7)
    assert (shown["sequence"], shown["period"]) == ("invoice", "all")
    assert invoices.next("invoice", "-n", "2") == ["INV-00010", "INV-00011"]


def test_on_an_unused_counter_it_sets_the_first_value_and_blocks_nothing(invoices: Book) -> None:
    assert move(invoices, "invoice", "500", "--json").json["blocked"] == 0
    assert move(invoices, "invoice", "400", "--json").json["blocked"] == 0
    assert invoices.next("invoice") == ["INV-00400"]
    assert invoices.ok("export", "--with-counters").err == ""


def test_back_to_one_past_the_highest_held(invoices: Book) -> None:
    invoices.next("invoice", "-n", "3")
    move(invoices, "invoice", "100")
    move(invoices, "invoice", "4")
    assert invoices.next("invoice") == ["INV-00004"]


def test_back_into_the_middle_of_a_blocked_run_keeps_the_rest_of_it(invoices: Book) -> None:
    invoices.next("invoice", "-n", "3")
    move(invoices, "invoice", "100")
    assert move(invoices, "invoice", "50", "--json").json["blocked"] == 0
    assert invoices.next("invoice") == ["INV-00050"]
    assert "46" in invoices.warned("export", "--with-counters").err


def test_back_over_held_numbers_is_refused_and_names_them(invoices: Book) -> None:
    invoices.next("invoice", "-n", "5")
    error = refused(invoices, 5, "backwards", "invoice", "4")
    assert "INV-00004" in error["message"]
    assert "INV-00005" in error["message"]
    assert "6" in error["hint"]
    assert invoices.next("invoice") == ["INV-00006"]


def test_back_over_many_held_numbers_names_only_some(invoices: Book) -> None:
    invoices.next("invoice", "-n", "500")
    assert len(refused(invoices, 5, "backwards", "invoice", "1")["message"]) < 200


def test_to_where_it_stands_changes_nothing(invoices: Book) -> None:
    invoices.next("invoice")
    events = invoices.ok("info", "--json").json["events"]
    assert move(invoices, "invoice", "2", "--json").json["blocked"] == 0
    assert invoices.ok("info", "--json").json["events"] == events


@pytest.mark.parametrize(("value", "expected"), [("2", "INV-00004"), ("4", "INV-00004"), ("9", "INV-00009")])
def test_at_least_does_nothing_where_the_counter_is_there_or_beyond(
    invoices: Book, value: str, expected: str
) -> None:
    invoices.next("invoice", "-n", "3")
    move(invoices, "invoice", value, "--at-least")
    assert invoices.next("invoice") == [expected]


def test_at_least_twice_is_once(invoices: Book) -> None:
    for _ in range(2):
        move(invoices, "invoice", "50", "--at-least")
    assert invoices.next("invoice") == ["INV-00050"]
    assert move(invoices, "invoice", "50", "--at-least", "--json").json["next"] == "00051"


def test_without_a_period_it_is_todays_and_the_answer_names_it(book: Book) -> None:
    book.ok("sequence", "add", "a", "--pattern", "{YYYY}-{number}", "--reset", "year")
    period = book.ok("peek", "a", "--json").json["period"]
    assert move(book, "a", "7", "--json").json["period"] == period
    assert book.next("a") == [f"{period}-7"]


def test_a_period_that_is_named_is_moved_alone(book: Book) -> None:
    book.ok("sequence", "add", "a", "--pattern", "{YYYY}-{number}", "--reset", "year")
    move(book, "a", "7", "--period", "2024")
    assert book.next("a", "--date", "2024-05-04") == ["2024-7"]
    assert book.next("a", "--date", "2025-05-04") == ["2025-1"]
    refused(book, 2, "usage", "a", "9", "--period", "2024-05")


def test_every_scope_attribute_is_required_and_only_that_counter_moves(book: Book) -> None:
    book.ok("sequence", "add", "a", "--pattern", "{e}/{p}-{number}", "--scope", "e=DE,FR", "--scope", "p")
    move(book, "a", "7", "--scope", "p=1", "--scope", "e=DE")
    assert book.next("a", "--attr", "e=DE", "--attr", "p=1") == ["DE/1-7"]
    assert book.next("a", "--attr", "e=FR", "--attr", "p=1") == ["FR/1-1"]
    assert "--scope p=" in refused(book, 2, "usage", "a", "9", "--scope", "e=DE")["hint"]
    refused(book, 2, "usage", "a", "9")
    refused(book, 2, "usage", "a", "9", "--scope", "e=XX", "--scope", "p=1")
    refused(book, 2, "usage", "a", "9", "--scope", "e=DE", "--scope", "p=1", "--scope", "q=1")


@pytest.mark.parametrize("value", ["0", "11", "2", "-5", "", "1e3", "९", "9" * 40])
def test_a_value_that_the_sequence_cannot_give_is_wrong_usage(book: Book, value: str) -> None:
    book.ok("sequence", "add", "a", "--start", "1", "--end", "10", "--step", "3")
    book.fails(2, "usage", "sequence", "set-next", "a", "--reason", "x", "--", value)
    assert book.next("a") == ["1"]


def test_letters_are_given_as_letters(book: Book) -> None:
    book.ok("sequence", "add", "a", "--kind", "alpha")
    assert move(book, "a", "z", "--json").json["next"] == "z"
    assert book.next("a", "-n", "2") == ["z", "aa"]
    refused(book, 2, "usage", "a", "5")


def test_the_reason_is_kept_beside_the_numbers(invoices: Book) -> None:
    invoices.next("invoice")
    invoices.ok("sequence", "set-next", "invoice", "5", "--reason", "  [red]Größe[/red]  ")
    invoices.next("invoice")
    shown = invoices.ok("show", "INV-00005", "--json").json
    assert [event["action"] for event in shown["events"]] == ["issue"]


def test_a_dry_run_tells_the_same_and_moves_nothing(invoices: Book) -> None:
    invoices.next("invoice")
    rehearsed = move(invoices, "invoice", "9", "--dry-run")
    assert invoices.ok("peek", "invoice").lines == ["INV-00002"]
    assert move(invoices, "invoice", "9") == rehearsed


def test_a_dry_run_refuses_what_the_real_one_refuses(invoices: Book) -> None:
    invoices.next("invoice", "-n", "5")
    refused(invoices, 5, "backwards", "invoice", "2", "--dry-run")


def test_an_unknown_sequence_is_not_found(invoices: Book) -> None:
    assert "invoice" in refused(invoices, 4, "not_found", "invoise", "5")["hint"]


def test_a_document_type_is_no_sequence_name_here(book: Book) -> None:
    book.ok("sequence", "add", "inv", "--document-type", "invoice")
    refused(book, 4, "not_found", "invoice", "5")
