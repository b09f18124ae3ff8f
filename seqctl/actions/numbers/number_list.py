"""The numbers of a file that are to be changed, each with what the file says of it."""

from __future__ import annotations

from collections.abc import Iterable

from seqctl.model.classes import NamedTuple, field, mutable
from seqctl.model.reports.file_problems import FileProblem


class Asked(NamedTuple):
    """A number that is to be changed; what is None is as for all numbers of the request.

    `period` tells numbers of one text apart.
    """

    text: str
    line: int | None = None
    date: str | None = None
    record: str | None = None
    reason: str | None = None
    note: str | None = None
    sequence: str | None = None
    period: str | None = None


@mutable
class NumberList:
    """Numbers to be changed, some at a time, read once.

    `file` is how messages and the log name the file that they come from. `faults` keep the file as a whole
    from being trusted, complete when it was read; `columns` are the headings by what they hold. `problems`
    are the lines that came to nothing. `pad` reads numbers that lost leading zeros, `decimal_comma` says how
    such are written.
    """

    read_once = True

    asked: Iterable[list[Asked]]
    file: str | None = None
    faults: list[tuple[int, str]] = field(factory=list)
    columns: dict[str, str] = field(factory=dict)
    skip_invalid: bool = False
    dry_run: bool = False
    pad: bool = False
    decimal_comma: bool = False
    problems: list[FileProblem] = field(factory=list)
