"""Books that strangers filled: texts in every place that takes them, and what each command is asked there."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from typer.core import TyperCommand

from seqctl.model.pattern.compile import quote_braces
from tests.book import Book
from tests.hostile.conftest import Judged

DAY = ("--date", "2026-05-04")
RECORD_FILE = "id,number,day,state,f,entity\n"

MORE = {
    ("close",): ("--sequence=yearly",),
    ("reopen",): ("--sequence=yearly",),
    ("copy",): ("--accept", "--reason=why"),
    ("void",): ("--reason=why",),
    ("reinstate",): ("--reason=why",),
    ("reference",): ("--as=rf",),
    ("adopt",): ("yearly", "--input=records.csv", "--column=number"),
    ("reconcile",): ("--input=records.csv", "--column=number", "s"),
    ("release",): ("--reason=why",),
    ("record",): ("--record=r",),
    ("gaps", "restore"): ("--reason=why", "s", "S-2"),
    ("gaps", "block"): ("--reason=why", "--all", "alpha"),
    ("gaps", "review"): ("--reason=why", "--all", "alpha"),
    ("range", "annul"): ("--reason=why",),
    ("range", "reopen"): ("--reason=why",),
    ("sequence", "add"): ("--title==1", "--pattern=+{number}"),
    ("sequence", "edit"): ("--title==1",),
    ("set", "edit"): ("--default",),
    ("policy", "add"): ("--document-type=t", "--sequence=s", "--description==1"),
    ("policy", "edit"): ("--description==1",),
    ("calendar", "edit"): ("--start=05-01",),
    ("range", "add"): ("newly", "ranged", "--first=900", "--last=901", "--value=prefix=N"),
    ("range", "edit"): ("--note==1",),
}
"""What a command needs, beside what it cannot be called without, to have something to show."""

TEXTS = {
    "calendar": ("name",),
    "range": ("name", "authority", "code", "note"),
    "sequence": ("name", "title", "description", "document_type"),
    "sequence_set": ("name",),
    "set_member": ("document_type",),
    "assignment": ("kind", "id"),
    "policy": ("name", "description", "document_type"),
    "number": ("text", "record", "key", "policy", "set_name"),
    "event": ("actor", "subject"),
}
"""The columns of a book that hold texts of people's own."""


def ways_in(text: str) -> list[tuple[str, ...]]:
    """The words of calls that put a text into a book of `rich`, a place each."""
    sequence = ("sequence", "edit", "s")
    policy = ("policy", "edit", "p")
    target = ("next", "scoped", *DAY)
    return [
        (*sequence, "--title", text),
        (*sequence, "--description", text),
        (*sequence, "--warn-at", text),
        ("sequence", "add", text, "--pattern", "N{number}"),
        ("sequence", "add", "typed", "--document-type", text, "--pattern", "T{number}"),
        ("sequence", "add", "literal", "--pattern", quote_braces(text) + "{number:3}"),
        ("sequence", "add", "listed", "--scope", f"entity={text}", "--pattern", "{entity}L{number}"),
        ("next", "literal", *DAY),
        ("next", text, *DAY),
        ("set", "add", text, "--", f"{text}=typed"),
        ("set", "assign", "main", "--", f"account:{text}", f"{text}:1"),
        (*policy, "--description", text),
        (*policy, "--when", f"f equals {text}"),
        (*policy, "--when", f"{text} in {text}"),
        ("policy", "add", text, "--document-type", text, "--sequence", "s"),
        ("calendar", "add", text, "--start", "04-01"),
        ("range", "add", text, "ranged", "--first=1", "--last=2", f"--value=prefix={text}", f"--note={text}"),
        ("range", "add", "R9", "ranged", "--first=9", "--last=9", "--value=prefix=R", f"--code={text}"),
        (*target, f"--attr=entity={text}"),
        ("next", "s", *DAY, f"--record={text}", f"--key={text}", "--attr=f=x"),
        ("reserve", "s", *DAY, f"--actor={text}", f"--ttl={text}", "--attr=f=x"),
        ("confirm", "S-3", f"--record={text}", f"--actor={text}"),
        ("void", "aab", f"--reason={text}"),
        ("gaps", "block", "alpha", "aaa", f"--reason={text}"),
        ("sequence", "set-next", "s", "90", f"--reason={text}"),
        ("close", "yearly", "--through", "2026-05-31", f"--reason={text}"),
        ("import", text),
        ("assign", "t", f"--input={text}", "--partial"),
        ("adopt", "yearly", "--skip-invalid", f"--input={text}", "--column=number", "--record-column=f"),
        ("reconcile", "s", f"--input={text}", "--column=number", "--to=2026-12-31", "--apply"),
        ("reserve", "s", *DAY, f"--record={text}", "--ttl=300d", "--attr=f=x"),
    ]


