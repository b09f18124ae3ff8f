"""How each kind of definition is planned, in the order of the table of kinds, and why one of it must stay."""

from __future__ import annotations

from collections.abc import Callable

from seqctl.actions.planning.calendars import calendar_stays, plan_calendars
from seqctl.actions.planning.planning import Planning
from seqctl.actions.planning.policies import plan_policies, policy_stays
from seqctl.actions.planning.sequences import plan_sequences, sequence_stays
from seqctl.actions.planning.sets import plan_sets, set_stays
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.catalogue.plan import Reason
from seqctl.model.classes import NamedTuple


class Planned(NamedTuple):
    """What a kind is planned by: `plan` takes what is wanted of it, `stays` says why one cannot go."""

    plan: Callable[[Planning], None]
    stays: Callable[[str, Catalogue], Reason | None]


PLANNED = {
    "calendar": Planned(plan_calendars, calendar_stays),
    "sequence": Planned(plan_sequences, sequence_stays),
    "set": Planned(plan_sets, set_stays),
    "policy": Planned(plan_policies, policy_stays),
}
