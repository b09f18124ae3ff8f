"""Choosing for many records: sequence, counter and frame, each worked out once for all records alike.

The rules are those of `look`; what is remembered here is only which of a record's attributes they looked at,
so that records that agree in these are served alike.
"""

from __future__ import annotations

from seqctl.actions.assigning.counters import Counters, RecordFrame
from seqctl.actions.assigning.decimal_comma import compared_numbers
from seqctl.actions.assigning.forced_policy import NamedPolicies
from seqctl.actions.assigning.ranges import range_frame
from seqctl.actions.assigning.record_attributes import Shapes, Watched
from seqctl.actions.issuing.asked_type import with_code
from seqctl.actions.issuing.draw import counted_in
from seqctl.actions.issuing.owners import check_kind, must_have_sets, without_set
from seqctl.actions.issuing.resolve import known_target, resolve
from seqctl.actions.ledger.refusals import far_date
from seqctl.days import date, is_far
from seqctl.errors import InvalidInput, NotFound, Refused, SeqctlError, UsageError
from seqctl.model.number.request import Choice, Request, document_day
from seqctl.model.owner import blank_at_an_end
from seqctl.model.reports.assignment import Batch
from seqctl.model.reports.record import Record
from seqctl.model.sequence.document_types import noted_type
from seqctl.model.text import composed
from seqctl.model.time.instant import check_date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

FAILURES = (InvalidInput, NotFound, Refused)
"""What fails one record; anything else ends the run."""


class Route:
    """A sequence and what chose it, with the frames of its records.

    `names` are the attributes that it looks at.
    """

    def __init__(self, choice: Choice) -> None:
        sequence = choice.sequence
        self.choice = choice
        self.sequence = sequence
        shown = [name for name in sequence.compiled.attributes if not sequence.compiled.is_code(name)]
        self.names = tuple(dict.fromkeys((*sequence.requires, *shown)))
        self.frames: dict[tuple[object, ...], RecordFrame | SeqctlError] = {}


