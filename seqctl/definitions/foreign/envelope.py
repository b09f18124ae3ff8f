"""The lists that systems wrap their objects in, opened to the objects themselves."""

from collections.abc import Iterator

from seqctl.definitions.foreign.reading import PayloadFile, Reading
from seqctl.definitions.foreign.record import folded, holds_objects
from seqctl.definitions.toml.lines import KeyPath
from seqctl.model.classes import frozen
from seqctl.model.finding import nearest


@frozen
class Envelope:
    """How a system wraps objects: under one of `lists`, with `companions` beside them.

    `pages` are companions that, where they hold anything, say that the list goes on elsewhere.
    """

    lists: tuple[str, ...]
    companions: tuple[str, ...]
    pages: tuple[str, ...] = ()


def objects(
    reading: Reading, file: PayloadFile, data: object, envelope: Envelope
) -> Iterator[tuple[KeyPath, dict[str, object]]]:
    """Every object in the data with its path, in order: alone, in arrays, in envelopes, and these mixed.

    What is not an object becomes a finding.
    """
    found = False
    # A stack instead of recursion: the data may be nested as deep as the parser allows.
    waiting: list[tuple[KeyPath, object]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(((*path, place), item) for place, item in reversed(list(enumerate(value))))
        elif not isinstance(value, dict):
            found = True
            shown = repr(value) if len(repr(value)) <= 60 else "a value"
            reading.at(file, path, "error", f"{shown} is not an object", "write an object: { ... }")
        elif any(folded(key) in envelope.lists for key in value):
            _companions(reading, file, path, value, envelope)
            inner = [key for key in value if folded(key) in envelope.lists and value[key] is not None]
            waiting.extend(((*path, key), value[key]) for key in reversed(inner))
        else:
            found = True
            yield path, value
    if not found:
        reading.at(file, (), "warning", "contains nothing to import")


def _companions(
    reading: Reading, file: PayloadFile, path: KeyPath, value: dict[str, object], envelope: Envelope
) -> None:
    """Warn of what stands beside a list and is lost with it."""
    known = (*envelope.lists, *envelope.companions, *envelope.pages)
    for key, companion in value.items():
        name = folded(key)
        place = (*path, key)
        if name not in known and holds_objects(companion):
            message = f"{key}: is not understood; it could hold definitions"
            reading.at(file, place, "error", message, nearest(key, known))
        elif name not in known:
            reading.at(
                file, place, "warning", f"{key}: unknown key; it is not carried over", nearest(key, known)
            )
        if name in envelope.pages and _goes_on(companion):
            message = f"{key}: the list goes on elsewhere"
            reading.at(file, place, "warning", message, "import its other pages too")
        failed = companion is False if name == "success" else name == "status" and companion not in (0, None)
        if failed:
            reading.at(file, place, "error", f"{key}: this is the answer to a request that failed")


def _goes_on(companion: object) -> bool:
    """Whether what a system says of its pages names another one: an address, `done: false`, a `next`."""
    if isinstance(companion, dict):
        companion = companion.get("next")
    return companion is not None and companion != "" and companion is not True
