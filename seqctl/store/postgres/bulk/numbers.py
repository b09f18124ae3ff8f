"""Writing many numbers of many counters in one transaction: what `assign` writes at once."""

from collections.abc import Iterable, Iterator
from itertools import islice

from seqctl.model.log.lead import Lead, NewNumber
from seqctl.store.postgres.bulk.rows import PAGE, columns_of, copied, copy_rows
from seqctl.store.sql.bulk import INSERT, Bulk
from seqctl.store.sql.log import sha256

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.connection import ServerConnection


class PostgresBulk(Bulk):
    """Many rows, moved by COPY."""

    __slots__ = ()

    connection: "ServerConnection"

    def add_numbers(self, serial: int, numbers: Iterable[NewNumber]) -> str:
        """Add numbers of any counters from `serial` on; return the SHA-256 over their rows.

        Raises TextHeld where a text is held already; nothing was then written.
        """
        digest = sha256()
        remaining = iter(numbers)

        def texts() -> Iterator[str]:
            place, present, beginning = serial, None, ""
            while chunk := list(islice(remaining, PAGE)):
                rows, hashed = [], []
                for lead, record, key, value, text in chunk:
                    if lead is not present:
                        present, beginning = lead, _beginning(lead)
                    own = f"{copied(record)}\t{copied(key)}\t{place}\t{value}\t{copied(text)}"
                    rows.append(f"{beginning}{own}\tissued\n")
                    own = f"{lead.tail}{place}\x1f{value}\x1f{text}{lead.end}"
                    hashed.append(f"{lead.head}{record or ''}\x1f{key or ''}{own}")
                    place += 1
                digest.update("".join(hashed).encode())
                yield "".join(rows)

        copy_rows(self.connection, columns_of(INSERT), texts())
        return str(digest.hexdigest())


def _beginning(lead: Lead) -> str:
    """What rows of one counter, date and choice share, as COPY takes it."""
    return "".join(f"{copied(value)}\t" for value in (*lead.shared, lead.date))
