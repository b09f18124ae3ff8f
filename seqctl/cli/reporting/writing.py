"""Where a report goes: a file, whose ending says what it is, a folder, or standard output."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from hashlib import file_digest, sha256

from seqctl.cli.errors import json_visible
from seqctl.cli.output import gathered, print_text
from seqctl.cli.replacing import HINT, Part, encoded, replacing
from seqctl.errors import NotDelivered, UsageError
from seqctl.folders import make_folder
from seqctl.json_text import from_json, to_json
from seqctl.model.finding import UNREADABLE
from seqctl.model.report.report import Report
from seqctl.model.report.sheets import FORMS as FORMS_OF_SHEETS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

SHEET_FILE = "{}.csv"
Write = Callable[[str, Report], None]
REST = "All of them: seqctl report FOLDER, or a file that ends in .xlsx or .json."


def form_of(out: str) -> Write:
    """How a report is written to a name. Raises UsageError for an ending that is none of ours."""
    ending = os.path.splitext(out)[1].lower()
    if out == "-":
        return _print
    if os.path.isdir(out) or out.endswith("/") or not ending:
        return _write_folder
    if ending not in FORMS:
        raise UsageError(
            f"{out} ends in {ending}, which is not a form of a report",
            "name a file that ends in .html, .xlsx or .json, or a folder without a dot",
        )
    if ending == ".xlsx":
        _check_workbooks()
    return FORMS[ending]


def _check_workbooks() -> None:
    """Raise UsageError where the library that writes workbooks is not installed."""
    try:
        import xlsxwriter  # noqa: F401
    except ImportError:
        raise UsageError(
            "an Excel file needs the library XlsxWriter, which the plain install does not have",
            "pip install 'seqctl[xlsx]', or name a file that ends in .html",
        ) from None


def _print(out: str, report: Report) -> None:
    from seqctl.pages.report_json import report_json

    print_text(map(json_visible, report_json(report)))


def _write_page(out: str, report: Report) -> None:
    from seqctl.pages.page import page

    _put(out, gathered(page(report, REST)))


def _write_json(out: str, report: Report) -> None:
    from seqctl.pages.report_json import report_json

    _put(out, gathered(report_json(report)))


def _write_workbook(out: str, report: Report) -> None:
    """A workbook is made in a temporary folder, where all of its parts lie while they grow."""
    from tempfile import TemporaryDirectory

    from seqctl.pages.workbook import write_workbook

    with TemporaryDirectory() as folder:
        path = os.path.join(folder, "report.xlsx")
        try:
            write_workbook(report, path, folder)
        except OSError as error:
            raise NotDelivered(f"{out} cannot be written: {error.strerror}", HINT) from error
        with open(path, "rb") as file:
            _put(out, _pieces(file))


def _write_folder(out: str, report: Report) -> None:
    """A page, a sheet each as CSV, the whole as JSON, and behind these the hash of each.

    What an earlier report left in the folder, and this one lacks, goes: it would pass for a part of this one.
    """
    try:
        make_folder(os.path.abspath(out))
    except OSError as error:
        raise NotDelivered(f"{out} cannot be made: {error.strerror}", HINT) from error
    before = _written_before(out)
    hashes = {}
    for name, parts in _files(report):
        hashes[name] = _put(os.path.join(out, name), gathered(parts))
    listed = ",\n".join(f"    {to_json(name)}: {to_json(hashes[name])}" for name in sorted(hashes))
    made = report.made
    head = {"at": made.at, "book": made.identity, "head": made.head[1], "seqctl": made.version}
    told = "".join(f"  {to_json(name)}: {to_json(value)},\n" for name, value in head.items())
    _put(os.path.join(out, "manifest.json"), [f'{{\n{told}  "sha256": {{\n{listed}\n  }}\n}}\n'])

    for name in before.keys() - hashes.keys():
        _remove(os.path.join(out, name), before[name])


def _written_before(folder: str) -> dict[str, str]:
    """The files of sheets that an earlier report left in a folder, with their hashes."""
    try:
        with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
            listed = from_json(file.read())["sha256"]
        return {name: str(listed[name]) for name in map(SHEET_FILE.format, FORMS_OF_SHEETS) if name in listed}
    except (OSError, *UNREADABLE):
        return {}


def _remove(path: str, digest: str) -> None:
    """Take away a file of an earlier report that this one lacks, unless somebody changed it."""
    with suppress(OSError):
        with open(path, "rb") as file:
            same = file_digest(file, "sha256").hexdigest() == digest
        if same:
            os.unlink(path)


def _files(report: Report) -> Iterator[tuple[str, Iterable[str]]]:
    """The files of a folder but for its manifest."""
    from seqctl.pages.page import page
    from seqctl.pages.report_json import report_json
    from seqctl.pages.sheet_csv import sheet_csv, summary_csv

    yield "index.html", page(report, "All of them are in numbers.csv and report.json beside this page.")
    yield "report.json", report_json(report)
    yield "summary.csv", summary_csv(report)
    for key, sheet in report.sheets.items():
        yield SHEET_FILE.format(key), sheet_csv(sheet, report.made.zone)


def _put(path: str, parts: Iterable[Part]) -> str:
    """Write a file, whole or not at all; returns the SHA-256 of what it holds. Raises NotDelivered."""
    hash = sha256()
    with replacing(path) as put:
        try:
            put(_hashed(parts, hash.update))
        except OSError as error:
            raise NotDelivered(f"{path} could not be written: {error.strerror}") from error
    return hash.hexdigest()


def _hashed(parts: Iterable[Part], update: Callable[[bytes], None]) -> Iterator[bytes]:
    for part in parts:
        data = encoded(part)
        update(data)
        yield data


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a file, some at a time."""
    while piece := file.read(1 << 20):
        yield piece


FORMS: dict[str, Write] = {".html": _write_page, ".xlsx": _write_workbook, ".json": _write_json}
