"""`seqctl gaps`: every run of numbers that no document holds, with its state, and whose finding it is."""

import json

import pytest

from tests.book import Book, Run, Shell, Sql
from tests.gaps.conftest import PAST, LetExpire, Lose, runs

NAMES = ["sequence", "scope", "period", "first", "last", "count", "first_number", "last_number"]
NAMES += ["state", "reason", "actor", "since", "never_printed", "before_date", "after_date"]


def test_a_book_without_gaps(invoices: Book) -> None:
    assert invoices.ok("gaps", "--json").json == []
    invoices.next("invoice", "-n", "3")
    assert invoices.ok("gaps", "--exit-code", "--json").json == []
    assert (
        invoices.ok("gaps").lines[0].startswith("sequence\tscope\tperiod\tfirst\tlast\tcount\tfirst_number")
    )


def test_a_run_has_exactly_the_fields_of_the_contract(ten: Book) -> None:
    first, second = ten.ok("gaps", "--json").json
    assert list(first) == NAMES
    event = ten.ok("show", "INV-00004", "--json").json["events"][-1]
    assert first == {
        **{"sequence": "invoice", "scope": {}, "period": "all", "first": 4, "last": 5, "count": 2},
        **{"first_number": "INV-00004", "last_number": "INV-00005", "state": "reusable"},
        **{"reason": "never sent", "actor": "Ines", "since": event["at"], "never_printed": False},
        **{"before_date": "2026-01-05", "after_date": "2026-01-05"},
    }
    assert (second["first"], second["last"], second["count"]) == (8, 8, 1)


def test_every_state_is_listed_and_filtered(ten: Book, lose: Lose) -> None:
    lose(1, 1, 2, 9)
    ten.ok("gaps", "block", "invoice", "2", "--reason", "torn up")
    ten.ok("gaps", "review", "invoice", "8", "--reason", "asked the branch")
    expected = [
        ("INV-00001", "INV-00001", "missing"),
        ("INV-00002", "INV-00002", "blocked"),
        ("INV-00004", "INV-00005", "reusable"),
        ("INV-00008", "INV-00008", "review"),
        ("INV-00009", "INV-00009", "missing"),
    ]
    assert runs(ten.ok("gaps", "--json")) == expected
    for state in ("missing", "reusable", "review", "blocked"):
        chosen = [run for run in expected if run[2] == state]
        assert runs(ten.ok("gaps", "invoice", "--state", state, "--json")) == chosen
    missing = ten.ok("gaps", "--state", "missing", "--json").json[0]
    assert (missing["reason"], missing["actor"], missing["since"]) == (None, None, None)


def test_gaps_are_filtered_by_the_instant_of_their_state(ten: Book, lose: Lose) -> None:
    lose(1, 1)
    first, at = runs(ten.ok("gaps", "--json"))[1], ten.ok("gaps", "--json").json[1]["since"]
    ten.ok("gaps", "block", "invoice", "8", "--reason", "torn up")
    later = ten.ok("gaps", "--state", "blocked", "--json").json[0]["since"]
    assert first == ("INV-00004", "INV-00005", "reusable")
    assert at < later
    blocked = [("INV-00008", "INV-00008", "blocked")]
    assert runs(ten.ok("gaps", "--since-from", later, "--json")) == blocked
    assert runs(ten.ok("gaps", "--since-to", at, "--json")) == [first]
    assert runs(ten.ok("gaps", "--since-from", at, "--since-to", later[:10], "--json")) == [first, *blocked]
    assert runs(ten.ok("gaps", "--since-from", "2001-01-01", "--limit", "1", "--json")) == [first]
    assert runs(ten.ok("gaps", "--since-to", "2001-01-01", "--json")) == []
    ten.fails(2, "usage", "gaps", "--since-from", "2026-02-01", "--since-to", "2026-01-01")
    ten.fails(2, "usage", "gaps", "--since-from", "soon")


def test_a_state_that_is_none(ten: Book) -> None:
    assert "missing, reusable" in ten.fails(2, "usage", "gaps", "--state", "gone")["hint"]
    hint = ten.fails(2, "usage", "gaps", "--state", "issued")["hint"]
    assert hint == "a document holds such a number; list them with: seqctl numbers --state issued"
    assert "seqctl gaps --state missing" in ten.fails(2, "usage", "numbers", "--state", "missing")["hint"]


