"""The problems of an input as one error: like ones together, and what the person may do next."""

from __future__ import annotations

from seqctl.errors import InvalidInput, Refused, SeqctlError
from seqctl.model.reports.adoption import Adoption
from seqctl.model.reports.file_problems import FileProblem, findings_of, grouped, options_proposed
from seqctl.model.text import shell_word

INVALID, CHECK_DIGIT, CLOSED = "invalid_input", "check_digit", "closed"
NOTHING = "; nothing was adopted"
FAULTS_NAMED = 5


def raise_problems(adoption: Adoption, lines: int, problems: list[FileProblem]) -> None:
    """Raise the error of an input that has problems: invalid before closed."""
    faults = [FileProblem(line, None, INVALID, words) for line, words in adoption.faults]
    told = sorted([*problems, *faults], key=lambda item: item.line)
    proposed = options_proposed(" ".join(words for _, words in adoption.faults))
    hint: str | None = f"try again with: {' '.join(proposed)}" if proposed else "fix the input and try again"
    if adoption.faults and adoption.skip_invalid and not proposed:
        broken = ", ".join(str(line) for line, _ in adoption.faults[:FAULTS_NAMED])
        hint = f"numbers are skipped only where the file can be read: mend line {broken} and try again"
    if not adoption.faults:
        hint = _way_on(adoption, problems, len({problem.line for problem in problems}) == lines)
    message = f"{len({problem.line for problem in told}):,} of {lines:,} numbers cannot be adopted{NOTHING}"
    if adoption.faults:
        message = f"{len(told)} problems in {adoption.file}{NOTHING}"
    if len(told) == 1:
        message = told[0]._replace(hint=None).words(adoption.file) + NOTHING
        hint = told[0].hint or hint
    mistyped = all(problem.code == CHECK_DIGIT for problem in told)
    error: SeqctlError = InvalidInput(CHECK_DIGIT if mistyped else INVALID, message, hint)
    if problems and not adoption.faults and all(problem.code == CLOSED for problem in problems):
        error = Refused(CLOSED, message, problems[0].hint)
    if len(told) > 1:
        error.problems = tuple(grouped(adoption.file, told))
    error.findings = findings_of(adoption.file, told, adoption.columns)
    error.findings_count = len(told)
    raise error


def _way_on(adoption: Adoption, problems: list[FileProblem], all_of_them: bool) -> str:
    """What to do about numbers that cannot be entered: to go on without them only where some are left."""
    options = _proposed(adoption, problems)
    if options:
        rest = any(not _options(adoption, problem) for problem in problems)
        skip = "; then go on without the others: --skip-invalid" if rest else ""
        return f"try again with: {' '.join(options)}{skip}"
    it = "it" if len(problems) == 1 else "them"
    if not all_of_them:
        return f"fix {it} and try again, or go on without {it}: --skip-invalid"
    if not all("fit" in problem.message for problem in problems):
        return f"fix {it} and try again"
    meant = "" if adoption.target is None else f" of {shell_word(adoption.target)}"
    return f"none of them fits: see what the numbers{meant} look like with: seqctl sequence list"


def _proposed(adoption: Adoption, problems: list[FileProblem]) -> list[str]:
    """The options that the problems propose, each once."""
    return list(dict.fromkeys(option for problem in problems for option in _options(adoption, problem)))


def _options(adoption: Adoption, problem: FileProblem) -> list[str]:
    if problem.role == "date" and "could be" in problem.message:
        seen = adoption.seen_format()
        return [] if seen is None else [f"--date-format {shell_word(seen)}"]
    told = problem.message if problem.role == "date" else problem.hint or ""
    return [option for option in options_proposed(told) if option != "--skip-invalid"]
