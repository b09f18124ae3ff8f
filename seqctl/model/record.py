"""A record to be numbered: one line of a CSV or JSON Lines file."""


class Record:
    """`line` is where it starts in its file, `id` names it, and `attributes` are its columns as texts.

    `source` is the line itself where the columns alone do not give it back, as in JSON Lines.
    """

    __slots__ = ("attributes", "id", "line", "source")

    def __init__(self, line: int, id: str, attributes: dict[str, str], source: str | None = None) -> None:
        self.line = line
        self.id = id
        self.attributes = attributes
        self.source = source
