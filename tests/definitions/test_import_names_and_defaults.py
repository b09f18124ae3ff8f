"""Imports that move things: spellings of names, default sets, owners, calendars, counters named twice."""

import unicodedata

from tests.book import Book

NFD = unicodedata.normalize("NFD", "café")


def test_two_spellings_of_a_name_are_one_name(nowhere: Book) -> None:
    nowhere.load(f'[sequences."{NFD}"]\ndocument_type = "invoice"\npattern = "A{{number}}"\n')
    assert nowhere.next("café") == ["A1"]
    text = f'[sequences."{NFD}"]\ndocument_type = "other"\npattern = "A{{number}}"\nstart = 50\n'
    nowhere.fails(5, "locked_field", "import", nowhere.file(text))
    both = f'[sequences."{NFD}"]\nprefix = "B"\n[sequences."café"]\nprefix = "C"\n'
    error = nowhere.fails(6, "invalid_definition", "import", nowhere.file(both))
    assert any("defined twice" in problem for problem in error["problems"])


def test_prune_may_take_the_set_that_loses_its_place(nowhere: Book) -> None:
    nowhere.load('[sequences.a]\nprefix = "A"\n[sets.A]\ndefault = true\nmembers = { a = "a" }\n')
    text = '[sequences.b]\nprefix = "B"\n[sets.B]\ndefault = true\nmembers = { b = "b" }\n'
    done = nowhere.run("import", nowhere.file(text), "--prune", "--yes")
    assert done.status == 0, done
    assert [line.split("\t")[:3] for line in done.lines[1:]] == [
        ["created", "sequence", "b"],
        ["created", "set", "B"],
        ["removed", "set", "A"],
        ["removed", "sequence", "a"],
    ]
    assert nowhere.next("b") == ["B1"]
    again = nowhere.ok("import", nowhere.file(text), "--prune", "--yes")
    assert {line.split("\t")[0] for line in again.lines[1:]} == {"unchanged"}


def test_an_owner_that_moves_between_two_named_sets_stays_moved(nowhere: Book) -> None:
    nowhere.load(
        '[sequences.a]\nprefix = "A"\n[sets.A]\nassignments = ["account:X"]\nmembers = { a = "a" }\n'
    )
    text = '[sequences.a]\nprefix = "A"\n[sets.B]\nassignments = ["account:X"]\nmembers = { a = "a" }\n'
    text += "[sets.A]\n"
    nowhere.load(text)
    sets = {item["name"]: item["assignments"] for item in nowhere.ok("set", "list", "--json").json}
    assert sets == {"A": [], "B": ["account:X"]}
    assert {line.split("\t")[0] for line in nowhere.load(text).lines[1:]} == {"unchanged"}


def test_moving_a_calendar_looks_for_collisions(nowhere: Book) -> None:
    nowhere.load(
        '[calendars.c]\nstart = "01-01"\n'
        '[sequences.a]\ndocument_type = "i"\npattern = "{FYS:YY}{FYE:YY}-{number}"\ncalendar = "c"\n'
        '[sequences.b]\ndocument_type = "i"\npattern = "2627-{number}"\n'
    )
    nowhere.fails(6, "collision", "calendar", "edit", "c", "--start", "04-01")


def test_one_counter_named_twice_is_refused(nowhere: Book) -> None:
    text = (
        '[sequences.a]\npattern = "{x}~{y}-{number}"\nscope = ["x", "y"]\n'
        '[sequences.a.counters]\n"all/x=1/y=2" = 5\n"all/y=2/x=1" = 9\n'
    )
    error = nowhere.fails(6, "invalid_definition", "import", nowhere.file(text))
    assert "same counter" in error["message"]


def test_a_value_that_does_not_fit_the_width_is_refused(nowhere: Book) -> None:
    nowhere.ok("sequence", "add", "a", "--max-width", "2")
    nowhere.fails(2, "usage", "sequence", "set-next", "a", "5000", "--reason", "x")


def test_everything_wrong_with_one_sequence_is_told_beside_a_wrong_pattern(nowhere: Book) -> None:
    text = (
        '[sequences.a]\npattern = "{numbr}"\ncalendar = "none"\n'
        'effective_from = "2026-02-01"\neffective_until = "2026-01-01"\n'
    )
    error = nowhere.fails(6, "invalid_definition", "import", nowhere.file(text))
    assert len(error["problems"]) == 3


def test_a_strange_time_zone_in_a_file_is_a_problem_not_a_crash(nowhere: Book) -> None:
    nowhere.fails(6, "invalid_definition", "import", nowhere.file('[book]\ntimezone = "a\\nb"\n'))


def test_a_file_that_moves_the_default_set_warns_and_a_command_does_not(nowhere: Book) -> None:
    nowhere.load('[sequences.a]\nprefix = "A"\n[sets.A]\ndefault = true\nmembers = { a = "a" }\n')
    text = '[sequences.b]\nprefix = "B"\n[sets.B]\ndefault = true\nmembers = { b = "b" }\n'
    warned = nowhere.warned("import", nowhere.file(text))
    assert "sets.A: is no longer the default set" in warned.err
    nowhere.ok("set", "edit", "A", "--default")


def test_a_new_sequence_that_takes_the_name_of_anothers_type_is_warned_of(book: Book) -> None:
    book.ok("sequence", "add", "facture", "--document-type", "invoice", "--prefix", "F-")
    assert book.next("invoice") == ["F-1"]
    told = book.warned("sequence", "add", "invoice", "--document-type", "other").err
    assert "document type 'invoice', which sequence 'facture' numbers, and numbers 'other'" in told
    assert book.next("invoice") == ["1"]
    # One that numbers the type itself, or that of nobody, is what everybody expects.
    book.ok("sequence", "add", "order", "--prefix", "O-")
    book.ok("sequence", "add", "third", "--document-type", "fourth", "--prefix", "T-")


def test_where_a_policy_chooses_for_a_type_the_name_of_a_sequence_means_nothing(book: Book) -> None:
    book.ok("sequence", "add", "facture", "--document-type", "invoice", "--prefix", "F-")
    book.ok("policy", "add", "all", "--document-type", "invoice", "--sequence", "facture")
    book.ok("sequence", "add", "invoice", "--document-type", "other")
    assert book.next("invoice") == ["F-1"]
