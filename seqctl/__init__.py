"""seqctl keeps document numbers unique, in order and free of unexplained gaps.

The library interface: `open_store` opens a book, `seqctl.actions` holds the use cases, `seqctl.model` their
nouns. Everything is loaded when it is first named, so that issuing one number loads little.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store import open_store

__all__ = ["__version__", "open_store"]


def __getattr__(name: str) -> object:
    """Load what the library offers when it is first named."""
    if name == "open_store":
        from seqctl.store import open_store

        return open_store
    raise AttributeError(f"seqctl has no {name!r}")
