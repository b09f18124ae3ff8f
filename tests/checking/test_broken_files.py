"""The file itself: schema, pages, references, rights, journal, disk; and definitions that strangers wrote."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from seqctl.store.sqlite.file import soundness
from tests.book import Book


def found(book: Book, *args: str) -> list[dict[str, str]]:
    """The findings of `check`, which must exit 3 and say nothing beside them."""
    result = book("check", "--json", *args)
    assert (result.status, result.err) == (3, ""), result
    assert all(finding["hint"] for finding in result.json), result.json
    answer: list[dict[str, str]] = result.json
    return answer


def only(book: Book, *args: str) -> dict[str, str]:
    """The one finding that there is."""
    (finding,) = found(book, *args)
    return finding


def stranger(book: Book, *statements: str) -> None:
    with closing(sqlite3.connect(book.path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize("args", [(), ("--quick",)])
@pytest.mark.parametrize(
    ("statement", "name", "words"),
    [
        ("DROP TRIGGER event_fixed", "event_fixed", "trigger 'event_fixed' is missing"),
        ("DROP INDEX number_text", "number_text", "index 'number_text' is missing"),
        ("DROP INDEX policy_choice", "policy_choice", "index 'policy_choice' is missing"),
        (
            "CREATE TRIGGER helper AFTER INSERT ON number BEGIN DELETE FROM number WHERE serial = 1; END",
            "helper",
            "trigger 'helper' was not made by seqctl",
        ),
        ("CREATE UNIQUE INDEX one_a_day ON event (id, at)", "one_a_day", "was not made by seqctl"),
        ("DROP TABLE assignment", "assignment", "table 'assignment' is missing; the rest"),
        ("ALTER TABLE calendar ADD COLUMN note TEXT", "calendar", "table 'calendar' is not as seqctl"),
    ],
)
def test_a_schema_that_was_changed_is_named(
    sound: Book, statement: str, name: str, words: str, args: tuple[str, ...]
) -> None:
    stranger(sound, statement)
    finding = only(sound, *args)
    assert finding["code"] in ("schema_changed", "table_changed")
    assert (finding["severity"], finding["subject"]) == ("error", f"database.{name}")
    assert words in finding["message"]


def test_a_trigger_and_an_index_that_say_something_else(sound: Book) -> None:
    stranger(
        sound,
        "DROP TRIGGER event_kept",
        "CREATE TRIGGER event_kept BEFORE DELETE ON event WHEN 0 BEGIN SELECT RAISE (ABORT, 'no'); END",
        "DROP INDEX number_text",
        "CREATE INDEX number_text ON number (text, uniqueness_id)",
    )
    assert [item["subject"] for item in found(sound)] == ["database.event_kept", "database.number_text"]


def test_what_helps_the_reports_of_others_is_let_be(sound: Book) -> None:
    stranger(
        sound,
        "CREATE VIEW big AS SELECT * FROM number",
        "CREATE TABLE notes (id INTEGER PRIMARY KEY)",
        "CREATE INDEX by_date ON number (date)",
        "ANALYZE",
    )
    assert sound.ok("check").out == ""


def test_a_reference_to_nothing_is_named(sound: Book) -> None:
    stranger(sound, "PRAGMA foreign_keys = OFF", "UPDATE set_member SET sequence_id = 99")
    finding = next(item for item in found(sound) if item["code"] == "broken_reference")
    assert finding["subject"] == "database.set_member"
    assert "a row of sequence" in finding["message"]


def test_what_sqlite_finds_is_told(sound: Book) -> None:
    change = "UPDATE number SET state = 'lost' WHERE text = 'O15'"
    stranger(sound, "PRAGMA ignore_check_constraints = ON", change)
    finding = found(sound)[0]
    assert (finding["code"], finding["subject"]) == ("damaged", "database")
    assert "CHECK constraint failed in number" in finding["message"]


def pages(book: Book) -> tuple[int, dict[str, int]]:
    """The size of a page, and the page on which each table and index begins."""
    with closing(sqlite3.connect(book.path)) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0"))
    return size, roots


@pytest.mark.parametrize("table", ["number", "event", "counter", "number_text", "sequence", "gap_run"])
@pytest.mark.parametrize("garbage", [b"\x00", b"\xff", b"\x0d\x01"])
def test_overwritten_pages_are_findings_or_a_damaged_file_never_a_crash(
    sound: Book, table: str, garbage: bytes
) -> None:
    size, roots = pages(sound)
    with open(sound.path, "r+b") as file:
        file.seek((roots[table] - 1) * size)
        file.write((garbage * size)[:size])
    for args in ((), ("--quick",)):
        result = sound("check", "--json", *args)
        assert result.status in (0, 3, 7) if args else result.status in (3, 7), result
        if result.status == 7:
            assert result.error["code"] == "damaged"
        elif result.status == 3:
            assert "damaged" in {item["code"] for item in result.json} or args


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.97])
def test_a_truncated_file_is_no_crash(sound: Book, kept: float) -> None:
    os.truncate(sound.path, int(sound.path.stat().st_size * kept))
    result = sound("check", "--json")
    assert result.status in (3, 7), result
    assert "damaged" in (result.err if result.status == 7 else result.out)


def test_other_files_are_no_books(sound: Book) -> None:
    sound.path.write_bytes(b"rubbish" * 1000)
    sound.fails(7, "not_a_database", "check")


def test_rights_of_others_are_warned_of(sound: Book) -> None:
    os.chmod(sound.path, 0o640)
    finding = only(sound)
    assert (finding["code"], finding["severity"]) == ("open_rights", "warning")
    assert "0640" in finding["message"] and finding["hint"] == f"chmod 600 {sound.path}"
    os.chmod(sound.path, 0o600)
    os.chmod(sound.path.parent, 0o770)
    finding = only(sound, "--quick")
    assert "0770" in finding["message"] and str(sound.path.parent) in finding["message"]
    os.chmod(sound.path.parent, 0o755)
    assert sound.ok("check", "--quick").out == ""


def test_a_copy_that_is_not_in_wal_mode_is_warned_of(sound: Book) -> None:
    stranger(sound, "PRAGMA journal_mode = DELETE")
    finding = only(sound)
    assert (finding["code"], finding["severity"]) == ("not_wal", "warning")
    assert "PRAGMA journal_mode = WAL" in finding["hint"]


@pytest.mark.parametrize(
    ("kind", "warned"),
    [("nfs4", True), ("cifs", True), ("fuse.sshfs", True), ("ext4", False), ("tmpfs", False)],
)
def test_a_network_disk_is_warned_of(
    sound: Book, monkeypatch: pytest.MonkeyPatch, kind: str, warned: bool
) -> None:
    folder = str(sound.path.parent.resolve())
    mounts = sound.path.parent / "mounts"
    lines = ["/dev/sda / ext4 rw 0 0", f"somewhere {folder} nfs rw 0 0", f"somewhere {folder} {kind} rw 0 0"]
    mounts.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    monkeypatch.setattr(soundness, "MOUNTS", str(mounts))
    if not warned:
        assert sound.ok("check", "--quick").out == ""
        return
    finding = only(sound, "--quick")
    assert (finding["code"], finding["severity"]) == ("network_disk", "warning")
    assert kind in finding["message"]


def test_a_place_with_a_blank_is_found_among_the_mounts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    folder = tmp_path / "my share"
    folder.mkdir()
    written = str(folder).replace(" ", "\\040")
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nhost:/x {written} nfs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(soundness, "MOUNTS", str(mounts))
    with closing(sqlite3.connect(":memory:")) as connection:
        assert soundness.Soundness(connection, str(folder / "book.db")).surroundings().network == "nfs"
        assert soundness.Soundness(connection, str(tmp_path / "book.db")).surroundings().network is None
        monkeypatch.setattr(soundness, "MOUNTS", str(tmp_path / "nothing"))
        assert soundness.Soundness(connection, str(folder / "book.db")).surroundings().network is None


DEFINITIONS = {
    "compiled pattern": (
        "UPDATE sequence SET compiled = replace(compiled, 'TR', 'TX') WHERE name = 'receipt'",
        "compiled_otherwise",
        "sequences.receipt",
        "TX",
    ),
    "pattern": (
        "UPDATE sequence SET pattern = 'X{FY}-{number}' WHERE name = 'receipt'",
        "compiled_otherwise",
        "sequences.receipt",
        "'X{FY}-{number}'",
    ),
    "pattern that is none": (
        "UPDATE sequence SET pattern = 'R{NN}' WHERE name = 'receipt'",
        "compiled_otherwise",
        "sequences.receipt",
        "cannot be compiled",
    ),
    "no compiled pattern": (
        "UPDATE sequence SET compiled = '1' WHERE name = 'receipt'",
        "compiled_otherwise",
        "sequences.receipt",
        "''",
    ),
    "policy": (
        "UPDATE policy SET compiled = replace(compiled, '10', '99')",
        "compiled_otherwise",
        "policies.big",
        "what decides",
    ),
    "policy that cannot be read": (
        "UPDATE policy SET conditions = 'x'",
        "unreadable_definition",
        "policies.big",
        "cannot be read",
    ),
    "status of a policy": (
        "UPDATE policy SET status = 'Active'",
        "invalid_definition",
        "policies.big.status",
        "'Active'",
    ),
    "status": (
        "UPDATE sequence SET status = 'on' WHERE name = 'order'",
        "invalid_definition",
        "sequences.order.status",
        "'on'",
    ),
    "reset": (
        "UPDATE sequence SET reset = 'yearly' WHERE name = 'invoice'",
        "invalid_definition",
        "sequences.invoice.reset",
        "'yearly'",
    ),
    "end below start": (
        "UPDATE sequence SET \"end\" = 3 WHERE name = 'order'",
        "invalid_definition",
        "sequences.order.end",
        "below start",
    ),
    "closed day": (
        "UPDATE sequence SET closed_until = '2026-02-30' WHERE name = 'slip'",
        "invalid_definition",
        "sequences.slip",
        "'2026-02-30', which is not a date",
    ),
    "type of a member": (
        "UPDATE set_member SET document_type = 'bill'",
        "other_type",
        "sets.main",
        "gives 'bill' the sequence 'order'",
    ),
    "type of a policy": (
        "UPDATE policy SET document_type = 'bill'",
        "other_type",
        "policies.big",
        "which numbers 'invoice'",
    ),
}


@pytest.mark.parametrize("args", [(), ("--quick",)])
@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_definition_that_the_program_would_not_have_written(
    sound: Book, name: str, args: tuple[str, ...]
) -> None:
    statement, code, subject, words = DEFINITIONS[name]
    stranger(sound, statement)
    matching = [item for item in found(sound, *args) if item["code"] == code]
    assert any(item["subject"] == subject and words in item["message"] for item in matching), matching


def test_a_pattern_that_another_version_compiled_is_none_of_it(sound: Book) -> None:
    stranger(sound, "UPDATE sequence SET compiled = '0' || char(10) || 'whatever' WHERE name = 'order'")
    assert sound.ok("check").out == ""


@pytest.mark.parametrize("words", [b"CREATE TABLE book", b"CREATE INDEX sequence_document_type"])
def test_a_schema_that_is_no_text_is_damage(sound: Book, words: bytes) -> None:
    data = sound.path.read_bytes()
    # Free space may hold older copies of it.
    assert words in data
    sound.path.write_bytes(data.replace(words, b"\xff\xfe\xa0" + words[3:]))
    assert sound.fails(7, "damaged", "check")["hint"]


def test_a_text_that_is_none_is_damage(sound: Book) -> None:
    stranger(sound, "UPDATE sequence SET mode = CAST(x'6761ff' AS TEXT) WHERE name = 'order'")
    sound.fails(7, "damaged", "check", "--quick")
    result = sound("check", "--json")
    assert result.status in (3, 7)
    assert "damaged" in result.out + result.err
