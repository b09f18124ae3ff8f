"""The failures of a batch in words: each record by itself, and all of them as one error."""

from __future__ import annotations

from seqctl.errors import InvalidInput, NotFound, Refused, SeqctlError
from seqctl.model.reports.assignment import ADDED, Assignment, Batch, Failure
from seqctl.model.reports.file_problems import MOST_FINDINGS, FileProblem, findings_of, grouped
from seqctl.model.reports.record import Record
from seqctl.model.text import shell_word

NOTHING = "; nothing was issued"


def failure_of(record: Record, error: SeqctlError) -> Failure:
    """Why a record got no number; that other records got none is not for it to say."""
    message = error.message.removesuffix(NOTHING)
    return Failure(record.line, record.id, error.code, message, error.hint, error.exit_status)


def raise_failures(batch: Batch, failures: list[Failure]) -> None:
    """Raise the error of a batch that failed: invalid before refused before not found."""
    first = min(failures, key=_severity)
    message = f"{len(failures)} of {len(batch.records)} records cannot be numbered{NOTHING}"
    hint = "fix them and try again"
    if len(failures) < len(batch.records):
        hint += ", or go on without them: --partial"
    if len(failures) == 1:
        message = f"{batch.file}:{first.line}: record {first.record!r}: {first.message}{NOTHING}"
        hint = first.hint or hint
    written = batch.seen_format()
    if written is not None and any("could be" in failure.message for failure in failures):
        hint = f"try again with: --date-format {shell_word(written)}"
    error: SeqctlError
    if first.status == InvalidInput.exit_status:
        error = InvalidInput(first.code, message, hint)
    elif first.status == Refused.exit_status:
        error = Refused(first.code, message, hint)
    else:
        error = NotFound(message, hint)
    if len(failures) > 1:
        error.problems = tuple(grouped(batch.file, _problems(failures)))
    error.findings = findings_of(batch.file, _problems(failures[:MOST_FINDINGS]), {})
    error.findings_count = len(failures)
    raise error


def _problems(failures: list[Failure]) -> list[FileProblem]:
    """The failures as problems of a file."""
    return [
        FileProblem(
            item.line, None, item.code, f"record {item.record!r}: {item.code}: {item.message}", item.hint
        )
        for item in failures
    ]


def _severity(failure: Failure) -> int:
    return -failure.status


def refuse_other_columns(batch: Batch, outcome: Assignment) -> None:
    """Refuse to write over cells that say something else than what would be written there."""
    problems = []
    for record, assigned in zip(batch.records, outcome.assigned, strict=True):
        for place, name in enumerate(ADDED):
            cell = record.cell(name)
            if not cell:
                continue
            ours = (assigned[place] or "") if assigned else ""
            if cell.removeprefix("'") != ours.removeprefix("'"):
                told = f"the column {name!r} says {cell!r}, and {ours!r} would be written over it"
                problems.append(f"{batch.file}:{record.line}: record {record.id!r}: {told}")
    if not problems:
        return
    hint = "rename that column, or leave it empty"
    if len(problems) == 1:
        raise InvalidInput("invalid_input", problems[0] + NOTHING, hint)
    error = InvalidInput("invalid_input", f"{len(problems)} cells would be lost{NOTHING}", hint)
    error.problems = tuple(problems)
    raise error
