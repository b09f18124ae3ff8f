"""The document type of a request: the one that its target is, or that `--type` says beside a sequence's name.

Loaded where a sequence numbers several types, where its types have codes, or where a request names one.
"""

from seqctl.errors import Refused
from seqctl.model.number.request import Choice, Request
from seqctl.model.pattern.coded import TYPE
from seqctl.model.sequence.document_types import noted_type as noted_type
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import document_type_name, shell_word

BY_NAME = ("sequence", "name")
"""What chose a sequence where its own name may have been said."""


def asked_type(request: Request, choice: Choice) -> str:
    """The document type that the numbers of a request are for.

    Raises Refused `ambiguous_type` where a sequence of several was named alone, and `wrong_target` where the
    sequence lacks the type, or the target is another one.
    """
    meant = document_type_name(request.target) if choice.by in BY_NAME else choice.target
    return type_meant(choice.sequence, meant, request.document_type)


def type_meant(sequence: Sequence, meant: str, wanted: str | None) -> str:
    """The document type that a target means of a sequence; `wanted` is what `--type` says. Raises Refused."""
    if meant in sequence.document_types:
        if wanted is not None and wanted != meant:
            raise Refused(
                "wrong_target",
                f"TARGET is the document type {meant!r}, and --type asks for {wanted!r}",
                f"leave --type out, or write: {wanted} --sequence {shell_word(sequence.name)}",
            )
        return meant
    if wanted is None and len(sequence.document_types) == 1:
        return sequence.document_type
    listed = ", ".join(sequence.document_types)
    if wanted is None:
        raise Refused(
            "ambiguous_type",
            f"sequence {sequence.name!r} numbers {listed}, and the request does not say which one it wants",
            f"say it with --type {shell_word(sequence.document_type)}",
        )
    if wanted not in sequence.document_types:
        raise Refused(
            "wrong_target",
            f"sequence {sequence.name!r} numbers {listed}, not {wanted!r}",
            f"name one of these with --type {shell_word(sequence.document_type)}",
        )
    return wanted


def with_code(sequence: Sequence, document_type: str, attributes: dict[str, str]) -> dict[str, str]:
    """The attributes of a request, with what `{type}` prints where the sequence's types have codes."""
    code = (sequence.types or {}).get(document_type)
    return attributes if code is None else {**attributes, TYPE: code}
