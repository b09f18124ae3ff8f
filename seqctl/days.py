"""Days and instants: the classes of `datetime`, taken from the C module behind it.

They are the same classes; but loading the rest of datetime costs a tenth of `import sqlite3`, and every issue
would pay for it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime, timedelta
else:
    try:
        from _datetime import date, datetime, timedelta
    except ImportError:
        from datetime import date, datetime, timedelta

__all__ = ["FARTHEST", "date", "datetime", "is_far", "timedelta"]

FARTHEST = 366
"""How many days a document date may lie ahead unasked: one slipped year would close the counter."""


def is_far(day: date, today: date) -> bool:
    """Whether a document date lies so far ahead that a person has to say that it is meant."""
    return day.toordinal() - today.toordinal() > FARTHEST
