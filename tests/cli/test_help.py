"""`help` and `--help`: sections, one line a command, topics whose examples are real calls."""

import re
import shlex

import pytest

from seqctl.cli.grammar.commands import SECTIONS, Group, first_words, listed, named
from seqctl.cli.grammar.topics import TOPICS, page_of
from tests.book import Run


def test_the_commands_stand_in_sections_of_one_line_each(run: Run) -> None:
    shown = run("--help").out.splitlines()
    for title, items in SECTIONS:
        at = shown.index(f"{title}:")
        for offset, item in enumerate(items, 1):
            name = item.name if isinstance(item, Group) else item.words[0]
            assert re.match(rf"  {name} +\S", shown[at + offset]), (name, shown[at + offset])
            assert len(shown[at + offset]) <= 80
    assert run("help").out == run("--help").out


def test_the_program_alone_names_the_topics(run: Run) -> None:
    for told in (run().err, run("--help").out):
        section = told.partition("Topics (seqctl help TOPIC):\n")[2].splitlines()
        assert [line.split()[0] for line in section[: len(TOPICS)]] == list(TOPICS)


def test_summaries_fit_a_line_of_80() -> None:
    room = 77 - 2 - max(map(len, first_words())) - 2
    for item in listed():
        assert len(item.load().summary) <= room, item.words


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_a_page_whose_calls_are_real(run: Run, topic: str) -> None:
    page = run("help", topic)
    assert (page.status, page.err) == (0, "")
    assert page.out == page_of(topic)
    assert max(map(len, page.out.splitlines())) <= 80
    for call in re.findall(r"^  seqctl ((?:.*\\\n)*.*?)(?:   .*)?$", page.out, re.MULTILINE):
        words = shlex.split(call.replace("\\\n", " "))
        at = 2 if words[0] == "--db" else 0
        item = named(words[at])
        assert item is not None, call
        assert not isinstance(item, Group) or words[at + 1] in item.verbs or item.default, call


def test_help_of_a_command_is_its_help(run: Run) -> None:
    assert run("help", "gaps", "block").out == run("gaps", "block", "--help").out
    assert run("help", "next").out == run("next", "--help").out
    assert run("help", "nonsense").status == 4
