"""One TOML file while it is read: its data, and the lines of its keys."""

import re
import tomllib
from collections.abc import Mapping

from seqctl.definitions.toml.keys import MOST_PARTS, long_key
from seqctl.definitions.toml.lines import KeyPath, line_index, line_of
from seqctl.definitions.toml.sources import Source
from seqctl.model.finding import Finding


class TomlFile:
    """A file, and the lines of its keys, found only when one is needed."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._index: Mapping[KeyPath, int] | None = None

    def at(self, path: KeyPath) -> str:
        """Where the longest known part of a path stands, as `FILE:LINE`."""
        if self._index is None:
            self._index = line_index(self.source.text)
        return f"{self.source.name}:{line_of(self._index, path)}"

    def column(self, path: KeyPath) -> str | None:
        """Keys stand in no columns."""
        return None

    def parse(self) -> tuple[object, list[Finding]]:
        """The data, or findings that say why there are none."""
        try:
            place = long_key(self.source.text)
            if place is None:
                return tomllib.loads(self.source.text), []
            message, line = f"has a key of more than {MOST_PARTS} parts", place
        except RecursionError:
            message, line = "is nested too deeply", 1
        except ValueError as error:
            found = re.search(r" \(at line (\d+), column (\d+)\)$", str(error))
            line = int(found[1]) if found else self.source.text.count("\n") + 1
            message = f"is not valid TOML: {str(error)[: found.start()] if found else error}"
        return None, [Finding("invalid_definition", "error", (f"{self.source.name}:{line}",), message)]
