"""From the trace of a run to the steps that matter to a disk: writes, truncations, names, syncs, prints.

The recorder follows every file below one folder. It refuses what it does not know (`Unmodelled`), and the
test holds the end of every recording against the files that are really there: it cannot overlook a call.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..tracing import Outcome, run
from .steps import ROOT, Enter, Leave, Move, Print, Step, Sync, Truncate, Write

# What cannot change a disk is left out of the trace; everything else is traced, known or not.
UNTRACED = (
    *("read", "pread64", "lseek", "newfstatat", "fstat", "stat", "lstat", "statx", "access"),
    *("faccessat", "faccessat2", "readlink", "readlinkat", "getdents64", "ioctl", "fcntl", "flock"),
    *("fchmod", "chmod", "fchown", "chown", "fadvise64", "getcwd", "umask", "statfs", "fstatfs", "brk"),
    *("munmap", "mprotect", "rt_sigaction", "rt_sigprocmask", "sigaltstack", "futex", "getpid"),
    *("gettid", "getuid", "geteuid", "getgid", "getegid", "getppid", "uname", "getrandom", "sysinfo"),
    *("prlimit64", "arch_prctl", "set_tid_address", "set_robust_list", "rseq", "clock_gettime"),
    *("socket", "connect", "poll", "nanosleep", "clock_nanosleep", "setitimer", "getitimer"),
    *("rt_sigreturn", "execve"),
)
STRACE = ("-xx", "-s", "67108864", "-e", "trace=!" + ",".join(f"?{name}" for name in UNTRACED))
CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+|\?|0x[0-9a-f]+)", re.ASCII)
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
LIVES_IN_MEMORY = "-shm"
"""SQLite's shared memory is mapped, not written, and made anew at the next start: no image holds it."""


STDOUT = 1


class Unmodelled(AssertionError):
    """A call that changes a recorded file in a way that the recorder does not know."""


