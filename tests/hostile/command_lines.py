"""Random command lines of every command that there is, taken from the command line itself."""

from functools import cache
from typing import Any

import typer.main
from hypothesis import strategies as st
from typer.core import TyperCommand

from seqctl.cli.grammar.typer_application import application
from tests.hostile import texts
from tests.hostile.texts import few_of

NAMES = few_of(*texts.KNOWN)
DATES = few_of(*texts.DATES)
PAIRS = few_of(*texts.PAIRS)
INPUTS = ("records.csv", "records.jsonl", "definitions.toml", "rubbish", "folder", "-")
STRANGE = ("nowhere/x", "no such file", "", "\x1b[31m", "a\nb", "book.db", "[red]", "x" * 300)
FILES = st.sampled_from(INPUTS) | st.sampled_from(STRANGE)
"""Names in the folder of the test, which nothing may be written beside."""

VALUES = {
    "count": few_of("1", "2", "0", "-1", "10000001", "9" * 30, "1e3"),
    "limit": few_of("1", "0", "-1", "9" * 30),
    "last": few_of("1", "0", "-1", "9" * 30),
    "after": few_of("1", "0", "-1", "9" * 30, "s"),
    "columns": few_of("number", "name,status", "cursor", ",", "nothing"),
    "timeout": few_of("0", "0.2", "-1", "nan", "1e999"),
    "date": DATES,
    "date_from": DATES,
    "date_to": DATES,
    "until": DATES,
    "first_day": DATES,
    "effective_from": DATES,
    "effective_until": DATES,
    "period": few_of(*texts.PERIODS),
    "scope": PAIRS | few_of("entity"),
    "requires": PAIRS,
    "attributes": PAIRS,
    "owners": PAIRS,
    "owners_given": PAIRS,
    "owner_columns": PAIRS,
    "members": PAIRS,
    "step": few_of(*texts.DURATIONS, "2", "month", "year", "quarter"),
    "ttl": few_of(*texts.DURATIONS),
    "reservation_ttl": few_of(*texts.DURATIONS),
    "pattern": few_of(*texts.PATTERNS),
    "when": few_of(*texts.CONDITIONS),
    "logic": few_of(*texts.LOGICS),
    "runs": few_of(*texts.RUNS),
    "numbers": few_of("S-1", "S-2", "S-3", "DE-1", "aaa", "2026-1", *texts.NUMBERS),
    "number": few_of("S-1", "S-2", "DE-1", "aaa", "{entity}-1", *texts.NUMBERS),
    "value": few_of("1", "5", "aab", *texts.NUMBERS),
    "kind": few_of("numeric", "alpha"),
    "reset": few_of("never", "year", "week", "fiscal-month"),
    "mode": few_of("gapless", "standard"),
    "unique": few_of("always", "period"),
    "date_order": few_of("off", "warn", "refuse"),
    "warn_at": few_of(
        "90%", "100 left", "0%", "9" * 30 + "%", "٣%", "-1 left", "30 days", "9" * 30 + " days"
    ),
    "state": few_of("issued", "void", "reusable", "missing"),
    "named_by": few_of("start", "end"),
    "timezone": few_of(*texts.ZONES),
    "order": few_of("file", "date"),
    "source_format": few_of("toml", "salesforce", "intacct", "zuora"),
    "anchor": few_of("00" * 32, "zz", "0"),
    "column": few_of("id", "number", "day"),
    "id_column": few_of("id", "number"),
    "date_column": few_of("day", "id"),
    "record_column": few_of("record", "id"),
    "state_column": few_of("state", "id"),
    "input_file": FILES,
    "paths": FILES,
    "write": FILES,
    "to": FILES,
    "file": FILES,
    **dict.fromkeys(("start", "end", "width", "max_width", "max_length", "priority"), few_of(*texts.NUMBERS)),
}
FORMATS = st.sampled_from(["table", "wide", "csv", "tsv", "jsonl", "json"]) | texts.ANY


@cache
def commands() -> list[tuple[tuple[str, ...], TyperCommand]]:
    """Every command with its path of words, in the order of the help."""
    found = []
    waiting: list[tuple[tuple[str, ...], Any]] = [((), typer.main.get_command(application(None)))]
    while waiting:
        path, command = waiting.pop(0)
        if hasattr(command, "commands"):
            waiting += [((*path, name), inner) for name, inner in command.commands.items()]
        else:
            found.append((path, command))
    return found


@st.composite
def command_lines(draw: st.DrawFn, path: tuple[str, ...] | None = None) -> list[str]:
    """The words of one call: a command with its arguments, some of its options, and values for them."""
    if path is None:
        path = draw(st.sampled_from([path for path, _ in commands()]))
    command = dict(commands())[path]
    words: list[str] = list(path)
    arguments: list[str] = []
    for parameter in command.params:
        value = VALUES.get(parameter.name or "", NAMES)
        if parameter.param_type_name == "argument":
            most = 3 if parameter.nargs != 1 else 1
            arguments += draw(st.lists(value, min_size=int(parameter.required), max_size=most))
        elif parameter.name in ("help", "json", "db", "install_completion", "show_completion"):
            continue
        elif parameter.name == "follow":
            # It goes on until somebody stops it.
            continue
        elif draw(st.integers(0, 9)) < (9 if parameter.required else 2):
            words += _option(draw, parameter, value)
    words += draw(st.sampled_from([["--"], ["--"], []])) + arguments
    # What a shell hands over ends at such a character.
    return [word.replace("\x00", "") for word in words]


def _option(draw: st.DrawFn, parameter: Any, value: st.SearchStrategy[Any]) -> list[str]:
    name = draw(st.sampled_from([*parameter.opts, *parameter.secondary_opts]))
    if parameter.is_flag:
        return [name]
    given = draw(FORMATS if parameter.name == "output" else value)
    if name.startswith("--") and draw(st.booleans()):
        return [f"{name}={given}"]
    return [name, given]
