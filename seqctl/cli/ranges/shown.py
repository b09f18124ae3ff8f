"""How a range is shown: the columns of its list, and all of its fields."""

from seqctl.cli.definitions.kinds import TIMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.definitions.list_ranges import ListedRange


def shown_range(found: "ListedRange") -> dict[str, object]:
    """A range with the names that lists and JSON show."""
    from seqctl.model.catalogue.kinds import KINDS

    each, standing = found.range, found.standing
    return {
        "range": each.name,
        **KINDS["range"].values(each),
        "first_number": found.first_number,
        "last_number": found.last_number,
        "used": standing.used,
        "left": standing.left,
        "state": standing.state,
        **dict(zip(TIMES, found.times, strict=True)),
        "cursor": each.name,
    }
