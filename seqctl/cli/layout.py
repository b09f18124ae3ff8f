"""How a list looks on a terminal: its columns, what gives way first, and what its rows are called."""


class Layout:
    """The columns of a list, in order, and what a terminal needs to know besides.

    `incidental` are those that fall away where they do not fit, the first one first; all others stay.
    `noun` is what one row is called. Where a row stands for many, `total` names the column that counts them,
    and what is counted. `beneath` is the column that stands beneath each row, over the whole width, where the
    columns are too many for the terminal: the one with commands, which somebody copies.
    """

    __slots__ = ("beneath", "columns", "incidental", "noun", "plural", "total")

    def __init__(
        self,
        columns: tuple[str, ...],
        incidental: tuple[str, ...] = (),
        noun: str = "line",
        plural: str | None = None,
        total: tuple[str, str] | None = None,
        beneath: str | None = None,
    ) -> None:
        self.columns = columns
        self.incidental = incidental
        self.noun = noun
        self.plural = plural or noun + "s"
        self.total = total
        self.beneath = beneath

    def only(self, columns: tuple[str, ...]) -> "Layout":
        """The same list with the columns that somebody asked for, none of which falls away."""
        return Layout(columns, (), self.noun, self.plural, self.total if self._counts(columns) else None)

    def counted(self, rows: int) -> str:
        """How many rows there are, in words."""
        return f"{rows:,} {self.noun if rows == 1 else self.plural}"

    def _counts(self, columns: tuple[str, ...]) -> bool:
        return self.total is not None and self.total[0] in columns
