"""Reading what other numbering systems take and give: their JSON as definitions of seqctl.

Each system has a module of its own, which knows its keys and its rules. What they share is beside them: the
files and their lines, the lists that systems wrap their objects in, and reading one object key by key.
"""

from seqctl.definitions.foreign import intacct, salesforce, zuora
from seqctl.definitions.foreign.envelope import objects
from seqctl.definitions.foreign.json_file import JsonFile
from seqctl.definitions.foreign.reading import Reading
from seqctl.definitions.foreign.record import Record
from seqctl.definitions.foreign.zuora import zuora_prefixes
from seqctl.definitions.sources import Source
from seqctl.definitions.toml_reader import DefinitionFiles, for_the_log
from seqctl.errors import UsageError
from seqctl.model.finding import nearest

__all__ = ["SYSTEMS", "read_foreign", "zuora_prefixes"]

READERS = {"salesforce": salesforce, "intacct": intacct, "zuora": zuora}
SYSTEMS = tuple(READERS)
"""The systems whose payloads can be read."""


def read_foreign(system: str, sources: list[Source], calendar: str | None) -> DefinitionFiles:
    """Read payloads of another system as one set of definitions. Problems are findings, all of them at once.

    `calendar` names an existing calendar for the fiscal years of the payloads; without it they are taken to
    be calendar years, with a warning. Raises UsageError for a system that is not known.
    """
    reader = READERS.get(system)
    if reader is None:
        known = ", ".join(SYSTEMS)
        raise UsageError(
            f"no system {system!r} is known", nearest(system, SYSTEMS) or f"write one of {known}"
        )
    files = DefinitionFiles(names=for_the_log(sources))
    reading = Reading(files, calendar)
    records: list[Record] = []
    for source in sources:
        file = JsonFile(source)
        data, findings = file.parse()
        files.findings.extend(findings)
        if not findings:
            for path, fields in objects(reading, file, data, reader.ENVELOPE):
                records.append(Record(reading, file, path, fields, reader.KEYS))
    reader.read(reading, records)
    if system == "zuora":
        files.wanted.prefixes = zuora_prefixes(files.wanted)
    return files
