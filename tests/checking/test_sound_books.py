"""`check` on books that are sound: silence, whatever was done to them by commands."""

from tests.book import Book


def test_a_book_that_many_commands_made_is_passed_in_silence(sound: Book) -> None:
    result = sound("check")
    assert result.status == 0, result.out
    assert (result.out, result.err) == ("", "")
    assert sound.ok("check", "--quick").out == ""


def test_without_findings_a_format_that_was_asked_for_is_an_empty_list(sound: Book) -> None:
    assert sound.ok("check", "--json").json == []
    assert sound.ok("check", "-o", "tsv").lines == ["severity\tcode\tsubject\tmessage\thint"]


def test_an_empty_book_is_sound_and_none_is_not_found(book: Book, nowhere: Book) -> None:
    assert book.ok("check").out == ""
    nowhere.path.unlink()
    nowhere.fails(4, "not_found", "check")


def test_nothing_is_written(sound: Book) -> None:
    before = sound.path.read_bytes()
    sound("check")
    sound("check", "--quick")
    assert sound.path.read_bytes() == before
    assert sorted(item.name for item in sound.path.parent.iterdir()) == ["book.db", "book.db-mark"]
