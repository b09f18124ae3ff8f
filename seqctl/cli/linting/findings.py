"""How findings are shown, by `lint`, `check` and `audit verify`, and what came to nothing in an input."""

from seqctl.cli.errors import line, line_of_json, visible
from seqctl.cli.layout import Layout
from seqctl.cli.shown import problem_shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from seqctl.definitions.toml.reader import DefinitionFiles
    from seqctl.model.finding import Finding

COLUMNS = ("severity", "code", "subject", "message", "hint")
LAYOUT = Layout(COLUMNS, ("code",), "finding", beneath="hint")
PLACED = Layout((*COLUMNS, "place"), ("code",), "finding", beneath="hint")
"""With the file and the line of each."""

FOUND = 3


def tell_problems(name: str, problems: "Sequence[Any]", file: str | None, output: str | None) -> int:
    """List on stderr what in an input came to nothing, in JSON under a name; 3 where there is any."""
    if problems and output in ("json", "jsonl"):
        line_of_json({name: list(map(problem_shown, problems))})
    elif problems:
        for words in told_together(file, problems):
            line(visible(words))
    return FOUND if problems else 0


def tell_findings(findings: "list[Finding]", files: "DefinitionFiles", output: str | None) -> int:
    """The same for definitions that a file holds and that were left out."""
    if findings and output in ("json", "jsonl"):
        line_of_json({"problems": [problem_shown(files.placed(finding)) for finding in findings]})
    elif findings:
        for finding in findings:
            line(visible(files.describe(finding)))
    return FOUND if findings else 0


def told_together(file: str | None, problems: "Sequence[Any]") -> list[str]:
    """Problems in words, like ones together."""
    from seqctl.model.reports.file_problems import FileProblem, grouped

    if isinstance(problems[0], FileProblem):
        return grouped(file, problems)
    return [problem.words(file) for problem in problems]


def finding_object(finding: "Finding", files: "DefinitionFiles | None" = None) -> dict[str, object]:
    """A finding as lists and JSON show it; `place` is the file and line of what a file defines."""
    shown: dict[str, object] = {
        "code": finding.code,
        "severity": finding.severity,
        "subject": ".".join(finding.subject),
        "message": finding.message,
        "hint": finding.hint,
    }
    if files is not None:
        described = files.describe(finding)
        place = described.removesuffix(str(finding)).removesuffix(": ")
        shown["place"] = place or None
    return shown
