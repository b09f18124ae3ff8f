"""The search as a whole: document types one by one, each within its share of the work budget."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from seqctl.model.collision.exact import ExactSearch
from seqctl.model.collision.found import Collision, OverBudget, Search
from seqctl.model.collision.free import FreeSearch, owners_alike
from seqctl.model.collision.nearby import nearby
from seqctl.model.collision.shapes.choices import combinations, has_listed_values
from seqctl.model.collision.shapes.days import Days
from seqctl.model.collision.shapes.shapes import Shapes, add_members
from seqctl.model.sequence.sequence import Sequence

DEFAULT_BUDGET = 6_000_000
"""Work units of one call, about a microsecond each."""


def find_collisions(
    sequences: Iterable[Sequence],
    budget: int = DEFAULT_BUDGET,
    changed: Collection[str] | None = None,
    spaces: Mapping[str, str] | None = None,
) -> list[Collision]:
    """The clashes among these sequences, in the order of spaces of texts and names.

    `spaces` names that of document types that share one; any other type is one by itself.

    Every sequence that takes part in a clash is named by at least one row; not every pair is. With
    `changed` only clashes of these names count, and only each of them has its row. Document types that
    the budget does not suffice for have an `unproved` row beside what was found.
    """
    groups: dict[str, dict[str, list[Sequence]]] = {}
    for sequence in sequences:
        space = (spaces or {}).get(sequence.document_type, sequence.document_type)
        groups.setdefault(space, {}).setdefault(sequence.name, []).append(sequence)
    if changed is not None:
        names = frozenset(changed)
        groups = {type_: nearby(group, names) for type_, group in groups.items()}
    # Small document types first: what they leave of their shares is the large one's.
    order = sorted(
        (type_ for type_, group in groups.items() if len(group) > 1),
        key=lambda type_: (len(groups[type_]), type_),
    )
    days = Days()
    rows: list[Collision] = []
    for index, document_type in enumerate(order):
        search = _search(document_type, groups[document_type], changed, budget // (len(order) - index))
        days.spend = search.spend
        _decide(groups[document_type], search, days)
        budget -= min(search.spent, search.budget)
        rows += search.rows
    return sorted(rows, key=_order)


def _order(row: Collision) -> tuple[str, str, str]:
    return row.document_type, row.first, row.second


def _search(
    document_type: str,
    group: dict[str, list[Sequence]],
    changed: Collection[str] | None,
    budget: int,
) -> Search:
    names = sorted(group)
    chosen = None if changed is None else set(changed)
    wanted = [owner for owner, name in enumerate(names) if chosen is None or name in chosen]
    return Search(document_type, names, wanted, budget)


def _decide(group: dict[str, list[Sequence]], search: Search, days: Days) -> None:
    try:
        shapes = list(_shapes(group, search).values())
        ExactSearch(shapes, search, days).run()
        if search.open:
            FreeSearch(shapes, search, days).run()
    except OverBudget:
        # The last spending may have followed the last clash; then nothing is left to decide.
        if search.open:
            search.give_up()


def _shapes(group: dict[str, list[Sequence]], search: Search) -> Shapes:
    """The shapes of a document type. Listed values are filled in only where a clash is possible."""
    sequences = [(owner, one) for owner, name in enumerate(search.names) for one in group[name]]
    listed = {owner for owner, sequence in sequences if has_listed_values(sequence)}
    if listed:
        unfilled: Shapes = {}
        for owner, sequence in sequences:
            search.spend(8)
            add_members(unfilled, owner, sequence, [{}])
        listed -= owners_alike(unfilled.values(), search)
    shapes: Shapes = {}
    for owner, sequence in sequences:
        if owner not in listed:
            add_members(shapes, owner, sequence, _counted(combinations(sequence), search))
    return shapes


def _counted(choices: Iterable[dict[str, str]], search: Search) -> Iterator[dict[str, str]]:
    for choice in choices:
        search.spend(8)
        yield choice