def fill(judged: Judged, book: Book, texts: list[str]) -> None:
    """Put texts wherever they are taken, one after the other; what is refused is refused as it should be."""
    # What a shell hands over ends at such a character.
    texts = [text.replace("\x00", "") for text in texts]
    for text in texts:
        _write_files(Path.cwd(), text)
    for place, ways in enumerate(zip(*map(ways_in, texts), strict=True)):
        judged(book, *ways[place % len(texts)])


def _write_files(folder: Path, text: str) -> None:
    """A file of records that is named by the text and holds it, where a file can have that name."""
    row = '"' + text.replace('"', '""') + '"'
    data = f"{RECORD_FILE}{row},S-1,2026-05-04,open,{row},{row}\n7,FY2026/2026-7,,,{row},DE\n"
    try:
        (folder / text).write_bytes(data.encode("utf-8", "surrogateescape"))
    except (OSError, ValueError):
        return


class Things:
    """What a book holds, and a fitting value for every argument that a command cannot do without."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.sequences = [item["name"] for item in book.ok("sequence", "list", "--json").json]
        self.numbers = book.texts()
        self.named = {
            kind: [item.get("range") or item["name"] for item in book.ok(kind, "list", "--json").json]
            for kind in ("sequence", "set", "policy", "calendar", "range")
        }

    def words(self, path: tuple[str, ...], command: TyperCommand) -> list[list[str]]:
        """The calls that let a command show what the book holds, one for each thing that it may show."""
        from_a_file = any(word.startswith("--input") for word in MORE.get(path, ()))
        # Without --roles there is nothing that `init` could rehearse.
        rehearsed = () if path == ("init",) else ("dry-run",)
        flags = [
            f"--{name}"
            for name in (*rehearsed, "yes", "partial", *(("skip-invalid",) if from_a_file else ()))
            if any(f"--{name}" in parameter.opts for parameter in command.params)
        ]
        calls: list[list[tuple[str, ...]]] = [[]]
        for parameter in command.params:
            # Numbers may come from a file as well: then none stands on the command line.
            listed = parameter.name in ("numbers", "number", "owners") and path != ("adopt",)
            if parameter.name is not None and (parameter.required or listed):
                values = self._values(path, parameter.name)
                option = () if parameter.param_type_name == "argument" else (parameter.opts[-1],)
                calls = [[*call, (*option, value)] for call in calls for value in values]
        return [[*path, *flags, *MORE.get(path, ()), *_options_first(call)] for call in calls]

    def _values(self, path: tuple[str, ...], name: str) -> list[str]:
        """What a required argument may be; the last thing of each kind came from a stranger."""
        if name == "name" and path[0] == "range":
            return ["R2" if path[-1] == "reopen" else "R1"]
        if name == "name":
            known = self.named[path[0]]
            unused = ["listed"] if "listed" in known and path[-1] == "remove" else [known[0], known[-1]]
            return ["new"] if path[-1] == "add" else unused
        if name == "number" and path == ("show",):
            return [self.numbers[0], self.numbers[-1]]
        if name in ("number", "numbers"):
            state = {"confirm": "reserved", "extend": "reserved", "reinstate": "void"}.get(path[0], "issued")
            return self.book.texts("--state", state)[-1:]
        if name == "target":
            return ["t"] if path[-1] == "assign" else ["s", self.sequences[-1]]
        fitting = {
            **{"date_from": "2026-05-04", "date_to": "2026-05-06", "through": "2026-06-30"},
            **{"first_day": "2026-05-01", "value": "500", "reason": "why", "start": "05-01"},
            **{"members": "t=s", "owners": "account:ACME", "paths": "definitions.toml"},
            **{
                "out": "copy/report.html",
                "input_file": "records.csv",
                "file": "copy/new.db",
                "new": "another name",
                "ttl": "1h",
            },
        }
        return [fitting[name]]


def _options_first(call: list[tuple[str, ...]]) -> list[str]:
    """Options, then the arguments behind `--`: a name may begin with a hyphen."""
    options = [word for words in call if len(words) == 2 for word in words]
    return [*options, "--", *[words[0] for words in call if len(words) == 1]]


def spoil(book: Book, text: str) -> None:
    """Write a text past all checks into every column that holds a text of people's own."""
    with closing(sqlite3.connect(book.path, isolation_level=None)) as connection:
        for trigger in ("event_fixed", "event_kept", "event_new"):
            connection.execute(f"DROP TRIGGER {trigger}")
        for table, columns in TEXTS.items():
            for column in columns:
                connection.execute(f"UPDATE {table} SET {column} = ? || {column}", [text])


def copied(book: Book) -> dict[str, str]:
    """The environment that names a copy of the book: what one call does another does not see."""
    folder = Path(book.path).parent
    copy = Path("copy").absolute()
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    return {"SEQCTL_DB": str(copy / Path(book.path).name)}
