"""What an issue needs of the sqlite3 module, taken from the C module behind it.

The classes are the same; the package around them only adds adapters for types that are never bound here,
and costs a tenth of itself to load.
"""

try:
    from _sqlite3 import Connection, Error, IntegrityError, OperationalError, connect
except ImportError:
    from sqlite3 import Connection, Error, IntegrityError, OperationalError, connect

__all__ = ["Connection", "Error", "IntegrityError", "OperationalError", "connect"]
