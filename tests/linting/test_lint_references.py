"""Findings on what definitions say of each other."""

from collections.abc import Callable

import pytest

from seqctl.actions.linting.references import lint_references
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.policy.policy import Policy
from seqctl.model.sequence.sequence import Sequence
from tests.book import Book
from tests.steps import grows_evenly

SEQUENCES = """
[sequences.invoice]
pattern = "I-{number}"
[sequences.german]
document_type = "invoice"
pattern = "G-{number}"
[sequences.memo]
document_type = "credit_memo"
pattern = "M-{number}"
"""


def codes(book: Book, text: str) -> list[tuple[str, str]]:
    book("import", book.file(SEQUENCES + text))
    result = book("lint")
    assert result.status == (3 if result.out else 0)
    assert result.err == ""
    rows = result.rows if result.out else []
    return [(row["code"], row["subject"]) for row in rows if row["code"] != "overlapping_windows"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[sets.a]\ndefault = true\nmembers = { invoice = "german" }', True),
        ('[sets.a]\nmembers = { invoice = "german" }', True),
        ('[policies.p]\ndocument_type = "invoice"\nsequence = "german"', True),
        ('[policies.p]\ndocument_type = "invoice"\nsequence = "invoice"', False),
        ('[sequences.credit-memo]\ndocument_type = "other"\npattern = "X-{number}"', "credit-memo"),
        ('[sequences.CreditMemo]\ndocument_type = "credit_memo"\npattern = "X-{number}"', False),
        (
            '[sets.a]\ndefault = true\nmembers = { invoice = "invoice" }\n'
            '[sets.b]\nmembers = { invoice = "german" }',
            False,
        ),
        ("", False),
    ],
)
def test_two_meanings(book: Book, text: str, found: str | bool) -> None:
    name = found if isinstance(found, str) else "invoice"
    assert codes(book, text) == ([("two_meanings", f"sequences.{name}")] if found else [])


def test_a_calendar_that_nothing_uses(book: Book) -> None:
    text = '[calendars.a]\nstart = "04-01"\n[calendars.b]\nstart = "07-01"\n'
    used = text + '[sequences.f]\npattern = "F{FY}-{number}"\ncalendar = "a"\nreset = "fiscal-year"\n'
    assert codes(book, used) == [("calendar_unused", "calendars.b")]


def test_sets_lack_what_only_others_have(book: Book) -> None:
    text = '[sets.a]\nmembers = { invoice = "invoice" }\n[sets.b]\nmembers = { credit_memo = "memo" }\n'
    assert codes(book, text) == [("set_lacks_type", "sets.a"), ("set_lacks_type", "sets.b")]


def test_what_the_default_set_supplies_is_not_lacking(book: Book) -> None:
    text = (
        '[sets.a]\ndefault = true\nmembers = { invoice = "invoice", credit_memo = "memo" }\n'
        '[sets.b]\nmembers = { invoice = "german" }\n'
    )
    assert codes(book, text) == []


def test_what_the_default_set_lacks_is_told_of_it(book: Book) -> None:
    text = (
        '[sets.a]\ndefault = true\nmembers = { invoice = "invoice" }\n'
        '[sets.b]\nmembers = { credit_memo = "memo" }\n'
    )
    assert codes(book, text) == [("set_lacks_type", "sets.a")]


def test_active_references_to_an_inactive_sequence(book: Book) -> None:
    book.load(
        SEQUENCES
        + '[sets.a]\nmembers = { credit_memo = "memo" }\n'
        + '[policies.p]\ndocument_type = "invoice"\nsequence = "german"\n'
        + 'conditions = [{ field = "a", operator = "is_set" }]\n'
        + '[policies.q]\ndocument_type = "invoice"\nsequence = "invoice"\npriority = 1\n'
        + 'conditions = [{ field = "b", operator = "is_set" }]\n'
    )
    book.ok("sequence", "deactivate", "memo")
    book.ok("sequence", "deactivate", "german")
    found = [(row["code"], row["subject"]) for row in book("lint").rows]
    assert [subject for code, subject in found if code == "inactive_reference"] == ["policies.p", "sets.a"]
    book.ok("policy", "deactivate", "p")
    found = [(row["code"], row["subject"]) for row in book("lint").rows]
    assert ("inactive_reference", "policies.p") not in found


def test_what_serves_a_type_is_gathered_once() -> None:
    def work(size: int) -> Callable[[], object]:
        names = [f"q{number}" for number in range(size)]
        catalogue = Catalogue(
            sequences={
                name: Sequence(name=name, document_type=name, status="active", calendar=None)
                for name in names
            },
            policies={
                name: Policy(name=name, document_type=name, sequence=name, status="active") for name in names
            },
            sets={name: SequenceSet(name, {"q0": "q0"}) for name in names},
        )
        return lambda: list(lint_references(catalogue))

    assert grows_evenly(work, 60)
