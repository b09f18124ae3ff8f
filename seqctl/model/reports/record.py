"""A record to be numbered: one line of a CSV or JSON Lines file."""


class Record:
    """`line` is where it starts in its file, and `id` names it.

    `source` is the line itself where the columns alone do not give it back, as in JSON Lines.
    """

    __slots__ = ("_attributes", "id", "line", "source")

    def __init__(self, line: int, id: str, attributes: dict[str, str], source: str | None = None) -> None:
        self.line = line
        self.id = id
        self._attributes = attributes
        self.source = source

    @property
    def attributes(self) -> dict[str, str]:
        """The columns as texts, by name."""
        return self._attributes

    def cell(self, name: str) -> str | None:
        """The text of one column, or None where the record has no such column."""
        return self._attributes.get(name)


class Row(Record):
    """A record of a table: its cells, and the places of the columns, which all rows share.

    Most columns of a table are never looked at: a dictionary for a row is only made when asked for.
    """

    __slots__ = ("cells", "places")

    def __init__(self, line: int, id: str, cells: list[str], places: dict[str, int]) -> None:
        self.line = line
        self.id = id
        self.cells = cells
        self.places = places
        self.source = None

    @property
    def attributes(self) -> dict[str, str]:
        """The columns as texts, by name."""
        cells = self.cells
        return {name: cells[place] for name, place in self.places.items()}

    def cell(self, name: str) -> str | None:
        """The text of one column, or None where the table has no such column."""
        place = self.places.get(name)
        return None if place is None else self.cells[place]
