"""Tests of the line numbers found in TOML texts."""

import random
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from seqctl.definitions.toml.lines import KeyPath, line_index, line_of

# After the arrow: the paths that begin on the line, parts joined by slashes, digits as positions.
ROWS = r"""# [comment] with = 'signs"
 "\u0071\"=" . 'l\t' . plain = 1    -> q"= q"=/l\t q"=/l\t/plain
text = ~~~                          -> text
[not.a.table] "" key = 1 \~~~ ""\
still text""\"~~~""  # two more quotes end it
raw = '''                           -> raw
'' x = [ y'''''
list = [ # comment ] [              -> list
  2.5, "],", 1979-05-27 07:32:00,#] -> list/0 list/1 list/2
  1                                 -> list/3

  , [ 'a', [], {}, { k = [          -> list/4 list/4/0 list/4/1 list/4/2 list/4/3 list/4/3/k
    true ], l.m = '}', l.n = 2 } ], -> list/4/3/k/0 list/4/3/l list/4/3/l/m list/4/3/l/n
]
first . 2nd = +inf                  -> first first/2nd
[ a . "b" ]                         -> a/b
c = { }                             -> a/b/c
[a] # after its child table         -> a
d.e = 1                             -> a/d a/d/e
d.f = ""                            -> a/d/f
[[x]]                               -> x x/0
[[x.y]]                             -> x/0/y x/0/y/0
[x.y.z]                             -> x/0/y/0/z
[[x]]                               -> x/1
[[x.y]]                             -> x/1/y x/1/y/0""".replace("~~~", '"""').split("\n")
MIXED = "\n".join(row.partition(" -> ")[0].rstrip() for row in ROWS)
MIXED_LINES: dict[KeyPath, int] = {(): 1} | {
    tuple(int(part) if part.isdigit() else part for part in path.split("/")): line
    for line, row in enumerate(ROWS, start=1)
    for path in row.partition(" -> ")[2].split()
}

SCALARS = ["1", "0x1F", "-inf", "1979-05-27 07:32:00.5", "07:32:00", "true", '""', "''", '"# ]\\""']
SCALARS += ['"""a""b"""""', "'''\n[a] # ''x'''''", '"""\\\n  \\"""\n"""', "'''''''' "]
FILLERS = ["", "\n", "\n\n", '# x = [ "\n', "\t# it's [[a]] '''\n  "]
KEYS = ["k{}", "{}", '"k \\u0041 \\" # {}"', "'k.\\n = {}'", '"é\u2028{}"']


