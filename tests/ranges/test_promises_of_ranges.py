"""What ranges promise beside the worked examples: their fields, days, states and warnings."""

import pytest

from seqctl.process import Clock
from tests.book import Book

PLAIN = '[sequences.f]\npattern = "F{number}"\nreset = "range"\n'
DATED = '[ranges.R]\nsequence = "f"\nfirst = 1\nlast = 9\nvalid_from = 2026-01-01\nvalid_until = 2026-12-31\n'
OVER = ("--reason", "over")


def on(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setattr(Clock, "now", lambda self: f"{day}T12:00:00.000000Z")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ('kind = "alpha"', "kind"),
        ('unique = "period"', "unique"),
        ("start = 5", "start"),
        ("end = 5", "end"),
    ],
)
def test_a_sequence_with_ranges_leaves_these_to_its_ranges(book: Book, fields: str, field: str) -> None:
    path = book.file(PLAIN + fields + "\n")
    error = book.fails(6, "invalid_definition", "import", path)
    assert f"sequences.f.{field}: " in error["message"]


def test_ids_are_of_the_whole_book(book: Book) -> None:
    book.load(PLAIN + PLAIN.replace("sequences.f", "sequences.g").replace("F{", "G{") + DATED)
    book.fails(5, "exists", "range", "add", "R", "g", "--first", "1")
    assert book.ok("range", "add", "X" * 64, "g", "--first", "1").rows[0]["name"] == "X" * 64


def test_the_step_counts_from_the_first_and_without_a_last_there_are_integers_enough(book: Book) -> None:
    largest = 9223372036854775807
    book.load(
        PLAIN + f'step = 5\n[ranges.R]\nsequence = "f"\nfirst = 7\nlast = 20\n'
        f'[ranges.S]\nsequence = "f"\nfirst = {largest - 6}\nvalid_from = 2026-06-01\n'
    )
    day = ("--date", "2026-05-05")
    assert book.next("f", "-n", "3", *day) == ["F7", "F12", "F17"]
    book.fails(5, "exhausted", "next", "f", *day)
    later = ("--date", "2026-06-01")
    assert book.next("f", "-n", "2", *later) == [f"F{largest - 6}", f"F{largest - 1}"]
    book.fails(5, "exhausted", "next", "f", *later)


def test_the_last_number_and_the_days_move_as_far_as_what_is_held(book: Book) -> None:
    book.load(PLAIN + DATED)
    assert book.next("f", "-n", "4", "--date", "2026-06-15") == ["F1", "F2", "F3", "F4"]
    book.ok("release", "F4", "--reason", "never sent")
    edit = ("range", "edit", "R")
    for change, words in (
        (("--last", "2"), "its held numbers reach 3"),
        (("--until", "2026-06-14"), "a number of it is dated 2026-06-15"),
        (("--from", "2026-06-16"), "a number of it is dated 2026-06-15"),
        (("--first", "2"), "it is fixed once a number was issued"),
    ):
        error = book.fails(5, "locked_field", *edit, *change)
        assert words in error["message"]
    book.ok(*edit, "--last", "3", "--until", "2026-06-15", "--from", "2026-06-15")
    book.fails(5, "exhausted", "next", "f", "--date", "2026-06-15")
    book.ok(*edit, "--last", "12", "--until", "2027-06-30")
    assert book.next("f", "--date", "2026-06-15") == ["F4"]
    assert book.next("f", "--date", "2027-06-30", "--yes") == ["F5"]
    assert book.ok("audit", "verify").status == 0


