"""`gaps restore|block|review --input`: files of runs, above all what `gaps -o csv` of another book writes."""

import csv
import io
from pathlib import Path

import pytest

from tests.book import Book, Run, Sql


@pytest.fixture
def used(book: Book) -> Book:
    """Two sequences with gaps: INV-00002..INV-00003 and INV-00005, and A-0002 of the scope A."""
    book.ok("sequence", "add", "invoice", "--pattern", "INV-{number:5}")
    book.ok("sequence", "add", "slip", "--pattern", "{shop}-{number:4}", "--scope", "shop")
    book.next("invoice", "-n", "6", "--date", "2026-01-05")
    book.next("slip", "-n", "3", "--attr", "shop=A")
    book.ok("release", "INV-00002", "INV-00003", "INV-00005", "A-0002", "--reason", "never sent")
    return book


def gaps(book: Book) -> dict[str, tuple[str, str | None]]:
    return {gap["first_number"]: (gap["state"], gap["reason"]) for gap in book.ok("gaps", "--json").json}


def test_a_list_of_runs_is_blocked_with_its_reasons(used: Book, sql: Sql) -> None:
    text = (
        "first_number,last_number,state,reason,sequence\n"
        "INV-00002,INV-00003,,lost,invoice\n"
        "INV-00005,,blocked,torn,invoice\n"
        "A-0002,A-0002,reusable,never sent,slip\n"
    )
    result = used.run("gaps", "block", "--input", used.file(text, "b.csv"))
    assert (result.status, len(result.rows)) == (0, 2)
    assert result.err.endswith("b.csv: 1 row in another state was passed over\n")
    assert gaps(used) == {
        "A-0002": ("reusable", "never sent"),
        "INV-00002": ("blocked", "lost"),
        "INV-00005": ("blocked", "torn"),
    }
    assert used.run("audit", "verify").status == 0


def test_one_reason_for_all_is_one_event(used: Book, sql: Sql) -> None:
    path = used.file("INV-00002..INV-00003\nINV-00005\n", "b.txt")
    used.ok("gaps", "review", "invoice", "--input", path, "--reason", "looking")
    assert sql("SELECT count(*) FROM event WHERE action = 'review'") == [(1,)]
    used.ok("gaps", "restore", "invoice", "--input", path, "--reason", "found", "--dry-run")
    assert gaps(used)["INV-00002"] == ("review", "looking")
    used.ok("gaps", "restore", "invoice", "--input", path, "--reason", "found")
    assert gaps(used)["INV-00005"] == ("reusable", "found")
    assert used.run("audit", "verify").status == 0


def test_all_or_nothing_with_everything_that_is_wrong(used: Book) -> None:
    text = "first_number,reason\nINV-00001,a\nINV-00002,\nINV-00005,c\nNIX-1,d\n"
    path = used.file(text, "b.csv")
    error = used.fails(6, "invalid_input", "gaps", "block", "invoice", "--input", path)
    assert [item["line"] for item in error["findings"]] == [2, 3, 5]
    assert gaps(used)["INV-00005"] == ("reusable", "never sent")
    result = used.run("gaps", "block", "invoice", "--input", path, "--skip-invalid")
    assert (result.status, [row["first_number"] for row in result.rows]) == (3, ["INV-00005"])


@pytest.mark.parametrize(
    "words",
    [
        ("invoice", "INV-00002", "--input", "x.csv", "--reason", "x"),
        ("invoice", "INV-00002"),
        ("invoice", "INV-00002", "--reason", "x", "--skip-invalid"),
    ],
)
def test_wrong_usage(used: Book, words: tuple[str, ...]) -> None:
    used.fails(2, "usage", "gaps", "block", *words)


def test_rows_without_a_sequence_need_a_target(used: Book) -> None:
    path = used.file("INV-00002\n", "b.txt")
    error = used.fails(6, "invalid_input", "gaps", "block", "--input", path, "--reason", "x")
    assert "names no sequence" in error["message"]


