"""How each kind of definition is planned, in the order of the table of kinds, and why one of it must stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

from seqctl.actions.planning.calendars import calendars_named, plan_calendars
from seqctl.actions.planning.planning import Planning
from seqctl.actions.planning.policies import plan_policies, policy_stays
from seqctl.actions.planning.ranges import plan_ranges, range_stays, sequences_with_ranges
from seqctl.actions.planning.sequences import plan_sequences, sequence_stays, sequences_named
from seqctl.actions.planning.sets import plan_sets, set_stays
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.catalogue.plan import Reason
from seqctl.model.classes import NamedTuple


class Planned(NamedTuple):
    """What a kind is planned by: `plan` takes what is wanted of it.

    `stays` says why one cannot go for its own sake, `named` which ones others name, with the reason to stay
    that this is: for all at once, since a book may lose very many.
    """

    plan: Callable[[Planning], None]
    stays: Callable[[str, Catalogue], Reason | None]
    named: Callable[[Catalogue], Iterable[tuple[str, Reason]]]


PLANNED = {
    "calendar": Planned(plan_calendars, lambda name, new: None, calendars_named),
    "sequence": Planned(
        plan_sequences, sequence_stays, lambda new: chain(sequences_named(new), sequences_with_ranges(new))
    ),
    "range": Planned(plan_ranges, range_stays, lambda new: ()),
    "set": Planned(plan_sets, set_stays, lambda new: ()),
    "policy": Planned(plan_policies, policy_stays, lambda new: ()),
}
