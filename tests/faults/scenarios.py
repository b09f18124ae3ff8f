"""The commands whose power cuts are explored, as data: add a line, and it is explored."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from .judging import Facts, examine
from .whole_books.moving import COPIED, examine_move, move_kept
from .whole_books.upgrading import examine_upgrade, make_old, upgrade_kept

Promise = Callable[[Facts, str], list[str]]
"""What the text printed so far promises of a book, and which of that is not in it."""

NUMBER = re.compile(r"\bINV-\d{5}\b")
CREATED = re.compile(r"^created\tsequence\t(\w+)", re.MULTILINE)

DEFINITIONS = 'format = 1\n[sequences.invoice]\npattern = "INV-{number:5}"\n'
FILE = "definitions.toml"
ADD = ("sequence", "add", "invoice", "--pattern", "INV-{number:5}")


def all_kept(facts: Facts, printed: str) -> list[str]:
    """Every number that was printed, in whatever form, and every sequence that an import said it created."""
    numbers = [text for text in NUMBER.findall(printed) if text not in facts.numbers]
    sequences = [name for name in CREATED.findall(printed) if name not in facts.sequences]
    return [f"{name} was printed and is lost" for name in numbers + sequences]


def ranges_kept(facts: Facts, printed: str) -> list[str]:
    """Every number, and every range that was said to be added, annulled or opened again."""
    done = Counter(facts.actions)
    told = {
        "range add": printed.count("created\trange"),
        "range annul": int("\tblocked\t" in printed),
        "range reopen": int("\treusable\t" in printed.partition("\tblocked\t")[2]),
    }
    lost = [f"a {action} was told of and is lost" for action, count in told.items() if done[action] < count]
    # What was freed, or stands in a list of gaps, is not held: the numbers of the batches are.
    held = "".join(line for line in printed.splitlines(keepends=True) if "\t" not in line)
    freed = "release" in facts.actions
    return lost + [item for item in all_kept(facts, held) if not (freed and "INV-00011" in item)]


def copy_kept(facts: Facts, printed: str) -> list[str]:
    """A copy is whole wherever there is one, and once it was told of, it holds what was printed before."""
    numbers = NUMBER.findall(printed)
    if COPIED not in printed:
        return all_kept(facts, printed) + (facts.copy.problems if facts.copy else [])
    if facts.copy is None:
        return ["the copy was told of and is lost"]
    return facts.copy.problems + [
        f"{text} is not in the copy" for text in numbers if text not in facts.copy.numbers
    ]


def copy_exchanged(facts: Facts, printed: str) -> list[str]:
    """The copy that was there is there until the new one is."""
    return (
        copy_kept(facts, printed) if facts.copy is not None else ["neither the old copy is there nor the new"]
    )


@dataclass(frozen=True)
class Scenario:
    """A book made by `preparation`, then `commands` under the recorder, one after the other.

    `make` makes a book that no command makes any more, before `preparation`. `judge` opens what a power cut
    left, and finds out what it holds and what is wrong with it. `told` is what the commands warn of.
    With `held` another program has the book open all the while, so that no command is the last to close
    it. `statement` is plain SQL for what no command can do. A scenario is skipped where the program does
    not know the command that it `needs`; `short` ones are explored in the short form, too, at one of
    `every` so many cuts.
    """

    name: str
    commands: tuple[tuple[str, ...], ...]
    preparation: tuple[tuple[str, ...], ...] = (ADD, ("next", "invoice"))
    promise: Promise = all_kept
    make: Callable[[Path], None] | None = None
    judge: Callable[[Path], Facts] = examine
    book: str = "book.db"
    told: str = ""
    needs: str | None = None
    statement: str | None = None
    held: bool = False
    short: bool = False
    every: int = 1

    def database(self, folder: Path) -> Path:
        """The database of this scenario below a folder."""
        return folder / self.book


NEXT = Scenario("next", (("next", "invoice"),), short=True, every=2)
BATCH = Scenario("next -n 5", (("next", "invoice", "-n", "5"),))
COPY = Scenario(
    "next in a copy that is not in WAL",
    (("next", "invoice"),),
    statement="PRAGMA journal_mode = DELETE",
    short=True,
    every=2,
)
BACKUP = Scenario(
    "next and backup", (("next", "invoice"), ("backup", COPIED)), promise=copy_kept, needs="backup"
)
UPGRADING = Scenario(
    "upgrade",
    (("upgrade",),),
    (),
    promise=upgrade_kept,
    make=make_old,
    judge=examine_upgrade,
    told="seqctl: warning: the mark beside this book",
    short=True,
    every=7,
)
UPGRADING_HELD = replace(
    UPGRADING, name="upgrade while another program has the book open", held=True, short=False
)
MOVING = Scenario(
    "copy --to",
    (("copy", "--to", COPIED),),
    preparation=(ADD, ("next", "invoice", "-n", "2")),
    promise=move_kept,
    judge=examine_move,
    short=True,
    every=70,
)
RANGES = Scenario(
    "next over two ranges, annul, reopen and add",
    (
        ("next", "invoice", "-n", "3"),
        ("release", "INV-00011", "--reason", "never sent"),
        ("range", "annul", "B", "--reason", "over", "--yes"),
        ("range", "reopen", "B", "--reason", "not over"),
        ("range", "add", "C", "invoice", "--first", "31", "--last", "40"),
        ("next", "invoice", "-n", "7"),
    ),
    preparation=(
        (*ADD, "--reset", "range"),
        ("range", "add", "A", "invoice", "--first", "1", "--last", "3"),
        ("range", "add", "B", "invoice", "--first", "11", "--last", "15"),
        ("next", "invoice", "-n", "2"),
        ("release", "INV-00001", "--reason", "never sent"),
    ),
    promise=ranges_kept,
    short=True,
    every=60,
)
SCENARIOS = (
    NEXT,
    RANGES,
    BATCH,
    COPY,
    Scenario("next, numbers, next", (("next", "invoice"), ("numbers",), ("next", "invoice"))),
    Scenario("next --json by the full command line", (("next", "invoice", "--json"),)),
    Scenario("next while another program has the book open", (("next", "invoice"),) * 3, held=True),
    Scenario(
        "next at the turn of the write-ahead log",
        (("next", "invoice"),) * 2,
        preparation=(ADD, *(("next", "invoice"),) * 3),
        statement="PRAGMA wal_checkpoint",
        held=True,
    ),
    Scenario("import into a new book", (("import", FILE),), (), short=True, every=15),
    Scenario(
        "import into a new directory",
        (("import", FILE),),
        (),
        book="new/deeper/book.db",
    ),
    Scenario("import and next", (("import", FILE), ("next", "invoice")), ()),
    Scenario("reserve", (("reserve", "invoice"), ("next", "invoice")), needs="reserve"),
    BACKUP,
    Scenario(
        "backup over an older one",
        (("next", "invoice"), ("backup", COPIED)),
        preparation=(ADD, ("next", "invoice"), ("backup", COPIED)),
        promise=copy_exchanged,
        needs="backup",
    ),
    UPGRADING,
    UPGRADING_HELD,
    MOVING,
)
