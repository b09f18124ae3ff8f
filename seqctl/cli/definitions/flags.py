"""What is wrong with a definition, said to somebody at the command line: there fields are options.

Findings are worded for files, where a field is a key: `name one: calendar = "NAME"`.
"""

from seqctl.errors import SeqctlError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.cli.grammar.declaration import Act


SHORT = {"valid_from": "--from", "valid_until": "--until"}
"""Options that are not called as their fields are."""


def naming_options(act: "Act") -> "Act":
    """A command whose refusals name options in place of the keys of a file."""

    def acting(*args: "Any", **given: "Any") -> int | None:
        try:
            return act(*args, **given)
        except SeqctlError as error:
            error.message = with_options(error.message)
            error.hint = None if error.hint is None else with_options(error.hint)
            error.problems = tuple(with_options(problem) for problem in error.problems)
            raise

    return acting


def with_options(text: str) -> str:
    """A text with options in the place of keys: `calendar = "NAME"` is `--calendar NAME`.

    What it quotes of a definition, and the command that it ends with, stay as they are.
    """
    import re

    words, command, rest = text.partition("seqctl ")
    parts = re.split(r"((?<!\w)'(?:[^'\\]|\\.)*'(?!\w))", words)
    return "".join(part if at % 2 else _renamed(part) for at, part in enumerate(parts)) + command + rest


def _renamed(text: str) -> str:
    import re

    from seqctl.model.catalogue.kinds import KINDS

    text = re.sub(r'(?<![\w.\'-])values = \{ (\w+) = ("[^"]*") \}', r"--value \1=\2", text)
    text = re.sub(r"define it under \[(\w+)s\.NAME\]", r"define it with: seqctl \1 add NAME", text)
    names = sorted({key for kind in KINDS.values() for key in kind.fields}, key=len, reverse=True)
    for name in names:
        option = SHORT.get(name, f"--{name.replace('_', '-')}")
        text = re.sub(rf'(?<![\w.\'-]){name} = "?(\w+)"?', rf"{option} \1", text)
        if "_" in name:
            text = re.sub(rf"(?<![\w.'-]){name}(?![\w.'=])", option, text)
    return text
