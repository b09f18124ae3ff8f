"""Choosing for many records: sequence, counter and frame, each worked out once for all records alike.

The rules are those of `look`; what is remembered here is only which of a record's attributes they looked at,
so that records that agree in these are served alike.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator

from seqctl.actions.assign_counters import Counters, Frame
from seqctl.actions.look import check_sequence, document_day, shown_attributes
from seqctl.actions.refusals import far_date
from seqctl.actions.resolve import Choice, known_target, resolve
from seqctl.days import date, is_far
from seqctl.errors import InvalidInput, NotFound, Refused, SeqctlError, UsageError
from seqctl.model.assignment import Batch
from seqctl.model.instant import check_date
from seqctl.model.period import period_key
from seqctl.model.record import Record
from seqctl.model.request import Request
from seqctl.model.scope import scope_text
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

FAILURES = (InvalidInput, NotFound, Refused)
"""What fails one record; anything else ends the run."""


class Watched(dict[str, str]):
    """Attributes that note which of them were asked for; asking for all of them notes all."""

    __slots__ = ("asked",)

    def __init__(self, attributes: dict[str, str]) -> None:
        super().__init__(attributes)
        self.asked: dict[str, None] = {}

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """The value in normal form C, noted as asked for."""
        self.asked[name] = None
        value = super().get(name, default)
        return None if value is None else composed(value)

    def __getitem__(self, name: str) -> str:
        self.asked[name] = None
        return composed(super().__getitem__(name))

    def __contains__(self, name: object) -> bool:
        self.asked[str(name)] = None
        return super().__contains__(name)

    def __iter__(self) -> Iterator[str]:
        self.asked.update(dict.fromkeys(super().keys()))
        return super().__iter__()

    def items(self) -> ItemsView[str, str]:  # type: ignore[override]
        """All attributes with their values."""
        self.asked.update(dict.fromkeys(super().keys()))
        return {name: composed(value) for name, value in super().items()}.items()


class Route:
    """A sequence and what chose it, with the frames of its records.

    `names` are the attributes that it looks at.
    """

    def __init__(self, choice: Choice, zone: str) -> None:
        sequence = choice.sequence
        self.choice = choice
        self.sequence = sequence
        self.zone = zone
        self.names = tuple(dict.fromkeys((*sequence.requires, *sequence.compiled.attributes)))
        self.frames: dict[tuple[str | None, ...], Frame | SeqctlError] = {}


class Choices:
    """Serves the records of one batch, within a transaction."""

    def __init__(self, transaction: Transaction, batch: Batch, counters: Counters) -> None:
        self.transaction = transaction
        self.batch = batch
        self.counters = counters
        self.column = batch.date_column
        self.book_zone = transaction.definitions.book_timezone()
        self.owned = [
            (kind, column, transaction.bulk.assigned_sets(kind)) for kind, column in batch.owner_columns
        ]
        self.has_policies = known_target(transaction, batch.target)[1][0]
        self.routes: dict[tuple[object, ...], Route] = {}
        # For each group of attributes that a choice looked at: their values, date and set to the outcome.
        self.known: dict[tuple[str, ...], dict[tuple[str | None, ...], Route | SeqctlError]] = {}
        self.days: dict[tuple[str, str], date] = {}
        self.only: Route | SeqctlError | None = None

    def frame(self, record: Record) -> Frame | SeqctlError:
        """What a record's number is rendered in and drawn from, or why it gets none."""
        column = self.column
        given = None if column is None else record.cell(column) or ""
        route = self.only or self._route(record, given)
        if isinstance(route, SeqctlError):
            return route
        names = route.names
        key = (given, *[record.cell(name) for name in names]) if names else (given,)
        frame = route.frames.get(key)
        if frame is None:
            frame = route.frames[key] = self._new_frame(route, record, given)
        return frame

    def _route(self, record: Record, given: str | None) -> Route | SeqctlError:
        """The sequence that serves a record, remembered by everything that chose it."""
        owner = self._owner(record) if self.owned else None
        set_name = owner[2] if owner else None
        when = given if self.has_policies else None
        for names, outcomes in self.known.items():
            outcome = outcomes.get((when, set_name, *[record.cell(name) for name in names]))
            if outcome is not None:
                return outcome
        watched = Watched(record.attributes)
        outcome = self._resolved(record, given, watched, owner)
        names = tuple(watched.asked)
        key = (when, set_name, *[record.cell(name) for name in names])
        self.known.setdefault(names, {})[key] = outcome
        if not self.has_policies and not self.owned:
            # Then nothing of a record can choose another sequence.
            self.only = outcome
        return outcome

    def _owner(self, record: Record) -> tuple[str, str, str] | None:
        """The first customer, branch or the like of a record that has a set: kind, id and set."""
        for kind, column, sets in self.owned:
            id = record.cell(column)
            set_name = sets.get(id) if id else None
            if id and set_name is not None:
                return kind, id, set_name
        return None

    def _resolved(
        self, record: Record, given: str | None, watched: Watched, owner: tuple[str, str, str] | None
    ) -> Route | SeqctlError:
        request = Request(
            self.batch.target,
            date=given,
            owners=(owner[:2],) if owner else (),
            record=record.id,
        )
        # Put in afterwards: a request copies what it is given, and all of it would be asked for.
        request.attributes = watched
        try:
            if given is not None and self.has_policies:
                _check_given(given)
            choice = resolve(self.transaction, request)
        except FAILURES as error:
            return error
        policy = choice.policy.name if choice.policy is not None else None
        key = (choice.sequence.id, choice.set_name, policy)
        route = self.routes.get(key)
        if route is None:
            route = self.routes[key] = Route(choice, choice.sequence.timezone or self.book_zone)
        return route

    def _new_frame(self, route: Route, record: Record, given: str | None) -> Frame | SeqctlError:
        sequence = route.sequence
        given_attributes = {name: composed(value) for name, value in self._looked_at(route, record)}
        try:
            today = self.counters.today(route.zone)
            day = today if given is None else self._day(given, route.zone)
            check_sequence(sequence, given_attributes, day)
            attributes = shown_attributes(sequence, given_attributes)
            scope = scope_text(tuple(sequence.scope), attributes)
            lane = self.counters.lane(sequence, scope, period_key(sequence.reset, day, sequence.fiscal))
            frame = Frame(route.choice, lane, day, attributes)
            if is_far(day, today):
                frame.warning = far_date(sequence, day, self.batch.confirmed)
            return self.counters.settle(frame)
        except FAILURES as error:
            return error

    def _looked_at(self, route: Route, record: Record) -> list[tuple[str, str]]:
        attributes = record.attributes
        return [(name, attributes[name]) for name in route.names if name in attributes]

    def _day(self, given: str, zone: str) -> date:
        """The day of a document date. Raises InvalidInput for a text that is none."""
        day = self.days.get((given, zone))
        if day is None:
            _check_given(given)
            day = self.days[given, zone] = document_day(given, zone)
        return day


def _check_given(given: str) -> None:
    """Raise InvalidInput for a text that is no document date."""
    try:
        check_date(given)
    except UsageError as error:
        message = "the date is blank" if not given.strip() else error.message
        raise InvalidInput("invalid_input", message, error.hint) from error
