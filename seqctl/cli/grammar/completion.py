"""What a shell is offered at a press of TAB, from the declarations alone.

The shells ask in the way that Typer's completion scripts make them ask, so that a script which was installed
with an earlier version goes on working; a shell that is not known here is left to Typer.
"""

from seqctl.cli.grammar.commands import COMMANDS, Group, Listed, named
from seqctl.cli.grammar.declaration import Parameter
from seqctl.cli.grammar.everywhere import EVERYWHERE
from seqctl.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST_DIGITS = 6
"""No command line has more words than numbers of so many digits count."""
HELP = (("-h", "Show this message and exit."), ("--help", "Show this message and exit."))
FIRST = (
    ("--version", "Print the version."),
    ("--install-completion", "Install completion for the current shell."),
    ("--show-completion", "Show completion for the current shell, to copy it or customize the installation."),
)
"""Options that stand before any command alone."""

Offer = tuple[str, "str | Callable[[], str]"]
"""A word that may follow, and what it means, asked for by the shells that show it."""


def complete(environment: "Mapping[str, str]") -> int | None:
    """Answer a shell that asks for completion; None where it asks in a way that is not known here."""
    shell = environment.get("_SEQCTL_COMPLETE", "")
    if shell == "complete_bash":
        at = environment.get("COMP_CWORD", "")
        if not (at.isascii() and at.isdigit()) or "COMP_WORDS" not in environment:
            message = "the shell asks for completion with variables that make no sense"
            raise UsageError(message, "unset _SEQCTL_COMPLETE, or make the completion anew")
        words = _split(environment["COMP_WORDS"])
        place = min(int(at[:MOST_DIGITS]), len(words))
        found = offers(words[1:place], "".join(words[place : place + 1]))
        return _print("\n".join(value for value, _ in found))
    line = environment.get("_TYPER_COMPLETE_ARGS", "")
    words = _split(line)[1:]
    incomplete = words.pop() if words and not line.endswith(" ") else ""
    if shell == "complete_zsh":
        return _print(_for_zsh(offers(words, incomplete)))
    if shell == "complete_fish":
        found = offers(words, incomplete)
        if environment.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
            return 0 if found else 1
        return _print("\n".join("\t".join(filter(None, (value, _told(told)))) for value, told in found))
    return None


def offers(words: list[str], incomplete: str) -> list[Offer]:
    """What may stand where `incomplete` stands, behind `words`."""
    line = _Line()
    if incomplete == "=":
        incomplete = ""
    elif "=" in incomplete and incomplete[:1] == "-":
        name, _, incomplete = incomplete.partition("=")
        words = [*words, name]
    for word in words:
        if not line.take(word):
            return []
    return [offer for offer in line.following(incomplete) if offer[0].startswith(incomplete)]


