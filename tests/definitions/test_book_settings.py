"""The settings under `[book]`: merged key by key, exported, compared, logged, and checked."""

from json import loads
from pathlib import Path

import pytest

from tests.book import Book, Run

BOTH = '[book]\ntimezone = "Europe/Berlin"\nowner_kinds = ["till", "branch"]\nknown_owners = ["company"]\n'


def exported(book: Book) -> str:
    return book.ok("export").out


def test_what_a_file_does_not_name_stays(book: Book) -> None:
    book.load(BOTH)
    book.load('[book]\nowner_kinds = ["region"]\n')
    told = exported(book)
    assert 'timezone = "Europe/Berlin"' in told
    assert 'known_owners = [\n    "company",\n]' in told
    assert '"region"' in told and '"till"' not in told
    book.load("[book]\nowner_kinds = []\n")
    assert "owner_kinds" not in exported(book)


def test_an_export_makes_the_same_book_again(book: Book, tmp_path: Path, run: Run) -> None:
    book.load(BOTH)
    path = tmp_path / "e.toml"
    path.write_text(exported(book), encoding="utf-8")
    assert run("--db", tmp_path / "other.db", "import", path).status == 0
    assert run("--db", tmp_path / "other.db", "export").out == exported(book)
    again = book.ok("import", path, "--json").json
    assert [item["action"] for item in again] == ["unchanged"]


def test_a_change_is_shown_and_logged(book: Book, tmp_path: Path) -> None:
    book.load(BOTH)
    path = tmp_path / "c.toml"
    path.write_text('[book]\nknown_owners = ["company", "account"]\n', encoding="utf-8")
    for words in (("diff", path), ("import", path, "--dry-run"), ("import", path)):
        (change,) = book.ok(*words, "--json").json
        assert (change["kind"], change["action"]) == ("book", "changed")
        assert change["fields"] == {"known_owners": [["company"], ["account", "company"]]}
    assert book.ok("diff", path, "--json").json == []
    event = book.ok("audit", "list", "--json").json[-1]
    assert loads(event["detail"])["changes"][0]["fields"] == change["fields"]
    assert book.ok("audit", "verify").err == ""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('owner_kinds = "till"', "book.owner_kinds: is not a list of texts"),
        ("known_owners = [1]", "book.known_owners: is not a list of texts"),
        ('owner_kinds = ["till "]', "book.owner_kinds.0: 'till ' is not a kind of owner"),
        ('owner_kinds = ["a", "company:FR"]', "book.owner_kinds.1: 'company:FR' is not a kind of owner"),
        ('owner_kinds = [""]', "book.owner_kinds.0: '' is not a kind of owner"),
        ('owners_kinds = ["till"]', "book.owners_kinds: unknown key"),
    ],
)
def test_a_setting_that_is_wrong_names_its_line(book: Book, tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "w.toml"
    path.write_text(f"format = 1\n[book]\n{line}\n", encoding="utf-8")
    error = book.fails(6, "invalid_definition", "import", path)
    assert f"w.toml:3: {told}" in "\n".join([error["message"], *error.get("problems", [])])
