"""Gap reconciliation of Salesforce: which policies' gaps somebody asks for, and the gap records as an answer.

A record stands for one number, and does not say of which counter: so it can only tell of a sequence that has
one counter for ever.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from seqctl.definitions.foreign.record import folded
from seqctl.definitions.foreign.salesforce.objects import ID_LENGTH, SYSTEM
from seqctl.definitions.json.file import JsonFile
from seqctl.definitions.toml.sources import Source
from seqctl.errors import InvalidInput, NotFound
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.classes import NamedTuple
from seqctl.model.finding import nearest
from seqctl.model.number.gap_run import ListedGap
from seqctl.model.text import document_type_name

POLICIES = ("sequencePolicyIds", "sequencePolicyId", "sequencePolicies")
OBJECTS = ("targetObjects", "targetObject")
STATUSES = {
    "missing": "Unassigned",
    "reusable": "Unassigned",
    "blocked": "Blocked",
    "review": "Under Review",
}


class GapRequest(NamedTuple):
    """Whose gaps are asked for: names of policies, and document types."""

    policies: list[str]
    document_types: list[str]


def read_gap_request(source: Source, catalogue: Catalogue) -> GapRequest:
    """Read a request: policies by the ids that imports kept, or by name; and objects that are numbered.

    Raises InvalidInput for what is no such request, NotFound for a policy that is not there.
    """
    data, file = read_request(source)
    policies: list[str] = []
    types: list[str] = []
    for key, value in data.items():
        if folded(key) in POLICIES:
            policies += [policy_named(name, catalogue) for name in texts_of(file, key, value)]
        elif folded(key) in OBJECTS:
            types += [document_type_name(name) for name in texts_of(file, key, value)]
        elif value is not None:
            hint = nearest(key, (*POLICIES, *OBJECTS))
            raise unfit_request(file, (key,), f"{key!r} is not understood", hint)
    if not policies and not types:
        raise unfit_request(file, (), "names neither policies nor target objects")
    return GapRequest(list(dict.fromkeys(policies)), list(dict.fromkeys(types)))


def gap_records(gaps: Iterable[ListedGap], catalogue: Catalogue, left_out: list[str]) -> Iterator[str]:
    """The gaps as gap records, in JSON, one number after the other; `left_out` gets what they cannot tell."""
    chosen = {policy.sequence: policy.name for policy in catalogue.policies.values()}
    yield "["
    first = True
    for gap in gaps:
        sequence = catalogue.sequences[gap.sequence]
        if sequence.reset != "never" or sequence.scope:
            if gap.sequence not in left_out:
                left_out.append(gap.sequence)
            continue
        origin = catalogue.origins.get(gap.sequence, {}).get(SYSTEM, {})
        policy = {"SequencePolicy": {"Name": chosen.get(gap.sequence, gap.sequence)}}
        if "id" in origin:
            policy["SequencePolicyId"] = origin["id"]  # type: ignore[assignment]
        for value in range(gap.first, gap.last + 1, sequence.step):
            record = {**policy, "SequenceValue": value, "Status": STATUSES[gap.state]}
            yield ("\n  " if first else ",\n  ") + json.dumps(record, ensure_ascii=True)
            first = False
    yield "]\n" if first else "\n]\n"


def read_request(source: Source) -> tuple[dict[str, object], JsonFile]:
    """The object that a request is, with its lines. Raises InvalidInput."""
    if source.problem is not None:
        raise InvalidInput(source.problem.code, str(source.problem))
    file = JsonFile(source)
    data, findings = file.parse()
    if findings:
        raise InvalidInput("invalid_input", str(findings[0]), findings[0].hint)
    if not isinstance(data, dict):
        raise unfit_request(file, (), "is not an object that asks for something")
    return data, file


def policy_named(given: str, catalogue: Catalogue) -> str:
    """The name of a policy by its id, or as it is. Raises NotFound."""
    if given in catalogue.policies:
        return given
    for name, policy in catalogue.policies.items():
        id = catalogue.origins.get(policy.sequence, {}).get(SYSTEM, {}).get("id")
        if id is not None and str(id)[:ID_LENGTH] == given[:ID_LENGTH]:
            return name
    hint = nearest(given, list(catalogue.policies)) or "import the policy first, with its Id"
    raise NotFound(f"there is no policy with the id or name {given!r}", hint)


def texts_of(file: JsonFile, key: str, value: object) -> list[str]:
    """The texts of a key, alone or in a list. Raises InvalidInput."""
    items = [item for item in (value if isinstance(value, list) else [value]) if item is not None]
    texts = [item for item in items if isinstance(item, str)]
    if len(texts) != len(items):
        raise unfit_request(file, (key,), f"{key!r} is not a list of texts")
    return texts


def unfit_request(
    file: JsonFile, path: tuple[str | int, ...], words: str, hint: str | None = None
) -> InvalidInput:
    """The error of a request that cannot be taken, at its line."""
    return InvalidInput("invalid_input", f"{file.at(path)}: {words}", hint)
