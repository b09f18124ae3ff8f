"""Writes docs/seqctl.1, the manual page, from the declarations: `python tests/docs/man_page.py`.

In roff, as man(7) has it. The wheel puts it where man finds it.
"""

from pathlib import Path

from seqctl.cli.grammar.commands import SECTIONS, Group, Listed
from seqctl.cli.grammar.declaration import REQUIRED, Command, Parameter
from seqctl.cli.grammar.everywhere import EVERYWHERE
from seqctl.cli.grammar.topics import TOPICS, page_of

PAGE = Path(__file__).parents[2] / "docs" / "seqctl.1"
STATUSES = (
    ("0", "done"),
    ("2", "wrong usage"),
    ("3", "something was found"),
    ("4", "not found"),
    ("5", "refused by a rule; nothing was consumed"),
    ("6", "a file or definition is invalid; nothing was applied"),
    ("7", "the book cannot be used"),
    ("74", "the output failed; what was committed is named on stderr"),
    ("75", "others held the book for longer than \\-\\-timeout: ask again"),
    ("130", "interrupted; nothing is half done"),
)


def manual() -> str:
    """The whole page."""
    lines = [
        '.TH SEQCTL 1 "" "seqctl" "User Commands"',
        ".SH NAME",
        "seqctl \\- keep document numbers unique, in order and free of unexplained gaps",
        ".SH SYNOPSIS",
        ".B seqctl",
        "[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGUMENTS\\fR]",
        ".SH OPTIONS",
        "These stand before or after every command.",
    ]
    for option in EVERYWHERE:
        lines += _option(option)
    for title, items in SECTIONS:
        lines.append(f".SH {_roff(title.upper())}")
        for item in items:
            for listed in item.verbs.values() if isinstance(item, Group) else (item,):
                lines += _command(listed)
    for topic, about in TOPICS.items():
        lines += [
            f".SH {_roff(topic.upper())}: {_roff(about)}",
            ".nf",
            *map(_roff, page_of(topic).split("\n")),
            ".fi",
        ]
    lines.append(".SH EXIT STATUS")
    for status, meaning in STATUSES:
        lines += [".TP", f".B {status}", meaning]
    lines += [
        ".SH ENVIRONMENT",
        ".TP",
        ".B SEQCTL_DB",
        "The book, where \\-\\-db names none.",
        ".TP",
        ".B SEQCTL_ACTOR",
        "Who acts, where \\-\\-actor says nothing.",
        ".TP",
        ".B NO_COLOR",
        "Anything but an empty text turns colours off.",
    ]
    return "\n".join(lines) + "\n"


def _command(listed: Listed) -> list[str]:
    """A command with its arguments, options and example."""
    command: Command = listed.load()
    arguments = " ".join(
        f"\\fI{_roff((item.form.metavar or item.name).strip('{}'))}\\fR"
        for item in command.parameters
        if item.positional
    )
    lines = [
        f".SS {_roff(' '.join(listed.words))} {arguments}".rstrip(),
        *map(_roff, _paragraphs(command.help)),
    ]
    for item in command.parameters:
        if not item.positional:
            lines += _option(item)
    return [*lines, ".PP", f"Example: \\fBseqctl {_roff(command.example)}\\fR"]


def _option(item: Parameter) -> list[str]:
    flags = ", ".join(f"\\fB{_roff(flag)}\\fR" for flag in item.form.flags)
    value = "" if item.flag else f" \\fI{_roff(item.form.metavar or item.name.upper())}\\fR"
    needed = " Required." if item.default is REQUIRED else ""
    choices = (
        f" One of: {', '.join(item.form.choices)}." if item.form.choices and item.name != "output" else ""
    )
    return [".TP", flags + value, _roff(" ".join((item.form.help + choices).split()) + needed)]


def _paragraphs(text: str) -> list[str]:
    """The lines of a text, with a mark between its paragraphs."""
    return [line.strip() or ".PP" for line in text.strip().split("\n")]


def _roff(text: str) -> str:
    """A text that means nothing to roff."""
    if text == ".PP":
        return text
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + escaped if escaped[:1] in (".", "'") else escaped


if __name__ == "__main__":
    PAGE.write_text(manual(), encoding="utf-8")
