"""The `date` class, taken from the C module behind `datetime`.

It is the same class; but loading the rest of datetime costs a tenth of `import sqlite3`, and every issue
would pay for it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
else:
    try:
        from _datetime import date
    except ImportError:
        from datetime import date

__all__ = ["FARTHEST", "date", "is_far"]

FARTHEST = 366
"""How many days a document date may lie ahead unasked: one slipped year would close the counter."""


def is_far(day: date, today: date) -> bool:
    """Whether a document date lies so far ahead that a person has to say that it is meant."""
    return day.toordinal() - today.toordinal() > FARTHEST
