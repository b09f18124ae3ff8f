"""`python -m tests.benchmarks`: every row beside its references, interleaved; medians and ratios."""

import argparse
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import batches, commands, growth, importing, library, others, starting
from tests.benchmarks.peers import Peers
from tests.benchmarks.server import bulk
from tests.benchmarks.setting import Setting
from tests.benchmarks.table import HEAD, machine, row

__all__ = ["ROWS", "main", "row"]

ROWS: dict[str, Callable[[Setting], str]] = {
    "start.instructions": starting.instructions,
    "start.server": starting.on_a_server,
    "start.policies": starting.with_policies,
    "start.clock": starting.clock,
    "start.commands": commands.every_command,
    "one.library": library.one_by_one,
    "many.batch": batches.batch,
    "many.assign": batches.assign_one_date,
    "many.assign-dates": batches.assign_dates,
    "many.adopt": others.adopting_list,
    "many.adopt-dates": others.adopting_dates,
    "many.adopt-memory": others.adopting_memory,
    "many.printed": batches.printed,
    "writers.8": others.eight_writers,
    "writers.64": others.sixty_four_writers,
    "server.8": others.eight_on_a_server,
    "server.64": others.sixty_four_on_a_server,
    "server.batch": bulk.batch,
    "server.assign": bulk.assigning,
    "server.adopt": bulk.adopting,
    "server.copy": bulk.copying,
    "server.move": bulk.moving,
    "gaps": others.missing,
    "growth.cost": growth.flat,
    "growth.file": growth.file_size,
    "import": importing.importing,
}
"""Every measurement by its name, in the order of the table."""


def main(arguments: list[str]) -> int:
    """Print the table."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server and the folders go, too
    options = _options(arguments)
    chosen = [name for name in ROWS if not options.only or any(word in name for word in options.only)]
    if options.list:
        for name in chosen:
            print(f"{name:20} {(ROWS[name].__doc__ or '').splitlines()[0]}")
        return 0
    if not chosen:
        print(f"no measurement is called {' or '.join(options.only)}; --list names them", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="seqctl-benchmarks-") as temporary:
        cache = Path(options.cache or temporary)
        cache.mkdir(parents=True, exist_ok=True)
        with Peers(cache, install=not options.quick) as peers:
            print(f"{machine()}\n\n{HEAD}", flush=True)
            failed = 0
            for name in chosen:
                with tempfile.TemporaryDirectory(prefix="row-", dir=temporary) as folder:
                    failed += _measure(name, Setting(Path(folder), options.quick, peers))
            if versions := peers.versions():
                print(f"\nBeside it: {versions}.")
    return min(failed, 1)


def _measure(name: str, setting: Setting) -> int:
    """Print the lines of one row; one that fails does not end the others. Returns how many failed."""
    try:
        print(ROWS[name](setting), flush=True)
    except Exception:
        traceback.print_exc()
        return 1
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="rows whose name holds one of these")
    parser.add_argument("--list", action="store_true", help="name the rows and measure nothing")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="the smallest sizes: shows that every row works; installs nothing",
    )
    parser.add_argument(
        "--cache", metavar="FOLDER", help="keeps the environment of the other libraries for the next time"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