def test_a_reservation_past_its_deadline_is_a_gap_before_anybody_records_it(
    book: Book, let_expire: LetExpire
) -> None:
    book.ok("sequence", "add", "g")
    book.ok("sequence", "add", "s", "--mode", "standard", "--pattern", "S{number}")
    for name in ("g", "s"):
        book.ok("reserve", name, "-n", "3")
    assert book.ok("gaps", "--json").json == []
    let_expire(2, 3)
    before = book.ok("gaps", "--json").json
    assert [(gap["first"], gap["last"], gap["state"]) for gap in before] == [
        (2, 3, "reusable"),
        (2, 3, "missing"),
    ]
    assert {gap["reason"] for gap in before} == {"reservation expired"}
    assert {gap["since"] for gap in before} == {PAST}
    book.ok("expire")
    after = book.ok("gaps", "--json").json
    assert [(gap["first"], gap["last"], gap["state"], gap["reason"]) for gap in after] == [
        (2, 3, "reusable", "reservation expired"),
        (2, 3, "missing", "reservation expired"),
    ]


def test_gaps_of_a_standard_sequence_are_missing_under_the_reason_of_each_release(book: Book) -> None:
    book.ok("sequence", "add", "o", "--mode", "standard", "--step", "5")
    book.next("o", "-n", "8")
    book.ok("release", "6", "11", "--reason", "cancelled")
    book.ok("release", "16", "26", "--reason", "test run")
    found = book.ok("gaps", "o", "--json").json
    assert [(gap["first"], gap["last"], gap["count"], gap["state"], gap["reason"]) for gap in found] == [
        (6, 11, 2, "missing", "cancelled"),
        (16, 16, 1, "missing", "test run"),
        (26, 26, 1, "missing", "test run"),
    ]


class TestOrderAndFilters:
    @pytest.fixture
    def freed(self, monthly: Book) -> Book:
        """Gaps in three counters of m and in one of another type."""
        monthly.ok("sequence", "add", "a", "--document-type", "receipt", "--pattern", "A{number}")
        monthly.next("a", "-n", "2")
        monthly.ok("release", "DE-2026-02-002", "FR-2026-01-001", "DE-2026-01-003", "A1", "--reason", "x")
        return monthly

    def test_by_sequence_scope_period_and_first(self, freed: Book) -> None:
        found = [gap["first_number"] for gap in freed.ok("gaps", "--json").json]
        assert found == ["A1", "DE-2026-01-003", "DE-2026-02-002", "FR-2026-01-001"]

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (("m",), ["DE-2026-01-003", "DE-2026-02-002", "FR-2026-01-001"]),
            (("receipt",), ["A1"]),
            (("Receipt",), ["A1"]),
            (("--type", "receipt"), ["A1"]),
            (("--period", "2026-01"), ["DE-2026-01-003", "FR-2026-01-001"]),
            (("m", "--period", "2026-02"), ["DE-2026-02-002"]),
            (("m", "--period", "2026-03"), []),
            (("--scope", "entity=FR"), ["FR-2026-01-001"]),
            (("--scope", "entity=DE", "--period", "2026-01"), ["DE-2026-01-003"]),
            (("--policy", "p"), ["DE-2026-01-003", "DE-2026-02-002", "FR-2026-01-001"]),
        ],
        ids=" ".join,
    )
    def test_filters(self, freed: Book, words: tuple[str, ...], expected: list[str]) -> None:
        freed.ok("policy", "add", "p", "--document-type", "m", "--sequence", "m")
        assert [gap["first_number"] for gap in freed.ok("gaps", *words, "--json").json] == expected

    def test_what_does_not_exist(self, freed: Book) -> None:
        freed.fails(4, "not_found", "gaps", "nothing")
        freed.fails(4, "not_found", "gaps", "--policy", "nothing")
        freed.fails(4, "not_found", "gaps", "--type", "nothing")
        freed.fails(2, "usage", "gaps", "m", "--period", "2026")
        freed.fails(2, "usage", "gaps", "m", "--scope", "DE")

    @pytest.mark.parametrize(
        "words",
        [
            ("m", "--type", "receipt"),
            ("m", "--scope", "branch=7"),
            ("m", "--policy", "p", "--type", "receipt"),
        ],
        ids=" ".join,
    )
    def test_what_contradicts_itself(self, freed: Book, words: tuple[str, ...]) -> None:
        freed.ok("policy", "add", "p", "--document-type", "m", "--sequence", "m")
        freed.fails(2, "usage", "gaps", *words)


