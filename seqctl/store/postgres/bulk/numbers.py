"""Writing many numbers of many counters in one transaction: what `assign` writes at once."""

from collections.abc import Iterable, Iterator
from itertools import islice

from seqctl.model.log.lead import Lead, NewNumber
from seqctl.store.postgres.bulk.rows import PAGE, REMEMBERED, column, columns_of, copied, copy_rows
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
            place = serial
            beginnings: dict[Lead, str] = {}
            while chunk := list(islice(remaining, PAGE)):
                rows, hashed = [], []
                leads, records, keys, values, texts = zip(*chunk, strict=True)
                copies = zip(column(records), column(keys), column(texts), strict=True)
                given = zip(leads, records, keys, values, texts, copies, strict=True)
                for lead, record, key, value, text, own in given:
                    beginning = beginnings.get(lead)
                    if beginning is None:
                        beginning = _beginning(lead, beginnings)
                    rows.append(f"{beginning}{own[0]}\t{own[1]}\t{place}\t{value}\t{own[2]}\tissued\n")
                    said = f"{lead.tail}{place}\x1f{value}\x1f{text}{lead.end}"
                    hashed.append(f"{lead.head}{record or ''}\x1f{key or ''}{said}")
                    place += 1
                digest.update("".join(hashed).encode())
                yield "".join(rows)

        copy_rows(self.connection, columns_of(INSERT), texts())
        return str(digest.hexdigest())


def _beginning(lead: Lead, known: dict[Lead, str]) -> str:
    """What rows of one counter, date and choice share, as COPY takes it; remembered in `known`."""
    if len(known) == REMEMBERED:
        known.clear()
    known[lead] = "".join(f"{copied(value)}\t" for value in (*lead.shared, lead.date))
    return known[lead]
