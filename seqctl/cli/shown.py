"""How values are shown: as objects, field by field under their names, and a field as a text of a table."""

from seqctl.model.sequence.scope import escape, scope_values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.actions.issuing.simulate import Step
    from seqctl.actions.numbers.show import NumberReport
    from seqctl.model.log.event import Event
    from seqctl.model.number.gap_run import ListedGap
    from seqctl.model.number.known_number import KnownNumber
    from seqctl.model.reports.counter_status import CounterStatus
    from seqctl.model.reports.reconciliation import Difference

Record = dict[str, object]
NAMES = {"set_name": "set"}
"""Fields that are shown under another name."""

RUNS = "other_window_numbers"
"""The column that names runs of numbers."""


def shown(value: "Any", *without: str, **more: object) -> dict[str, object]:
    """The fields of a value, `without` some and with `more`; a scope is a table."""
    names = getattr(value, "_fields", None) or value.__slots__
    fields = {NAMES.get(name, name): getattr(value, name) for name in names if name not in without}
    if "scope" in fields:
        fields["scope"] = scope_values(fields["scope"])
    return {**fields, **more}


IN_LISTS = ("reason", "note", "source_actor", "source_at", "reason_by", "reason_at")
"""What lists and `show` tell of a number, and an answer to a request does not."""


def number_shown(number: "KnownNumber", *without: str) -> dict[str, object]:
    """A number; only a reservation has a deadline, and only one of a list a cursor."""
    told = [name for name in ("expires_at", "cursor", "range") if getattr(number, name) is None]
    return shown(number, *without, *IN_LISTS, *told)


def listed_number_shown(number: "KnownNumber") -> dict[str, object]:
    """A number as `numbers` lists it, with what is told of it."""
    return number_shown(number) | {name: getattr(number, name) for name in IN_LISTS}


def counter_shown(status: "CounterStatus") -> dict[str, object]:
    """How a counter stands; only that of a range names that."""
    return shown(status, *(() if status.range is not None else ("range",)))


def gap_shown(gap: "ListedGap") -> dict[str, object]:
    """A gap run; only one out of a range names that."""
    return shown(gap, *(() if gap.range is not None else ("range",)))


def event_shown(event: "Event") -> dict[str, object]:
    """An event with every column as it is hashed: what a stranger needs to verify it."""
    return shown(event, hash=event.hash.hex(), cursor=event.id)


def report_shown(report: "NumberReport") -> dict[str, object]:
    """What is known of one number, but for its events; only what no document holds is so since an instant."""
    number = number_shown(report.number, "issued_at", "actor")
    number |= {"issued_at": report.number.issued_at, "actor": report.number.actor}
    if report.number.source_actor or report.number.source_at:
        number |= {name: getattr(report.number, name) for name in ("source_actor", "source_at")}
    if report.since is not None or not report.held:
        number["since"] = report.since
    return {
        **number,
        "reason": report.reason,
        "note": report.note,
        "owners": report.owners,
        "earlier_numbers": report.earlier_numbers,
        "never_printed": report.never_printed,
    }


def difference_shown(difference: "Difference") -> dict[str, object]:
    """Where documents and ledger differ: the number is the subject of the finding."""
    fields = shown(difference)
    return {"subject" if name == "number" else name: value for name, value in fields.items()}


def step_shown(step: "Step") -> dict[str, object]:
    """A step of a rehearsal; `code` is that of a refusal."""
    return {
        "date": step.day.isoformat(),
        "number": step.number,
        "sequence": step.sequence,
        "period": step.period,
        "scope": scope_values(step.issued.scope) if step.issued is not None else None,
        "policy": step.policy,
        "set": step.set_name,
        "code": step.refusal.code if step.refusal is not None else None,
        "note": step.note,
    }


def problem_shown(problem: "Any") -> dict[str, object]:
    """Why a line of an input came to nothing; a hint only where there is one."""
    return shown(problem, "status", "role", *(() if problem.hint else ("hint",)))


def cell(value: object, column: str = "") -> str:
    """A field as a table shows it: scopes as `entity=DE/branch=7`, members and lists with commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        separator = ", " if column == "members" else "/"
        return separator.join(f"{name}={_scope_cell(item)}" for name, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_run_cell(item) if column == RUNS else cell(item) for item in value)
    return str(value)


def _run_cell(run: dict[str, object]) -> str:
    """A run of numbers as a table names it: its first and its last one."""
    first, last = run["first_number"], run["last_number"]
    return str(first) if run["count"] == 1 else f"{first}..{last}"


def _scope_cell(value: object) -> str:
    return escape(value) if isinstance(value, str) else cell(value)