class TestTexts:
    def test_tokens_that_a_missing_number_does_not_have_are_kept(self, book: Book) -> None:
        book.ok("sequence", "add", "l", "--pattern", "{letter}{number:6}", "--start", "536409")
        book.next("l", "--attr", "letter=A", "-n", "3")
        book.ok("release", "A536410", "--reason", "x")
        book.ok("sequence", "set-next", "l", "536414", "--reason", "x")
        freed, skipped = book.ok("gaps", "--json").json
        assert (freed["first_number"], freed["last_number"], freed["never_printed"]) == (
            *("A536410", "A536410"),
            False,
        )
        assert (skipped["first_number"], skipped["last_number"]) == ("{letter}536412", "{letter}536413")
        assert skipped["never_printed"] is True

    def test_a_month_is_not_known_within_a_year(self, book: Book) -> None:
        book.ok("sequence", "add", "y", "--pattern", "INV-{YYYY}{MM}-{number:5}", "--reset", "year")
        book.next("y", "-n", "2", "--date", "2026-05-04")
        book.ok("release", "INV-202605-00002", "--reason", "x")
        book.ok("sequence", "set-next", "y", "5", "--period", "2026", "--reason", "x")
        shown = [gap["first_number"] for gap in book.ok("gaps").rows]
        assert shown == ["INV-202605-00002", "INV-2026{MM}-00003"]

    def test_letters(self, book: Book) -> None:
        book.ok("sequence", "add", "l", "--kind", "alpha", "--pattern", "L-{number:2}")
        book.next("l", "-n", "30")
        book.ok("release", "L-ba", "L-bb", "--reason", "x")
        (gap,) = book.ok("gaps", "--json").json
        assert (gap["first"], gap["last"], gap["first_number"], gap["last_number"]) == (
            26,
            27,
            "L-ba",
            "L-bb",
        )

    def test_odd_texts_do_no_harm(self, book: Book) -> None:
        book.ok("sequence", "add", "=1+1", "--pattern", "=[red]{number}")
        book.next("=1+1", "-n", "2")
        book.ok("release", "=[red]1", "--reason", '=cmd "x"')
        (row,) = book.ok("gaps", "-o", "csv").csv
        assert (row["sequence"], row["first_number"], row["reason"]) == ("'=1+1", "'=[red]1", '\'=cmd "x"')
        assert "=[red]1" in book.ok("gaps", "-o", "table").out


class TestExitCode:
    def test_3_for_missing_and_review_in_gapless_sequences_alone(self, ten: Book, lose: Lose) -> None:
        assert ten("gaps", "--exit-code").status == 0
        ten.ok("gaps", "review", "invoice", "INV-00004", "--reason", "x")
        assert ten("gaps", "--exit-code").status == 3
        assert ten("gaps", "--exit-code", "--state", "reusable").status == 0
        assert ten("gaps").status == 0
        ten.ok("gaps", "block", "invoice", "INV-00004", "--reason", "x")
        assert ten("gaps", "--exit-code").status == 0
        lose(1, 2)
        found = ten("gaps", "invoice", "--exit-code", "--json")
        assert (found.status, found.err, len(found.json)) == (3, "", 4)

    def test_0_for_a_standard_sequence(self, book: Book) -> None:
        book.ok("sequence", "add", "o", "--mode", "standard")
        book.next("o", "-n", "3")
        book.ok("release", "2", "--reason", "x")
        book.ok("gaps", "review", "o", "2", "--reason", "x")
        assert book("gaps", "--exit-code").status == 0


class TestStranded:
    """Freed numbers that no document can take any more."""

    @pytest.fixture
    def freed(self, book: Book) -> Book:
        """2 of 1, 2, 3 is freed; they are dated 5, 6 and 7 January."""
        book.ok("sequence", "add", "x", "--reset", "year", "--pattern", "{YYYY}-{number}")
        for day in (5, 6, 7):
            book.next("x", "--date", f"2026-01-{day:02}")
        book.ok("release", "2026-2", "--reason", "x")
        return book

    def status(self, book: Book) -> int:
        return book("gaps", "x", "--exit-code").status

    def test_a_number_that_can_still_go_out_is_no_finding(self, freed: Book) -> None:
        assert self.status(freed) == 0

    def test_dates_that_the_sequence_does_not_serve(self, freed: Book) -> None:
        freed.ok("sequence", "edit", "x", "--effective-from", "2026-12-31")
        assert self.status(freed) == 0
        freed.ok("sequence", "edit", "x", "--effective-from", "2027-01-01")
        assert self.status(freed) == 3
        freed.ok("sequence", "edit", "x", "--effective-from", "", "--effective-until", "2026-01-01")
        assert self.status(freed) == 0
        freed.ok("sequence", "edit", "x", "--effective-until", "2025-12-31")
        assert self.status(freed) == 3

    def test_neighbours_count_only_where_dates_are_kept_in_order(self, freed: Book, sql: Sql) -> None:
        freed.ok("sequence", "edit", "x", "--effective-from", "2026-01-07")
        assert self.status(freed) == 0
        freed.ok("sequence", "edit", "x", "--date-order", "refuse")
        assert self.status(freed) == 0
        freed.ok("sequence", "edit", "x", "--effective-from", "2026-01-08")
        assert self.status(freed) == 3
        freed.ok("sequence", "edit", "x", "--effective-from", "", "--effective-until", "2026-01-05")
        assert self.status(freed) == 0
        freed.ok("sequence", "edit", "x", "--effective-until", "2026-01-04")
        assert self.status(freed) == 3

    def test_dates_that_went_back_leave_no_room(self, freed: Book, sql: Sql) -> None:
        freed.ok("sequence", "edit", "x", "--date-order", "refuse")
        sql("UPDATE number SET date = '2026-01-01' WHERE value = 3")
        assert self.status(freed) == 3

    def test_closed_days(self, freed: Book, sql: Sql) -> None:
        sql("UPDATE sequence SET closed_until = '2026-12-30'")
        assert self.status(freed) == 0
        sql("UPDATE sequence SET closed_until = '2026-12-31'")
        assert self.status(freed) == 3
        sql("UPDATE sequence SET closed_until = '9999-12-31'")
        assert self.status(freed) == 3

    def test_a_value_beyond_the_range(self, book: Book) -> None:
        book.ok("sequence", "add", "x", "--end", "9", "--pattern", "{branch}-{number}")
        book.next("x", "-n", "3", "--attr", "branch=10")
        book.ok("release", "10-3", "--reason", "x")
        book.ok("sequence", "edit", "x", "--end", "3")
        assert self.status(book) == 0
        book.ok("sequence", "edit", "x", "--end", "2")
        assert self.status(book) == 3
        book.ok("sequence", "edit", "x", "--end", "")
        assert self.status(book) == 0


