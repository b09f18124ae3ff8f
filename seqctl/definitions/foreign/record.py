"""Reading one object of another system key by key, with a finding for each problem and each key left over."""

from collections.abc import Iterable

from seqctl.definitions.foreign.reading import PayloadFile, Reading
from seqctl.definitions.foreign.said import Payload, plain
from seqctl.definitions.toml.lines import KeyPath
from seqctl.model.finding import Finding, nearest
from seqctl.model.sequence.values import iso_date, whole_number
from seqctl.model.text import composed
from seqctl.model.value import ValueProblem

LARGEST_EXACT_FLOAT = 2.0**53
LENGTH_OF_A_DATE = 10
WORDS = {"true": True, "yes": True, "false": False, "no": False}
"""True and false as texts; spreadsheets say yes and no."""


def folded(key: str) -> str:
    """A key with a small first letter: some interfaces write `Name` where others write `name`."""
    return key[:1].lower() + key[1:]


def holds_objects(value: object) -> bool:
    """Whether a value holds a list of objects or lists, at any depth: what could be definitions."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list) and any(isinstance(inner, dict | list) for inner in item):
            return True
        if isinstance(item, dict):
            waiting.extend(item.values())
    return False


class Record:
    """One object. Keys that nobody asks for are warned of by `finish`.

    `keys` maps other spellings of a key to the one that is asked for. An object within another one, made by
    `table` and `rows`, reports its problems under the subject of the outer one.
    """

    def __init__(
        self,
        reading: Reading,
        file: PayloadFile,
        path: KeyPath,
        fields: dict[str, object],
        keys: dict[str, str],
        outer: "Record | None" = None,
    ) -> None:
        self.reading = reading
        self.file = file
        self.path = path
        self._keys = keys
        self._root: KeyPath = outer._root if outer else path
        self.subject: tuple[str, ...] = outer.subject if outer else ()
        self._written: dict[str, str] = {}
        self._values: dict[str, object] = {}
        self._asked: set[str] = set()
        self._twice: list[tuple[str, str]] = []
        self._outer = outer
        self.errors = 0
        for written, value in fields.items():
            key = keys.get(folded(written), folded(written))
            if key not in self._values or self._values[key] is None:
                self._written[key], self._values[key] = written, value
            elif value is not None and value != self._values[key]:
                self._twice.append((self._written[key], written))

    def claim(self, table: str, name: str) -> bool:
        """Take a name for what this object defines; findings bear it from now on."""
        self.subject = (table, name)
        return self.reading.files.claim(self.subject, self.file, self._root)

    def name(self, key: str) -> str | None:
        """The name of what this object defines; None, with a finding, where it has none.

        Without one it is the definition that shall be updated; another one is an error then.
        """
        name, update = self.text(key), self.reading.update
        if update is not None:
            if name and composed(name) != update:
                message = f"{_shown(name)} is not {update!r}, which --update names"
                self.error(key, message, "leave --update out; an import renames nothing")
                return None
            return update
        if name:
            return composed(name)
        if name == "" or not self.has(key):
            self.error(key, "is missing", "give it a name, or name what it changes with --update NAME")
        return None

    def says(self, *keys: str) -> bool:
        """Whether one of the keys is named at all, be it with null."""
        return any(key in self._written for key in keys)

    def given(self, key: str) -> object:
        """The value of a key, or None."""
        self._asked.add(key)
        return self._values.get(key)

    def text(self, key: str) -> str | None:
        """A text; numbers are taken as they are written."""
        value = self.given(key)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        self.error(key, f"{_shown(value)} is not a text")
        return None

    def whole(self, key: str, minimum: int = 0, maximum: int | None = None) -> int | None:
        """A whole number, also as text."""
        value = self.given(key)
        if isinstance(value, str):
            value = value.strip() or None
        elif isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_EXACT_FLOAT:
            value = int(value)
        if value is None:
            return None
        try:
            return whole_number(value, minimum, maximum)
        except ValueProblem as problem:
            self.error(key, str(problem), problem.hint)
            return None

    def flag(self, key: str) -> bool | None:
        """True or false, also as text."""
        value = self.given(key)
        word = value.strip().lower() if isinstance(value, str) else value
        if word is None or isinstance(word, bool):
            return word
        if isinstance(word, str) and word in WORDS:
            return WORDS[word]
        self.error(key, f"{_shown(value)} is neither true nor false")
        return None

    def day(self, key: str) -> str | None:
        """A date in ISO form; an instant is the day that it names."""
        text = self.text(key)
        if text is None or not text.strip():
            return None
        try:
            return iso_date(self.reading.read_date(text.strip())[:LENGTH_OF_A_DATE])
        except ValueError as problem:
            hint = problem.hint if isinstance(problem, ValueProblem) else None
            self.error(key, str(problem), hint)
            return None

    def table(self, key: str) -> "Record | None":
        """The object under a key."""
        value = self.given(key)
        if value is None:
            return None
        if isinstance(value, dict):
            return self._inner((self.written(key),), value)
        self.error(key, f"{_shown(value)} is not an object")
        return None

    def rows(self, key: str, envelope: str | None = None) -> list["Record"]:
        """The objects in the array under a key, or in the array that an object there holds as `envelope`."""
        value = self.given(key)
        place: KeyPath = (self.written(key),)
        if envelope is not None and isinstance(value, dict) and envelope in value:
            self._whole(key, value, envelope)
            value, place = value[envelope], (*place, envelope)
        if value is None:
            return []
        if not isinstance(value, list):
            self.error(key, f"{_shown(value)} is not an array")
            return []
        rows = []
        for position, item in enumerate(value):
            if isinstance(item, dict):
                rows.append(self._inner((*place, position), item))
            else:
                self._note("error", (*place, position), f"{_shown(item)} is not an object", None)
        return rows

    def _whole(self, key: str, value: dict[str, object], envelope: str) -> None:
        """Refuse a page of a longer list: what is not on it would be lost."""
        held, total = value[envelope], value.get("totalSize")
        more = isinstance(held, list) and isinstance(total, int) and total > len(held)
        if more or value.get("done") is False or value.get("nextRecordsUrl"):
            self.error(key, "the list goes on elsewhere", "ask for all of it in one query")

    def _inner(self, place: KeyPath, value: dict[str, object]) -> "Record":
        return Record(self.reading, self.file, (*self.path, *place), value, self._keys, self)

    def written(self, key: str) -> str:
        """A key as this object spells it."""
        return self._written.get(key, key)

    def has(self, key: str) -> bool:
        """Whether a key holds anything."""
        return self._values.get(key) is not None

    def body(self, own: Iterable[str], own_below: dict[str, frozenset[str]] | None = None) -> Payload:
        """What the object says, by the usual names of its keys, but for null and the system's `own`."""
        found: Payload = plain(self._values, frozenset(own), own_below or {})
        return found

    def others(self) -> dict[str, object]:
        """The keys that nobody has asked for yet, with their values."""
        return {key: value for key, value in self._values.items() if key not in self._asked}

    def stands_for(self, key: str, *field: str | int) -> None:
        """Say that a field of the definition was read from a key, for what is found wrong with it later."""
        if key in self._written:
            self.file.aliases[(*self._root, *field)] = (*self.path, self._written[key])

    def finish(self, bookkeeping: Iterable[str] = ()) -> None:
        """Warn of every key that was not asked for, and that is not mere `bookkeeping` of the system."""
        for first, second in self._twice:
            message = f"stands beside {first!r} with another value"
            self._note("error", (second,), message, "keep one of them")
        known = sorted(self._asked)
        for key, written in self._written.items():
            if key not in self._asked and key not in bookkeeping:
                message = "unknown key; it is not carried over"
                self._note("warning", (written,), message, nearest(key, known))

    def error(self, key: str, message: str, hint: str | None = None) -> None:
        """Note what would change the numbers that come out, or cannot be read."""
        self._note("error", (self.written(key),), message, hint)

    def warning(self, key: str, message: str, hint: str | None = None) -> None:
        """Note what cannot be carried over, or was decided where the object is silent."""
        self._note("warning", (self.written(key),), message, hint)

    def _note(self, severity: str, place: KeyPath, message: str, hint: str | None) -> None:
        if severity == "error":
            outermost = self
            while outermost._outer is not None:
                outermost = outermost._outer
            outermost.errors += 1
        if not self.subject:
            text = ".".join(str(part) for part in place)
            self.reading.at(self.file, (*self.path, *place), severity, f"{text}: {message}", hint)
            return
        field = (*self.path[len(self._root) :], *place)
        self.reading.files.findings.append(
            Finding("invalid_definition", severity, self.subject, message, hint, field)
        )


def _shown(value: object) -> str:
    text = repr(value) if not isinstance(value, list | dict) else "a list or an object"
    return text if len(text) <= 60 else text[:57] + "..."
