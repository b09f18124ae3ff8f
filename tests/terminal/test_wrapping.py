"""Words of hints in lines: each command stays whole."""

import pytest

from seqctl.cli.terminal.wrapping import advice


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("adopt it with: seqctl adopt a A-1", ["adopt it with:", "seqctl adopt a A-1"]),
        (
            "write: seqctl void A-1 --reason TEXT, or wait",
            ["write:", "seqctl void A-1 --reason TEXT,", "or wait"],
        ),
        ("seqctl gaps block 'a, b' 7; seqctl close a", ["seqctl gaps block 'a, b' 7;", "seqctl close a"]),
        ('seqctl next a --when "x > 1, y"', ['seqctl next a --when "x > 1, y"']),
        ("it isn't held: seqctl show A,1", ["it isn't held:", "seqctl show A,1"]),
        ("seqctl show 'A", ["seqctl show 'A"]),
        ("no command but words and words", ["no command but words", "and words"]),
    ],
)
def test_a_command_is_never_broken(text: str, lines: list[str]) -> None:
    assert advice(text, 20).split("\n") == lines
