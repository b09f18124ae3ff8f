"""A plan while it is made: what is wanted, what the book holds, and what it would hold."""

from __future__ import annotations

from collections.abc import Callable

from seqctl.model.catalogue.catalogue import Catalogue, Wanted
from seqctl.model.catalogue.plan import Plan
from seqctl.model.classes import field, mutable
from seqctl.model.finding import nearest
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

Watch = Callable[[str, int, int], None]
"""Told how far a long plan is: what is being done, how many of them are done, how many there are."""

GUESSES = 20
"""Up to how many findings near names are looked for: that takes a look at every name of the book."""


def unwatched(work: str, done: int, total: int) -> None:
    """Nobody looks at the progress."""


@mutable
class Planning:
    """What planning one kind of definition after the other builds on.

    `new` is the book as the plan would leave it. `moved` are calendars that become other than they were,
    `unfinished` sequences that are invalid, with texts that are known all the same.
    """

    transaction: Transaction
    wanted: Wanted
    old: Catalogue
    new: Catalogue
    plan: Plan
    watch: Watch
    moved: set[str] = field(factory=set)
    unfinished: list[Sequence] = field(factory=list)

    def check_reference(
        self,
        subject: tuple[str, ...],
        field: tuple[str, ...],
        name: str,
        document_type: str,
        before: str | None,
    ) -> None:
        """A sequence that a set or a policy names exists and numbers the type; inactive ones may stay.

        `before` is the sequence that was named in its place.
        """
        sequence = self.new.sequences.get(name)
        if sequence is None:
            # One that is refused itself is reported there.
            if not self.plan.refuses(("sequences", name)):
                near = nearest(name, list(self.new.sequences)) if len(self.plan.findings) < GUESSES else None
                hint = near or "define it under [sequences.NAME]"
                present = self.transaction.catalogue.former_names().present("sequence", name)
                if present is not None:
                    hint = f"it is called {present!r} now"
                self.plan.find("invalid_definition", subject, f"there is no sequence {name!r}", hint, field)
        elif document_type not in sequence.document_types:
            types = ", ".join(map(repr, sequence.document_types))
            message = f"sequence {name!r} numbers {types}, not {document_type!r}"
            hint = f"let it number both: add {document_type!r} to the document types of the sequence"
            self.plan.find("invalid_definition", subject, message, hint, field)
        elif sequence.status != "active" and before != name:
            code, severity = (
                ("invalid_definition", "error") if self.wanted.strict else ("inactive", "warning")
            )
            self.plan.find(code, subject, f"sequence {name!r} is inactive", None, field, severity)
