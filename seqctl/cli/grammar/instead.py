"""What to write in place of an option or a verb that is none, where nothing of that command is meant by it.

`senses.py` has the options and verbs that are meant by other ones; these are whole calls.
"""

from __future__ import annotations

from shlex import quote

from seqctl.cli.grammar.commands import Group, Listed

OWNERS = ("--customer", "--account", "--owner", "--company", "--entity", "--client", "--branch", "--tenant")
BY_TIME = ("--year", "--month", "--quarter", "--period")
DRAWING = ("next", "reserve", "peek", "explain", "simulate")
ELSEWHERE = ("--input", "--reason", "--state", "--from", "--to", "--until", "--limit", "--columns", "--write")
"""Options of other commands, which nobody means as what is known of a document."""

_EXPLAIN = "see what would choose, and why: seqctl explain invoice --attr NAME=VALUE"
_SHOW = "everything known of one number: seqctl show NUMBER"
_VERBS = {
    **{("policy", verb): _EXPLAIN for verb in ("test", "explain", "try", "check", "simulate", "match")},
    **{("set", verb): _EXPLAIN for verb in ("test", "explain", "check")},
    **{("set", verb): "write: seqctl set edit NAME --default" for verb in ("default", "set-default")},
    **{("set", verb): "write: seqctl set assign NAME account:ACME" for verb in ("owner", "owners", "for")},
    ("sequence", "close"): "write: seqctl close NAME --through DATE --reason TEXT",
    ("sequence", "status"): "write: seqctl status NAME",
    ("sequence", "gaps"): "write: seqctl gaps NAME",
    ("sequence", "issue"): "write: seqctl next NAME",
    ("sequence", "peek"): "write: seqctl peek NAME",
    **{("audit", verb): _SHOW for verb in ("show", "number", "find")},
    **{("audit", verb): "write: seqctl report audit.html" for verb in ("report", "export", "pdf", "html")},
    **{
        ("audit", verb): "write: seqctl audit list --from DATE --to DATE"
        for verb in ("changes", "diff", "who")
    },
    **{("range", verb): "write: seqctl range annul ID --reason TEXT" for verb in ("close", "cancel", "void")},
}

_MENDED = "each finding says what mends it; an explained gap is no finding any more"
_VOID_AFTERWARDS = "void them when they are entered: seqctl void NUMBER --reason TEXT"
_OWNER = "owners are given to a set by: seqctl set assign NAME KIND:ID"
_GIVE_UP = "a default is given up when another set becomes it: seqctl set edit OTHER --default"
_OPTIONS = {
    **{("set add", name): _OWNER for name in (*OWNERS, "--for", "--assign")},
    **{("set edit", name): _OWNER for name in (*OWNERS, "--for", "--assign")},
    **{("set edit", name): _GIVE_UP for name in ("--no-default", "--not-default", "--remove-default")},
    **{
        (command, name): _SHOW
        for command in ("audit list", "numbers", "gaps list", "status", "statement")
        for name in ("--number", "--no", "--text")
    },
    **{
        ("show", name): f"find it by that: seqctl numbers {flag} {value}"
        for name, flag, value in (
            ("--record", "--record", "RECORD"),
            ("--document", "--record", "RECORD"),
            ("--key", "--key", "KEY"),
            ("--date", "--from", "DATE --to DATE"),
        )
    },
    ("audit list", "--reason"): "reasons are listed by: seqctl numbers --state void, and by: seqctl gaps",
    **{("check", name): _MENDED for name in ("--fix", "--repair", "--mend")},
    **{("adopt", name): _VOID_AFTERWARDS for name in ("--state", "--void")},
    **{("close", name): "did you mean --through?" for name in ("--date", "--on", "--at", "--month")},
    **{("reopen", name): "did you mean --from?" for name in ("--date", "--on", "--at", "--month")},
    **{
        (f"sequence {verb}", name): "whether gaps must be explained is said by: --mode gapless"
        for verb in ("add", "edit")
        for name in ("--no-gaps", "--gapless", "--gaps", "--strict")
    },
    ("adopt", "--reason"): "a file may have a column for it: --reason-column COLUMN",
}


def in_place_of_verb(group: str, verb: str) -> str | None:
    """The call that is meant by a verb that a group does not have."""
    if group == "audit" and any(character.isdigit() for character in verb):
        return f"everything known of one number: seqctl show {quote(verb)}"
    return _VERBS.get((group, verb))


def in_place_of_option(path: list[str], name: str, value: str, flags: list[str]) -> str | None:
    """What is written in place of an option that the command of a path does not have; `value` follows it."""
    known = _OPTIONS.get((" ".join(path), name))
    if known is not None:
        return known
    if name in BY_TIME and {"--from", "--to"} <= set(flags):
        return _by_dates(value, "--period" in flags)
    if name in OWNERS and path[:1] and path[0] in DRAWING and "--attr" in flags:
        word, shown = name.strip("-"), quote(value) if value else "VALUE"
        return f"for policies: --attr {word}={shown}; for the set of an owner: --for {word}:{shown}"
    return None


def attribute_meant(path: list[str], name: str, value: str, flags: list[str]) -> str | None:
    """What policies and patterns look at, which was written as an option of a command that draws a number."""
    if path[:1] == [] or path[0] not in DRAWING or "--attr" not in flags or name[:2] != "--":
        return None
    if name in ELSEWHERE:
        return None
    word, shown = name.strip("-"), quote(value) if value else "VALUE"
    return f"what is known of the document is given as: --attr {word}={shown}"


def _by_dates(value: str, periods: bool) -> str:
    """A year or a month as document dates."""
    from datetime import date, timedelta

    year, _, month = value.partition("-")
    try:
        # A month or a year of two digits alone says no year.
        first = date(int(year) if len(year) == 4 else 0, int(month or 1), 1)
        end = date(first.year + 1, 1, 1) if not month else (first + timedelta(31)).replace(day=1)
        days = f"--from {first} --to {end - timedelta(1)}"
    except (OverflowError, ValueError):
        days = "--from 2026-01-01 --to 2026-12-31"
    return f"by dates: {days}" + ("; or by the period of the counter: --period" if periods else "")


def in_place_of_word(path: list[str], word: str) -> str | None:
    """The call that is meant by a word for which a command has no place."""
    if path == ["check"]:
        own = f"gaps of one sequence: seqctl gaps {quote(word)}"
        return f"the whole book is checked, or a set: --set NAME; {own}"
    if path == ["copy"]:
        return f"write: seqctl copy --to {quote(word)}"
    if path[:1] and path[0] in DRAWING:
        return f"one call is for one TARGET: seqctl {path[0]} {quote(word)}"
    return None


def in_place_of_form(form: str, called: Listed | Group | None) -> str | None:
    """How an answer comes in a form that no list is printed in."""
    name = called.words[0] if isinstance(called, Listed) else ""
    if name == "export":
        return "it writes TOML without being told; other forms are named by --to-format FORMAT"
    if form.lower() in ("excel", "xlsx", "xls", "html", "pdf"):
        return "spreadsheets open -o csv; a workbook or a page is written by: seqctl report audit.xlsx"
    return None