class Choices:
    """Serves the records of one batch, within a transaction."""

    def __init__(self, transaction: Transaction, batch: Batch, counters: Counters) -> None:
        self.transaction = transaction
        self.batch = batch
        self.counters = counters
        self.column = batch.date_column
        document_type, use = known_target(transaction, batch.target)
        self.document_type = document_type
        self.policies = NamedPolicies(transaction, document_type, batch)
        self.commas: frozenset[str] = frozenset()
        if batch.decimal_comma:
            self.commas = compared_numbers(transaction, document_type)
        self.owned = [
            (kind, column, transaction.bulk.assigned_sets(kind)) for kind, column in batch.owner_columns
        ]
        self.must_have_sets = must_have_sets(transaction) if self.owned else []
        self.warnings = self._check_kinds()
        self.has_policies = "policies" in use
        # Where no set names the type, the windows of its sequences may choose one by the date.
        self.dated = self.has_policies or "sets" not in use
        self.shapes = Shapes()
        self.routes: dict[tuple[object, ...], Route] = {}
        # For each group of attributes that a choice looked at: what records alike agree in to the outcome.
        self.known: dict[tuple[str, ...], dict[tuple[object, ...], Route | SeqctlError]] = {}
        self.days: dict[tuple[str, str], date] = {}
        self.only: Route | SeqctlError | None = None

    def frame(self, record: Record) -> RecordFrame | SeqctlError:
        """What a record's number is rendered in and drawn from, or why it gets none."""
        given = None if self.column is None else record.cell(self.column) or ""
        route = self.only or self._route(record, given)
        if isinstance(route, SeqctlError):
            return route
        known = None if route.names else route.frames.get((given,))
        return known or self._frame(route, record, given)

    def following(self, frame: RecordFrame, record: Record) -> RecordFrame | None:
        """Where a record draws whose sequence refused it: one that takes its place once it is used up.

        None where there is no other. Raises Refused where two could, and for what that one refuses.
        """
        if frame.lane.sequence.served is not None:
            return self._next_range(frame, record)
        if not frame.choice.in_line or frame.last_in_line:
            return None
        from seqctl.actions.issuing.candidates import successor

        given = self._given(record)
        request = self._request(record, given, Watched(self.shapes.of(record), record, self.commas), ())
        has_more = self.counters.has_more
        other = successor(self.transaction, request, frame.choice, has_more=has_more)
        if other is None:
            frame.last_in_line = not frame.lane.has_more(frame.limit)
            return None
        found = self._frame(self._route_of(other), record, given)
        if isinstance(found, SeqctlError):
            raise found
        return found

    def _next_range(self, frame: RecordFrame, record: Record) -> RecordFrame | None:
        """Where a record draws whose range refused it: the next one that serves. Raises Refused."""
        found = self._new_frame(self._route_of(frame.choice), record, self._given(record))
        if isinstance(found, SeqctlError):
            raise found
        return None if found.lane is frame.lane else found

    def _given(self, record: Record) -> str | None:
        return None if self.column is None else record.cell(self.column) or ""

    def _frame(self, route: Route, record: Record, given: str | None) -> RecordFrame | SeqctlError:
        """The frame of a record in a route, made when the first of its kind asks."""
        key: tuple[object, ...] = (given,)
        if route.names:
            key = (given, *self.shapes.of(record).cells(record, route.names))
        frame = route.frames.get(key)
        if frame is None:
            frame = route.frames[key] = self._new_frame(route, record, given)
        return frame

    def _check_kinds(self) -> list[str]:
        """Warnings of kinds of owners that nobody knows. Raises Refused for one that is near a known one."""
        warnings = []
        for kind, column, _ in self.owned:
            shown = f"--for-column {kind}={column}"
            warning = check_kind(self.transaction, kind, shown, self.must_have_sets)
            warnings += [] if warning is None else [warning]
        return warnings

    def _route(self, record: Record, given: str | None) -> Route | SeqctlError:
        """The sequence that serves a record, remembered by everything that chose it."""
        try:
            owners, sets = self._owners(record) if self.owned else ((), ())
        except FAILURES as error:
            return error
        when = (given if self.dated else None, self.policies.name(record))
        shape = self.shapes.of(record)
        for names, outcomes in self.known.items():
            outcome = outcomes.get((when, sets, *shape.cells(record, names)))
            if outcome is not None:
                return outcome
        watched = Watched(shape, record, self.commas)
        outcome = self._resolved(self._request(record, given, watched, owners), when[1])
        names = tuple(watched.asked)
        self.known.setdefault(names, {})[when, sets, *shape.cells(record, names)] = outcome
        alike = not self.owned and self.batch.policy_column is None
        if alike and isinstance(outcome, Route) and outcome.choice.lasting:
            # Then nothing of a record can choose another sequence.
            choice = outcome.choice
            plain = not (choice.sequence.effective_from or choice.sequence.effective_until)
            if not choice.in_line or (plain and not choice.sequence.requires):
                self.only = outcome
        return outcome

    def _owners(self, record: Record) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
        """The customers, branches or the like of a record that have a set, and these sets.

        Raises Refused `unknown_owner` for one that must have a set, InvalidInput for one that nobody can
        see.
        """
        owners, sets = [], []
        for kind, column, assigned in self.owned:
            id = composed(record.cell(column) or "")
            name = assigned.get(id) if id else None
            if name is not None:
                owners.append((kind, id))
                sets.append(name)
            elif id and blank_at_an_end(id):
                raise InvalidInput(
                    "invalid_input",
                    f"the column {column!r} has a blank or an invisible character at an end of {id!r}",
                    "remove it",
                )
            elif id and kind in self.must_have_sets:
                raise without_set(self.transaction, kind, id)
        return tuple(owners), tuple(sets)

    def _request(
        self, record: Record, given: str | None, watched: Watched, owners: tuple[tuple[str, str], ...]
    ) -> Request:
        request = Request(self.batch.target, date=given, owners=owners, record=record.id)
        request.set_name, request.sequence = self.batch.set_name, self.batch.sequence
        # Put in afterwards: a request copies what it is given, and all of it would be asked for.
        request.attributes = watched
        return request

    def _resolved(self, request: Request, policy: str | None) -> Route | SeqctlError:
        try:
            if request.date is not None and self.dated:
                request.date = self._iso(request.date)
            if policy is not None:
                return self._route_of(self.policies.choice(policy, request))
            return self._route_of(resolve(self.transaction, request))
        except FAILURES as error:
            return error

    def _route_of(self, choice: Choice) -> Route:
        policy = choice.policy.name if choice.policy is not None else None
        key = (choice.sequence.id, choice.set_name, policy)
        route = self.routes.get(key)
        if route is None:
            route = self.routes[key] = Route(choice)
        return route

    def _new_frame(self, route: Route, record: Record, given: str | None) -> RecordFrame | SeqctlError:
        sequence = route.sequence
        try:
            given_attributes = self._looked_at(route, record)
            today = self.counters.today(sequence.zone)
            day = today if given is None else self._day(given, sequence.zone)
            numbered = self.document_type
            if numbered not in sequence.document_types:
                numbered = sequence.document_type
            given_attributes = with_code(sequence, numbered, given_attributes)
            if sequence.reset == "range":
                frame = range_frame(self.counters, route.choice, given_attributes, day)
            else:
                attributes, scope, period = counted_in(sequence, given_attributes, day)
                lane = self.counters.lane(sequence, scope, period)
                frame = RecordFrame(route.choice, lane, day, attributes)
            outcome = frame.lane.outcome
            outcome.document_type, outcome.noted_type = numbered, noted_type(sequence, numbered)
            if is_far(day, today):
                frame.far = far_date(day)
            return self.counters.settle(frame)
        except FAILURES as error:
            return error

    def _looked_at(self, route: Route, record: Record) -> dict[str, str]:
        shape = self.shapes.of(record)
        values = ((name, shape.value(record, name)) for name in route.names)
        return {name.casefold(): value for name, value in values if value is not None}

    def _day(self, given: str, zone: str) -> date:
        """The day of a document date. Raises InvalidInput for a text that is none."""
        day = self.days.get((given, zone))
        if day is None:
            day = self.days[given, zone] = document_day(self._iso(given), zone)
        return day

    def _iso(self, given: str) -> str:
        """A document date of the file as ISO writes it. Raises InvalidInput for a text that is none."""
        try:
            return check_date(self.batch.read_date(given))
        except ValueError as error:
            raise InvalidInput("invalid_input", f"the document date is {error}") from error
        except UsageError as error:
            message = "the date is blank" if not given.strip() else error.message
            raise InvalidInput("invalid_input", message, error.hint) from error
