"""Released numbers are issued again, lowest first; voided ones never; standard sequences count on."""

import pytest

from tests.book import Book, Sql


def test_one_two_three_with_two_released(invoices: Book) -> None:
    invoices.next("invoice", "-n", "3")
    invoices.ok("release", "INV-00002", "--reason", "never sent")
    assert invoices.next("invoice", "-n", "2") == ["INV-00002", "INV-00004"]
    assert [number["reused"] for number in invoices.numbers("--limit", "9")] == [False, False, True, False]


def test_one_two_three_with_two_void(invoices: Book) -> None:
    invoices.next("invoice", "-n", "3")
    invoices.ok("void", "INV-00002", "--reason", "wrong customer")
    assert invoices.next("invoice") == ["INV-00004"]
    invoices.fails(5, "already_void", "void", "INV-00002", "--reason", "again")
    invoices.fails(5, "already_void", "release", "INV-00002", "--reason", "again")
    invoices.ok("reinstate", "INV-00002", "--reason", "it was right")
    invoices.fails(5, "not_void", "reinstate", "INV-00002", "--reason", "again")


@pytest.mark.parametrize("command", ["void", "reinstate"])
def test_a_reason_is_required(invoices: Book, command: str) -> None:
    invoices.next("invoice")
    assert "--reason" in invoices.fails(2, "usage", command, "INV-00001")["message"]
    assert "blank" in invoices.fails(2, "usage", command, "INV-00001", "--reason", " ")["message"]


def test_releasing_an_issued_number_needs_a_reason(invoices: Book) -> None:
    invoices.next("invoice")
    invoices.fails(2, "usage", "release", "INV-00001")
    invoices.fails(2, "usage", "release", "INV-00001", "--reason", "")
    assert invoices.texts() == ["INV-00001"]


def test_the_last_number_released_comes_again(invoices: Book) -> None:
    invoices.next("invoice", "-n", "2")
    invoices.ok("release", "INV-00002", "--reason", "x")
    assert invoices.ok("peek", "invoice", "-n", "2").lines == ["INV-00002", "INV-00003"]
    assert invoices.next("invoice", "-n", "2") == ["INV-00002", "INV-00003"]


def test_a_batch_takes_the_freed_ones_first_and_contiguous_takes_none(invoices: Book) -> None:
    invoices.next("invoice", "-n", "6")
    invoices.ok("release", "INV-00005", "INV-00002", "--reason", "x")
    assert invoices.ok("peek", "invoice", "-n", "2", "--contiguous").lines == ["INV-00007", "INV-00008"]
    assert invoices.next("invoice", "-n", "2", "--contiguous") == ["INV-00007", "INV-00008"]
    assert invoices.next("invoice", "-n", "3") == ["INV-00002", "INV-00005", "INV-00009"]


def test_a_standard_sequence_never_gives_a_number_again(book: Book) -> None:
    book.ok("sequence", "add", "order", "--mode", "standard")
    book.next("order", "-n", "3")
    (freed,) = book.ok("--json", "release", "2", "--reason", "x").json
    assert freed["state"] == "missing"
    assert book.next("order") == ["4"]


def test_a_freed_number_renders_anew(invoices: Book) -> None:
    invoices.next("invoice", "-n", "2")
    invoices.ok("sequence", "edit", "invoice", "--pattern", "R-{number:3}")
    invoices.ok("release", "INV-00001", "--reason", "x")
    assert invoices.next("invoice") == ["R-001"]
    assert invoices.next("invoice") == ["R-003"]


def test_freed_numbers_stay_in_their_counter(book: Book) -> None:
    book.ok("sequence", "add", "fv", "--pattern", "FV/{number:4}/{MM}/{YYYY}", "--reset", "month")
    book.next("fv", "-n", "3", "--date", "2026-06-10")
    book.next("fv", "--date", "2026-07-01")
    book.ok("release", "FV/0002/06/2026", "--reason", "x")
    assert book.next("fv", "--date", "2026-07-02") == ["FV/0002/07/2026"]
    assert book.next("fv", "--date", "2026-06-11") == ["FV/0002/06/2026"]
    assert book.next("fv", "--date", "2026-06-11") == ["FV/0004/06/2026"]


def test_a_range_that_ended_still_gives_its_freed_numbers(book: Book) -> None:
    book.ok("sequence", "add", "x", "--end", "3")
    book.next("x", "-n", "3")
    book.ok("release", "2", "--reason", "x")
    assert "only 1 of the 2" in book.fails(5, "exhausted", "next", "x", "-n", "2")["message"]
    assert book.next("x") == ["2"]
    book.fails(5, "exhausted", "next", "x")


def test_steps_and_letters(book: Book) -> None:
    book.ok("sequence", "add", "odd", "--step", "2", "--pattern", "O{number}")
    book.next("odd", "-n", "4")
    book.ok("release", "O3", "O5", "--reason", "x")
    assert book.next("odd", "-n", "3") == ["O3", "O5", "O9"]
    book.ok("sequence", "add", "letters", "--kind", "alpha", "--pattern", "{number}")
    book.next("letters", "-n", "3")
    book.ok("release", "b", "--reason", "x")
    assert book.next("letters", "-n", "2") == ["b", "d"]