class TestTheFirstWord:
    """`gaps TARGET` beside `gaps restore`, and sequences that have such names."""

    @pytest.fixture
    def odd(self, book: Book) -> Book:
        for name in ("restore", "list", "block"):
            book.ok("sequence", "add", name, "--pattern", name + "-{number}")
            book.next(name, "-n", "2")
            book.ok("release", f"{name}-1", "--reason", "x")
        return book

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ((), ["block-1", "list-1", "restore-1"]),
            (("list",), ["block-1", "list-1", "restore-1"]),
            (("list", "restore"), ["restore-1"]),
            (("list", "list"), ["list-1"]),
            (("--", "block"), ["block-1"]),
            (("--type", "restore"), ["restore-1"]),
            (("--period", "all", "restore"), ["restore-1"]),
            (("--state", "reusable", "--", "list"), ["list-1"]),
        ],
        ids=" ".join,
    )
    def test_what_is_listed(self, odd: Book, words: tuple[str, ...], expected: list[str]) -> None:
        for given in (("--json", "gaps", *words), ("gaps", "--json", *words), ("gaps", "-ojson", *words)):
            assert [gap["first_number"] for gap in odd.ok(*given).json] == expected
        listed = odd.ok("gaps", "--output=jsonl", "--timeout", "5", *words).lines
        assert [json.loads(line)["first_number"] for line in listed] == expected

    def test_shared_options_before_a_command(self, odd: Book) -> None:
        words = ("restore", "block-1", "--reason", "x")
        odd.ok("gaps", "review", "block", "block-1", "--reason", "x")
        changed = odd.ok("gaps", "--json", "--actor", "Ines", "restore", "block", "block-1", "--reason", "x")
        assert changed.json[0]["actor"] == "Ines"
        assert odd("gaps", *words).status == 2

    def test_a_word_that_is_nothing(self, odd: Book) -> None:
        assert "'restore'" in odd.fails(4, "not_found", "gaps", "restor")["hint"]
        odd.fails(2, "usage", "gaps", "--nothing")

    @pytest.mark.parametrize("words", [("-h",), ("--json", "--help"), ("list", "-h"), ("block", "--help")])
    def test_help(self, run: Run, words: tuple[str, ...]) -> None:
        result = run("gaps", *words)
        assert result.status == 0
        assert "Usage: seqctl gaps" in result.out


class TestPipes:
    def test_tables_tsv_and_csv_show_the_same_rows(self, ten: Book) -> None:
        rows = ten.ok("gaps").rows
        assert [row["first_number"] for row in rows] == ["INV-00004", "INV-00008"]
        assert ten.ok("gaps", "-o", "csv").csv == rows
        table = ten.ok("gaps", "-o", "table").out
        assert "INV-00004" in table
        assert "never sent" in table

    def test_a_reader_that_goes_away_ends_it_quietly(self, invoices: Book, shell: Shell) -> None:
        invoices.next("invoice", "-n", "4000")
        words = [f"INV-{value:05}" for value in range(2, 4000, 2)]
        invoices.ok("release", *words, "--reason", "x")
        result = shell("seqctl gaps | head -1; echo ${PIPESTATUS[0]}")
        assert result.err == ""
        assert result.lines[0].startswith("sequence\t")
        assert result.lines[1] in ("74", "0")
        assert len(invoices.ok("gaps").rows) == len(words)
