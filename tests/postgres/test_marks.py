"""The mark of a book on a server: `--mark FILE` and SEQCTL_MARK, a lower bound of what was given out."""

import os
import socket
import time
from pathlib import Path

import pytest

from seqctl import open_store
from seqctl.actions.issuing.issue import issue
from seqctl.model.number.request import Request
from tests.book import Run
from tests.postgres.dumps import dumped, restored
from tests.postgres_server import Server


@pytest.fixture
def mark(place: Path) -> Path:
    """Where the mark lies."""
    return place / "marks" / "numbers.mark"


@pytest.fixture
def url(postgres_server: Server, run: Run, mark: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A book named by SEQCTL_DB with its mark in SEQCTL_MARK: N1 to N3 were given out."""
    place = postgres_server.place()
    mark.parent.mkdir()
    monkeypatch.setenv("SEQCTL_DB", place)
    monkeypatch.setenv("SEQCTL_MARK", str(mark))
    for words in ("init --timezone UTC", "sequence add invoice --pattern N{number}"):
        assert run(*words.split()).status == 0
    first = run("next", "invoice", "-n", "3")
    assert (first.lines, first.err) == (["N1", "N2", "N3"], "")
    return place


def aged(mark: Path) -> None:
    """Make the mark older than what issues leave alone."""
    then = time.time() - 10
    os.utime(mark, (then, then))


def known(run: Run) -> int:
    """The newest event that the mark knows."""
    found = run("info", "--json").json["mark_event"]
    assert isinstance(found, int)
    return found


def test_issues_write_it_at_most_once_a_second_and_check_always(url: str, run: Run, mark: Path) -> None:
    began = run("info", "--json").json
    assert (began["mark"], began["mark_event"]) == (str(mark), began["events"])
    assert began["mark_host"] == socket.gethostname()
    assert mark.stat().st_mode & 0o777 == 0o600
    fresh = time.time() + 0.5
    os.utime(mark, (fresh, fresh))
    assert run("next", "invoice").err == ""
    assert known(run) == began["events"]
    aged(mark)
    assert run("next", "invoice").err == ""
    assert known(run) == began["events"] + 2
    fresh = time.time() + 0.5
    os.utime(mark, (fresh, fresh))
    assert run("void", "N1", "--reason", "x").err == ""
    assert known(run) == began["events"] + 2
    checked = run("check")
    assert (checked.status, checked.out, checked.err) == (0, "", "")
    assert known(run) == began["events"] + 3


@pytest.mark.parametrize(
    "words", [("next", "invoice"), ("next", "invoice", "--json"), ("reserve", "invoice")]
)
def test_both_lanes_write_it(url: str, run: Run, mark: Path, words: tuple[str, ...]) -> None:
    aged(mark)
    before = known(run)
    assert run(*words, env={"SEQCTL_MARK": None}).err == ""
    assert known(run) == before
    assert run(*words, "--mark", mark, env={"SEQCTL_MARK": None}).err == ""
    assert known(run) == before + 2


def test_a_book_without_one_is_silent_and_says_that_there_is_none(url: str, run: Run) -> None:
    without = {"SEQCTL_MARK": None}
    checked = run("check", env=without)
    assert (checked.status, checked.out, checked.err) == (0, "", "")
    assert {"field": "mark", "value": "none"} in run("info", env=without).rows
    assert run("info", "--json", env=without).json["mark"] is None


def test_behind_it_nothing_is_issued_until_the_counters_caught_up(
    url: str, run: Run, mark: Path, postgres_server: Server
) -> None:
    monday = dumped(postgres_server, url)
    aged(mark)
    assert run("next", "invoice", "-n", "2").lines == ["N4", "N5"]
    restored(postgres_server, monday, url)
    for words in ("next invoice", "next invoice --json", "reserve invoice", "peek invoice"):
        refused = run(*words.split())
        assert (refused.status, refused.out) == (5, ""), refused
        assert "sequence 'invoice' stood at 5 and stands at 3" in refused.err
        assert f"the mark {mark}, written by {socket.gethostname()} at 20" in refused.err
    assert [item["code"] for item in run("check", "--json").json] == ["older_book"]
    told = run("copy", "--accept", "--reason", "x", "--json")
    assert (told.status, told.error["code"]) == (5, "older_book")
    # Reading goes on, and so does what gives no number out.
    assert run("numbers").status == 0
    assert run("adopt", "invoice", "N4").status == 0
    assert run("next", "invoice").status == 5
    assert run("adopt", "invoice", "N5").status == 0
    after = run("next", "invoice")
    assert (after.lines, after.err) == (["N6"], "")
    assert run("check").out == ""


def test_a_counter_that_was_passed_over_within_the_second_is_known_by_the_next_writing(
    url: str, run: Run, mark: Path, postgres_server: Server
) -> None:
    assert run("sequence", "add", "receipt", "--pattern", "R{number}").status == 0
    assert run("check").status == 0
    monday = dumped(postgres_server, url)
    fresh = time.time() + 0.5
    os.utime(mark, (fresh, fresh))
    assert run("next", "receipt", "-n", "7").status == 0
    aged(mark)
    assert run("next", "invoice").status == 0
    restored(postgres_server, monday, url)
    messages = " ".join(item["message"] for item in run("check", "--json").json)
    assert "'receipt' stood at 7 and has no such counter here" in messages
    assert "'invoice' stood at 4 and stands at 3" in messages


def test_lost_history_is_accepted_with_a_reason(
    url: str, run: Run, mark: Path, postgres_server: Server
) -> None:
    monday = dumped(postgres_server, url)
    aged(mark)
    assert run("void", "N2", "--reason", "x").status == 0
    restored(postgres_server, monday, url)
    refused = run("next", "invoice")
    assert (refused.status, refused.out) == (5, "")
    assert "what was noted since is lost" in refused.err
    assert run("void", "N2", "--reason", "x").status == 0
    assert run("next", "invoice").status == 5
    assert run("copy", "--accept", "--reason", "entered again").status == 0
    assert run("next", "invoice").lines == ["N4"]
    assert run("check").out == ""


def test_another_book_is_refused_by_every_command(
    url: str, run: Run, mark: Path, postgres_server: Server
) -> None:
    other = postgres_server.place()
    assert run("--db", other, "sequence", "add", "invoice", env={"SEQCTL_MARK": None}).status == 0
    for words in ("next invoice", "peek invoice", "numbers", "check", "info", "sequence add x"):
        refused = run("--db", other, "--json", *words.split())
        assert (refused.status, refused.out, refused.error["code"]) == (7, "", "wrong_book"), words
    assert run("--db", other, "numbers", env={"SEQCTL_MARK": None}).status == 0
    assert run("next", "invoice").lines == ["N4"]


def test_a_new_book_is_not_made_where_the_mark_knows_one(url: str, run: Run, postgres_server: Server) -> None:
    nowhere = postgres_server.place()
    for words in ("init", "sequence add invoice"):
        refused = run("--db", nowhere, "--json", *words.split())
        assert (refused.status, refused.error["code"]) == (7, "wrong_book"), refused
        assert "no book answers" in refused.error["message"]
    assert run("--db", nowhere, "numbers").status == 4


def test_a_mark_that_is_gone_is_told_once_and_begun(url: str, run: Run, mark: Path) -> None:
    mark.unlink()
    first = run("next", "invoice")
    assert (first.status, first.lines) == (0, ["N4"])
    assert first.err.startswith("seqctl: warning: numbers were issued from this book, and its mark is gone")
    assert first.err.count("\n") == 1
    assert run("next", "invoice").err == ""
    mark.unlink()
    assert [item["code"] for item in run("check", "--json").json] == ["no_mark"]
    assert run("check").out == ""


def test_a_torn_mark_still_refuses_what_it_knows(
    url: str, run: Run, mark: Path, postgres_server: Server
) -> None:
    whole = mark.read_bytes()
    mark.write_bytes(whole[:-5])
    told = run("next", "invoice")
    assert (told.status, told.lines) == (0, ["N4"])
    assert f"the mark {mark} is not whole" in told.err
    assert run("next", "invoice").err == ""
    monday = dumped(postgres_server, url)
    assert run("next", "invoice").status == 0
    assert run("check").status == 0
    first, *lines = mark.read_bytes().splitlines(keepends=True)
    restored(postgres_server, monday, url)
    mark.write_bytes(b"".join([first, lines[-1]]))
    assert run("next", "invoice").status == 5


@pytest.mark.parametrize("kind", ["foreign", "folder", "unreadable folder", "pipe", "device"])
def test_what_is_no_mark_is_never_written_and_told_by_check(
    url: str, run: Run, place: Path, kind: str
) -> None:
    strange = place / "strange"
    if kind == "foreign":
        strange.write_text("[sequence.invoice]\n", encoding="utf-8")
    elif kind == "folder":
        strange.mkdir()
    elif kind == "pipe":
        os.mkfifo(strange)
    elif kind == "device":
        strange = Path("/dev/null")
    else:
        strange = place / "is" / "not" / "there"
    before = strange.exists() and os.lstat(strange)
    issued = run("next", "invoice", "--mark", strange)
    assert (issued.status, issued.lines) == (0, ["N4"])
    findings = run("check", "--json", "--mark", strange).json
    assert "strange_file" in [item["code"] for item in findings], findings
    assert run("check", env={"SEQCTL_MARK": None}).status == 0
    assert (strange.exists() and os.lstat(strange)) == before


def test_rights_and_links_stay_as_somebody_set_them(url: str, run: Run, mark: Path, place: Path) -> None:
    link = place / "link"
    link.symlink_to(mark)
    mark.chmod(0o660)
    aged(mark)
    assert run("next", "invoice", "--mark", link).err == ""
    assert link.is_symlink()
    assert mark.stat().st_mode & 0o777 == 0o660
    assert list(mark.parent.iterdir()) == [mark]


def test_an_empty_file_is_begun(url: str, run: Run, mark: Path) -> None:
    mark.write_bytes(b"")
    assert "its mark is gone" in run("next", "invoice").err
    assert run("next", "invoice").err == ""


def test_a_changed_cluster_goes_on_where_the_book_reaches_its_mark(url: str, run: Run, mark: Path) -> None:
    from tests.postgres.test_older_copies import changed

    changed(url, "system_identifier = '1'")
    first = run("next", "invoice")
    assert (first.status, first.lines) == (0, ["N4"])
    assert "another server than it was last written on; it has all that its mark knows" in first.err
    assert first.err.count("\n") == 1
    assert run("next", "invoice").err == ""
    # Without a mark it never does.
    changed(url, "system_identifier = '1'")
    assert run("next", "invoice", env={"SEQCTL_MARK": None}).status == 5


def test_a_changed_timeline_is_decided_by_the_mark(
    url: str, run: Run, mark: Path, postgres_server: Server
) -> None:
    from tests.postgres.test_older_copies import changed

    monday = dumped(postgres_server, url)
    changed(url, "timeline = timeline + 41")
    assert run("check").out == ""
    first = run("next", "invoice")
    assert (first.status, first.lines) == (0, ["N4"])
    assert "the timeline of the server changed from 42 to 1" in first.err
    assert "it has all that its mark knows, up to event" in first.err
    assert first.err.count("\n") == 1
    assert run("next", "invoice").err == ""
    assert run("check").status == 0
    restored(postgres_server, monday, url)
    changed(url, "timeline = timeline + 41")
    refused = run("next", "invoice")
    assert (refused.status, refused.out) == (5, "")
    assert "stood at 5 and stands at 3" in refused.err


def test_the_library_names_one_too(url: str, mark: Path, postgres_server: Server) -> None:
    monday = dumped(postgres_server, url)
    aged(mark)
    with open_store(url, mark=str(mark)) as store:
        assert issue(store, Request("invoice")).texts == ["N4"]
        aged(mark)
        assert issue(store, Request("invoice")).texts == ["N5"]
    restored(postgres_server, monday, url)
    from seqctl.errors import Refused

    with open_store(url, mark=str(mark)) as store, pytest.raises(Refused) as refused:
        issue(store, Request("invoice"))
    assert refused.value.code == "older_book"


def test_a_book_in_a_file_takes_none(run: Run, place: Path) -> None:
    refused = run("--db", place / "b.db", "--mark", place / "m", "sequence", "add", "invoice")
    assert (refused.status, refused.out) == (2, "")
    assert f"{place}/b.db-mark" in refused.err
    assert run("--db", place / "b.db", "next", "invoice", "--mark", "").status == 2
    named = {"SEQCTL_MARK": str(place / "m")}
    assert run("--db", place / "b.db", "sequence", "add", "invoice", env=named).status == 0
    assert run("--db", place / "b.db", "next", "invoice", env=named).lines == ["1"]
    assert not (place / "m").exists()
