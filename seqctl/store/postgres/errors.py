"""What the server or the driver says went wrong, alike for both drivers."""

LOST = ("08", "57P01", "57P02", "57P03", "57P05", "25P03", "25P04")
"""How the SQLSTATE begins of errors behind which there is no connection."""


class ServerError(Exception):
    """An error of the server, or of the way to it.

    `sqlstate` is the server's code of five letters, empty where it did not answer at all; `constraint` is the
    name of the constraint that was violated; `lost` says that the connection is gone, and with it what was
    not committed.
    """

    def __init__(self, message: str, sqlstate: str = "", constraint: str = "", lost: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.sqlstate = sqlstate
        self.constraint = constraint
        self.lost = lost or sqlstate.startswith(LOST)


def silent(seconds: float) -> ServerError:
    """The error of a server that did not answer in time; the connection is closed."""
    return ServerError(f"the server did not answer for {seconds:g} seconds", lost=True)


class DriverMissing(ImportError):
    """There is no libpq that can be loaded, or one that is too old."""