class TestDateOrder:
    @pytest.fixture
    def ordered(self, book: Book) -> Book:
        """Numbers 1 to 5 dated 1, 5, 9, 13 and 17 January; 2 and 4 are freed."""
        book.ok("sequence", "add", "x", "--date-order", "refuse")
        for day in (1, 5, 9, 13, 17):
            book.next("x", "--date", f"2026-01-{day:02}")
        book.ok("release", "2", "4", "--reason", "x")
        return book

    def test_a_freed_number_goes_only_where_its_date_fits(self, ordered: Book) -> None:
        assert ordered.next("x", "--date", "2026-01-12") == ["4"]
        ordered.fails(5, "date_order", "next", "x", "--date", "2026-01-12")
        assert ordered.next("x", "--date", "2026-01-20") == ["6"]
        assert ordered.next("x", "--date", "2026-01-09") == ["2"]

    def test_a_date_on_the_edge_fits_both_sides(self, ordered: Book) -> None:
        assert ordered.next("x", "--date", "2026-01-09", "-n", "2") == ["2", "4"]

    def test_a_batch_fits_as_a_whole_or_not_at_all(self, ordered: Book) -> None:
        ordered.fails(5, "date_order", "next", "x", "--date", "2026-01-05", "-n", "2")
        assert ordered.next("x", "--date", "2026-01-05") == ["2"]

    def test_the_latest_date_is_forgotten_with_its_number(self, ordered: Book) -> None:
        ordered.ok("release", "5", "--reason", "x")
        assert ordered.next("x", "--date", "2026-01-10") == ["4"]
        assert ordered.next("x", "--date", "2026-01-14") == ["5"]
        assert ordered.next("x", "--date", "2026-01-14") == ["6"]
        ordered.fails(5, "date_order", "next", "x", "--date", "2026-01-13")

    def test_where_dates_are_only_watched_a_warning_names_the_neighbour(self, ordered: Book) -> None:
        ordered.ok("sequence", "edit", "x", "--date-order", "warn")
        warned = ordered.warned("next", "x", "--date", "2026-01-20")
        assert warned.lines == ["2"]
        assert "3, is dated 2026-01-09" in warned.err

    def test_many_freed_runs_are_found_by_bisection(self, book: Book) -> None:
        book.ok("sequence", "add", "x", "--date-order", "refuse")
        for day in range(1, 29):
            book.next("x", "--date", f"2026-02-{day:02}")
        even = [str(value) for value in range(2, 28, 2)]
        book.ok("release", *even, "--reason", "x")
        assert book.next("x", "--date", "2026-02-16") == ["16"]
        assert book.next("x", "--date", "2026-02-03") == ["2"]
        assert book.next("x", "--date", "2026-02-03") == ["4"]
        book.fails(5, "date_order", "next", "x", "--date", "2026-02-03")


class TestAssign:
    def file(self, book: Book, *rows: tuple[str, str]) -> str:
        return book.file("id,day\n" + "".join(f"{id},{day}\n" for id, day in rows), "records.csv")

    def test_records_get_the_freed_numbers_first(self, invoices: Book, sql: Sql) -> None:
        invoices.next("invoice", "-n", "5")
        invoices.ok("release", "INV-00002", "INV-00004", "--reason", "x")
        file = self.file(invoices, *[(place, "2026-01-01") for place in "abc"])
        rows = invoices.ok("assign", "invoice", "--input", file).rows
        assert [row["number"] for row in rows] == ["INV-00002", "INV-00004", "INV-00006"]
        assert [number["reused"] for number in invoices.numbers()][-3:] == [True, True, False]
        assert sql("SELECT count(*) FROM gap_run") == [(0,)]
        assert invoices.next("invoice") == ["INV-00007"]

    def test_records_get_those_whose_neighbours_leave_room(self, book: Book) -> None:
        book.ok("sequence", "add", "invoice", "--date-order", "refuse")
        for day in (1, 5, 6, 9, 13):
            book.next("invoice", "--date", f"2026-01-{day:02}")
        book.ok("release", "2", "3", "--reason", "x")
        rows = ("a", "2026-01-07"), ("b", "2026-01-20"), ("c", "2026-01-08")
        file = self.file(book, *rows)
        done = book.ok("assign", "invoice", "--input", file, "--date-column", "day").rows
        assert [row["number"] for row in done] == ["2", "6", "3"]
        other = self.file(book, ("d", "2026-01-07"), ("e", "2026-01-21"))
        book.fails(5, "date_order", "assign", "invoice", "--input", other, "--date-column", "day")

    def test_overdue_reservations_count_as_freed(self, invoices: Book, sql: Sql) -> None:
        invoices.ok("reserve", "invoice", "-n", "2")
        sql("UPDATE number SET expires_at = '2000-01-01T00:00:00.000000Z'")
        file = self.file(invoices, ("a", ""))
        rows = invoices.ok("assign", "invoice", "--input", file).rows
        assert [row["number"] for row in rows] == ["INV-00001"]
        assert invoices.next("invoice") == ["INV-00002"]
