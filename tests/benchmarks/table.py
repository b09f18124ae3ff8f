"""The table: one line for each measurement, and above it the machine, the versions and the day."""

import os
import platform
import re
import sqlite3
import sys
from datetime import date
from pathlib import Path
from statistics import median

HEAD = "| work | seqctl | reference | ratio | must be |\n| --- | --- | --- | --- | --- |"


def row(work: str, ours: list[float], reference: list[float], unit: str, bound: str, name: str) -> str:
    """One line of the table: medians, and the median of the ratios taken pair by pair."""
    ratios = [a / b for a, b in zip(ours, reference, strict=True)]
    middle, least, most = (_ratio(figure) for figure in (median(ratios), min(ratios), max(ratios)))
    figures = f"{shown(median(ours))} {unit} | {name} {shown(median(reference))} {unit}"
    return f"| {work} | {figures} | {middle} ({least} - {most}) | {bound} |"


def skipped(work: str, name: str, why: object, bound: str = "") -> str:
    """The line of a reference that cannot be had here."""
    return f"| {work} | | {name}: skipped, {why} | | {bound} |"


def shown(figure: float) -> str:
    """Four digits that count, never as a power of ten."""
    return f"{figure:,.0f}" if abs(figure) >= 1000 else f"{figure:.4g}"


def _ratio(figure: float) -> str:
    return f"{figure:.2f}" if figure >= 0.095 else f"{figure:.2g}"


def machine() -> str:
    """The line above the table: day, machine, versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return ", ".join(
        (
            str(date.today()),
            f"{os.cpu_count()} cores of {_processor()}",
            f"{memory:.0f} GiB",
            f"{platform.system()} {platform.release()}",
            f"Python {platform.python_version()}",
            f"SQLite {sqlite3.sqlite_version}",
            f"load {os.getloadavg()[0]:.1f} at the start",
            *_entry_script(),
        )
    )


def _entry_script() -> list[str]:
    """What to know of the installed script: that of an older pip imports `re`, 0.24 of `import sqlite3`."""
    script = Path(sys.executable).with_name("seqctl")
    if not script.exists():
        return ["started as `python -m seqctl`"]
    if "import re\n" in script.read_text(encoding="utf-8"):
        return ["**started by a script of an older pip, which imports `re`: update pip and install anew**"]
    return []


def _processor() -> str:
    """The name of the processor, as Linux tells it; its architecture elsewhere."""
    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return " ".join(found[1].split()) if found else platform.machine()
