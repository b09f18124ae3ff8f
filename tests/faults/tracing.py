"""Running the real program under strace: recording its calls, failing one of them, killing at one."""

import ctypes
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PLANTED = Path(__file__).with_name("planted.py")
TOO_LONG = 60
"""Seconds after which a run is stuck: no fault may make the program wait for ever."""

PR_CAPBSET_DROP = 24
DAC_OVERRIDE, DAC_READ_SEARCH = 1, 2
"""What `prctl` calls taking a capability away, and those by which root passes over the rights of files."""

INJECTED = "(INJECTED)"
LINE = re.compile(r"^\d+ +([a-z_0-9]+)\(", re.ASCII)


@dataclass(frozen=True)
class Call:
    """One system call of a recorded run: `ordinal` counts those of its name, `position` all, from 1 on."""

    name: str
    ordinal: int
    position: int
    line: str


@dataclass(frozen=True)
class Outcome:
    """What one run did: exit status (negative: a signal), both outputs, and what strace wrote."""

    status: int
    out: str
    err: str
    trace: str = ""

    @property
    def numbers(self) -> list[str]:
        """The numbers that a reader of standard output got: whole lines."""
        return self.out.split("\n")[:-1]


@cache
def missing() -> str | None:
    """Why system calls cannot be traced here, or None where they can."""
    if sys.platform != "linux" or shutil.which("strace") is None:
        return "strace is not installed: the fault tests need it (Debian: apt-get install strace)"
    with tempfile.NamedTemporaryFile() as log:
        probe = ["strace", "-f", "-e", "inject=getppid:error=EPERM:when=1", "-o", log.name, "true"]
        done = subprocess.run(probe, capture_output=True, text=True)
    if done.returncode:
        return f"strace may not trace here (ptrace is not permitted?): {done.stderr.strip()}"
    return None


def obey() -> None:
    """Let the rights of files bind a child even where root runs the tests."""
    if os.geteuid() == 0:
        system = ctypes.CDLL(None, use_errno=True)
        for right in (DAC_OVERRIDE, DAC_READ_SEARCH):
            if system.prctl(PR_CAPBSET_DROP, right, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "root cannot be bound by rights here")


@cache
def only_chosen() -> tuple[str, ...]:
    """Where strace can do so, it stops the program at the chosen calls alone: a third of the time.

    Not for signals, which it does not inject then.
    """
    done = subprocess.run(
        ["strace", "--seccomp-bpf", "-f", "-e", "trace=getppid", "true"], capture_output=True
    )
    return () if done.returncode else ("--seccomp-bpf",)


def environment(home: Path) -> dict[str, str]:
    """The environment of a traced run: nothing of this user's seqctl, and no luck in the order of calls."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SEQCTL_", "XDG_"))}
    return {**kept, "HOME": str(home), "TZ": "UTC", "PYTHONPATH": str(REPOSITORY), "PYTHONHASHSEED": "0"}


def program(*words: str, plant: str | None = None) -> list[str]:
    """The command line of the real program, or of one with a planted fault."""
    start = ["-m", "seqctl"] if plant is None else [str(PLANTED), plant]
    return [sys.executable, *start, *words]


def run(command: list[str], folder: Path, strace: tuple[str, ...] = (), **options: object) -> Outcome:
    """Run a command in a folder, under strace where options of strace are given."""
    log = folder.with_suffix(".strace")
    traced = ["strace", "-f", "-o", str(log), *strace, *command] if strace else command
    given = {"stdin": subprocess.DEVNULL, "env": environment(folder), **options}
    done = subprocess.run(traced, cwd=folder, capture_output=True, timeout=TOO_LONG, check=False, **given)  # type: ignore[call-overload]
    trace = log.read_text(encoding="utf-8", errors="replace") if strace else ""
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode(errors="replace"), trace)


def run_injected(
    command: list[str], folder: Path, name: str, fault: str, when: str, **options: object
) -> Outcome:
    """Run a command with a fault injected into calls of one name, counted by themselves."""
    # strace injects nothing, and says nothing, where a call is not among the traced ones.
    way = () if fault.startswith("signal=") else only_chosen()
    chosen = (*way, "-e", f"trace={name}", "-e", f"inject={name}:{fault}:when={when}")
    return run(command, folder, chosen, **options)


def calls(trace: str) -> Iterator[Call]:
    """The system calls of a trace in the order in which they were entered."""
    seen: Counter[str] = Counter()
    for line in trace.splitlines():
        entered = LINE.match(line)
        if entered:
            name = entered[1]
            seen[name] += 1
            yield Call(name, seen[name], seen.total(), line)
