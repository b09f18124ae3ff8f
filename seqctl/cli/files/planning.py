"""What the definitions of files would change: what `import` and `diff` share."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.definitions.define import Wish
    from seqctl.definitions.toml.reader import DefinitionFiles
    from seqctl.model.catalogue.plan import Plan
    from seqctl.store.port import Store


def planned(store: "Store", files: "DefinitionFiles", wish: "Wish") -> "Plan":
    """The plan of an import of the files. Raises InvalidInput with every problem."""
    from seqctl.actions.definitions.define import plan_definitions, raise_problems
    from seqctl.cli.progress import watching

    with watching("definitions", files.size) as watch:
        plan = plan_definitions(store, wish, watch)
    raise_problems(plan, files.describe, files.placed)
    return plan


def known_zone(name: str | None) -> str | None:
    """The time zone of a new book, if the files name one that exists; else the plan refuses it."""
    from seqctl.model.sequence.values import time_zone
    from seqctl.model.value import ValueProblem

    try:
        return None if name is None else time_zone(name)
    except ValueProblem:
        return None
