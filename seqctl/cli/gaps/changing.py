"""What `restore`, `block` and `review` share: which runs, and why they are changed."""

from seqctl.cli import options
from seqctl.cli.gaps.selecting import LAYOUT, OptionalTarget, Policy, wanted_gaps
from seqctl.cli.grammar.declaration import Annotated, Command, argument, declared, option
from seqctl.cli.input_file import file_parameters, reading_anew, refuse_form
from seqctl.cli.output import print_list
from seqctl.cli.session import Session
from seqctl.cli.shown import gap_shown
from seqctl.errors import UsageError
from seqctl.model.text import composed, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.actions.gaps.list_gaps import GapFilter

Runs = Annotated[
    list[str] | None,
    argument(
        metavar="FIRST[..LAST]",
        read=composed,
        help="Numbers as printed, else integers, which need --period and --scope where there are any.",
    ),
]
Reason = Annotated[str | None, options.REASON]
Input = Annotated[
    str | None,
    option("--input", metavar="FILE", help="A file of them, as gaps -o csv writes it; - is standard input."),
]
SkipInvalid = Annotated[
    bool, option("--skip-invalid", help="Skip rows that cannot be changed; exit 3 if there were any.")
]
All = Annotated[bool, option("--all", help="Every missing number of the target.")]


def changing(verb: str, help: str, *, example: str) -> Command:
    """A command that does to gaps what the action named `verb` does, under a reason."""

    def command(
        session: Session,
        reason: Reason = None,
        target: OptionalTarget = None,
        runs: Runs = None,
        everything: All = False,
        period: options.Period = None,
        scope: options.Scope = None,
        document_type: options.OfType = None,
        set_name: options.InSet = None,
        policy: Policy = None,
        input_file: Input = None,
        skip_invalid: SkipInvalid = False,
        dry_run: options.DryRun = False,
        **form: "Any",
    ) -> int:
        from seqctl import actions

        why = None if reason is None else options.reason_text(reason)
        if input_file is not None:
            if runs or everything:
                raise UsageError("both gaps and a file are given", "give one of them")
            wanted = wanted_gaps(target, document_type, policy, period, scope, set_name)
            return _by_file(session, verb, input_file, form, wanted, why, skip_invalid, dry_run)
        refuse_form({**form, "skip_invalid": skip_invalid})
        if why is None:
            raise UsageError("--reason is missing", "say why: --reason TEXT")
        if target is not None and not runs and not everything:
            raise _no_runs(session, verb, target)
        narrowed = any(item is not None for item in (document_type, set_name, policy))
        named = named_runs(target, runs, everything, narrowed)
        wanted = wanted_gaps(target, document_type, policy, period, scope, set_name)
        with session.open() as store:
            gaps = getattr(actions, f"{verb}_gaps")(store, wanted, named, why, dry_run=dry_run)
            print_list(map(gap_shown, gaps), LAYOUT, session.format, zone=session.zone)
        return 0

    parameters = [
        *declared(command),
        *file_parameters("first_number", "state", "reason", "sequence", "policy"),
    ]
    return Command(command, parameters, help=help, example=f"gaps {verb} {example}")


def _by_file(
    session: Session,
    verb: str,
    path: str,
    form: "dict[str, Any]",
    wanted: "GapFilter",
    reason: str | None,
    skip_invalid: bool,
    dry_run: bool,
) -> int:
    """Change the gaps of a file, and show them as they are now."""
    from seqctl.actions.gaps.listed_runs import change_listed_gaps
    from seqctl.cli.gaps.run_file import RunFile

    def read() -> RunFile:
        return RunFile(path, form, skip_invalid, dry_run)

    file = read()
    with session.open() as store:
        file, gaps = reading_anew(
            path, read, lambda file: change_listed_gaps(store, verb, wanted, file.list, reason), file
        )
    print_list(map(gap_shown, gaps), LAYOUT, session.format, zone=session.zone)
    return file.told(session.format)


def _no_runs(session: Session, verb: str, target: str) -> UsageError:
    """The refusal of a target without numbers. A number alone has to be told its sequence."""
    from seqctl.actions import read_catalogue
    from seqctl.actions.gaps.named_runs import can_have_printed

    hint = "for every missing one, give --all"
    with session.open() as store:
        known = target in read_catalogue(store).sequences
        found = can_have_printed(store, target) if not known and any(map(str.isdigit, target)) else []
    if not known and found:
        call = f"seqctl gaps {verb} {shell_word(found[0])} {shell_word(target)} --reason TEXT"
        hint = f"where {target} is the number, its sequence comes first: {call}"
    return UsageError(f"name the numbers of {target!r}, for example INV-0007 or INV-0007..INV-0009", hint)


def named_runs(
    target: str | None,
    runs: list[str] | None,
    everything: bool,
    narrowed: bool,
) -> list[str] | None:
    """The runs that were named, or None for all missing ones. Raises UsageError where neither is meant.

    `narrowed` says that something else than a target says whose gaps are meant.
    """
    if everything and runs:
        raise UsageError("--all and single numbers exclude each other", "give one of them")
    if target is None and not (everything and narrowed):
        raise UsageError("TARGET is missing: whose gaps are meant?", "name a sequence or a document type")
    return None if everything else runs
