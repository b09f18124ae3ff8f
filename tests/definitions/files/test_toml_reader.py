"""Reading definition files: every problem at once, each with its file and line."""

import pytest

from seqctl.definitions.toml.reader import DefinitionFiles, read_definitions
from seqctl.definitions.toml.sources import Source
from seqctl.model.sequence.check import check_sequence
from seqctl.model.time.check_calendar import check_calendar


def read(*texts: str) -> DefinitionFiles:
    return read_definitions([Source(f"{number}.toml", text) for number, text in enumerate(texts, 1)])


def problems(*texts: str) -> list[str]:
    """All that is wrong with a number of files, as people see it."""
    files = read(*texts)
    findings = list(files.findings)
    calendars = {}
    for name, fields in files.wanted.calendars.items():
        calendar, found = check_calendar(name, fields)
        findings += found
        if calendar:
            calendars[name] = calendar
    for name, fields in files.wanted.sequences.items():
        findings += check_sequence(name, fields, calendars)[1]
    return [files.describe(finding) for finding in findings]


def among_many(bad: str) -> tuple[str, int]:
    """A file with a bad definition in the midst of good ones, and the line on which its text begins."""
    good = '[sequences.{0}_{1}] # a good one\npattern = "{1}-{{number}}"\ntitle = """\nNumber {1}\n"""\n\n'
    before = 'format = 1\n\n[calendars.india]\nstart = "04-01"\n\n'
    before += "".join(good.format("before", number) for number in range(20))
    after = "".join(good.format("after", number) for number in range(20))
    return before + bad + "\n" + after, before.count("\n") + 1


BAD = {
    '[sequences.x]\npatern = "{number}"': (1, "sequences.x.patern: unknown key; did you mean 'pattern'?"),
    '[sequences.x]\ntitle = "X"\n\nstep = 0': (3, "sequences.x.step: 0 is not between 1 and"),
    '[sequences.x]\npattern = "INV"': (1, "sequences.x.pattern: the pattern has no {number} token; write"),
    '[sequences.x]\n\nreset = "year"': (0, "sequences.x.pattern: cannot tell the periods"),
    '[sequences.x]\nscope = [\n  "a",\n  "B-",\n]': (
        1,
        "sequences.x.scope: 'B-' is not an attribute name; use",
    ),
    '[sequences.x]\nname = "y"': (1, "sequences.x.name: unknown key"),
    "[sequences.x]\ncounters = 5": (1, "sequences.x.counters: 5 is not a table; write"),
    "[sequences]\nx.width = 3\nx.suffix = 4": (2, "sequences.x.suffix: 4 is not a text"),
    '[sequences.x]\ncalendar = "indai"': (1, "there is no calendar 'indai'; did you mean 'india'?"),
    '[sequences." x"]\nwidth = 3': (0, "sequences. x.name: the name begins or ends with a blank"),
    '[calendars.x]\nnamed_by = "end"\nstart = "02-29"': (2, "calendars.x.start: 29 February"),
    '[calendars.x]\nnamed_by = "end"': (0, "calendars.x.start: is missing; write"),
    '[calendars.x]\nstart = "04-01"\nname_by = "end"': (
        2,
        "x.name_by: unknown key; did you mean 'named_by'?",
    ),
    '[sets.x]\ndefault = "yes"': (1, "sets.x.default: 'yes' is neither true nor false"),
    "[sets.x]\nmember = {}": (1, "sets.x.member: unknown key; did you mean 'members'?"),
    '[sets.x]\nassignments = "account:A"': (1, "sets.x.assignments: is not a list of texts; write"),
    "[sets.x]\nassignments = [5]": (1, "sets.x.assignments: is not a list of texts; write"),
    "[sets.x]\nmembers = 5": (1, "sets.x.members: 5 is not a table"),
    "[sets.x.members]\ninvoice = 5": (
        1,
        "sets.x.members.invoice: 5 is neither a sequence's name nor a table",
    ),
    '[sets.x.members]\na = "b"\ninvoice = { width = 5, step = 0 }': (2, "sequences.x.invoice.step: 0 is not"),
    "[book]\nzone = 1": (1, "book.zone: unknown key"),
    "[book]\ntimezone = 1": (1, "book.timezone: 1 is not a text"),
    "[sequence.x]": (0, "sequence: unknown key; did you mean 'sequences'?"),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_definition_among_good_ones_is_the_one_problem_at_its_line(bad: str) -> None:
    text, first = among_many(bad)
    offset, said = BAD[bad]
    found = problems(text)
    assert len(found) == 1, found
    assert found[0].startswith(f"1.toml:{first + offset}: ")
    assert said in found[0]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("format = 2", "format: the format 2 is not known; write format = 1"),
        ('format = "1"', "format: the format '1' is not known; write format = 1"),
        ("format = true", "format: the format True is not known; write format = 1"),
        ("calendar = {}", "calendar: unknown key; did you mean 'calendars'?"),
        ("sequences = 5", "sequences: 5 is not a table; write [sequences.NAME]"),
        ("sets = []", "sets: [] is not a table; write [sets.NAME]"),
        ('book = "UTC"', "book: 'UTC' is not a table; write [book]"),
        ('sequences.invoice = "INV"', "sequences.invoice: 'INV' is not a table; write [sequences.invoice]"),
    ],
)
def test_a_problem_at_the_top_of_a_file_has_its_line(line: str, said: str) -> None:
    assert problems(f"# definitions\n\n{line}\n") == [f"1.toml:3: {said}"]


