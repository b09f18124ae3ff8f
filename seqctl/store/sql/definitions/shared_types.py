"""Document types that a sequence numbers beside its own: found among the types of one space of texts."""

from seqctl.model.sequence.document_types import packed_type, unpack_types

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sql.connection import Connection

SPACE = "SELECT coalesce((SELECT name FROM text_space WHERE document_type = :type), :type)"
SHARED = (
    "s.types IS NOT NULL AND replace(s.types, :packed, '') <> s.types AND s.document_type IN"
    f" (SELECT document_type FROM text_space WHERE name = ({SPACE}) UNION ALL {SPACE})"
)
"""Whether a sequence names a type among several; its types share one space of texts, so few are looked at."""

OF_TYPE = (
    "s.id IN (SELECT id FROM sequence WHERE document_type = :type UNION SELECT s.id FROM sequence s"
    f" WHERE {SHARED})"
)
"""Whether a sequence numbers documents of a type."""


def of_type(document_type: str) -> dict[str, str]:
    """What OF_TYPE and SHARED are bound to."""
    return {"type": document_type, "packed": packed_type(document_type)}


def is_shared(connection: "Connection", document_type: str) -> bool:
    """Whether a sequence numbers a type beside its own."""
    query = f"SELECT 1 FROM sequence s WHERE {SHARED} AND s.document_type <> :type LIMIT 1"
    return connection.execute(query, of_type(document_type)).fetchone() is not None


def shared_types(connection: "Connection") -> list[str]:
    """All types of the sequences that number several, each once."""
    rows = connection.execute("SELECT types FROM sequence WHERE types IS NOT NULL ORDER BY name")
    return list(dict.fromkeys(name for (types,) in rows for name in unpack_types(types)))
