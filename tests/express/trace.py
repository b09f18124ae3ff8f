"""What `seqctl next` runs through from its entry to the COMMIT: files and functions in order.

`python -m tests.express.trace` prints the table of docs/architecture.md.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.setting import new_book

TRACED = """
import sys
import seqctl

LOCAL = 2  # the flag of a function; modules and the bodies of classes have no names of their own
root = seqctl.__file__.removesuffix("__init__.py")
seen = {}


def note(frame, event, argument):
    code = frame.f_code
    if event == "c_call" and argument.__name__ == "execute" and frame.f_code.co_name == "commit":
        sys.setprofile(None)
    elif event == "call" and code.co_flags & LOCAL and code.co_filename.startswith(root):
        if not code.co_name.startswith("<"):
            seen[code.co_filename.removeprefix(root), code.co_qualname] = None


from seqctl.__main__ import main

sys.setprofile(note)
status = main(sys.argv[1:])
for file, function in seen:
    print(file, function, file=sys.stderr)
sys.exit(status)
"""
"""What is run in the place of the program, with each call noted."""


def calls(folder: Path) -> Iterator[tuple[str, str]]:
    """File and function of every call of the second `next` of a book, each once."""
    with new_book(folder, {"pattern": "INV-{YYYY}-{number:5}", "reset": "year"}) as store:
        book = store.path
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", TRACED, "--db", book, "next", "invoice"],
            capture_output=True,
            text=True,
            check=True,
        )
    for line in done.stderr.splitlines():
        file, function = line.split()
        yield file, function


def table(found: list[tuple[str, str]]) -> str:
    """The files in the order in which they are reached, each with its functions."""
    files: dict[str, list[str]] = {}
    for file, function in found:
        files.setdefault(file, []).append(function)
    lines = [f"| {at} | `{file}` | {', '.join(names)} |" for at, (file, names) in enumerate(files.items(), 1)]
    head = "| | file | functions |\n| --- | --- | --- |\n"
    return head + "\n".join(lines) + f"\n\n{len(files)} files, {len(found)} functions."


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        print(table(list(calls(Path(temporary)))))