def test_a_whole_history_moves_by_the_lists_of_numbers_and_gaps(run: Run, tmp_path: Path) -> None:
    books = [Book(tmp_path / name, run) for name in ("old.db", "new.db")]

    def of(at: int, *words: object, actor: str = "ada") -> str:
        done = run("--db", books[at].path, "--actor", actor, *words)
        assert done.status == 0, done
        return done.out

    for at in (0, 1):
        of(at, "sequence", "add", "invoice", "--pattern", "INV-{YYYY}-{number:4}", "--reset", "year")
        of(at, "sequence", "add", "slip", "--pattern", "{shop}-{number:4}", "--scope", "shop")
    for day in ("2025-12-30", "2026-01-05", "2026-01-06"):
        of(0, "next", "invoice", "-n", "4", "--date", day, "--record", f"R {day}")
    of(0, "next", "slip", "-n", "5", "--attr", "shop=Köln", "--date", "2026-01-07", actor="Müller")
    of(0, "void", "INV-2026-0002", "INV-2025-0001", "--reason", "falscher Kunde; 'neu'")
    of(0, "release", "INV-2026-0004", "INV-2026-0005", "INV-2026-0007", "Köln-0002", "--reason", "never")
    of(0, "gaps", "block", "invoice", "INV-2026-0004..INV-2026-0005", "--reason", 'torn, "twice"')
    of(0, "gaps", "block", "slip", "Köln-0002", "--reason", "lost")
    of(0, "gaps", "review", "invoice", "INV-2026-0007", "--reason", "looking", actor="bob")
    (tmp_path / "gaps.csv").write_text(of(0, "gaps", "-o", "csv"), encoding="utf-8")
    for target in ("invoice", "slip"):
        path = tmp_path / f"{target}.csv"
        path.write_text(of(0, "numbers", target, "-o", "csv"), encoding="utf-8")
        of(1, "adopt", target, "--input", path, actor="mover")
    of(1, "gaps", "block", "--input", tmp_path / "gaps.csv", actor="mover")
    of(1, "gaps", "review", "--input", tmp_path / "gaps.csv", actor="mover")

    def table(at: int, what: str, columns: str) -> list[list[str]]:
        rows = csv.DictReader(io.StringIO(of(at, what, "-o", "csv")))
        return sorted([row[name] for name in columns.split()] for row in rows)

    same = "number sequence period date state record scope value document_type reason"
    assert table(1, "numbers", same) == table(0, "numbers", same)
    assert table(1, "numbers", "number source_actor source_at") == table(
        0, "numbers", "number actor issued_at"
    )
    runs = "sequence scope period first last count first_number last_number state reason"
    assert table(1, "gaps", runs) == table(0, "gaps", runs)
    of(1, "audit", "verify")


def test_a_policy_may_say_whose_gaps_are_meant(used: Book) -> None:
    used.ok("policy", "add", "german", "--document-type", "invoice", "--sequence", "invoice")
    path = used.file("first;last;series;reason\n2;3;german;lost\n5;5;german;torn\n", "b.csv")
    error = used.fails(6, "invalid_input", "gaps", "block", "--input", path)
    assert "--column first" in error["message"]
    result = used.run("gaps", "block", "--input", path, "--column", "first", "--policy-column", "series")
    assert result.status == 0, result
    assert gaps(used)["INV-00005"] == ("blocked", "torn")
    again = used.file("first_number,policy\nINV-00002,germain\n", "c.csv")
    error = used.fails(4, "not_found", "gaps", "review", "--input", again, "--reason", "why")
    assert "did you mean 'german'" in str(error)


def test_rows_that_overlap(used: Book) -> None:
    """Alike they count once; two reasons for one number are told, whatever their order."""
    path = used.file("first_number,reason\nINV-00002..INV-00003,lost\nINV-00003,lost\n", "b.csv")
    used.run("gaps", "block", "invoice", "--input", path)
    assert gaps(used)["INV-00002"] == ("blocked", "lost")
    other = used.file("first_number,reason\nINV-00002..INV-00003,this\nINV-00003,that\n", "c.csv")
    error = used.fails(6, "invalid_input", "gaps", "review", "invoice", "--input", other)
    assert "c.csv:3" in error["message"]
    assert "INV-00003" in error["message"]
    result = used.run("gaps", "review", "invoice", "--input", other, "--skip-invalid")
    assert result.status == 3
    assert gaps(used)["INV-00002"] == ("review", "this")
    assert used.run("audit", "verify").status == 0
