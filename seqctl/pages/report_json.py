"""A report as one JSON object: instants in UTC with microseconds, a row of a sheet on a line of its own."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.json_text import to_json
from seqctl.model.report.pictures import bars_of
from seqctl.model.report.report import Report


def report_json(report: Report) -> Iterator[str]:
    """The object in parts: `{"sheets": {"summary": {...}, "scheme": [...], ...}}`."""
    yield '{"sheets": {\n"summary": ' + to_json(summary(report))
    for key, sheet in report.sheets.items():
        separator = f",\n{to_json(key)}: [\n"
        for line in sheet.lines():
            yield separator + line
            separator = ",\n"
        yield f",\n{to_json(key)}: []" if separator.endswith("[\n") else "\n]"
    yield "\n}}\n"


def summary(report: Report) -> dict[str, object]:
    """What is said of the whole."""
    made = report.made
    bars = bars_of(report.days)
    return {
        "book": made.book,
        "identity": made.identity,
        "targets": list(made.targets),
        "set": made.set_name,
        "from": made.window.first,
        "to": made.window.last,
        "documents": made.documents and {"file": made.documents[0], "sha256": made.documents[1]},
        "made_at": made.at,
        "made_by": made.actor,
        "timezone": made.zone,
        "seqctl": made.version,
        "head": {"event": made.head[0], "hash": made.head[1]},
        "good": report.good,
        "answers": [answer._asdict() for answer in report.answers],
        "strips": [strip._asdict() for strip in report.pictures()],
        "fills": [fill._asdict() for fill in report.fills],
        "bars": {"unit": bars.unit, "bars": [list(bar) for bar in bars.bars]},
    }
