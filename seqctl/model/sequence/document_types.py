"""The document types of a sequence that numbers several, or whose types have codes, as the book keeps them.

One line a type: its name, a tab and, where it has one, an equals sign and its code. The first one is the
sequence's own type: a number of the ledger names its type only where that is another one.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.sequence.sequence import Sequence

Types = dict[str, str | None]
"""Document types in their order, each with what the token `{type}` prints, or None."""


def pack_types(types: Types) -> str:
    """Write types and codes as one text. No name and no code holds a line end or a tab."""
    lines = [f"{name}\t" + ("" if code is None else f"={code}") + "\n" for name, code in types.items()]
    return "\n" + "".join(lines)


def unpack_types(text: str) -> Types:
    """Read what `pack_types` wrote."""
    types: Types = {}
    for line in text.split("\n")[1:-1]:
        name, _, code = line.partition("\t")
        types[name] = code[1:] if code else None
    return types


def packed_type(document_type: str) -> str:
    """What a text of `pack_types` holds where a type is among its types."""
    return f"\n{document_type}\t"


def codes_of(sequence: "Sequence") -> dict[str, str]:
    """What the token `{type}` prints for each type of a sequence; empty where it is no token."""
    return {name: code for name, code in (sequence.types or {}).items() if code is not None}


def noted_type(sequence: "Sequence", document_type: str) -> str | None:
    """A type as the ledger notes it: nothing for the sequence's own."""
    return None if document_type == sequence.document_type else document_type


def keep_order(sequence: "Sequence", earlier: "Sequence") -> None:
    """Put the types that a sequence had before first, in their order: the ledger relies on the first one."""
    before = earlier.document_types
    if sequence.types is not None and set(before) <= set(sequence.types):
        sequence.types = {name: sequence.types[name] for name in (*before, *sequence.types)}
        sequence.document_type = before[0]
