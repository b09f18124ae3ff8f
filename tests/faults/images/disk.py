"""A disk as a power cut may leave it: what was synced is there, of everything else any part may be."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from .recording import LIVES_IN_MEMORY
from .steps import ROOT, Enter, Leave, Move, Step, Sync, Truncate, Write

SECTOR = 512
Piece = tuple[int, int] | None
"""The bytes of one write that reached the disk, from .. to; None for all of them."""
Choice = tuple[tuple[int, Piece], ...]
"""The steps, by their place in the recording, that reached the disk though nobody waited for them."""
Tree = dict[str, bytes]


class Disk:
    """What is durable of every file and directory, and the steps that are not, in their order."""

    def __init__(self, before: dict[int, bytes | dict[str, int]]) -> None:
        self.contents = {number: data for number, data in before.items() if isinstance(data, bytes)}
        self.names = {number: data for number, data in before.items() if isinstance(data, dict)}
        self.pending: list[int] = []
        self.steps: list[Step] = []
        self._digests: dict[object, bytes] = {}
        self._synced: dict[int, int] = {}

    def take(self, step: Step) -> None:
        """One more step of the recording happened."""
        place = len(self.steps)
        self.steps.append(step)
        if isinstance(step, Enter) and step.directory:
            self.names[step.new] = {}
        if isinstance(step, Sync):
            self._sync(step.file)
        elif isinstance(step, Write | Truncate | Enter | Leave | Move):
            self.pending.append(place)

    def _sync(self, file: int) -> None:
        own = [place for place in self.pending if self.steps[place].file == file]  # type: ignore[union-attr]
        self.pending = [place for place in self.pending if place not in own]
        kept = tuple((place, None) for place in own)
        if file in self.names:
            self.names[file] = self._entries(file, kept)
        else:
            self.contents[file] = self._content(file, kept)
            self._synced[file] = len(self.steps)

    def choices(self, torn: bool) -> Iterator[Choice]:
        """Every combination of unsynced steps that is worth an image.

        All, none, each dropped singly, each kept singly, all up to one, all from one on, all of one file and
        all but those of one; with `torn`, each write cut at its sectors in each of these surroundings,
        without it only the last write.
        """
        whole = [(place, None) for place in self.pending]
        yield ()
        yield tuple(whole)
        for at in range(len(whole)):
            yield tuple(whole[:at])
            yield tuple(whole[at:])
            yield tuple(whole[:at] + whole[at + 1 :])
            yield (whole[at],)
        files = [self.steps[place].file for place in self.pending]  # type: ignore[union-attr]
        for file in set(files):
            yield tuple(item for item, owner in zip(whole, files, strict=True) if owner == file)
            yield tuple(item for item, owner in zip(whole, files, strict=True) if owner != file)
        writes = [at for at, place in enumerate(self.pending) if isinstance(self.steps[place], Write)]
        for at in writes if torn else writes[-1:]:
            for piece in self._pieces(self.pending[at]):
                part = (self.pending[at], piece)
                yield (part,)
                yield (*whole[:at], part)
                yield (*whole[:at], part, *whole[at + 1 :])

    def _pieces(self, place: int) -> Iterator[Piece]:
        """The heads and the tails of a write, cut where the disk's sectors end."""
        step = self.steps[place]
        assert isinstance(step, Write)
        length = len(step.data)
        for cut in range(SECTOR - step.offset % SECTOR, length, SECTOR):
            yield (0, cut)
            yield (cut, length)

    def image(self, choice: Choice) -> Tree:
        """The files of one image, by their path below the folder; a directory ends with a slash."""
        return {
            path: b"" if file in self.names else self._content(file, changes)
            for path, file, changes in self._reached("", ROOT, choice)
        }

    def fingerprint(self, choice: Choice) -> object:
        """What is alike for two choices that leave the same image."""
        return tuple(
            (path, None if file in self.names else self._digest(file, changes))
            for path, file, changes in self._reached("", ROOT, choice)
        )

    def _reached(self, prefix: str, directory: int, choice: Choice) -> Iterator[tuple[str, int, Choice]]:
        """Every file that has a name, with the chosen steps that changed its content."""
        for name, file in sorted(self._entries(directory, choice).items()):
            if file in self.names:
                yield f"{prefix}{name}/", file, ()
                yield from self._reached(f"{prefix}{name}/", file, choice)
            elif not name.endswith(LIVES_IN_MEMORY):
                yield prefix + name, file, tuple(item for item in choice if self._changes(item[0], file))

    def _changes(self, place: int, file: int) -> bool:
        step = self.steps[place]
        return isinstance(step, Write | Truncate) and step.file == file

    def _entries(self, directory: int, choice: Choice) -> dict[str, int]:
        """The names of a directory after the chosen steps; a step that lost its ground does nothing."""
        names = dict(self.names.get(directory, {}))
        for place, _ in choice:
            step = self.steps[place]
            if not isinstance(step, Enter | Leave | Move) or step.file != directory:
                continue
            if isinstance(step, Enter):
                names[step.name] = step.new
            elif isinstance(step, Leave):
                names.pop(step.name, None)
            elif step.name in names:
                names[step.to] = names.pop(step.name)
        return names

    def _content(self, file: int, changes: Choice) -> bytes:
        """The bytes of a file after the chosen steps; what was never written reads as zeros."""
        data = bytearray(self.contents.get(file, b""))
        for place, piece in changes:
            _apply(data, self.steps[place], piece)
        return bytes(data)

    def _digest(self, file: int, changes: Choice) -> bytes:
        known = (file, self._synced.get(file), changes)
        if known not in self._digests:
            self._digests[known] = hashlib.sha256(self._content(file, changes)).digest()
        return self._digests[known]


def _apply(data: bytearray, step: Step, piece: Piece) -> None:
    if isinstance(step, Truncate):
        del data[step.length :]
        data.extend(bytes(step.length - len(data)))
    elif isinstance(step, Write):
        start, end = piece or (0, len(step.data))
        data.extend(bytes(max(0, step.offset + start - len(data))))
        data[step.offset + start : step.offset + end] = step.data[start:end]


def lay_out(tree: Tree, folder: Path) -> None:
    """Write the files of an image into a folder."""
    for path, data in tree.items():
        if path.endswith("/"):
            (folder / path).mkdir(mode=0o700)
        else:
            (folder / path).write_bytes(data)
