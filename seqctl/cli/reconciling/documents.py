"""The documents of a file that are compared with the ledger."""

from seqctl.cli.errors import visible
from seqctl.cli.input_file import tell, words_for_states
from seqctl.model.cell import unguarded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from seqctl.actions.reconciling.reconcile import Reconciliation
    from seqctl.definitions.tables.table import TableFile
    from seqctl.model.reports.reconciliation import Document


def load_documents(compared: "Reconciliation", file: "TableFile", form: "dict[str, Any]") -> None:
    """Read the documents, as the options say. Raises InvalidInput with everything that is wrong."""
    words = words_for_states(form)
    problems = compared.load(_documents(file, words, _reading(compared, form)))
    if problems or file.faults:
        from seqctl.definitions.tables.opening import unfit

        raise unfit(visible(file.name), [*problems, *file.faults], "nothing was compared")
    tell(file)


def _reading(compared: "Reconciliation", form: "dict[str, Any]") -> "Callable[[str], str]":
    """Reads the numbers of the file, as they are or with the zeros that they lost."""
    if not form["pad"]:
        return str
    comma = form["decimal"] == "comma"
    return lambda text: compared.with_zeros(text, comma)


def _documents(
    file: "TableFile", words: dict[str, str], read: "Callable[[str], str]"
) -> "Iterator[Document]":
    """The documents of the file; `words` are those for their states, and `read` reads a number."""
    from seqctl.model.reports.reconciliation import Document
    from seqctl.model.reports.state_words import VOID, folded

    for some in file:
        for line, number, date, state in some:
            try:
                day = None if date is None else file.read_date(date)
            except ValueError as error:
                file.faults.append((line, f"{number} has the document date {error}"))
                continue
            void = state is not None and words.get(folded(state)) == VOID
            yield Document(line, read(unguarded(number or "")), day, void)
