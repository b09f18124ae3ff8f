"""Rows whose measurements have sizes of their own: here they are set for a quick run, and called."""

from tests.benchmarks import adopting, gaps, many_writers
from tests.benchmarks.setting import Setting


def adopting_list(setting: Setting) -> str:
    """`adopt` of a million numbers from a plain list, against the raw bulk insert."""
    _adopt_fewer(setting)
    return adopting.adopting(setting.folder)


def adopting_dates(setting: Setting) -> str:
    """`adopt` of a million numbers from a CSV file with dates, against the raw bulk insert."""
    _adopt_fewer(setting)
    return adopting.adopting_dates(setting.folder)


def adopting_memory(setting: Setting) -> str:
    """The greatest memory of `adopt`, of a million numbers against a tenth of them."""
    _adopt_fewer(setting)
    return adopting.adopting_memory(setting.folder)


def eight_writers(setting: Setting) -> str:
    """Eight processes at once, beside SQLite's busy handler alone and PostgreSQL's row lock."""
    _write_shortly(setting)
    return many_writers.eight(setting.folder)


def sixty_four_writers(setting: Setting) -> str:
    """Sixty-four processes at once, beside the same."""
    _write_shortly(setting)
    return many_writers.sixty_four(setting.folder)


def eight_on_a_server(setting: Setting) -> str:
    """Eight processes on one counter of a server, beside the form that holds the lock over the sync."""
    _write_shortly(setting)
    return many_writers.eight_on_a_server(setting)


def sixty_four_on_a_server(setting: Setting) -> str:
    """Sixty-four processes on one counter of a server: rate, fairness and the longest wait."""
    _write_shortly(setting)
    return many_writers.sixty_four_on_a_server(setting)


def missing(setting: Setting) -> str:
    """`gaps` over ten million numbers without gaps, with few and with many, against a sequential scan."""
    if setting.quick:
        gaps.ROUNDS, gaps.GAPS = 1, (0, 10)
    return gaps.missing(setting.folder, setting.size(10_000_000, 2_000))


def _adopt_fewer(setting: Setting) -> None:
    if setting.quick:
        adopting.ROUNDS, adopting.NUMBERS = 1, 1_000


def _write_shortly(setting: Setting) -> None:
    if setting.quick:
        many_writers.ROUNDS, many_writers.SECONDS = 1, 0.6
        many_writers.RUNNING_IN = many_writers.RUNNING_OUT = 0.4