def test_every_problem_of_every_file_is_reported_at_once() -> None:
    found = problems(
        '[sequences.a]\nstep = 0\ncolour = "red"\n[sets.s]\ndefault = 1\n',
        "x =\n",
        '[calendars.c]\nstart = "13-01"\nnamed_by = "x"\n[sequences.b]\nscope = ["entity"]\n',
    )
    assert sorted(text.partition(": ")[0] for text in found) == [
        "1.toml:2",
        "1.toml:3",
        "1.toml:5",
        "2.toml:1",
        "3.toml:2",
        "3.toml:3",
        "3.toml:5",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = \n", 2),
        ("[sequences.a]\n\n[sequences.a]\n", 3),
        ('[sequences.a]\ntitle = "x"\n\ntitle = "y"\n', 4),
        ("[sequences.a\n", 1),
        ('a = 1\n\nb = """open\n', 4),
        ("a = 2026-02-30\n", 1),
        ("a = " + "[" * 5000, 1),
    ],
)
def test_a_file_that_is_no_toml_is_one_problem_at_its_line(text: str, line: int) -> None:
    found = problems(text)
    assert len(found) == 1
    assert found[0].startswith(f"1.toml:{line}: is n")


@pytest.mark.parametrize("table", ["sequences.a", "calendars.a", "sets.a"])
def test_a_definition_in_two_files_names_both_places(table: str) -> None:
    contents = {"calendars.a": 'start = "04-01"'}.get(table, "")
    found = problems(f"[{table}]\n{contents}\n", f"\n\n[{table}]\n{contents}\n")
    said = f"{table}: is defined twice: at 1.toml:1 and at 2.toml:3; keep one of them"
    assert found == [f"1.toml:1: {said}"]


def test_settings_of_the_book_may_stand_in_several_files_each_once() -> None:
    assert problems('[book]\ntimezone = "UTC"\n', '[book]\nowner_kinds = ["till"]\n') == []
    found = problems('[book]\ntimezone = "UTC"\n', '\n[book]\ntimezone = "UTC"\n')
    said = "book.timezone: is defined twice: at 1.toml:2 and at 2.toml:3; keep one of them"
    assert found == [f"1.toml:2: {said}"]


def test_a_member_in_place_and_a_sequence_of_its_name_are_two_definitions() -> None:
    found = problems('[sequences."s.order"]\n[sets.s.members]\norder = { width = 5 }\n')
    assert [text.partition(": ")[2] for text in found] == [
        "sequences.s.order: is defined twice: at 1.toml:1 and at 1.toml:3; keep one of them"
    ]


def test_an_unknown_key_of_a_second_book_is_reported_in_its_own_file() -> None:
    found = problems('[book]\ntimezone = "UTC"\n', '\n[book]\nzone = "UTC"\n')
    assert next(text for text in found if "book.zone" in text).startswith("2.toml:3: ")


def test_members_in_place_are_sequences_named_after_their_set_and_type() -> None:
    files = read(
        "[sets.default]\ndefault = true\nassignments = ['account:A']\n[sets.default.members]\n"
        'invoice = "inv"\ncreditMemo = { prefix = "CM", width = 8 }\n'
    )
    assert files.findings == []
    name = "default.credit_memo"
    assert files.wanted.sequences == {name: {"document_type": "credit_memo", "prefix": "CM", "width": 8}}
    made = files.wanted.sets["default"]
    assert (made.default, made.owners) == (True, ("account:A",))
    assert made.members == {"invoice": "inv", "creditMemo": name}
    sequence, findings = check_sequence(name, files.wanted.sequences[name], {})
    assert sequence is not None and findings == []
    assert (sequence.pattern, sequence.document_type) == ("CM{number:8}", "credit_memo")


def test_assignments_that_are_left_out_stay_and_an_empty_list_is_none() -> None:
    wanted = read("[sets.a]\n[sets.b]\nassignments = []\n").wanted
    assert (wanted.sets["a"].owners, wanted.sets["b"].owners) == (None, ())


def test_counters_stand_beside_the_fields_and_are_none_of_them() -> None:
    files = read(
        '[sequences.a]\ntitle = "A"\n[sequences.a.counters]\n"2026" = 43\n"2026/entity=DE" = 7\nall = "aa"\n'
        "[sequences.b]\ncounters = { all = 5 }\n[sequences.c]\n"
        "[sets.s.members]\norder = { counters.all = 9 }\n"
    )
    assert files.findings == []
    assert files.wanted.counters == {
        "a": {"2026": 43, "2026/entity=DE": 7, "all": "aa"},
        "b": {"all": 5},
        "s.order": {"all": 9},
    }
    assert files.wanted.sequences["a"] == {"title": "A"}
    assert set(files.wanted.sequences) == {"a", "b", "c", "s.order"}


def test_several_files_are_one_set_of_definitions() -> None:
    files = read('[book]\ntimezone = "Europe/Berlin"\n[sequences.a]\n', "", '[sequences."b c"]\n')
    assert files.findings == []
    assert files.wanted.timezone == "Europe/Berlin"
    assert list(files.wanted.sequences) == ["a", "b c"]
    assert files.names == "1.toml, 2.toml, 3.toml"
