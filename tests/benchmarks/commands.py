"""Every command as a process, by instructions: plain calls, on a terminal too, TAB, help and mistakes."""

import os
import pty
import re
import subprocess
from collections.abc import Iterator

from tests.benchmarks.setting import PLAIN, Setting, new_book, seqctl_command
from tests.benchmarks.starting import IMPORT, counted, environment, has_valgrind
from tests.benchmarks.table import row, skipped

REFERENCE = "`import sqlite3`"
QUICK, LONG, CHECK, TERMINAL = "at most 2.5", "at most 6", "at most 12", "at most 9"
CALLS = {
    QUICK: (
        *("void NUMBER --reason x", "confirm NUMBER", "release NUMBER", "show INV-00001", "numbers", "gaps"),
        "status",
    ),
    CHECK: ("check",),
    LONG: (
        *("next invoice --json", "peek invoice", "reserve invoice", "explain invoice", "statement", "expire"),
        *("reinstate NUMBER --reason x", "gaps block invoice NUMBER --reason x"),
        *("close invoice --through 2020-01-01 --reason x", "reopen invoice --from 2020-01-01 --reason x"),
        *("simulate invoice --from 2026-12-30 --to 2027-01-02", "lint", "export", "schema", "info"),
        *("sequence list", "sequence show invoice", "sequence add NEW", "sequence edit invoice --title NEW"),
        *("set list", "policy list", "calendar list", "audit list", "audit head", "audit verify"),
        *(
            "report PAGE",
            "backup COPY",
            "upgrade --dry-run",
            "--help",
            "void --help",
            "gaps --help",
            "sequence --help",
        ),
        *("void", "viod x"),
    ),
}
"""Calls on a small book, by what their start may cost; words in capitals are others each time."""
ON_A_TERMINAL = (
    *("numbers", "gaps", "status", "show INV-00001", "sequence list", "statement", "check", "--help"),
)
LINES = ("seqctl ", "seqctl void --", "seqctl next ", "seqctl sequence ed")
STATES = {"reinstate": "void", "confirm": "reserve", "gaps": "release"}
"""What a number must have been through before."""


def every_command(setting: Setting) -> str:
    """Each command, counted by valgrind, against `import sqlite3`."""
    if not has_valgrind():
        return skipped("every command, instructions", REFERENCE, "valgrind is not installed", QUICK)
    new_book(setting.folder, PLAIN).close()
    run = _Runs(setting)
    if setting.quick:
        return run.row("show INV-00001", QUICK)
    lines = [run.row(call, bound) for bound, calls in CALLS.items() for call in calls]
    lines += [run.row(call, TERMINAL, terminal=True) for call in ON_A_TERMINAL]
    lines += [run.tab(shell, line) for shell in ("bash", "zsh", "fish") for line in LINES]
    return "\n".join(lines)


class _Runs:
    """Calls on one book, each counted once after one that fills caches."""

    def __init__(self, setting: Setting) -> None:
        self.book = setting.folder / "b.db"
        self.folder = setting.folder
        self.theirs = counted(IMPORT) / 1e6
        self._numbers: Iterator[int] = iter(range(10_000))
        self._call("next", "invoice", "-n", "20")

    def row(self, call: str, bound: str, terminal: bool = False) -> str:
        """The line of one call."""
        for _ in range(2):
            words = [self._filled(word, call.split()[0]) for word in call.split()]
            command = [*seqctl_command(self.book), *words]
            ours = _counted(command, terminal) / 1e6
        where = " on a terminal" if terminal else ""
        return row(f"`seqctl {call}`{where}", [ours], [self.theirs], "M", bound, REFERENCE)

    def tab(self, shell: str, line: str) -> str:
        """The line of one press of TAB."""
        asked = {
            "_SEQCTL_COMPLETE": f"complete_{shell}",
            "_TYPER_COMPLETE_ARGS": line,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
            "COMP_WORDS": line,
            "COMP_CWORD": str(line.count(" ")),
            "SEQCTL_DB": str(self.book),
        }
        command = seqctl_command(self.book)[:-2]
        ours = [_counted(command, False, asked) / 1e6 for _ in range(2)][1:]
        return row(f"TAB behind `{line}` in {shell}", ours, [self.theirs], "M", QUICK, REFERENCE)

    def _filled(self, word: str, command: str) -> str:
        if word == "NUMBER":
            return self._number(command)
        if word == "PAGE":
            return str(self.folder / f"page-{next(self._numbers)}.html")
        if word == "NEW":
            return f"n{next(self._numbers)}"
        return str(self.folder / f"copy-{next(self._numbers)}.db") if word == "COPY" else word

    def _number(self, command: str) -> str:
        """A number in the state that a command takes."""
        state = STATES.get(command, "next")
        if state == "reserve":
            return self._call("reserve", "invoice")
        number = self._call("next", "invoice")
        if state != "next":
            self._call(state, number, "--reason", "x")
        return number

    def _call(self, *words: str) -> str:
        command = [*seqctl_command(self.book), *words]
        return subprocess.run(
            command, check=True, capture_output=True, text=True, env=environment()
        ).stdout.strip()


def _counted(command: list[str], terminal: bool, more: dict[str, str] | None = None) -> int:
    """Instructions of one process, whatever its exit status."""
    process = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command]
    controller, output = pty.openpty() if terminal else (None, subprocess.PIPE)
    done = subprocess.run(
        process, stdout=output, stderr=subprocess.PIPE, text=True, env={**environment(), **(more or {})}
    )
    if controller is not None:
        os.close(output)
        os.close(controller)
    found = re.search(r"Collected : (\d+)", done.stderr)
    assert found is not None, done.stderr
    return int(found[1])
