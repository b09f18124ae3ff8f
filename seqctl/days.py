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

__all__ = ["date"]
