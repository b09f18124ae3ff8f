"""Writing definitions as JSON: the same tables as in TOML, in the same order, dates as texts."""

from __future__ import annotations

import json
from typing import Any

from seqctl.days import date
from seqctl.definitions.toml.dated import typed
from seqctl.definitions.toml.writer import Counters, definition_document
from seqctl.model.catalogue.catalogue import Catalogue


def write_json(catalogue: Catalogue, counters: Counters | None = None) -> str:
    """The definitions as the text of one file. `counters` adds where each counter stands."""
    document = definition_document(catalogue, counters)
    for policy in document.get("policies", {}).values():
        if "conditions" in policy:
            policy["conditions"] = [typed(condition) for condition in policy["conditions"]]
    return json_text(document)


def json_text(document: Any) -> str:
    """A document as JSON that people read, without characters that a terminal could obey."""
    text = json.dumps(document, ensure_ascii=False, indent=2, default=_text)
    if text.replace("\n", "").isprintable():
        return text + "\n"
    return json.dumps(document, indent=2, default=_text) + "\n"


def _text(value: object) -> str:
    """A date as text. Raises TypeError for what JSON has no form for."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no form in JSON")
