"""The kinds of definitions, as their commands see them: how one is named, and how it is shown."""

from seqctl.cli.grammar.declaration import Parameter, argument
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.model.catalogue.catalogue import Catalogue


class Kind:
    """One kind of definition. `plural` is its name in a catalogue, `columns` are those of a list."""

    __slots__ = ("columns", "name", "plural")

    def __init__(self, name: str, plural: str, columns: tuple[str, ...]) -> None:
        self.name = name
        self.plural = plural
        self.columns = columns

    @property
    def argument(self) -> Parameter:
        """The argument that names one of them."""
        return Parameter("name", str, argument("NAME", f"The {self.name}'s name.", composed, self.plural))

    def defined(self, catalogue: "Catalogue") -> "dict[str, Any]":
        """Those that a book has, by name."""
        found: dict[str, Any] = getattr(catalogue, self.plural)
        return found

    def shown(self, definition: "Any", output: str | None) -> dict[str, object]:
        """A definition with the names that lists and JSON show; in tables conditions are words."""
        from seqctl.actions.definitions.objects import definition_object

        found = definition_object(self.name, definition)
        if "conditions" in found and output not in ("json", "jsonl"):
            found["conditions"] = _in_words(found["conditions"])
        return found


def _in_words(conditions: "Any") -> str:
    """The conditions of a policy as one text."""
    return "; ".join(
        f"{item['id']}: {item['field']} {item['operator']} {item.get('value', '')}".rstrip()
        for item in conditions
    )


SEQUENCE = (
    *("name", "document_type", "pattern", "reset", "status", "used", "mode", "start", "end", "step"),
    *("scope", "calendar", "date_order", "unique", "title", "closed_through", "closed_until"),
)
POLICY = ("name", "document_type", "sequence", "priority", "status", "conditions", "logic", "used")
KINDS = {
    kind.name: kind
    for kind in (
        Kind("sequence", "sequences", SEQUENCE),
        Kind("set", "sets", ("name", "default", "members", "assignments")),
        Kind("policy", "policies", POLICY),
        Kind("calendar", "calendars", ("name", "start", "named_by")),
    )
}
