"""The problems of definitions in words: in the order of their files' lines, like ones together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from seqctl.model.classes import NamedTuple
from seqctl.model.finding import Finding
from seqctl.model.reports.file_problems import LISTED, NAMED, PARTICULAR, FileFinding

COLLISION = "collision"
PROPOSAL = "did you mean"


class _Told(NamedTuple):
    """A problem where it stands: the place of its file among the files, its line, and itself."""

    file: int
    line: int
    finding: Finding


def told_together(
    errors: Sequence[Finding],
    describe: Callable[[Finding], str],
    place: Callable[[Finding], FileFinding],
) -> tuple[str, ...]:
    """The problems of files in words, by file and line: of more than three that are alike the first one, and
    which definitions have the others.

    Collisions stand one by one: each is of two definitions, and shows the number that both would print.
    """
    files: dict[str | None, int] = {}
    groups: dict[tuple[object, ...], list[_Told]] = {}
    for finding in errors:
        at = place(finding)
        told = _Told(files.setdefault(at.file, len(files)), at.line, finding)
        groups.setdefault(_kind(finding), []).append(told)
    listed: list[tuple[int, int, str]] = []
    for group in groups.values():
        group.sort(key=lambda one: one[:2])
        alone = group if len(group) <= LISTED or group[0].finding.code == COLLISION else group[:1]
        more = "" if alone is group else _others(group)
        listed += [(one.file, one.line, describe(one.finding) + more) for one in alone]
    return tuple(words for _, _, words in sorted(listed, key=lambda one: one[:2]))


def _kind(finding: Finding) -> tuple[object, ...]:
    """What problems that are alike have in common: all but names, quoted words and figures.

    Two words for which two others are proposed are two slips, and each is told.
    """
    import re

    hint = finding.hint or ""
    words = [finding.message] if hint.startswith(PROPOSAL) else [finding.message, hint]
    masked = [re.sub(PARTICULAR, "#", text) for text in words]
    field = tuple(part for part in finding.field if isinstance(part, str))
    return finding.code, finding.subject[:1], field, *masked, hint if len(words) == 1 else ""


def _others(group: list[_Told]) -> str:
    """The definitions that have the same problem as the first one of a group."""
    names = list(dict.fromkeys(".".join(one.finding.subject) for one in group[1:]))
    if len(names) > NAMED:
        names = [*names[: LISTED - 1], "...", names[-1]]
    shown = ", ".join(names).replace(", ..., ", " ... ")
    return f"; and {len(group) - 1:,} more like it" + (f": {shown}" if shown else "")
