"""Every option that selects, of every command: what contradicts itself or names nothing is refused in words.

The commands and their options are taken from the program itself, so that a new one is tried too.
"""

from pathlib import Path

import pytest
from typer.core import TyperCommand

from tests.book import Book
from tests.docs.command_reference import every_command

DEFINITIONS = """
[sequences.invoice]
pattern = "INV-{entity}-{YYYY}-{number:3}"
reset = "year"
scope = { entity = ["DE", "FR"] }
[sequences.memo]
document_type = "credit_memo"
pattern = "CM-{number:3}"
[policies.big]
document_type = "credit_memo"
sequence = "memo"
"""
NUMBER = "INV-DE-2026-002"
BASE = {
    "adopt": ("invoice", "INV-DE-2026-009"),
    "assign": ("invoice", "--input", "records.csv"),
    "audit list": (),
    "check": (),
    "close": ("--through", "2025-12-31", "--reason", "x"),
    "confirm": (NUMBER,),
    "explain": ("invoice", "--attr", "entity=DE"),
    "extend": (NUMBER, "--ttl", "15m"),
    "gaps block": ("invoice", NUMBER, "--reason", "x"),
    "gaps list": ("invoice",),
    "gaps restore": ("invoice", NUMBER, "--reason", "x"),
    "gaps review": ("invoice", NUMBER, "--reason", "x"),
    "range list": (),
    "next": ("invoice", "--attr", "entity=DE"),
    "numbers": (),
    "policy list": (),
    "peek": ("invoice", "--attr", "entity=DE"),
    "reconcile": ("invoice", "--input", "numbers.txt"),
    "record": (NUMBER, "--record", "R-1"),
    "reference": (NUMBER, "--as", "rf"),
    "reinstate": (NUMBER, "--reason", "x"),
    "release": (NUMBER, "--reason", "x"),
    "report": ("report.html",),
    "reopen": ("--from", "2025-12-31", "--reason", "x"),
    "reserve": ("invoice", "--attr", "entity=DE"),
    "sequence list": (),
    "sequence set-next": ("invoice", "9", "--reason", "x"),
    "set list": (),
    "show": (NUMBER,),
    "simulate": ("invoice", "--attr", "entity=DE", "--from", "2026-01-01", "--to", "2026-01-02"),
    "statement": (),
    "status": (),
    "void": (NUMBER, "--reason", "x"),
}
"""Calls that are complete but for what is selected."""

NONSENSE = {
    "--action": "isue",
    "--date": "2026-02-30",
    "--for": "companyDE",
    "--for-column": "company",
    "--from": "2026-02-30",
    "--period": "2026-13",
    "--policy": "bigg",
    "--scope": "entety=DE",
    "--sequence": "invoyce",
    "--set": "nothing",
    "--state": "frobnicated",
    "--to": "2026-02-30",
    "--type": "invoyce",
}
"""Values that no book knows."""

SELECTING = {*NONSENSE, "--by", "--key", "--limit", "--record", "--subject", "--every"}
DEFINING = (
    *("sequence add", "sequence edit", "policy add", "policy edit", "set add", "set edit", "import"),
    *("range add", "range edit"),
)
FILES = ("import", "diff", "lint", "export", "copy")
"""Commands whose --from and --to name formats and files."""


def options_of(command: TyperCommand) -> list[str]:
    return [name for parameter in command.params for name in parameter.opts]


COMMANDS = {
    path.removeprefix("seqctl "): set(options_of(command)) & SELECTING
    for path, command, _ in every_command()
    if not hasattr(command, "commands") and not path.removeprefix("seqctl ").startswith((*DEFINING, *FILES))
}
EACH = [
    (command, option)
    for command, options in sorted(COMMANDS.items())
    for option in sorted(options & set(NONSENSE))
    if (command, option) != ("reopen", "--from")
]


@pytest.fixture
def chosen(book: Book, place: Path) -> Book:
    """A book with numbers of two years and entities, one of them released; and the files of the calls."""
    book.load(DEFINITIONS)
    for day in ("2025-05-04", "2026-05-04"):
        book.next("invoice", "-n", "3", "--date", day, "--attr", "entity=DE")
    book.ok("release", NUMBER, "--reason", "never sent")
    (place / "records.csv").write_text("id,entity\n1,DE\n")
    (place / "numbers.txt").write_text("INV-DE-2026-001\nINV-DE-2026-003\n")
    return book


def test_every_command_that_selects_is_tried() -> None:
    selecting = {command for command, options in COMMANDS.items() if options & set(NONSENSE)}
    assert selecting == set(BASE), "say in BASE how the command is called"


ASKING = ("adopt", "explain", "next", "peek", "reserve", "simulate")
"""Commands whose --type says which document a number is asked for."""


