"""What must hold of the output of any command in each format, whatever texts the book holds."""

import csv
import io
import json
import tomllib
from collections.abc import Callable
from typing import Any

from tests.hostile.conftest import told_visibly

FORMATS = ("table", "tsv", "csv", "json", "jsonl")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet take a cell for a formula, as the OWASP page on CSV injection lists it."""

WRITTEN: dict[tuple[str, ...], Callable[[str], object]] = {
    ("export",): tomllib.loads,
    ("schema",): json.loads,
    ("help",): str,
}
"""Commands whose output is a file in a format of its own, whatever is asked for."""

OF_THE_MOMENT = ("at", "issued_at", "created_at", "last_at", "since", "expires_at", "hash", "head")
OF_THE_PLACE = ("database", "size", "hint", "file", "subject", "reason")
CHANGING = (*OF_THE_MOMENT, *OF_THE_PLACE)
"""Fields that differ from one call to the next, or from one copy of a book to another."""


def check_form(path: tuple[str, ...], output: str, text: str) -> None:
    """Hold an output to its format."""
    if path in WRITTEN:
        WRITTEN[path](text)
        told_visibly(text.replace("\t", ""))
    elif output == "csv":
        rows_of_csv(text)
    elif output == "tsv":
        told_visibly(text.replace("\t", ""))
        rows_of_tsv(text)
    else:
        told_visibly(text)
        if output in ("json", "jsonl"):
            objects_of(output, text)


def check_alike(texts: dict[str, str]) -> None:
    """Hold the outputs of one command in all formats to each other: each tells the true texts."""
    objects = objects_of("json", texts["json"])
    assert [_lasting(item) for item in objects_of("jsonl", texts["jsonl"])] == list(map(_lasting, objects))
    rows, plain = rows_of_csv(texts["csv"]), rows_of_tsv(texts["tsv"])
    assert len(rows) == len(plain)
    assert [list(row) for row in rows] == [list(row) for row in plain]
    if all(isinstance(item, dict) for item in objects) and len(objects) == len(rows):
        for item, cells, others in zip(objects, rows, plain, strict=True):
            for name in cells.keys() & item.keys() - set(CHANGING):
                if isinstance(item[name], str):
                    assert cells[name] == _visible(item[name], "\t\n"), (name, item, cells)
                    assert others[name] == _escaped(item[name]), (name, item, others)


def objects_of(output: str, text: str) -> list[dict[str, Any]]:
    """The objects of an output in JSON or JSON Lines."""
    if output == "jsonl":
        assert not text or text.endswith("\n")
        return [json.loads(line) for line in text.split("\n")[:-1]]
    parsed = json.loads(text)
    return parsed if isinstance(parsed, list) else [parsed]


def rows_of_tsv(text: str) -> list[dict[str, str]]:
    """The rows of TSV, each on one line, by the names of the header."""
    assert text.endswith("\n")
    header, *rows = [line.split("\t") for line in text.split("\n")[:-1]]
    return [dict(zip(header, row, strict=True)) for row in rows]


def rows_of_csv(text: str) -> list[dict[str, str]]:
    """The rows of CSV by the names of the header, without the guard of cells that look like formulas."""
    assert text.endswith("\n")
    header, *rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    for row in rows:
        assert not any(cell.startswith(FORMULA_SIGNS) for cell in row), row
    return [dict(zip(header, map(_unguarded, row), strict=True)) for row in rows]


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_SIGNS) else cell


def _escaped(text: str) -> str:
    """A text as a cell of TSV shows it."""
    for character, escaped in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(character, escaped)
    return _visible(text)


def _visible(text: str, kept: str = "") -> str:
    return "".join(
        character if character.isprintable() or character in kept else ascii(character)[1:-1]
        for character in text
    )


def _lasting(item: Any) -> Any:
    """What of an object stays alike from call to call."""
    if not isinstance(item, dict):
        return item
    lasting = {name: value for name, value in item.items() if name not in CHANGING}
    lasting.pop("events", None)
    return lasting
