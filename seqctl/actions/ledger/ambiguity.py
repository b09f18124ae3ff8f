"""The refusal of a text that names several numbers, with what tells them apart."""

from seqctl.errors import Refused
from seqctl.model.text import shell_word

Place = tuple[str, str, str]
"""Document type, sequence and period of one of the numbers."""

SHOWN = 3
"""How many of the numbers a message names."""


def ambiguous_number(text: str, places: list[Place], verb: str = "names") -> Refused:
    """Say which numbers a text names or can be, and the options by which each of them can be named alone."""
    message, hint = several_numbers(places)
    return Refused("ambiguous_number", f"{text!r} {verb} {message}", hint)


def several_numbers(places: list[Place]) -> tuple[str, str]:
    """Several numbers in words, and the options that tell them apart."""
    types, sequences, periods = ([*dict.fromkeys(column)] for column in zip(*places, strict=True))
    listed = []
    for document_type, sequence, period in places[:SHOWN]:
        of = (
            f"{document_type} of sequence {sequence!r}" if len(types) > 1 else f"one of sequence {sequence!r}"
        )
        listed.append(f"{of} in period {period}" if len(periods) > 1 else of)
    if len(places) > SHOWN:
        listed.append(f"{len(places) - SHOWN} more")
    message = f"{len(places)} numbers: {', '.join(listed[:-1])} and {listed[-1]}"
    ways = {"--sequence": sequences, "--period": periods}
    if len(sequences) == len(places):
        del ways["--period"]
    told = [
        " or ".join(f"{option} {shell_word(value)}" for value in values[:SHOWN])
        for option, values in ways.items()
        if len(values) > 1
    ]
    return message, f"say which one with {', and '.join(told) or '--scope'}"