class Recorder:
    """The files below a folder, under the numbers that steps call them by."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = {".": ROOT}
        self.before: dict[int, bytes | dict[str, int]] = {}
        for path in [folder, *sorted(folder.rglob("*"))]:
            number = self.numbers.setdefault(self.inside(str(path)) or ".", len(self.numbers))
            self.before[number] = path.read_bytes() if path.is_file() else {}
            if number != ROOT:
                names = self.before[self.numbers[self.inside(str(path.parent)) or "."]]
                assert isinstance(names, dict)
                names[path.name] = number
        self._last = len(self.numbers)
        self.sizes = {number: len(data) for number, data in self.before.items() if isinstance(data, bytes)}

    def record(self, command: list[str]) -> tuple[Outcome, list[Step]]:
        """Run a command in the folder; what it did and the steps that it took."""
        outcome = run(command, self.folder, STRACE)
        return outcome, list(Process(self).steps(outcome.trace))

    def inside(self, path: str) -> str | None:
        """The path below the folder; None outside of it (relative ones are seen from the folder)."""
        below = os.path.relpath(os.path.join(self.folder, path), self.folder)
        return None if below.startswith("..") else below

    def place(self, path: str) -> tuple[int, str]:
        """The number of the directory of a path, and the name in it."""
        directory, name = os.path.split(path)
        return self.numbers[directory or "."], name

    def enter(self, path: str, *, directory: bool) -> Enter:
        """A new file or directory."""
        self.numbers[path] = self._last
        self.sizes[self._last] = 0
        self._last += 1
        return Enter(*self.place(path), self.numbers[path], directory)

    def cut(self, file: int, length: int) -> Truncate:
        """A file cut or stretched."""
        self.sizes[file] = length
        return Truncate(file, length)


@dataclass
class Opened:
    """A descriptor of a recorded file. `place` is where write(2) writes, None where it appends."""

    path: str
    file: int
    place: int | None


@dataclass(frozen=True)
class Entry:
    """A call that succeeded: its arguments as strace writes them, the texts among them, its result."""

    name: str
    words: list[str]
    texts: list[bytes]
    result: int

    def number(self, place: int) -> int:
        """An argument that is a number; -1 for any other."""
        return int(self.words[place]) if self.words[place].isdecimal() else -1

    def data(self) -> bytes:
        """What was written: of the text as much as the call says it took."""
        return self.texts[0][: self.result]


class Process:
    """One run: its descriptors, and what each of its calls means to the disk."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self.descriptors: dict[int, Opened] = {}

    def steps(self, trace: str) -> Iterator[Step]:
        """The steps of a trace, in order. Raises Unmodelled."""
        for line in trace.splitlines():
            if "<unfinished" in line or "resumed>" in line:
                raise Unmodelled(f"calls of several threads are mixed: {line[:200]}")
            found = CALL.match(line)
            if found and not found[3].startswith("-"):
                texts = [bytes.fromhex(text.replace("\\x", "")) for text in TEXT.findall(found[2])]
                words = TEXT.sub("_", found[2]).split(", ")
                result = int(found[3], 0) if found[3] != "?" else 0
                yield from self._step(Entry(found[1], words, texts, result))

    def _step(self, entry: Entry) -> Iterator[Step]:
        if entry.name in BY_PATH:
            paths = [self.recorder.inside(os.fsdecode(text)) for text in entry.texts]
            if any(paths):
                yield from BY_PATH[entry.name](self, entry, *paths)
        elif entry.name == "write" and entry.number(0) == STDOUT:
            yield Print(entry.data().decode())
        elif entry.name in FORKS:
            raise Unmodelled(f"another process: {entry}")
        else:
            opened = self.descriptors.get(entry.number(4 if entry.name == "mmap" else 0))
            if opened is not None:
                yield from BY_FILE.get(entry.name, Process._unknown)(self, entry, opened)

    def _unknown(self, entry: Entry, *_: object) -> Iterator[Step]:
        raise Unmodelled(f"{entry.name}({', '.join(entry.words)})")

    def _open(self, entry: Entry, path: str) -> Iterator[Step]:
        flags = next(word for word in entry.words if word.startswith("O_")).split("|")
        if path not in self.recorder.numbers:
            yield self.recorder.enter(path, directory=False)
        elif "O_TRUNC" in flags:
            yield self.recorder.cut(self.recorder.numbers[path], 0)
        # Whether something else than write(2) moved a place, the files tell when the recording has ended.
        place = None if "O_APPEND" in flags else 0
        self.descriptors[entry.result] = Opened(path, self.recorder.numbers[path], place)

    def _remove(self, entry: Entry, path: str) -> Iterator[Step]:
        del self.recorder.numbers[path]
        yield Leave(*self.recorder.place(path))

    def _rename(self, entry: Entry, source: str | None, target: str | None) -> Iterator[Step]:
        if source is None or target is None or os.path.dirname(source) != os.path.dirname(target):
            raise Unmodelled(f"a move between directories: {source} to {target}")
        self.recorder.numbers[target] = self.recorder.numbers.pop(source)
        yield Move(*self.recorder.place(source), os.path.basename(target))

    def _make_directory(self, entry: Entry, path: str) -> Iterator[Step]:
        yield self.recorder.enter(path, directory=True)

    def _close(self, entry: Entry, opened: Opened) -> Iterator[Step]:
        del self.descriptors[entry.number(0)]
        yield from ()

    def _write(self, entry: Entry, opened: Opened) -> Iterator[Step]:
        place = self.recorder.sizes[opened.file] if opened.place is None else opened.place
        yield self._written(opened.file, place, entry.data())
        opened.place = None if opened.place is None else place + entry.result

    def _write_at(self, entry: Entry, opened: Opened) -> Iterator[Step]:
        yield self._written(opened.file, entry.number(-1), entry.data())

    def _written(self, file: int, place: int, data: bytes) -> Write:
        self.recorder.sizes[file] = max(self.recorder.sizes[file], place + len(data))
        return Write(file, place, data)

    def _truncate(self, entry: Entry, opened: Opened) -> Iterator[Step]:
        yield self.recorder.cut(opened.file, entry.number(1))

    def _sync(self, entry: Entry, opened: Opened) -> Iterator[Step]:
        yield Sync(opened.file)

    def _map(self, entry: Entry, opened: Opened) -> Iterator[Step]:
        if "PROT_WRITE" in entry.words[2] and not opened.path.endswith(LIVES_IN_MEMORY):
            raise Unmodelled(f"{opened.path} is written through memory: {entry}")
        yield from ()


Handler = Callable[..., Iterator[Step]]
BY_PATH: dict[str, Handler] = {
    **dict.fromkeys(("open", "openat"), Process._open),
    **dict.fromkeys(("unlink", "unlinkat", "rmdir"), Process._remove),
    **dict.fromkeys(("rename", "renameat", "renameat2"), Process._rename),
    **dict.fromkeys(("mkdir", "mkdirat"), Process._make_directory),
    **dict.fromkeys(
        ("creat", "openat2", "truncate", "link", "linkat", "symlink", "symlinkat"), Process._unknown
    ),
    **dict.fromkeys(("mknod", "mknodat", "chdir", "mount", "setxattr", "utimensat"), Process._unknown),
}
BY_FILE: dict[str, Handler] = {
    "close": Process._close,
    "write": Process._write,
    "pwrite64": Process._write_at,
    "ftruncate": Process._truncate,
    "fsync": Process._sync,
    "fdatasync": Process._sync,
    "mmap": Process._map,
}
"""What else is done to a recorded file is unknown."""
FORKS = ("clone", "clone3", "fork", "vfork")
