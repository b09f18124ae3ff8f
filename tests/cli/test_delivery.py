"""A number is never lost in silence: closed, full and broken outputs. The real program."""

import json
import os
import subprocess
import sys

import pytest

from tests.book import Book, Environment, Program, Shell

LANES = [("next", "invoice"), ("next", "invoice", "-n", "3"), ("next", "invoice", "--json")]


@pytest.mark.parametrize("words", LANES, ids=" ".join)
def test_with_a_closed_stdout_nothing_is_issued(invoices: Book, shell: Shell, words: tuple[str, ...]) -> None:
    result = shell(f"seqctl {' '.join(words)} >&-")
    assert result.status not in (0, 1)
    assert "nothing was issued" in result.err
    assert invoices.numbers() == []


@pytest.mark.parametrize("words", LANES, ids=" ".join)
def test_on_a_full_disk_the_status_is_74_and_stderr_names_the_numbers(
    invoices: Book, shell: Shell, words: tuple[str, ...]
) -> None:
    result = shell(f"seqctl {' '.join(words)} >/dev/full")
    assert result.status == 74
    texts = invoices.texts()
    assert len(texts) == (3 if "-n" in words else 1)
    for text in texts:
        assert text in result.err
    assert "Traceback" not in result.err
    if "--json" in words:
        assert json.loads(result.err)["error"]["code"] == "not_delivered"


def test_with_a_key_the_hint_says_to_repeat_and_that_gives_the_same(invoices: Book, shell: Shell) -> None:
    result = shell("seqctl next invoice --key k >/dev/full")
    assert "--key" in result.err
    assert invoices.next("invoice", "--key", "k") == ["INV-00001"]


def test_many_numbers_are_named_by_the_first_and_the_last(invoices: Book, shell: Shell) -> None:
    result = shell("seqctl next invoice -n 5000 >/dev/full")
    assert result.status == 74
    for part in ("INV-00001", "INV-05000", "5000"):
        assert part in result.err
    assert len(result.err) < 1000


def test_numbers_piped_into_head_are_quiet(invoices: Book, shell: Shell) -> None:
    invoices.next("invoice", "-n", "20000")
    for output in ("tsv", "json"):
        result = shell(f"seqctl numbers -o {output} | head -1")
        assert (result.status, result.err) == (0, "")
        assert len(result.lines) == 1


@pytest.mark.parametrize("words", [(), ("--json",), ("-o", "table")], ids=" ".join)
def test_a_number_whose_reader_went_away_is_named(
    invoices: Book, environment: Environment, words: tuple[str, ...]
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "seqctl", "next", "invoice", *words]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, env=environment(), timeout=30)
    os.close(writer)
    assert done.returncode == 74
    assert b"INV-00001" in done.stderr
    assert invoices.texts() == ["INV-00001"]


@pytest.mark.parametrize("words", ["numbers", "export", "sequence list --json", "info"])
def test_other_outputs_that_fail_are_an_error_too(invoices: Book, shell: Shell, words: str) -> None:
    result = shell(f"seqctl {words} >/dev/full")
    assert result.status == 74
    assert "Traceback" not in result.err
    assert "written" in result.err


@pytest.mark.parametrize("words", ["numbers", "peek invoice", "numbers -o table"])
def test_a_closed_stdout_is_no_success_and_no_crash(invoices: Book, shell: Shell, words: str) -> None:
    result = shell(f"seqctl {words} >&-")
    assert result.status not in (0, 1)
    assert "Traceback" not in result.err


@pytest.mark.parametrize("words", ["--help", "--version"])
def test_help_into_a_closed_stdout_is_no_crash(invoices: Book, shell: Shell, words: str) -> None:
    result = shell(f"seqctl {words} >&-")
    assert result.status != 1
    assert "Traceback" not in result.err


@pytest.mark.parametrize("words", ["numbers -o table", "next invoice -o table", "--help"])
def test_a_full_disk_is_no_success_and_no_crash_for_tables_and_help(
    invoices: Book, shell: Shell, words: str
) -> None:
    result = shell(f"seqctl {words} >/dev/full")
    assert result.status not in (0, 1)
    assert "Traceback" not in result.err


def test_a_closed_stderr_hides_no_number_and_changes_no_status(invoices: Book, shell: Shell) -> None:
    assert shell("seqctl next invoice 2>&-").lines == ["INV-00001"]
    assert shell("seqctl next nothing 2>&-").status == 4
    assert shell("seqctl next invoice --yes --date 2099-01-01 2>&-").lines == ["INV-00002"]


def test_a_warning_that_cannot_be_written_hides_no_number(invoices: Book, shell: Shell) -> None:
    result = shell("seqctl next invoice --yes --date 2099-01-01 2>/dev/full")
    assert (result.status, result.lines) == (0, ["INV-00001"])


def test_a_closed_stdin_is_fine_and_a_question_then_names_the_flag(invoices: Book, shell: Shell) -> None:
    assert shell("seqctl next invoice <&-").lines == ["INV-00001"]
    invoices.ok("sequence", "add", "unused", "--prefix", "U")
    result = shell("seqctl sequence remove unused <&-")
    assert (result.status, "--yes" in result.err) == (2, True)
    assert shell("seqctl import - <&-").status not in (0, 1)


def test_output_is_utf_8_whatever_the_locale(book: Book, program: Program) -> None:
    book.ok("sequence", "add", "é", "--prefix", "请é-", "--title", "🧾")
    ascii_only = {"LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "ascii"}
    assert program("peek", "é", env=ascii_only).out == "请é-1\n"
    assert program("next", "é", env=ascii_only).out == "请é-1\n"
    assert "🧾" in program("sequence", "list", env=ascii_only).out
    assert "请é-1" in program("numbers", "-o", "table", env=ascii_only).out
    error = program("next", "ß", env=ascii_only)
    assert (error.status, "'ß'" in error.err) == (4, True)


def test_numbers_in_a_pipe_are_never_cut(book: Book, program: Program) -> None:
    book.ok("sequence", "add", "long", "--pattern", "N" * 200 + "{number:9}")
    number = "N" * 200 + "000000001"
    for words in (("next", "long"), ("numbers",), ("show", number), ("numbers", "-o", "table")):
        assert number in program(*words, env={"COLUMNS": "40"}).out
