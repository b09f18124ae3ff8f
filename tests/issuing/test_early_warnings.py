"""`warn_at`, once or several: what issuing warns of, and what `check`, `lint` and `status` make of it."""

from tests.book import Book

WINDOW = """
[sequences.invoice]
pattern = "R{number}"
end = 10
effective_until = 2026-12-31
warn_at = ["50%", "2 left", "30 days"]
"""
LEFT = "seqctl: warning: sequence 'invoice' has"


def test_numbers_and_days_warn_each_by_itself(book: Book) -> None:
    book.load(WINDOW)
    assert book.next("invoice", "-n", "4", "--date", "2026-11-30") == ["R1", "R2", "R3", "R4"]
    near = "seqctl: warning: sequence 'invoice' ends in 30 days, on 2026-12-31 (warn_at is 30 days)\n"
    assert book.warned("peek", "invoice", "-n", "1", "--date", "2026-12-01").err == (
        f"{LEFT} 5 numbers left (warn_at is 50%)\n{near}"
    )
    assert book.warned("next", "invoice", "-n", "4", "--date", "2026-11-30").err == (
        f"{LEFT} 2 numbers left (warn_at is 2 left)\n"
    )
    assert book.warned("reserve", "invoice", "--date", "2026-12-31", "--json").err.endswith(
        "sequence 'invoice' ends on this day, 2026-12-31 (warn_at is 30 days)\n"
    )


def test_assign_warns_of_the_latest_day_of_its_records(book: Book) -> None:
    book.load('[sequences.invoice]\neffective_until = 2026-12-31\nwarn_at = "30 days"\n')
    records = book.folder / "records.csv"
    records.write_text("id,day\na,2026-12-09\nb,2026-12-29\n")
    told = book.warned("assign", "invoice", "--input", records, "--date-column", "day").err
    assert told == (
        "seqctl: warning: sequence 'invoice' ends in 2 days, on 2026-12-31 (warn_at is 30 days)\n"
    )


def test_warnings_are_options_that_repeat_and_come_back_from_an_export(book: Book) -> None:
    options = ("--end", "9", "--effective-until", "2999-12-31")
    book.ok("sequence", "add", "a", *options, "--warn-at", "90%", "--warn-at", "30 days")
    book.ok("sequence", "add", "b", *options, "--warn-at", "1 left")
    (a, b) = book.ok("sequence", "list", "--json").json
    assert (a["warn_at"], b["warn_at"]) == (["90%", "30 days"], "1 left")
    exported = book.ok("export").out
    assert '"30 days"' in exported and 'warn_at = "1 left"' in exported
    told = book.ok("import", "-", "--dry-run", "--json", input=exported)
    assert {item["action"] for item in told.json} == {"unchanged"}
    sheet = book.ok("export", "--to-format", "csv").out
    assert "90%, 30 days" in sheet
    told = book.ok("import", "-", "--from", "csv", "--dry-run", "--json", input=sheet)
    assert {item["action"] for item in told.json} == {"unchanged"}
    (changed,) = book.ok("sequence", "edit", "a", "--warn-at", "", "--json").json
    assert changed["fields"] == {"warn_at": [["90%", "30 days"], None]}
    assert book.ok("audit", "verify").status == 0


def test_days_need_a_last_day_and_numbers_a_last_number(book: Book) -> None:
    told = book.fails(6, "invalid_definition", "sequence", "add", "a", "--warn-at", "30 days")
    assert "--effective-until DATE" in told["hint"]
    told = book.fails(6, "invalid_definition", "sequence", "add", "a", "--warn-at", "3 left")
    assert "--end VALUE" in told["hint"]
    told = book.fails(6, "invalid_definition", "sequence", "add", "a", "--warn-at", "soon")
    assert told["hint"] == 'write "90%", "100 left" or "30 days"'


def findings(book: Book, command: str) -> list[tuple[str, str, str, str]]:
    told = book(command, "--json").json
    return [(item["code"], item["severity"], item["message"], item["hint"]) for item in told]


def test_a_window_that_is_over_or_ends_soon_is_a_finding(book: Book) -> None:
    book.load(
        """
        [sequences.old]
        pattern = "O{number}"
        effective_until = 2020-12-31
        [sequences.near]
        pattern = "N{number}"
        effective_until = 2999-12-31
        warn_at = "999999 days"
        [sequences.far]
        pattern = "F{number}"
        effective_until = 2999-12-31
        warn_at = "30 days"
        """
    )
    for command in ("check", "lint"):
        over, near = sorted(findings(book, command), reverse=True)
        assert over[:3] == ("window_over", "warning", "is active, and its last day was 2020-12-31")
        assert "seqctl sequence deactivate old" in over[3]
        assert near[:2] == ("window_ends", "warning") and near[2].startswith("ends in ")
    book("next", "near")
    (row,) = book.ok("status", "--json").json
    assert row["warn"] is True and row["days_left"] > 300_000
    book.ok("sequence", "deactivate", "old")
    book.ok("sequence", "edit", "near", "--warn-at", "1 day")
    for command in ("check", "lint"):
        assert book.ok(command, "--json").json == []
    (row,) = book.ok("status", "--json").json
    assert row["warn"] is False
