"""Any words on the command line: a status of the contract, words or one JSON object, nothing half done."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.book import Book
from tests.hostile import texts
from tests.hostile.command_lines import command_lines, commands
from tests.hostile.conftest import Judged

UNHURRIED = settings(deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("path", [path for path, _ in commands()], ids=" ".join)
def test_every_command_takes_hostile_words(rich: Book, judged: Judged, path: tuple[str, ...]) -> None:
    @settings(UNHURRIED, max_examples=12)
    @given(command_lines(path))
    def check(words: list[str]) -> None:
        judged(rich, *words)

    check()


@pytest.mark.long
def test_every_command_takes_hostile_words_many_times(rich: Book, judged: Judged) -> None:
    @settings(UNHURRIED, max_examples=texts.EXAMPLES)
    @given(command_lines())
    def check(words: list[str]) -> None:
        judged(rich, *words)

    check()


@settings(UNHURRIED, max_examples=60)
@given(
    words=st.lists(texts.ANY | st.sampled_from(["next", "--db", "--json", "-o", "numbers", "s"]), max_size=5)
)
def test_words_without_any_sense(rich: Book, judged: Judged, words: list[str]) -> None:
    judged(rich, *words)