@pytest.mark.parametrize(("command", "option"), EACH)
def test_what_no_book_knows_is_refused_in_words(chosen: Book, command: str, option: str) -> None:
    # Whoever names a sequence in place of its type names no second one.
    base = [word for word in BASE[command] if option != "--from" or word not in ("--from", "2026-01-01")]
    result = chosen(*command.split(), *base, option, NONSENSE[option])
    if (command, option) in (("explain", "--sequence"), ("explain", "--set")):
        # What `next` would refuse is what it explains.
        assert "refused   not_found" in result.out
        return
    if option == "--type" and command in ASKING:
        # A document of another type than TARGET: what `explain` and `simulate` tell, the others refuse.
        assert (result.status, "wrong_target" in result.out) in ((0, True), (5, False)), result
        return
    assert result.status in (2, 4), result
    assert result.out == "" and "seqctl: error: " in result.err and "Traceback" not in result.err


WINDOWS = [command for command, options in sorted(COMMANDS.items()) if {"--from", "--to"} <= options]


@pytest.mark.parametrize("command", WINDOWS)
def test_a_window_that_ends_before_it_begins_is_wrong_usage(chosen: Book, command: str) -> None:
    assert len(WINDOWS) >= 4
    window = ("--from", "2026-05-05", "--to", "2026-05-04")
    base = BASE[command][: BASE[command].index("--from")] if "--from" in BASE[command] else BASE[command]
    error = chosen.fails(2, "usage", *command.split(), *base, *window)
    assert "is after --to" in error["message"]
    result = chosen(*command.split(), *base, "--from", "2026-05-04", "--to", "2026-05-04")
    assert "is after" not in result.err


TYPED = [command for command, options in sorted(COMMANDS.items()) if {"--type", "--sequence"} <= options]


@pytest.mark.parametrize("command", [item for item in TYPED if item not in ("close", "reopen", *ASKING)])
def test_a_sequence_of_another_type_is_a_contradiction(chosen: Book, command: str) -> None:
    words = (*command.split(), *BASE[command], "--sequence", "invoice", "--type", "credit_memo")
    error = chosen.fails(2, "usage", *words)
    assert "'invoice'" in error["message"] and "'credit_memo'" in error["message"]


@pytest.mark.parametrize("action", ["list", "block", "restore", "review"])
@pytest.mark.parametrize(
    "words",
    [
        ("invoice", "--type", "credit_memo"),
        ("invoice", "--policy", "big"),
        ("invoice", "--policy", "big", "--type", "credit_memo"),
        ("--policy", "big", "--type", "invoice"),
    ],
)
def test_gaps_of_a_target_of_another_type_or_policy_are_a_contradiction(
    chosen: Book, action: str, words: tuple[str, ...]
) -> None:
    rest = () if action == "list" else ("--reason", "x", "--all")
    chosen.fails(2, "usage", "gaps", action, *words, *rest)
    if action != "list" and words[0] == "invoice":
        chosen.fails(2, "usage", "gaps", action, "invoice", "1", *words[1:], "--reason", "x")


@pytest.mark.parametrize("action", ["block", "restore", "review"])
@pytest.mark.parametrize("words", [("--period", "2025"), ("--scope", "entity=FR")])
def test_a_printed_number_of_another_counter_is_a_contradiction(
    chosen: Book, action: str, words: tuple[str, str]
) -> None:
    chosen.fails(2, "usage", "gaps", action, "invoice", NUMBER, *words, "--reason", "x")


@pytest.mark.parametrize("scope", ["entity=XX", "Entity=DE", "branch=1"])
@pytest.mark.parametrize("command", ["numbers", "statement", "status", "gaps list"])
def test_a_scope_that_no_counter_has_is_refused(chosen: Book, command: str, scope: str) -> None:
    if (command, scope) == ("numbers", "Entity=DE"):
        return
    chosen.fails(2, "usage", *command.split(), "--scope", scope)


@pytest.mark.parametrize(
    "words",
    [
        ("numbers", "invoice", "--period", "2020"),
        ("numbers", "--state", "void"),
        ("numbers", "--scope", "entity=FR"),
        ("numbers", "--record", "nobody"),
        ("gaps", "invoice", "--state", "blocked"),
        ("gaps", "memo", "--type", "credit_memo"),
        ("statement", "--scope", "entity=FR"),
        ("audit", "list", "--by", "nobody"),
        ("audit", "list", "--action", "void"),
    ],
)
def test_nothing_of_the_kind_is_an_empty_list(chosen: Book, words: tuple[str, ...]) -> None:
    assert len(chosen.ok(*words).lines) == 1


def test_the_log_finds_the_import_that_made_a_definition(chosen: Book) -> None:
    def actions(subject: str) -> list[str]:
        return [event["action"] for event in chosen.ok("audit", "list", "--subject", subject, "--json").json]

    assert actions("memo") == ["import"]
    assert actions("big") == ["import"]
    assert actions("invoice") == ["import", "issue", "issue", "release"]
    chosen.ok("assign", "invoice", "--input", "records.csv")
    chosen.ok("sequence", "add", "in", "--document-type", "in")
    assert actions("invoice")[-1] == "assign"
    # Only whole names count, not texts that hold them.
    assert actions("in") == ["sequence add"]
    assert actions("entity") == []
