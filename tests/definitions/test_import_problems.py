"""A bad import: every problem with its file and line, exit 6, nothing applied, no database made."""

import pytest

from tests.book import Book

HUNDRED = "".join(f'[sequences.s{at:03}]\nprefix = "S{at:03}-"\nwidth = 5\n' for at in range(100))


def test_one_bad_definition_in_a_hundred_stops_all_and_is_named_with_its_line(nowhere: Book) -> None:
    path = nowhere.file(HUNDRED.replace("[sequences.s050]\n", "[sequences.s050]\nresset = 'year'\n"))
    error = nowhere.fails(6, "invalid_definition", "import", path)
    assert error["message"].startswith(f"{path}:152: sequences.s050.resset: ")
    assert "reset" in error["hint"]
    assert not nowhere.path.exists()


def test_every_problem_of_every_file_is_told_at_once(nowhere: Book) -> None:
    one = nowhere.file('format = 1\n[sequences.a]\nreset = "yearly"\nstep = 0\nwidth = "x"\n', "one.toml")
    two = nowhere.file('[calendars.c]\nstart = "02-29"\n[sets.s]\nmembers = { x = "nowhere" }\n', "two.toml")
    error = nowhere.fails(6, "invalid_definition", "import", one, two)
    places = [problem.split(": ")[0] for problem in error["problems"]]
    assert sorted(places) == sorted([f"{one}:3", f"{one}:4", f"{one}:5", f"{two}:2", f"{two}:4"])
    assert "5 problems" in error["message"]
    assert "nothing was applied" in error["message"]
    assert not nowhere.path.exists()


def test_like_problems_are_told_together_in_the_order_of_their_lines(nowhere: Book) -> None:
    rows = [f'[sequences.s{at}]\nprefix = "S{at}-"\nresset = "year"\n' for at in range(40)]
    rows[7] = rows[7].replace("resset", "widht")
    rows[0] = rows[0].replace('resset = "year"', 'reset = "weekly"')
    path = nowhere.file("".join(rows))
    error = nowhere.fails(6, "invalid_definition", "import", path)
    assert error["message"] == "40 problems; nothing was applied"
    weekly, resset, widht = error["problems"]
    assert weekly.startswith(f"{path}:3: sequences.s0.reset: ")
    assert resset.startswith(f"{path}:6: sequences.s1.resset: unknown key; ")
    assert resset.endswith("; and 37 more like it: sequences.s2, sequences.s3 ... sequences.s39")
    assert widht.startswith(f"{path}:24: sequences.s7.widht: unknown key; ")
    assert error["findings_count"] == len(error["findings"]) == 40
    assert {finding["line"] for finding in error["findings"]} == {3 * at + 3 for at in range(40)}


def test_three_alike_and_collisions_are_told_one_by_one(nowhere: Book) -> None:
    alike = "".join(f'[sequences.s{at}]\nprefix = "S{at}-"\nresset = "year"\n' for at in range(3))
    error = nowhere.fails(6, "invalid_definition", "import", nowhere.file(alike))
    assert len(error["problems"]) == 3
    pairs = "".join(
        f'[sequences.{side}{at}]\ndocument_type = "invoice"\nprefix = "S{at}-"\n'
        for at in range(5)
        for side in ("a", "b")
    )
    error = nowhere.fails(6, "collision", "import", nowhere.file(pairs))
    assert len(error["problems"]) == 5
    assert all(f"'S{at}-1'" in problem for at, problem in enumerate(error["problems"]))


