"""libpq, the C library that speaks to a PostgreSQL server, loaded by `_ctypes` and called as it stands.

`import psycopg` costs 29 times `import sqlite3`, and one `seqctl next` needs twenty functions of the library
that psycopg brings along. No function with a variable number of arguments is called: their calling convention
differs between machines. Arguments need no declaration, since a handle keeps its width by its own type.
"""

import os
import sys
from _ctypes import FUNCFLAG_CDECL, CFuncPtr, _SimpleCData, dlopen

from seqctl.store.postgres.connection import DriverMissing

BESIDE_PSYCOPG = ("psycopg_binary.libs", "psycopg_binary/.dylibs")
"""Where the wheels for Linux and macOS keep their libpq, beside the package."""

SYSTEM = ("libpq.5.dylib",) if sys.platform == "darwin" else ("libpq.so.5",)

LEAST = 140000
"""The first libpq that knows pipeline mode."""


class Integer(_SimpleCData):  # type: ignore[type-arg]
    """A C int; as what a function gives back, it comes as Python's."""

    _type_ = "i"


class Unsigned(_SimpleCData):  # type: ignore[type-arg]
    """An Oid."""

    _type_ = "I"


class Text(_SimpleCData):  # type: ignore[type-arg]
    """A C string; as what a function gives back, it comes as bytes, NULL as None."""

    _type_ = "z"


class Pointer(_SimpleCData):  # type: ignore[type-arg]
    """A pointer to anything."""

    _type_ = "P"


class Handle(Pointer):
    """A connection or a result, false where it is NULL; as what a function gives back, it stays one."""


class Function(CFuncPtr):
    """A function of a library, which gives back an int unless something else is said."""

    _flags_ = FUNCFLAG_CDECL
    _restype_ = Integer


GIVES: "dict[str, type[_SimpleCData]]" = {  # type: ignore[type-arg]
    **dict.fromkeys(
        ("PQconnectStart", "PQconnectdb", "PQconninfoParse", "PQgetResult", "PQsetNoticeReceiver"), Handle
    ),
    **dict.fromkeys(("PQgetvalue", "PQerrorMessage", "PQresultErrorField", "PQcmdTuples"), Text),
}
"""What functions give back that give no int."""


class NoticeReceiver(CFuncPtr):
    """A function of ours that libpq calls for each notice of the server."""

    _flags_ = FUNCFLAG_CDECL
    _argtypes_ = (Pointer, Handle)
    _restype_ = None


class Library:
    """The functions of a shared library, each looked up when it is first called."""

    def __init__(self, name: str) -> None:
        self._handle = dlopen(name, 0)

    def __getattr__(self, name: str) -> "Function":
        """The function of that name. Raises AttributeError where the library has none."""
        function = Function((name, self))  # type: ignore[arg-type]
        if name in GIVES:
            function.restype = GIVES[name]
        setattr(self, name, function)
        return function


def load() -> Library:
    """The libpq that psycopg brings along, else the system's. Raises DriverMissing."""
    for name in [*_beside_psycopg(), *SYSTEM]:
        try:
            library = Library(name)
            if library.PQlibVersion() >= LEAST:
                return library
        except (AttributeError, OSError):
            continue
    raise DriverMissing


def _beside_psycopg() -> list[str]:
    """The libpq of psycopg[binary] where it is installed, by its path."""
    found = []
    for folder in sys.path:
        for room in BESIDE_PSYCOPG:
            try:
                names = os.listdir(f"{folder}/{room}")
            except OSError:
                continue
            found += [f"{folder}/{room}/{name}" for name in names if name.startswith(("libpq-", "libpq."))]
    return found