class _Line:
    """The words before the one that is completed, as far as they were taken."""

    def __init__(self) -> None:
        self.item: Listed | Group | None = None
        self.parameters: tuple[Parameter, ...] = ()
        self.used: set[str] = set()
        self.placed = 0
        self.waiting: Parameter | None = None
        """The option whose value comes next."""
        self.database: str | None = None

    def take(self, word: str) -> bool:
        """Take one word; whether anything may follow."""
        if self.waiting is not None:
            self._value(self.waiting, word)
            self.waiting = None
        elif word[:1] == "-" and word != "-":
            name, equals, value = word.partition("=")
            option = next((item for item in self._options() if name in item.form.flags), None)
            if option is not None:
                self.used.add(option.name)
                if equals:
                    self._value(option, value)
                elif not option.flag:
                    self.waiting = option
        elif isinstance(self.item, Listed):
            self.placed += 1
        else:
            return self._step(word)
        return True

    def _step(self, word: str) -> bool:
        """One word further into the commands; one that names none is an argument of the one that is meant."""
        item = self.item
        if isinstance(item, Group) and word not in item.verbs and item.default is not None:
            self.item, self.placed = item.verbs[item.default], 1
            return True
        self.item = item.verbs.get(word) if isinstance(item, Group) else named(word)
        command = self.item
        if isinstance(command, Group):
            command = command.verbs.get(command.default or "")
        self.parameters = () if command is None else command.load().parameters
        self.used = set()
        return self.item is not None

    def _value(self, option: Parameter, word: str) -> None:
        if option.name == "db":
            self.database = word

    def _options(self) -> list[Parameter]:
        return [item for item in (*self.parameters, *EVERYWHERE) if item.form.flags]

    def following(self, incomplete: str) -> list[Offer]:
        """What may follow, whatever it begins with, for a word that begins as an option does or does not."""
        if incomplete[:1] == "-":
            known = [item for item in self._options() if item.repeated or item.name not in self.used]
            flags = [(flag, item.form.help) for item in known for flag in item.form.flags]
            return [*(FIRST if self.item is None else ()), *flags, *HELP]
        if self.waiting is not None:
            return self._names(self.waiting, incomplete)
        if self.item is None:
            return [_named(item) for item in COMMANDS]
        verbs = self.item.verbs.values() if isinstance(self.item, Group) else ()
        found = [_named(item) for item in verbs]
        arguments = [item for item in self.parameters if item.positional]
        if arguments:
            last = arguments[min(self.placed, len(arguments) - 1)]
            if self.placed < len(arguments) or last.repeated:
                found += self._names(last, incomplete)
        return found

    def _names(self, item: Parameter, incomplete: str) -> list[Offer]:
        """The values that a parameter can have, as far as they are known."""
        if item.form.complete is None:
            return [(choice, "") for choice in item.form.choices]
        return [(name, "") for name in names(item.form.complete, incomplete, self.database)]


def names(kind: str, incomplete: str, database: str | None) -> list[str]:
    """The names in the book that begin so: of sequences, sets, policies, calendars or targets.

    Where there is no book, or none that can be read, nothing is offered and nothing is said.
    """
    from seqctl.cli.session import Session
    from seqctl.errors import SeqctlError

    if kind == "topics":
        from seqctl.cli.grammar.commands import first_words
        from seqctl.cli.grammar.topics import TOPICS

        return [name for name in (*TOPICS, *first_words()) if name.startswith(incomplete)]
    try:
        with Session({"db": database}).open() as store, store.read() as transaction:
            definitions = transaction.definitions
            if kind == "targets":
                found = definitions.target_names()
            elif kind == "sequences":
                found = definitions.sequence_names()
            elif kind == "sets":
                found = definitions.set_names()
            else:
                found = list(getattr(transaction.catalogue.read(), kind))
    except (SeqctlError, OSError):
        return []
    # What a shell is offered it may evaluate, and not every shell's way of quoting knows a backslash.
    return [name for name in found if name.startswith(incomplete) and "\\" not in name]


def _named(item: Listed | Group) -> Offer:
    if isinstance(item, Group):
        return item.name, item.help.partition("\n")[0]
    return item.words[-1], lambda: item.load().summary


def _told(told: "str | Callable[[], str]") -> str:
    """What an offer means, in one line."""
    return " ".join((told if isinstance(told, str) else told()).split())


def _split(line: str) -> list[str]:
    """The words of a command line as a shell would part them, also where a quote is not closed yet."""
    if not any(character in line for character in "'\"\\"):
        return line.split()
    from shlex import shlex

    lexer = shlex(line, posix=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:
        words.append(lexer.token)
    return words


def _for_zsh(found: list[Offer]) -> str:
    """Offers as zsh evaluates them: nothing of a name or a summary may be obeyed."""
    if not found:
        return "_files"
    texts = [(value, _told(told)) for value, told in found]
    lines = "\n".join(":".join(f'"{_escaped(text)}"' for text in pair if text) for pair in texts)
    return f"_arguments '*: :(({lines}))'"


def _escaped(text: str) -> str:
    for character, escaped in (('"', '""'), ("'", "''"), ("$", "\\$"), ("`", "\\`"), (":", "\\\\:")):
        text = text.replace(character, escaped)
    return text


def _print(text: str) -> int:
    from seqctl.process import write_all

    write_all((text + "\n").encode())
    return 0