def test_nothing_is_applied_to_an_existing_book(invoices: Book) -> None:
    before = invoices.ok("export").out, invoices.ok("info", "--json").json["head"]
    invoices.fails(6, "invalid_definition", "import", invoices.file(HUNDRED + "[sequences.s100]\nend = 0\n"))
    assert (invoices.ok("export").out, invoices.ok("info", "--json").json["head"]) == before


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("format = 2", 1, "format"),
        ("[sequence.a]", 1, "sequences"),
        ("format = 1\n\n[sequences.a]\nprefx = 'x'", 4, "prefix"),
        ("[sequences.a]\npattern = '{number'", 2, "pattern"),
        ("[sequences.a]\npattern = '{YYYYY}{number}'", 2, "YYYYY"),
        ("[sequences.a]\nend = 1\nstart = 2", 2, "start"),
        ("[sequences.a]\ncalendar = 'indai'\n[calendars.india]\nstart = '04-01'", 2, "india"),
        ("[sequences.a]\nscope = ['entity']", 2, "entity"),
        ("[sequences]\na = 5", 2, "sequences.a"),
        ("[sequences.a]\neffective_from = 2026-02-01\neffective_until = 2026-01-01", 3, "effective_from"),
        ("[sequences.a.counters]\n'2026' = 5", 2, "2026"),
        ("[sequences.a]\nend = 9\n[sequences.a.counters]\nall = 10", 4, "10"),
        ("[sequences.a]\nstep = 5\n[sequences.a.counters]\nall = 3", 4, "6"),
        ("[sets.s]\nmember = { a = 'a' }", 2, "members"),
        ("[sets.s]\ndefault = 'yes'", 2, "yes"),
        ("[sets.s]\nassignments = ['ACME']", 2, "ACME"),
        ("[sets.s]\nmembers = { a = { prefx = 'x' } }", 2, "prefix"),
        ("[book]\ntimezone = 'Mars/Olympus'", 2, "Mars"),
        ("[sequences.a]\nprefix = 'x'\nprefix = 'y'", 3, "TOML"),
        ("[sequences.a\n", 1, "TOML"),
        ("a = [" + "[" * 5000, 1, "nested"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else None,
)
def test_a_problem_is_told_with_its_line_and_what_would_be_right(
    nowhere: Book, text: str, line: int, words: str
) -> None:
    path = nowhere.file(text)
    error = nowhere.fails(6, "invalid_definition", "import", path)
    told = "\n".join([error["message"], error.get("hint", ""), *error.get("problems", ())])
    assert f"{path}:{line}: " in told
    assert words in told
    assert not nowhere.path.exists()


def test_standard_input_is_named_as_such(nowhere: Book) -> None:
    error = nowhere.fails(6, "invalid_definition", "import", "-", input="\n[sequences.a]\nfoo = 1\n")
    assert error["message"].startswith("standard input:3: ")


def test_a_definition_in_two_files_names_both_places(nowhere: Book) -> None:
    one, two = nowhere.file("\n[sequences.a]", "1.toml"), nowhere.file("\n\n[sequences.a]", "2.toml")
    error = nowhere.fails(6, "invalid_definition", "import", one, two)
    assert f"{one}:2" in error["message"]
    assert f"{two}:3" in error["message"]


def test_bytes_that_are_no_utf_8_are_told_with_their_line(nowhere: Book) -> None:
    error = nowhere.fails(6, "invalid_input", "import", "-", input=b"# a\n# b\n# caf\xe9\n")
    assert ":3" in error["message"]


@pytest.mark.parametrize("command", ["import", "diff"])
def test_a_path_that_does_not_exist_is_not_found(nowhere: Book, command: str) -> None:
    assert "absent.toml" in nowhere.fails(4, "not_found", command, "absent.toml")["message"]
    assert not nowhere.path.exists()


def test_a_folder_without_definitions_is_an_invalid_input(nowhere: Book) -> None:
    (nowhere.path.parent / "empty").mkdir()
    nowhere.fails(6, "invalid_input", "import", nowhere.path.parent / "empty")


def test_rubbish_is_refused(nowhere: Book) -> None:
    nowhere.fails(6, "invalid_definition", "import", "-", input="\x00" * 1_000_000)
    nowhere.fails(6, "invalid_input", "import", "-", input=b"\xff" * 1_000_000)


CLASH = """[sequences.a]
document_type = "invoice"
prefix = "2"
start = 310000300
[sequences.b]
document_type = "invoice"
prefix = "23"
start = 10000300
"""


