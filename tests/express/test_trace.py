"""How much code `seqctl next` runs through until its COMMIT: what a reader of it has to read."""

from pathlib import Path

from tests.express.trace import calls, table

ROOT = Path(__file__).parents[2]
FILES, FUNCTIONS = 19, 86


def test_next_runs_through_few_files_and_functions(tmp_path: Path) -> None:
    found = list(calls(tmp_path))
    assert ("actions/issuing/issue.py", "issue") in found
    assert ("store/sqlite/engine.py", "Transaction.commit") in found
    assert len({file for file, _ in found}) <= FILES
    assert len(found) <= FUNCTIONS


def test_the_page_shows_the_trace_as_it_is(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert table(list(calls(tmp_path))) in page, "print it anew: python -m tests.express.trace"
