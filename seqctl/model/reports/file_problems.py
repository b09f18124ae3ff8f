"""Problems of an input in words: those that are alike together, so that a thousand slips are one line."""

from __future__ import annotations

from collections.abc import Sequence

from seqctl.model.classes import NamedTuple

LISTED = 3
"""Problems that are alike are listed one by one up to so many."""

NAMED = 10
"""Of those that are told together so many are named, the last one among them."""

MOST_FINDINGS = 10_000
"""How many problems JSON lists one by one; it counts all of them."""

PARTICULAR = r"'(?:[^'\\]|\\.)*'|\"[^\"]*\"|[0-9][0-9.:,/-]*"
"""What differs between problems that are alike: what they quote, and figures."""

PROPOSED = r": (--[a-z-]+(?: (?:'[^']*'|[^\s;,)]+))?(?: --[a-z-]+ (?:'[^']*'|[^\s;,)]+))*)"
"""Options that words about a problem propose behind a colon: `: --column Nr --date-column 'paid on'`."""

PLURAL = {
    "does": "do",
    "is": "are",
    "has": "have",
    "was": "were",
    **{f"{verb}s": verb for verb in ("stand", "show", "fit", "lie", "name", "cannot")},
}
"""The verbs with which problems begin, as many numbers do it."""


class FileProblem(NamedTuple):
    """What is wrong with one line of an input. `message` goes on where the number was named, if one was.

    `role` is what the column at fault holds: number, date, state ...; `status` the exit status of its code.
    """

    line: int
    number: str | None
    code: str
    message: str
    hint: str | None = None
    role: str = "number"
    status: int = 6

    def words(self, file: str | None) -> str:
        """One line for people: where, which number, and what is wrong."""
        place = "" if file is None else f"{file}:{self.line}: "
        number = "" if self.number is None else f"{self.number!r} "
        return f"{place}{number}{self.message}" + (f"; {self.hint}" if self.hint else "")


class FileFinding(NamedTuple):
    """The same for programs: `column` is the heading of the column at fault, where there is one."""

    file: str | None
    line: int
    column: str | None
    code: str
    message: str
    hint: str | None


def findings_of(
    file: str | None, problems: Sequence[FileProblem], columns: dict[str, str]
) -> tuple[FileFinding, ...]:
    """The first problems one by one; `columns` has the heading of each role."""
    return tuple(
        FileFinding(
            file,
            item.line,
            columns.get(item.role),
            item.code,
            item.message if item.number is None else f"{item.number!r} {item.message}",
            item.hint,
        )
        for item in problems[:MOST_FINDINGS]
    )


def options_proposed(words: str) -> list[str]:
    """The options that words about problems propose, each with its value, in their order and once."""
    import re

    found = (part for group in re.findall(PROPOSED, words) for part in re.findall(r"--.+?(?= --|$)", group))
    return list(dict.fromkeys(found))


def grouped(file: str | None, problems: Sequence[FileProblem]) -> list[str]:
    """The problems in the order of their first lines, like ones together."""
    import re

    groups: dict[tuple[str, str], list[FileProblem]] = {}
    for item in problems:
        # Two words for states are two questions.
        kind = item.message if item.role == "state" else re.sub(PARTICULAR, "#", item.message)
        groups.setdefault((item.code, kind), []).append(item)
    told: list[tuple[int, str]] = []
    for alike in groups.values():
        if len(alike) <= LISTED:
            told += [(item.line, item.words(file)) for item in alike]
        else:
            told.append((alike[0].line, _together(file, alike)))
    return [words for _, words in sorted(told, key=lambda item: item[0])]


def _together(file: str | None, alike: list[FileProblem]) -> str:
    """Problems that are alike in one line, with the first ones and the last."""
    first, last = alike[0], alike[-1]
    verb, blank, rest = first.message.partition(" ")
    place = "" if file is None else f"{file}: "
    if all(item.message == first.message for item in alike) and verb in PLURAL and first.number is not None:
        ends = ", ".join(_placed(file, item) for item in alike)
        if len(alike) > NAMED:
            shown = [_placed(file, item) for item in alike[: LISTED - 1]]
            ends = f"{', '.join(shown)} ... {_placed(file, last)}"
        hint = f"; {first.hint}" if first.hint else ""
        return f"{place}{len(alike):,} numbers {PLURAL[verb]}{blank}{rest}: {ends}{hint}"
    more = f"and {len(alike) - 1:,} more like it"
    return f"{first.words(file)}; {more}" + ("" if file is None else f", the last on line {last.line:,}")


def _placed(file: str | None, item: FileProblem) -> str:
    return repr(item.number) if file is None else f"{item.number!r} on line {item.line:,}"
