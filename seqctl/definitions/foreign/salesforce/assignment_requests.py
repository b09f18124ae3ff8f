"""Sequence assignment of Salesforce: the records that shall get numbers, and the answer for each of them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from seqctl.definitions.foreign.record import folded
from seqctl.definitions.foreign.salesforce.gap_requests import (
    policy_named,
    read_request,
    texts_of,
    unfit_request,
)
from seqctl.definitions.records.records import RecordFile
from seqctl.definitions.toml.sources import Source
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.finding import nearest
from seqctl.model.reports.assignment import Assignment
from seqctl.model.reports.record import Record

IDS, POLICY = "targetObjectIds", "sequencePolicyId"


def read_assignment_request(source: Source, catalogue: Catalogue) -> tuple[RecordFile, str | None]:
    """The records of a request, by their ids alone, and the policy that it forces, by name.

    Raises InvalidInput for what is no such request, NotFound for a policy that is not there.
    """
    data, file = read_request(source)
    policy: str | None = None
    ids: list[tuple[tuple[str | int, ...], str]] = []
    for key, value in data.items():
        if folded(key) == IDS:
            found = texts_of(file, key, value)
            ids += [((key, place), id) for place, id in enumerate(found)]
        elif folded(key) == POLICY and value is not None:
            names = texts_of(file, key, value)
            if len(names) != 1:
                raise unfit_request(file, (key,), f"{key!r} is not one policy")
            policy = policy_named(names[0], catalogue)
        elif value is not None:
            raise unfit_request(file, (key,), f"{key!r} is not understood", nearest(key, (IDS, POLICY)))
    if not ids:
        raise unfit_request(file, (), f"names no records under {IDS!r}")
    records: list[Record] = []
    taken: set[str] = set()
    for path, id in ids:
        if not id.strip() or not id.isprintable() or id in taken:
            words = f"the id {id!r} is a duplicate" if id in taken else f"{id!r} is no id"
            raise unfit_request(file, path, words)
        taken.add(id)
        line = max(file.line(path), records[-1].line + 1 if records else 1)
        records.append(Record(line, id, {"id": id}, json.dumps({"id": id})))
    return RecordFile(source.name, records, ["id"], None), policy


def assignment_answer(file: RecordFile, outcome: Assignment) -> Iterator[str]:
    """What became of each record: its number, or why it got none; and of all of them in one word."""
    failed = {failure.record: failure for failure in outcome.failures}
    status = "Success" if not failed else "PartialSuccess" if any(outcome.assigned) else "Failure"
    yield f'{{"status": "{status}", "results": ['
    for place, (record, assigned) in enumerate(zip(file.records, outcome.assigned, strict=True)):
        result: dict[str, object] = {"targetObjectId": record.id, "success": assigned is not None}
        if assigned is not None:
            result |= {"sequenceNumber": assigned.number, "sequencePolicy": assigned.policy}
        failure = failed.get(record.id)
        if failure is not None:
            result["errors"] = [{"errorCode": failure.code, "message": failure.message}]
        yield ("\n  " if place == 0 else ",\n  ") + json.dumps(result)
    yield "\n]}\n"
