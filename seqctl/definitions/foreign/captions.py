"""Keys that one system spells in many ways: `Starting No.` on a page, else `Starting_No` or `startingNo`."""

from __future__ import annotations


def plain_key(key: str) -> str:
    """A key without what spellings differ in: only its letters and digits, in small letters."""
    return "".join(character for character in key.casefold() if character.isalnum())


class Captions(dict[str, str]):
    """The usual name of each key, found by any of its spellings."""

    def __init__(self, spelled: dict[str, tuple[str, ...]]) -> None:
        """`spelled` has the spellings of each name that are more than other signs and capital letters."""
        super().__init__(
            (plain_key(spelling), name)
            for name, spellings in spelled.items()
            for spelling in (name, *spellings)
        )

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """The usual name of a key, else the default."""
        return super().get(plain_key(key), default)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and super().__contains__(plain_key(key))
