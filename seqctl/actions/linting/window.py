"""Findings on the window of a sequence: one that ends soon, and one that is over."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.days import date
from seqctl.model.finding import Finding
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.sequence.warning import ending
from seqctl.model.text import shell_word


def lint_window(sequence: Sequence, today: date) -> Iterator[Finding]:
    """An active sequence whose window is over, or ends within the days that its `warn_at` names."""
    until = sequence.effective_until
    if until is None or sequence.status != "active":
        return
    name, subject = shell_word(sequence.name), ("sequences", sequence.name)
    longer = f"seqctl sequence edit {name} --effective-until DATE"
    if until < today.isoformat():
        message = f"is active, and its last day was {until}"
        hint = f"stop it with: seqctl sequence deactivate {name}, or go on with: {longer}"
        yield Finding("window_over", "warning", subject, message, hint, ("effective_until",))
    near = None if sequence.warn_at is None else ending(sequence.warn_at, until, today)
    if near is not None:
        hint = f"define what follows it, or go on with: {longer}"
        yield Finding("window_ends", "warning", subject, near, hint, ("effective_until",))