def paths(data: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    yield path
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from paths(value, (*path, key))


class Writer:
    """Writes a random text of mixed style and notes the line of whatever it writes."""

    def __init__(self, choices: random.Random) -> None:
        self.choices = choices
        self.text = ""
        self.lines: dict[KeyPath, int] = {(): 1}
        self.section((), "", 3)

    def key(self, table: KeyPath) -> KeyPath:
        """Write a key of one to three new parts and return its path."""
        path = table
        for part in range(self.choices.randint(1, 3)):
            spelling = self.choices.choice(KEYS).format(len(self.lines))
            path = (*path, *tomllib.loads(f"{spelling} = 1"))
            self.lines[path] = self.text.count("\n") + 1
            self.text += self.choices.choice([".", " .\t"]) * (part > 0) + spelling
        return path

    def value(self, path: KeyPath, depth: int) -> None:
        kind = self.choices.choice(["scalar", "array", "table"])
        if kind == "scalar" or not depth:
            self.text += self.choices.choice(SCALARS)
        elif kind == "array":
            self.text += "["
            for position in range(self.choices.randint(0, 3)):
                self.text += "," * (position > 0) + self.choices.choice(FILLERS)
                self.lines[*path, position] = self.text.count("\n") + 1
                self.value((*path, position), depth - 1)
            self.text += self.choices.choice(FILLERS) + "]"
        else:
            self.text += "{"
            for position in range(self.choices.randint(0, 3)):
                self.text += ", " * (position > 0)
                inner = self.key(path)
                self.text += " ="
                self.value(inner, depth - 1)
            self.text += " }"

    def section(self, table: KeyPath, written: str, depth: int) -> None:
        """Write keys, then tables and arrays of tables below the table that stands written."""
        for _ in range(self.choices.randint(0, 3)):
            self.text += self.choices.choice(FILLERS)
            path = self.key(table)
            self.text += self.choices.choice(["=", "\t= "])
            self.value(path, 3)
            self.text += self.choices.choice(["\n", " # '''\n"])
        for _ in range(self.choices.randint(0, 2) if depth else 0):
            is_array = self.choices.random() < 0.5
            opening, closing = ("[[", " ]]\n") if is_array else ("[ ", "]\n")
            self.text += opening + written
            path = self.key(table)
            header = self.text.rpartition(opening)[2]
            self.text += closing
            for position in range(self.choices.randint(1, 3) if is_array else 1):
                self.text += (opening + header + closing) * (position > 0)
                inner = (*path, position) if is_array else path
                self.lines[inner] = self.text.count("\n")
                self.section(inner, f"{header} . ", depth - 1)


values = st.recursive(
    st.integers() | st.text() | st.text(alphabet="\"'\\\n#[]{}=, a") | st.datetimes(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_each_path_of_a_mixed_text_has_its_line(newline: str) -> None:
    text = MIXED.replace("\n", newline)
    assert line_index(text) == MIXED_LINES
    assert set(paths(tomllib.loads(text))) == set(MIXED_LINES)


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False).map(Writer), st.sampled_from(["\n", "\r\n"]))
def test_random_texts_have_the_lines_they_were_written_on(writer: Writer, newline: str) -> None:
    text = writer.text.replace("\n", newline)
    assert line_index(text) == writer.lines
    assert set(paths(tomllib.loads(text))) == set(writer.lines)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(), values, max_size=5), st.booleans())
def test_dumped_data_has_all_paths_on_lines_with_their_keys(data: Any, multiline: bool) -> None:
    text = tomli_w.dumps(data, multiline_strings=multiline)
    index = line_index(text)
    assert set(index) == set(paths(tomllib.loads(text)))
    for path, line in index.items():
        if path and isinstance(path[-1], str):
            spelling = tomli_w.dumps({path[-1]: 0}).removesuffix(" = 0\n")
            assert spelling in text.split("\n")[line - 1]


@given(*[st.integers(0, len(MIXED))] * 2, st.text(alphabet="ab1.=,#\"'\\[]{} \n\r"))
def test_a_damaged_text_agrees_with_tomllib_or_gives_a_value_error(start: int, stop: int, text: str) -> None:
    damaged = MIXED[:start] + text + MIXED[stop:]
    try:
        expected = set(paths(tomllib.loads(damaged)))
    except tomllib.TOMLDecodeError:
        with suppress(ValueError):
            line_index(damaged)
    else:
        assert set(line_index(damaged)) == expected


def test_values_may_nest_as_deep_as_tomllib_can_follow() -> None:
    index = line_index("deep = " + "[\n" * 400 + "]" * 400)
    assert index["deep", *[0] * 399] == 400


@pytest.mark.parametrize("opening", ["[", "{a=", "[{a="])
def test_values_nested_without_end_give_a_value_error(opening: str) -> None:
    with pytest.raises(ValueError, match="line 1"):
        line_index("deep = " + opening * 100 * sys.getrecursionlimit())


def test_ten_thousand_tables_are_indexed_quickly() -> None:
    keys = "".join(f'key_{number} = "a value" # why\n' for number in range(8))
    text = "".join(f"[table.number_{number}]\n{keys}" for number in range(10_000))
    start = time.process_time()
    index = line_index(text)
    # Several times the usual cost, for slow machines; counting lines anew would take minutes.
    assert time.process_time() - start < 2
    assert index["table", "number_9999", "key_7"] == 90_000


def test_line_of_takes_the_longest_known_prefix() -> None:
    index = line_index(MIXED)
    assert line_of(index, ()) == line_of({}, ("a", 1)) == 1
    assert line_of(index, ("x", 1, "y", 0)) == 25
    assert line_of(index, ["a", "d", "missing", "deeper"]) == 19
    assert line_of(index, ("list", "0")) == 8
    assert line_of(index, ("missing", "title")) == 1
