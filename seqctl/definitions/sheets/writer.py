"""Writing sequences as a sheet: a row each, which comes back in unchanged."""

from __future__ import annotations

import csv
import io

from seqctl.definitions.sheets.cells import guarded_cell, written_cell, written_counters
from seqctl.definitions.toml.writer import Counters, standing
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.sequence.changes import shown
from seqctl.model.sequence.fields import FIELD_TABLE


def write_sheet(catalogue: Catalogue, counters: Counters | None = None) -> tuple[str, list[str]]:
    """The sequences as CSV, and what of the definitions has no place in it, in words.

    `counters` adds where each counter stands.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    fields = [field.name for field in FIELD_TABLE]
    writer.writerow([*fields, "set", "member", *(["counters"] if counters is not None else [])])
    for name, sequence in sorted(catalogue.sequences.items()):
        serving = [
            (item.name, document_type)
            for _, item in sorted(catalogue.sets.items())
            for document_type, member in sorted(item.members.items())
            if member == name
        ]
        cells = [written_cell(shown(sequence, field)) for field in fields]
        cells += [written_cell([part[at] for part in serving]) for at in (0, 1)]
        if counters is not None:
            cells.append(written_counters(standing(sequence, counters.get(name, {}), {})))
        writer.writerow([guarded_cell(cell) for cell in cells])
    return buffer.getvalue(), list(_left_out(catalogue))


def _left_out(catalogue: Catalogue) -> list[str]:
    """What a sheet of sequences cannot hold."""
    words = []
    for kind in ("calendars", "policies", "ranges"):
        named = getattr(catalogue, kind)
        if named:
            words.append(f"a sheet holds no {kind}: {_listed(list(named))}")
    owned = [item.name for item in catalogue.sets.values() if item.owners]
    if owned:
        words.append(f"a sheet holds no assignments of sets: {_listed(owned)}")
    default = [item.name for item in catalogue.sets.values() if item.default]
    if default:
        words.append(f"a sheet does not say which set is the default: {_listed(default)}")
    empty = [item.name for item in catalogue.sets.values() if not item.members]
    if empty:
        words.append(f"a sheet holds no sets without members: {_listed(empty)}")
    return words


def _listed(names: list[str]) -> str:
    shown_names = ", ".join(map(repr, sorted(names)[:5]))
    return shown_names + (f" and {len(names) - 5} more" if len(names) > 5 else "")
