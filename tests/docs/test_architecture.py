"""The page about the architecture names files that are there, and leads to them by paths below `seqctl/`."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
TABLE = PAGE[PAGE.index("| you want to | go to |") : PAGE.index("## Storage")]
NAMED = sorted(set(re.findall(r"`([\w/]+(?:/|\.py|\.md))`", TABLE)))


def test_the_table_leads_to_many_places() -> None:
    assert len(NAMED) > 50
    assert len(TABLE.splitlines()) > 25


@pytest.mark.parametrize("name", NAMED)
def test_what_the_table_leads_to_is_there(name: str) -> None:
    assert (ROOT / "seqctl" / name).exists() or (ROOT / name).exists()


@pytest.mark.parametrize("room", sorted({path.parent.name for path in (ROOT / "seqctl/cli").glob("*/*.py")}))
def test_a_room_of_commands_is_one_of_actions_or_of_files_and_grammar(room: str) -> None:
    """The name of a command leads to its file, on both floors."""
    others = {"book", "files", "grammar", "terminal"}
    assert room in others or (ROOT / "seqctl" / "actions" / room).is_dir()
