"""An interruption after the commit: the numbers are named, and the status is not that of nothing done."""

import os

import pytest

from seqctl.cli import deliver
from tests.book import Book


@pytest.mark.parametrize("words", [["next", "invoice"], ["next", "invoice", "--json"]], ids=" ".join)
def test_an_interruption_while_printing_names_the_number(
    invoices: Book, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    write = os.write

    def interrupted(descriptor: int, data: memoryview) -> int:
        if descriptor == deliver.STDOUT:
            raise KeyboardInterrupt
        return write(descriptor, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", interrupted)
        result = invoices.run(*words)
    assert result.status == 74, result
    assert "INV-00001" in result.err
    assert invoices.texts() == ["INV-00001"]


@pytest.mark.parametrize("words", [["next", "invoice"], ["next", "invoice", "--json"]], ids=" ".join)
def test_an_interruption_between_commit_and_output_is_told(
    invoices: Book, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        for place in ("express", "issuing.drawing"):
            patch.setattr(f"seqctl.cli.{place}.deliver", interrupted)
        result = invoices.run(*words)
    assert result.status == 74, result
    assert "committed" in result.err
    assert invoices.texts() == ["INV-00001"]
