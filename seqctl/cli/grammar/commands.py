"""The one list of commands: their names in the order of the help, and the room in which each one stands.

The name of a command leads to its file: `seqctl void` stands in `cli/numbers/void.py`, `seqctl gaps block` in
`cli/gaps/block.py`: the room, and then the last word. A file is loaded when its command is called.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from seqctl.cli.grammar.declaration import Command


class Listed:
    """A command of the list: the words that call it, and the room that it stands in."""

    __slots__ = ("room", "words")

    def __init__(self, words: tuple[str, ...], room: str) -> None:
        self.words = words
        self.room = room

    @property
    def module(self) -> str:
        """The module of the command; `import` alone is no name that Python takes."""
        name = self.words[-1].replace("-", "_")
        return f"seqctl.cli.{self.room}.{name}{'_' if name == 'import' else ''}"

    def load(self) -> "Command":
        """The command's declaration, out of its file; one file serves the same verb of several kinds."""
        module = __import__(self.module, fromlist=["COMMAND"])
        several = hasattr(module, "command_of")
        found: Command = module.command_of(self.words[0]) if several else module.COMMAND
        return found


class Group:
    """Commands that begin with one word; `default` is the one that is meant where none of them is named."""

    __slots__ = ("default", "example", "help", "name", "verbs")

    def __init__(
        self, name: str, room: str, verbs: str, help: str, example: str, default: str | None = None
    ) -> None:
        self.name = name
        self.verbs = {verb: Listed((name, verb), room) for verb in verbs.split()}
        self.help = help
        self.example = f"{name} {example}"
        self.default = default


def _room(room: str, names: str) -> "list[Listed | Group]":
    return [Listed((name,), room) for name in names.split()]


GAPS = """Numbers that no document holds, and what is known about them.

`seqctl gaps` alone lists them, and `seqctl gaps TARGET` those of a sequence or document type; for the options
see: seqctl gaps list --help. Where a sequence has the name of a command, write: seqctl gaps list NAME
"""

SECTIONS: "tuple[tuple[str, tuple[Listed | Group, ...]], ...]" = (
    (
        "Issue numbers",
        (
            *_room("issuing", "next reserve peek"),
            *_room("assigning", "assign"),
            *_room("issuing", "explain simulate"),
        ),
    ),
    (
        "Life of a number",
        (
            *_room("numbers", "numbers show confirm extend release void reinstate record expire reference"),
            *_room("adopting", "adopt"),
        ),
    ),
    (
        "Gaps and month-end",
        (
            Group("gaps", "gaps", "list restore block review", GAPS, "invoice --period 2026", default="list"),
            *_room("counters", "status statement close reopen"),
            *_room("reconciling", "reconcile"),
            *_room("checking", "check"),
        ),
    ),
    (
        "Definitions",
        (
            Group(
                "sequence",
                "definitions",
                "add list show edit rename remove activate deactivate set-next",
                "Sequences: how one kind of document is numbered.",
                "list",
            ),
            Group(
                "set",
                "definitions",
                "add list show edit rename remove assign unassign",
                "Sequence sets: which sequence serves each document type.",
                "list",
            ),
            Group(
                "policy",
                "definitions",
                "add list show edit rename remove activate deactivate",
                "Policies: conditions that choose a sequence for a document.",
                "list",
            ),
            Group(
                "calendar",
                "definitions",
                "add list show edit rename remove",
                "Calendars: where a fiscal year starts and how it is named.",
                "list",
            ),
            Group(
                "range",
                "ranges",
                "add list show edit remove annul reopen",
                "Ranges: numbers that an authority granted, first to last.",
                "list",
            ),
            *_room("files", "import export diff schema"),
            *_room("linting", "lint"),
        ),
    ),
    (
        "Audit",
        (
            *_room("reporting", "report"),
            Group(
                "audit",
                "audit",
                "list verify head",
                "The event log: who did what, when; and its hash chain.",
                "verify",
            ),
        ),
    ),
    ("The book", tuple(_room("book", "init info backup copy upgrade views help"))),
)
"""The commands as the help lists them."""

COMMANDS: "tuple[Listed | Group, ...]" = tuple(item for _, items in SECTIONS for item in items)


def listed() -> "Iterator[Listed]":
    """Every command, in the order of the help."""
    for item in COMMANDS:
        if isinstance(item, Group):
            yield from item.verbs.values()
        else:
            yield item


def first_words() -> list[str]:
    """The words of which one follows the program's name in every command."""
    return [item.name if isinstance(item, Group) else item.words[0] for item in COMMANDS]


def named(word: str) -> "Listed | Group | None":
    """The command or the group that a first word names."""
    return next((item for item, first in zip(COMMANDS, first_words(), strict=True) if first == word), None)
