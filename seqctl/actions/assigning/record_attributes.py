"""The attributes of the records of a file: its columns, found by their names whatever the capital letters."""

from __future__ import annotations

from collections.abc import Iterable

from seqctl.actions.assigning.decimal_comma import with_point
from seqctl.errors import InvalidInput
from seqctl.model.reports.record import Record, Row
from seqctl.model.text import composed


class Shape:
    """The columns of a record. All rows of a table have one shape; other records have that of their keys."""

    __slots__ = ("columns", "number")

    def __init__(self, number: int, columns: Iterable[str]) -> None:
        self.number = number
        self.columns: dict[str, list[str]] = {}
        for column in columns:
            self.columns.setdefault(composed(column).casefold(), []).append(column)

    def value(self, record: Record, name: str) -> str | None:
        """The attribute of a record, in normal form C. Raises InvalidInput where two columns share it."""
        columns = self.columns.get(name.casefold())
        if columns is None:
            return None
        if len(columns) > 1:
            listed = " and ".join(repr(column) for column in columns)
            raise InvalidInput(
                "invalid_input",
                f"the columns {listed} differ in capital letters alone, and {name!r} is asked for",
                "rename or remove one of them",
            )
        cell = record.cell(columns[0])
        return None if cell is None else composed(cell)

    def cells(self, record: Record, names: tuple[str, ...]) -> list[object]:
        """What records alike agree in: the shape, and the cells that these attributes lie in."""
        found: list[object] = [self.number]
        for name in names:
            columns = self.columns.get(name.casefold())
            found.append(None if columns is None else record.cell(columns[0]))
        return found


class Shapes:
    """The shapes of the records of one run."""

    def __init__(self) -> None:
        self._places: dict[str, int] | None = None
        self._table: Shape | None = None
        self._known: dict[tuple[str, ...], Shape] = {}

    def of(self, record: Record) -> Shape:
        """The shape of a record."""
        if isinstance(record, Row):
            if self._table is None or record.places is not self._places:
                self._places, self._table = record.places, self._shape(tuple(record.places))
            return self._table
        return self._shape(tuple(record.attributes))

    def _shape(self, columns: tuple[str, ...]) -> Shape:
        shape = self._known.get(columns)
        if shape is None:
            shape = self._known[columns] = Shape(len(self._known), columns)
        return shape


class Watched(dict[str, str]):
    """The attributes of a record for a request; notes which of them were asked for.

    `commas` are those that are numbers with a decimal comma.
    """

    __slots__ = ("asked", "commas", "record", "shape")

    def __init__(self, shape: Shape, record: Record, commas: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.commas = commas
        self.shape = shape
        self.record = record
        self.asked: dict[str, None] = {}

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """The attribute, noted as asked for."""
        self.asked[name] = None
        value = self.shape.value(self.record, name)
        if value is not None and name.casefold() in self.commas:
            value = with_point(name, value)
        return default if value is None else value
