"""Names that definitions had before they were renamed: kept until another definition takes them."""

from __future__ import annotations

from collections.abc import Iterable

MARK = "\t"
"""What parts kind, former name and present name in a text; no name has it."""


class FormerNames:
    """The former names of a book's definitions, made from the texts that the book keeps."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._present: dict[tuple[str, str], str] = {}
        for text in texts:
            kind, former, present = text.split(MARK)
            self._present[kind, former] = present

    def texts(self) -> list[str]:
        """One text for each name, in order."""
        return sorted(MARK.join((*key, present)) for key, present in self._present.items())

    def present(self, kind: str, name: str) -> str | None:
        """What the definition that had a name is called now; None where no definition had it."""
        return self._present.get((kind, name))

    def rename(self, kind: str, old: str, new: str) -> None:
        """A definition gets a new name; all its former ones mean that from now on."""
        self.take(kind, new)
        for (of, former), present in list(self._present.items()):
            if (of, present) == (kind, old):
                self._present[of, former] = new
        self._present[kind, old] = new

    def take(self, kind: str, name: str) -> None:
        """A definition takes a name: it is nobody's former one any more."""
        self._present.pop((kind, name), None)

    def forget(self, kind: str, name: str) -> None:
        """A definition goes, and its former names with it."""
        gone = [key for key, present in self._present.items() if (key[0], present) == (kind, name)]
        for key in gone:
            del self._present[key]
