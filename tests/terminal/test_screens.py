"""What a person sees at terminals of several widths, held against files that were looked at.

After an intended change `SEQCTL_SCREENS=write python -m pytest tests/terminal` writes them anew: read the
difference before you commit it.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.book import Book

SCREENS = Path(__file__).parent / "screens"
STYLE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
COLOUR = re.compile(r"\x1b\[[39]\dm")
INSTANT = re.compile(r"\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\b")
COMMANDS = {
    "gaps": ("gaps",),
    "status": ("status",),
    "statement": ("statement",),
    "numbers": ("numbers", "--last", "6"),
    "voids": ("numbers", "--state", "void"),
    "show": ("show", "INV-2026-00003"),
    "explain": ("explain", "invoice", "--attr", "country=DE"),
    "refused": ("explain", "invoice", "--date", "2020-05-04"),
    "sequences": ("sequence", "list"),
    "sequence": ("sequence", "show", "credit_memo"),
    "sets": ("set", "list"),
    "policies": ("policy", "list"),
    "check": ("check",),
    "lint": ("lint",),
    "reconcile": ("reconcile", "invoice", "--input", "documents.csv"),
    "events": ("audit", "list", "--last", "4"),
    "import": ("import", "more.toml", "--dry-run"),
}
FLOOD = "the numbers between were printed on paper forms that were destroyed in the flood of October"
WRONG = "wrong customer, the order was entered twice by the new colleague in sales"


@pytest.fixture
def month(book: Book, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A month of a small company: gaps, voids, a counter near its end, owners, a policy, documents."""
    monkeypatch.setenv("SEQCTL_ACTOR", "ada")
    book.ok("sequence", "add", "invoice", "--pattern", "INV-{YYYY}-{number:5}", "--reset", "year")
    title = ("--title", "Credit memos of the whole group")
    book.ok("sequence", "add", "credit_memo", "--pattern", "CM-{number:4}", "--end", "60", *title)
    book.ok("sequence", "edit", "credit_memo", "--warn-at", "80%")
    keys = ("--document-type", "invoice", "--pattern", "KA-{YYYY}-{number:6}", "--reset", "year")
    book.warned("sequence", "add", "key-accounts", *keys)
    book.ok("sequence", "add", "payment", "--pattern", "P{entity}-{number:6}", "--scope", "entity")
    book.ok("set", "add", "europe", "invoice=invoice", "credit_memo=credit_memo", "--default")
    book.ok("set", "assign", "europe", "account:ACME", "account:Globex", "region:north")
    conditions = ("--when", "amount greater 10000", "--when", "country equals DE")
    book.ok("policy", "add", "big", "--document-type", "invoice", "--sequence", "key-accounts", *conditions)
    book.next("invoice", "--date", "2026-11-05", "--key", "order-7", "--record", "4711")
    book.next("invoice", "--date", "2026-11-06", "-n", "30")
    book.warned("next", "credit_memo", "-n", "52", "--date", "2026-11-07")
    book.next("payment", "--attr", "entity=DE", "-n", "7", "--date", "2026-11-07")
    book.ok("void", "INV-2026-00003", "--reason", WRONG, "--actor", "ben")
    book.ok("release", "INV-2026-00030", "--reason", "order cancelled")
    book.ok("sequence", "set-next", "invoice", "40", "--period", "2026", "--reason", FLOOD)
    book.next("invoice", "--date", "2026-11-26", "-n", "3")
    book.ok("release", "INV-2026-00009", "--reason", "the customer went to a competitor")
    held = [at for at in range(1, 42) if at not in (3, 9, 17) and not 32 <= at <= 39]
    rows = "".join(f"INV-2026-{at:05}\n" for at in (*held, 4711))
    Path("documents.csv").write_text("number\n" + rows)
    more = '[sequences.refund]\npattern = "R-{number:5}"\n[sequences.credit_memo]\nend = 9000\n'
    Path("more.toml").write_text(more)
    return book


@pytest.mark.parametrize("width", [80, 100, 120, 200])
def test_screens_are_as_they_were_looked_at(
    month: Book, terminal: Callable[..., tuple[int, str]], width: int
) -> None:
    for name, words in COMMANDS.items():
        _, seen = terminal(*words, columns=width)
        screen = "".join(INSTANT.sub("0000-00-00 00:00:00", line) + "\n" for line in _read(seen))
        assert max(map(len, screen.splitlines())) <= width, (name, screen)
        kept = SCREENS / f"{name}-{width}.txt"
        if os.environ.get("SEQCTL_SCREENS") == "write":
            SCREENS.mkdir(exist_ok=True)
            kept.write_text(screen)
        assert screen == kept.read_text(), name


def test_without_rows_a_terminal_is_told_so_in_words(
    month: Book, terminal: Callable[..., tuple[int, str]]
) -> None:
    assert terminal("numbers", "--state", "reserved") == (0, "no numbers\n")
    assert terminal("calendar", "list") == (0, "no calendars\n")


@pytest.mark.parametrize("width", [80, 100])
def test_a_command_of_a_hint_stands_whole_on_one_line(
    month: Book, terminal: Callable[..., tuple[int, str]], width: int
) -> None:
    """So that it can be copied: beneath its row, where the table is too wide for the terminal."""
    checked = _read(terminal("check", columns=width)[1])
    assert [line for line in checked if "seqctl sequence edit credit_memo --end VALUE" in line]
    compared = _read(terminal("reconcile", "invoice", "--input", "documents.csv", columns=width)[1])
    released, adopted = "INV-2026-00017", "INV-2026-04711"
    commands = {
        released: f"seqctl release {released} --reason TEXT",
        adopted: f"seqctl adopt invoice {adopted}",
    }
    for number, command in commands.items():
        (place,) = [at for at, line in enumerate(compared) if line.endswith(command)]
        rows = [line for line in compared[:place] if line.startswith("error")]
        assert number in rows[-1]


@pytest.mark.parametrize("words", [("gaps",), ("status",), ("show", "INV-2026-00003"), ("check",)], ids=str)
@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_nothing_is_said_by_colour_alone(
    month: Book, terminal: Callable[..., tuple[int, str]], words: tuple[str, ...], env: dict[str, str]
) -> None:
    coloured, plain = terminal(*words)[1], terminal(*words, **env)[1]
    assert COLOUR.search(coloured)
    assert not COLOUR.search(plain)
    assert _read(coloured) == _read(plain)


def _read(seen: str) -> list[str]:
    """The lines that a person reads."""
    return [line.rstrip() for line in STYLE.sub("", seen).splitlines()]
