"""Commands that hints name, as they can be copied."""

from __future__ import annotations

from collections.abc import Iterable

from seqctl.actions.ledger.texts import CounterTexts
from seqctl.model.number.gap_run import CounterPlace, GapRun
from seqctl.model.sequence.scope import scope_values
from seqctl.model.text import shell_word


def block_command(texts: CounterTexts, run: GapRun) -> str:
    """The command that blocks a run under a reason, as it can be copied."""
    return gap_command("block", texts, [(run.first, run.last)], "TEXT")


def gap_command(deed: str, texts: CounterTexts, runs: Iterable[tuple[int, int]], reason: str) -> str:
    """The command that does something with runs of a counter, as it can be copied."""
    sequence = texts.place.sequence
    words = [f"seqctl gaps {deed}", shell_word(sequence.name)]
    for first, last in runs:
        values = [first] if first == last else [first, last]
        shown = [texts.text(value) for value in values]
        if any("{" in item for item in shown):
            # A token that a missing number does not have: the integers name it as well.
            shown = [sequence.compiled.counter_text(value) for value in values]
        words.append(shell_word("..".join(shown)))
    return " ".join([*words, *counter_options(texts.place), f"--reason {reason}"])


def counter_options(place: CounterPlace) -> list[str]:
    """The words of a command that name the period and scope of a counter."""
    words = ["--period", place.period] if place.period != "all" else []
    for name, value in scope_values(place.scope).items():
        words += ["--scope", shell_word(f"{name}={value}")]
    return words