def test_a_state_is_told_by_today_and_service_by_the_document(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.load(PLAIN + DATED.replace("last = 9", "last = 2"))

    def state() -> tuple[str, int, int]:
        row = book.ok("range", "show", "R", "--json").json
        return row["state"], row["used"], row["left"]

    on(monkeypatch, "2025-12-31")
    assert state() == ("planned", 0, 2)
    on(monkeypatch, "2026-01-01")
    assert state() == ("open", 0, 2)
    on(monkeypatch, "2026-12-31")
    assert state() == ("open", 0, 2)
    on(monkeypatch, "2027-01-01")
    assert state() == ("lapsed", 0, 2)
    assert book.next("f", "--date", "2026-12-31") == ["F1"]
    book.fails(5, "no_range", "next", "f")
    book.ok("close", "f", "--through", "2026-12-31", *OVER)
    book.fails(5, "closed", "next", "f", "--date", "2026-12-31")
    book.ok("reopen", "f", "--from", "2026-01-01", *OVER)
    assert book.next("f", "--date", "2026-12-31") == ["F2"]
    # Used-up goes before lapsed, and annulled before both, with nothing left.
    assert state() == ("used-up", 2, 0)
    book.ok("release", "F2", *OVER)
    assert state() == ("lapsed", 1, 1)
    # A range that is over needs no yes.
    book.ok("range", "annul", "R", *OVER)
    assert state() == ("annulled", 1, 0)


def test_a_range_that_is_planned_is_annulled_with_a_yes_alone(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.load(PLAIN + DATED)
    on(monkeypatch, "2025-11-27")
    error = book.fails(2, "confirmation_needed", "range", "annul", "R", *OVER)
    assert "range 'R' is planned" in error["message"]


def test_days_are_those_of_the_zone_of_the_sequence(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    book.load(PLAIN + 'timezone = "Asia/Taipei"\n' + DATED)
    monkeypatch.setattr(Clock, "now", lambda self: "2026-12-31T15:59:59.000000Z")
    assert book.next("f") == ["F1"]
    monkeypatch.setattr(Clock, "now", lambda self: "2026-12-31T16:00:00.000000Z")
    book.fails(5, "no_range", "next", "f")
    assert book.ok("range", "show", "R", "--json").json["state"] == "lapsed"


def test_warnings_of_a_range_replace_those_of_its_sequence(book: Book) -> None:
    """Three left are no warning of the range's own `1 left`; a range without one takes the sequence's."""
    day = ("--date", "2026-05-05")
    book.load(
        PLAIN
        + 'warn_at = "5 left"\n'
        + DATED
        + 'warn_at = "1 left"\n[ranges.S]\nsequence = "f"\nfirst = 11\nlast = 19\n'
    )
    assert book.ok("next", "f", "-n", "6", *day).err == ""
    told = book.warned("next", "f", "-n", "2", *day).err
    assert told == "seqctl: warning: range 'R' of sequence 'f' has 1 number left (warn_at is 1 left)\n"
    told = book.warned("next", "f", "-n", "4", "--range", "S", *day).err
    assert told == "seqctl: warning: range 'S' of sequence 'f' has 5 numbers left (warn_at is 5 left)\n"


def test_what_a_sequence_warns_of_is_silent_where_a_range_has_no_end_to_count_to(book: Book) -> None:
    book.load(PLAIN + 'warn_at = ["5 left", "30 days"]\n[ranges.R]\nsequence = "f"\nfirst = 1\n')
    assert book.ok("next", "f", "-n", "6").err == ""
    assert book.ok("check").status == 0
    for words in ("90%", "5 left"):
        error = book.fails(6, "invalid_definition", "range", "edit", "R", "--warn-at", words)
        assert "ranges.R.warn_at: counts to a last number" in error["message"]
    error = book.fails(6, "invalid_definition", "range", "edit", "R", "--warn-at", "30 days")
    assert "ranges.R.warn_at: counts days to a last day" in error["message"]


@pytest.mark.parametrize(("today", "days"), [("2026-11-30", None), ("2026-12-01", 30), ("2026-12-31", 0)])
def test_days_warn_from_that_many_before_the_last_one(
    book: Book, monkeypatch: pytest.MonkeyPatch, today: str, days: int | None
) -> None:
    """In `next` the day is the document's, in `check` it is today."""
    book.load(PLAIN + DATED + 'warn_at = "30 days"\n')
    on(monkeypatch, "2026-05-05")
    told = book.run("next", "f", "--date", today).err
    words = {None: "", 30: "ends in 30 days, on 2026-12-31", 0: "ends on this day, 2026-12-31"}[days]
    assert told == (words and f"seqctl: warning: range 'R' of sequence 'f' {words} (warn_at is 30 days)\n")
    assert book.ok("check").status == 0
    on(monkeypatch, today)
    found = book.run("check", "--json").json
    assert [(item["code"], item["severity"]) for item in found] == (
        [] if days is None else [("range_ends", "warning")]
    )


def test_a_period_key_in_a_file_of_counters_is_written_as_values_are(book: Book) -> None:
    book.load(
        '[sequences.f]\npattern = "F{pos}-{number}"\nreset = "range"\nscope = ["pos"]\n'
        '[ranges."R/1 %"]\nsequence = "f"\nfirst = 10\nlast = 90\nvalues = { pos = "x/y" }\n'
    )
    assert book.next("f", "--attr", "pos=x/y") == ["Fx/y-10"]
    assert book.numbers("f")[0]["period"] == book.numbers("f")[0]["range"] == "R/1 %"
    told = book.ok("export", "--with-counters").out
    assert '"R%2F1 %25/pos=x%2Fy" = 11\n' in told


def test_a_used_range_is_never_pruned(book: Book) -> None:
    book.load(PLAIN + DATED + '[ranges.S]\nsequence = "f"\nfirst = 11\nlast = 19\n')
    book.next("f", "--date", "2026-05-05")
    rows = book.run("import", book.file(PLAIN, "fewer.toml"), "--prune", "--yes").rows
    assert {row["name"]: row["action"] for row in rows}["S"] == "removed"
    assert [row["range"] for row in book.ok("range", "list").rows] == ["R"]
    book.fails(5, "in_use", "range", "remove", "R", "--yes")
