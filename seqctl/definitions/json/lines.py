"""Line numbers for the keys and array elements of a JSON text.

The standard parser gives values without positions, but an error message has to name the line. This module
walks a text which that parser has accepted and notes where each path stands. Only positions belong here:
values are never interpreted.
"""

import json
import re

from seqctl.definitions.toml.lines import KeyPath, string_end

# Strings hold no raw line ends, so everything else is recognised by its first character. Where a string ends
# is looked for apart: with runs of characters of one kind alone, no text makes the expression slow.
_TOKEN = re.compile(r"[ \t\r\n,:]*(?:([\[{])|([\]}])|(\")|([^ \t\r\n,:\[\]{}\"]+))")


class JsonLines:
    """Where everything in a JSON text stands.

    `index` holds the 1-based line of each path: a member stands at its key, an array element where it begins.
    `repeated` holds the paths of keys that stand more than once in their object; the last one counts.
    """

    def __init__(self, text: str) -> None:
        self.index: dict[KeyPath, int] = {}
        self.repeated: list[KeyPath] = []
        self._walk(text)
        self.index.setdefault((), 1)

    def _walk(self, text: str) -> None:
        # A stack instead of recursion: the parser's own depth must not be too deep for this walk.
        open_containers: list[_Container] = []
        offset, line, counted = 0, 1, 0
        while match := _TOKEN.match(text, offset):
            offset = match.end()
            opening, closing, quote = match.group(1, 2, 3)
            if closing:
                if open_containers:
                    open_containers.pop()
                continue
            # Counting on from the previous token, never from the start, keeps the walk linear.
            start = match.start(match.lastindex or 0)
            if quote:
                offset = string_end(text, start)
            line += text.count("\n", counted, start)
            counted = start
            container = open_containers[-1] if open_containers else None
            if container is None:
                path: KeyPath = ()
                self.index[path] = line
            elif container.keys is not None and container.key is None:
                self._note_key(container, _decoded(text[start:offset] if quote else '""'), line)
                continue
            else:
                path = container.next_path()
                if container.keys is None:
                    self.index[path] = line
            if opening:
                open_containers.append(_Container(path, opening == "{"))

    def _note_key(self, container: "_Container", key: str, line: int) -> None:
        path = (*container.path, key)
        assert container.keys is not None
        if key in container.keys:
            self.repeated.append(path)
        container.keys.add(key)
        container.key = key
        self.index[path] = line


class _Container:
    """An object or array whose end has not been seen. `keys` is None in an array."""

    def __init__(self, path: KeyPath, is_object: bool) -> None:
        self.path = path
        self.keys: set[str] | None = set() if is_object else None
        self.key: str | None = None
        self.position = 0

    def next_path(self) -> KeyPath:
        """The path of the value that comes now."""
        if self.key is not None:
            path = (*self.path, self.key)
            self.key = None
            return path
        self.position += 1
        return (*self.path, self.position - 1)


def _decoded(string: str) -> str:
    # The parser itself reads the escapes, so that both always agree on the spelling of a key.
    return str(json.loads(string)) if "\\" in string else string[1:-1]