def test_sequences_that_can_render_the_same_text_are_refused_with_such_a_text(nowhere: Book) -> None:
    path = nowhere.file(CLASH)
    error = nowhere.fails(6, "collision", "import", path)
    assert f"{path}:5" in error["message"]
    assert "'a'" in error["message"]
    assert "'23100003" in error["message"]
    assert "--allow-collisions" in error["hint"]
    assert not nowhere.path.exists()


def test_a_collision_is_told_together_with_everything_else(nowhere: Book) -> None:
    path = nowhere.file(
        CLASH + 'warn_at = "soon"\n[sequences.c]\nstep = 0\n[sets.s]\nmembers = { x = "nowhere" }\n'
    )
    error = nowhere.fails(6, "invalid_definition", "import", path)
    told = "\n".join(error["problems"])
    assert "can print '23100003" in told and "warn_at" in told and "step" in told and "nowhere" in told
    assert len(error["problems"]) == 4


def test_what_is_only_warned_of_can_wait_until_the_errors_are_mended(nowhere: Book) -> None:
    text = """
[sequences.a]
document_type = "invoice"
pattern = "{place}-{number}"
[sequences.b]
document_type = "invoice"
pattern = "X-{number}"
"""
    assert "could print" in nowhere.warned("import", nowhere.file(text), "--dry-run").err
    error = nowhere.fails(6, "invalid_definition", "import", nowhere.file(text + "[sequences.c]\nstep = 0\n"))
    assert "problems" not in error


def test_add_and_edit_tell_a_collision_beside_what_else_is_wrong(book: Book) -> None:
    book.ok("sequence", "add", "a", "--document-type", "invoice", "--prefix", "2", "--start", "310000300")
    new = ("--document-type", "invoice", "--prefix", "23", "--start", "10000300")
    error = book.fails(6, "invalid_definition", "sequence", "add", "b", *new, "--warn-at", "soon")
    assert len(error["problems"]) == 2 and any("can print" in problem for problem in error["problems"])
    book.warned("sequence", "add", "b", "--document-type", "invoice", "--prefix", "X", "--step", "5")
    book.next("b")
    edit = ("sequence", "edit", "b", "--prefix", "23", "--step", "1")
    error = book.fails(6, "collision", *edit)
    told = "\n".join(error["problems"])
    assert "can print" in told and "step" in told
    # A wrong field on which the texts depend leaves nothing to compare.
    error = book.fails(6, "invalid_definition", "sequence", "add", "c", *new, "--step", "0")
    assert "problems" not in error


def test_add_and_edit_refuse_a_collision_too(book: Book) -> None:
    book.ok("sequence", "add", "a", "--document-type", "invoice", "--prefix", "2", "--start", "310000300")
    new = ("--document-type", "invoice", "--prefix", "23", "--start", "10000300")
    book.fails(6, "collision", "sequence", "add", "b", *new)
    book.made("sequence", "add", "b", "--document-type", "invoice", "--prefix", "X")
    book.fails(6, "collision", "sequence", "edit", "b", "--prefix", "2", "--start", "310000300")


def test_an_allowed_collision_warns_and_the_second_number_is_refused_at_the_index(nowhere: Book) -> None:
    warned = nowhere.warned("import", nowhere.file(CLASH), "--allow-collisions")
    assert "'23100003" in warned.err
    assert nowhere.next("a") == ["2310000300"]
    error = nowhere.fails(5, "number_taken", "next", "b")
    assert "2310000300" in error["message"]
    assert "set-next" in error["hint"]
    nowhere.fails(5, "number_taken", "peek", "b")
    assert nowhere.texts() == ["2310000300"]
    nowhere.ok("sequence", "set-next", "b", "10000301", "--reason", "taken by a")
    assert nowhere.next("b") == ["2310000301"]
    nowhere.fails(5, "number_taken", "next", "a")
    nowhere.fails(5, "number_taken", "next", "a", "-n", "3")
    assert len(nowhere.numbers()) == 2


def test_other_document_types_do_not_collide(book: Book) -> None:
    book.ok("sequence", "add", "a")
    book.ok("sequence", "add", "b")
    assert book.next("a") + book.next("b") == ["1", "1"]
