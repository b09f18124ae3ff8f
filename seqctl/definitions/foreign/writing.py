"""Writing definitions as the payloads of other systems, with a warning for each thing that they cannot hold.

Each system has a writer of its own beside its reader. What would change the numbers that come out stays out
as a whole; of the rest the system gets what it has a key for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from seqctl.definitions.foreign.intacct import writer as intacct
from seqctl.definitions.foreign.leftovers import Leftovers
from seqctl.definitions.foreign.salesforce import writer as salesforce
from seqctl.definitions.foreign.zuora import writer as zuora
from seqctl.definitions.json.writer import json_text
from seqctl.definitions.toml.writer import Counters
from seqctl.model.catalogue.catalogue import Catalogue

Writer = Callable[[Catalogue, Counters, Leftovers], Any]
WRITERS: dict[str, tuple[str, Writer]] = {
    "salesforce": ("Salesforce", salesforce.write),
    "intacct": ("Intacct", intacct.write),
    "zuora": ("Zuora", zuora.write),
}


def write_foreign(system: str, catalogue: Catalogue, counters: Counters) -> tuple[str, list[str]]:
    """The payloads as JSON, and in words what of the definitions the system cannot hold."""
    name, write = WRITERS[system]
    leftovers = Leftovers(name)
    document = write(catalogue, counters, leftovers)
    return json_text(document), leftovers.words()
