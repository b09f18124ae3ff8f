"""`copy --to`: a book moves to another file or server, whole, and never two of it live."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import seqctl.actions.copying.move as move
from seqctl.actions.copying.abandon import abandon_move
from seqctl.errors import SeqctlError
from seqctl.model.log.moving import MOVED_TO, MOVING
from seqctl.process import Clock
from seqctl.store import open_book, open_place
from seqctl.store.between.place import HeldPlace
from seqctl.store.between.rows import TABLES, columns
from seqctl.store.port import Store
from seqctl.store.sql.log import LEAVING
from tests.book import Run
from tests.postgres_server import Server

ENGINES = ("file", "server")
Places = Callable[[str], str]
"""Where a book of an engine may be made that is not there yet."""


@pytest.fixture
def places(place: Path, request: pytest.FixtureRequest) -> Places:
    made = itertools.count(1)

    def at(engine: str) -> str:
        if engine == "file":
            return str(place / f"book-{next(made)}.db")
        server: Server = request.getfixturevalue("postgres_server")
        return server.place()

    return at


def filled(run: Run, db: str) -> None:
    """A book with every kind of state, and definitions of every kind."""

    def ok(*words: object) -> None:
        result = run("--db", db, *words)
        assert (result.status, result.err) == (0, ""), result

    ok("calendar", "add", "uk", "--start", "04-01", "--named-by", "start")
    ok(
        "sequence",
        "add",
        "invoice",
        "--pattern",
        "{entity}-{FY}-{number:3}",
        "--reset",
        "fiscal-year",
        "--calendar",
        "uk",
        "--scope",
        "entity",
    )
    ok("sequence", "add", "memo", "--document-type", "credit_memo", "--pattern", "CM-{number}")
    ok("set", "add", "acme", "credit_memo=memo")
    ok("set", "assign", "acme", "customer:A\\1")
    ok(
        "policy",
        "add",
        "german",
        "--document-type",
        "invoice",
        "--sequence",
        "invoice",
        "--when",
        "land equals DE",
    )
    ask = ("--attr", "entity=A", "--attr", "land=DE", "--date", "2026-05-01")
    ok("next", "invoice", "-n", "9", *ask)
    ok("next", "invoice", *ask, "--key", "k\u00e4y", "--record", "R\\n'1")
    ok("reserve", "invoice", *ask, "--ttl", "9d")
    ok("void", "A-2026-002", "--reason", "wrong")
    ok("release", "A-2026-004", "A-2026-006", "A-2026-008", "--reason", "never came to be")
    ok("gaps", "block", "invoice", "A-2026-006", "--reason", "lost")
    ok("gaps", "review", "invoice", "A-2026-008", "--reason", "look")
    ok("next", "credit_memo", "--for", "customer:A\\1")
    ok("sequence", "edit", "memo", "--pattern", "CN-{number}")
    ok("next", "credit_memo", "--for", "customer:A\\1")


def seen(run: Run, db: str) -> dict[str, str]:
    """What a book says of itself but for its log."""
    lists = (("numbers",), ("gaps",), ("statement",), ("export",), ("status",), ("sequence", "list"))
    return {
        " ".join(words): run("--db", db, *words, "--json").out for words in lists if words != ("export",)
    } | {"export": run("--db", db, "export").out}


def events(run: Run, db: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = run("--db", db, "audit", "list", "--json").json
    return listed


@pytest.mark.parametrize(("source", "target"), list(itertools.product(ENGINES, ENGINES)))
def test_a_book_of_every_state_moves_whole_and_the_former_one_is_dead(
    run: Run, places: Places, source: str, target: str
) -> None:
    here, there = places(source), places(target)
    filled(run, here)
    before, log = seen(run, here), events(run, here)
    moved = run("--db", here, "copy", "--to", there, "--json")
    assert (moved.status, moved.err) == (0, "")
    assert seen(run, there) == before == seen(run, here)
    assert [event["action"] for event in events(run, here)[-2:]] == ["moving to", "moved to"]
    assert [event["action"] for event in events(run, there)[-2:]] == ["moving to", "moved from"]
    assert events(run, there)[:-1] == events(run, here)[:-1]
    assert events(run, there)[:-2] == log
    for db in (here, there):
        assert run("--db", db, "audit", "verify").status == 0
    refused = run("--db", here, "next", "credit_memo", "--for", "customer:A\\1", "--json")
    assert (refused.status, refused.error["code"]) == (5, "moved")
    assert "***" not in refused.err and there.split("?")[0] in refused.err
    # It goes on where the other one stood, freed numbers and keys included.
    ask = ("--attr", "entity=A", "--attr", "land=DE", "--date", "2026-05-01")
    assert run("--db", there, "next", "invoice", *ask).lines == ["A-2026-004"]
    assert run("--db", there, "next", "invoice", *ask, "--key", "k\u00e4y", "--record", "R\\n'1").lines == [
        "A-2026-010"
    ]
    assert run("--db", there, "check").out == run("--db", here, "check").out


SPARE = ("sequence add paper --pattern P{number} --manual", "calendar add spare --start 10-01")
WRITING = (
    *(
        "next credit_memo --for customer:A\\1",
        "reserve memo",
        "void CM-1 --reason x",
        "release CN-2 --reason x",
    ),
    *("record CM-1 --note x", "assign credit_memo --set acme --input records.csv", "adopt paper P9"),
    *("gaps review invoice A-2026-004 --reason x", "gaps block invoice A-2026-004 --reason x"),
    *("extend A-2026-011 --ttl 1h", "confirm A-2026-011", "reinstate A-2026-002 --reason x"),
    *("sequence add other", "sequence edit memo --title x", "sequence set-next memo 19 --reason x"),
    *("sequence rename paper slip", "calendar add us --start 10-01", "calendar remove spare --yes"),
    *("set add eu credit_memo=memo", "policy edit german --priority 9", "policy deactivate german"),
    *("import book.toml", "close memo --through 2020-12-31 --reason x", "copy --to other.db"),
)
"""Calls that would write to the book that `filled` and SPARE make."""


@pytest.mark.parametrize("engine", ENGINES)
def test_every_call_that_would_write_to_a_book_that_moved_says_where_it_is(
    run: Run, places: Places, place: Path, engine: str
) -> None:
    here, there = places(engine), places("file")
    filled(run, here)
    for words in SPARE:
        assert run("--db", here, *words.split()).status == 0
    (place / "records.csv").write_text("id\nA\n", encoding="utf-8")
    (place / "book.toml").write_text('[sequences.note]\npattern = "N{number}"\n', encoding="utf-8")
    assert run("--db", here, "copy", "--to", there).status == 0
    before = events(run, here)
    for words in WRITING:
        refused = run("--db", here, "--json", *words.split())
        assert (refused.status, refused.out, refused.error["code"]) == (5, "", "moved"), (words, refused)
        assert there in refused.error["message"], words
    assert events(run, here) == before
    # None of them is refused for another reason: where the book is now, each changes something.
    for words in WRITING:
        before = events(run, there)
        done = run("--db", there, *words.split())
        assert done.status == 0 and len(events(run, there)) > len(before), (words, done)


def test_back_into_a_new_place_the_chain_goes_on(run: Run, places: Places) -> None:
    one, two, three = places("file"), places("server"), places("file")
    filled(run, one)
    log = events(run, one)
    for here, there in ((one, two), (two, three)):
        assert run("--db", here, "copy", "--to", there).status == 0
    assert events(run, three)[: len(log)] == log
    assert [event["action"] for event in events(run, three)[len(log) :]] == ["moving to", "moved from"] * 2
    assert run("--db", three, "audit", "verify").status == 0
    refused = run("--db", two, "copy", "--to", one, "--json")
    assert (refused.status, refused.error["code"]) == (5, "moved")


@pytest.mark.parametrize("target", ENGINES)
def test_a_place_that_holds_a_book_is_left_alone(run: Run, places: Places, target: str) -> None:
    here, there = places("file"), places(target)
    filled(run, here)
    assert run("--db", there, "init").status == 0
    refused = run("--db", here, "copy", "--to", there, "--json")
    assert (refused.status, refused.error["code"]) == (5, "in_use")
    # Nothing was begun: the book goes on.
    assert run("--db", here, "next", "credit_memo", "--for", "customer:A\\1").status == 0


class Broken(BaseException):
    """The process is gone."""


def breaking_at(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """Let a move end at one of its steps, before or behind what is made durable there."""
    count = itertools.count()

    def maybe(work: Callable[..., Any]) -> Callable[..., Any]:
        def broken(*args: Any, **named: Any) -> Any:
            if next(count) == step:
                raise Broken
            done = work(*args, **named)
            if next(count) == step:
                raise Broken
            return done

        return broken

    for name in ("_begin", "_filled", "_prove", "_open"):
        monkeypatch.setattr(move, name, maybe(getattr(move, name)))
    monkeypatch.setattr(HeldPlace, "fill", maybe(HeldPlace.fill))


STEPS = range(10)
"""Before and behind each of: the first event, filling, all that filling needs, the proof, the opening."""


def broken_move(monkeypatch: pytest.MonkeyPatch, here: str, there: str, step: int) -> None:
    """A move that ends at a step. It must have come there."""
    with monkeypatch.context() as patched, open_book(here, "ada", Clock()) as store:
        breaking_at(patched, step)
        target = open_place(there, "ada", Clock())
        try:
            with pytest.raises(Broken):
                move.move_book(store, target, lambda work: None, print)
        finally:
            target.close()


def living(*books: str) -> list[str]:
    """The books to which something can be written."""
    return [book for book in books if can_be_written(book)]


def can_be_written(book: str) -> bool:
    from seqctl.model.log.events.book import CopyAccepted

    try:
        store: Store
        with open_book(book, "ada", Clock()) as store, store.write() as transaction:
            transaction.log.append(CopyAccepted("accept", "book", "a try that is undone", None))
    except SeqctlError as error:
        assert error.code in ("moving", "moved", "not_found", "not_a_database"), error.code
        return False
    return True


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("target", ENGINES)
def test_a_move_that_broke_is_run_again(
    run: Run, places: Places, monkeypatch: pytest.MonkeyPatch, target: str, step: int
) -> None:
    here, there = places("file"), places(target)
    filled(run, here)
    before = seen(run, here)
    broken_move(monkeypatch, here, there, step)
    assert len(living(here, there)) <= 1
    assert run("--db", here, "copy", "--to", there).status == 0
    assert living(here, there) == [there]
    assert seen(run, there) == before
    assert run("--db", there, "audit", "verify").status == 0
    actions = [event["action"] for event in events(run, here)]
    assert actions.count("moving to") == actions.count("moved to") == 1


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("target", ENGINES)
def test_a_move_that_broke_is_given_up_unless_the_copy_was_opened(
    run: Run, places: Places, monkeypatch: pytest.MonkeyPatch, target: str, step: int
) -> None:
    here, there = places("file"), places(target)
    filled(run, here)
    broken_move(monkeypatch, here, there, step)
    opened = living(there) == [there]
    done = run("--db", here, "copy", "--abandon", "--reason", "the server is not ready", "--json")
    if step == 0:
        assert (done.status, done.error["code"]) == (2, "usage")
        return
    if opened:
        assert step == 9
        assert (done.status, done.error["code"]) == (5, "moved")
        assert living(here, there) == [there]
        return
    assert (done.status, done.err) == (0, "")
    assert living(here, there) == [here]
    # The same place can be taken again, and another one too.
    assert run("--db", here, "copy", "--to", there).status == 0
    assert living(here, there) == [there]


def test_what_a_move_left_is_not_opened_once_it_was_given_up(
    run: Run, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = places("file"), places("server")
    filled(run, here)
    with open_book(here, "ada", Clock()) as store:
        target = open_place(there, "ada", Clock())
        prove = move._prove

        def given_up_meanwhile(*args: Any) -> None:
            prove(*args)
            with open_book(here, "bob", Clock()) as other:
                abandon_move(other, lambda where: open_place(there, "bob", Clock()), "no")

        monkeypatch.setattr(move, "_prove", given_up_meanwhile)
        with pytest.raises(SeqctlError):
            move.move_book(store, target, lambda work: None, print)
        target.close()
    assert living(here, there) == [here]


def test_every_table_of_a_book_is_moved(run: Run, places: Places) -> None:
    """A table that is added to the schema has to be named where books are moved."""
    db = places("file")
    assert run("--db", db, "init").status == 0
    with open_book(db, "ada", Clock()) as store:
        found: Any = store
        tables = found.connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            " AND name NOT LIKE '\\_sqlite%' ESCAPE '\\'"
        ).fetchall()
    assert {name for (name,) in tables} == set(TABLES) == set(columns())


def test_a_place_that_is_not_reached_tells_nothing(
    run: Run, places: Places, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, folder = places("file"), place / "disk"
    folder.mkdir()
    filled(run, here)
    broken_move(monkeypatch, here, str(folder / "book.db"), 4)
    folder.rename(place / "unmounted")
    refused = run("--db", here, "copy", "--abandon", "--reason", "x", "--json")
    assert (refused.status, refused.error["code"]) == (75, "server_unreachable")
    assert not folder.exists()
    (place / "unmounted").rename(folder)
    assert run("--db", here, "copy", "--abandon", "--reason", "x").status == 0
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    "words", [(), ("--accept", "--to", "b.db"), ("--abandon",), ("--accept", "--reason", " "), ("--to", "")]
)
def test_what_copy_is_asked_for(run: Run, places: Places, words: tuple[str, ...]) -> None:
    here = places("file")
    assert run("--db", here, "init").status == 0
    refused = run("--db", here, "copy", *words, "--json")
    assert (refused.status, refused.error["code"]) == (2, "usage")


def test_a_password_stands_in_no_log(run: Run, places: Places) -> None:
    here, there = places("file"), places("server")
    filled(run, here)
    refused = run("--db", here, "copy", "--to", there.replace("postgres@", "postgres:secret@"), "--json")
    assert (refused.status, refused.error["code"]) == (2, "usage")
    assert "secret" not in refused.err


def test_what_the_log_refuses_by_is_what_moves_write() -> None:
    assert LEAVING == (MOVING, MOVED_TO)
