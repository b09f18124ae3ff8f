"""Numbers of an input that the present pattern does not read: texts that the book knows from before.

Looked up under the lock: the ledger and its log say where they belong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from seqctl.actions.adopting.places import Place, Reader, read_leniently, variants
from seqctl.actions.adopting.readers import Meant
from seqctl.actions.adopting.reading import Reading
from seqctl.actions.ledger.ambiguity import several_numbers
from seqctl.actions.ledger.printed import PrintedNumbers
from seqctl.days import date
from seqctl.model.number.reader import Placed
from seqctl.model.reports.adoption import Adoption
from seqctl.model.reports.staged import PlacedMisfit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

Belonging = tuple[str, Reader, Placed]
"""A text as the book knows it, and where it belongs."""


def place_misfits(
    transaction: Transaction, adoption: Adoption, reading: Reading, open_places: Callable[[list[Place]], None]
) -> None:
    """Find out where misfits belong; `open_places` finds the counters of places that are new.

    A text belongs to the number that holds it, else to the one that had it last, else to one that lists show
    by it. One that names several numbers stays a problem.
    """
    readers = {reader.sequence.id: reader for reader in reading.readers.all}
    # By SQL a text is found wherever it is held; a line that names its sequence means that one alone.
    anywhere = [] if adoption.by_sequence else [id for id in readers if id is not None]
    adopted = transaction.adopted
    known = len(reading.places)
    for id, period, scope in adopted.held_misfits(anywhere, adoption.period):
        reading.place(readers[id], period, scope).ascending = False
    known_texts: dict[int | None, PrintedNumbers] = {}

    def printed(meant: Meant) -> Iterator[tuple[Reader, PrintedNumbers]]:
        for reader in meant:
            sequence = reader.sequence
            if sequence.id not in known_texts:
                numbers = PrintedNumbers(transaction, sequence, adoption.period, adoption.scope)
                known_texts[sequence.id] = numbers
            yield reader, known_texts[sequence.id]

    placed: list[PlacedMisfit] = []
    for line, text, day in adopted.misfits():
        meant_by_line = reading.meant.get(line, reading.readers.all)
        found = _belongings([*printed(meant_by_line)], text, None if day is None else date.fromisoformat(day))
        if len(found) == 1:
            ((meant, reader, where),) = found
            place = reading.place(reader, where.period, where.scope)
            place.ascending = False
            placed.append(PlacedMisfit(place.number, where.value, meant, line))
        elif found:
            adopted.reword(line, *_several(found))
    open_places(reading.places[known:])
    adopted.place_held()
    adopted.place_misfits(placed)


def _belongings(printed: list[tuple[Reader, PrintedNumbers]], text: str, day: date | None) -> list[Belonging]:
    """Where a text belongs, by the first of the rules that says anything."""
    for rule in (_given, _read, _shown):
        found = [item for reader, numbers in printed for item in rule(reader, numbers, text, day)]
        if found:
            # That several patterns read it was said when it was read.
            return [] if rule is _read and len(found) > 1 else found
    return []


def _given(reader: Reader, numbers: PrintedNumbers, text: str, day: date | None) -> Iterator[Belonging]:
    for variant in variants(text):
        if placed := numbers.given(variant, day):
            yield from ((variant, reader, item) for item in placed)
            return


def _read(reader: Reader, numbers: PrintedNumbers, text: str, day: date | None) -> Iterator[Belonging]:
    """By the present pattern: it was put off only since a former one reads the text too."""
    found = read_leniently(reader, text, day)
    if not isinstance(found, str):
        yield found[0], reader, found[1]


def _shown(reader: Reader, numbers: PrintedNumbers, text: str, day: date | None) -> Iterator[Belonging]:
    for variant in variants(text):
        if placed := numbers.shown_by_former(variant, day):
            yield from ((variant, reader, item) for item in placed)
            return


def _several(found: list[Belonging]) -> tuple[str, str]:
    """That a text names several numbers, and what tells them apart."""
    places = [(item.sequence.document_type, item.sequence.name, placed.period) for _, item, placed in found]
    return f"names {several_numbers(places)[0]}", "give a date, --period or one sequence"
