"""Files of records that strangers made: numbered, adopted, compared, or refused whole and in time."""

import csv
import io
import json
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.book import Book
from tests.hostile import texts
from tests.hostile.conftest import RECORDS, Judged

UNHURRIED = settings(deadline=None, suppress_health_check=list(HealthCheck))
SECONDS = 20
"""Far more than is needed, even by a slow machine with much else to do; processor time, not the clock's."""

JSON_LINES = (
    '{"id": "1", "number": "S-1", "day": "2026-05-04", "state": "open", "f": "a", "entity": "DE"}\n'
    '{"id": 2, "number": "S-9", "day": "2026-05-05", "state": "void", "f": true, "entity": null}\n'
)
NAMES = ("r.csv", "r.jsonl", "r", "-")
COMMANDS = (
    ("assign", "t", "--input"),
    ("assign", "invoice", "--partial", "--write", "-", "--for-column", "account=entity", "--input"),
    ("assign", "t", "--order", "date", "--date-column", "day", "--dry-run", "--input"),
    ("adopt", "s", "--input"),
    ("adopt", "s", "--column", "number", "--date-column", "day", "--record-column", "id", "--input"),
    ("adopt", "alpha", "--skip-invalid", "--yes", "--column", "number", "--input"),
    ("reconcile", "s", "--input"),
    ("reconcile", "s", "--column", "number", "--date-column", "day", "--state-column", "state", "--input"),
)
PIECES = st.sampled_from(
    [
        *(
            b",",
            b";",
            b"\t",
            b'"',
            b'""',
            b"\n",
            b"\r\n",
            b"\r",
            b"\x00",
            b"\xef\xbb\xbf",
            b"\xff\xfe",
            b"\xc3",
        ),
        *(b"\xed\xa0\x80", b"id", b"number", b"day,", b"S-2\n", b"S-", b"9" * 400, b"-1", b"1e999", b"=1+1"),
        *(
            b"2026-02-30",
            b"2026-05-04T10:00",
            b"{",
            b"}",
            b"[",
            b"]",
            b'{"id": ',
            b":",
            b"null",
            b"NaN",
            b"1.10",
        ),
        *(b'"\\ud800"', b'"\\u0000"', b"\\", b"{}\n", b"[]\n", b"\x1b[31m", b"\xc2\x9b", b"\xe2\x80\xae"),
        *(b'{"id": "3"}\n', b'"a\rb"', b'"a\nb"', b"x" * 300, b"FY2026/2026-7", b"aab"),
    ]
)
ANY = texts.ANY.map(lambda text: text.encode("utf-8", "surrogatepass"))


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A valid file with pieces dropped, doubled, exchanged and put in, sometimes in another encoding."""
    data = draw(st.sampled_from([RECORDS, JSON_LINES, "S-1\nS-2\nS-7\n", RECORDS.replace(",", ";")])).encode()
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        until = min(len(data), at + draw(st.sampled_from([0, 0, 1, 3, 12, 40])))
        data = data[:at] + draw(PIECES | ANY | st.just(data[at:until] * 2)) + data[until:]
    if draw(st.integers(0, 15)) == 0:
        return data.decode("utf-8", "replace").encode(
            draw(st.sampled_from(["utf-16", "utf-32", "utf-8-sig"]))
        )
    return data


RUBBISH = st.binary(max_size=200) | st.lists(PIECES | ANY, max_size=12).map(b"".join)


def check(rich: Book, judged: Judged, place: Path, data: bytes, command: tuple[str, ...], name: str) -> None:
    """Hold one call to the contract; what it writes back holds the records as they were."""
    if name != "-":
        (place / name).write_bytes(data)
    result = judged(rich, *command, name, input=data)
    assert len(result.err) < 20_000
    if "--write" in command and result.status in (0, 3):
        _check_written(rich, judged, place, data, result.out, command, name)


def _check_written(
    rich: Book,
    judged: Judged,
    place: Path,
    data: bytes,
    written: str,
    command: tuple[str, ...],
    name: str,
) -> None:
    """Numbered once more, what was written says the same: nothing that it held was lost or spoiled."""
    if name != "-":
        (place / name).write_bytes(written.encode())
    again = judged(rich, *command, name, input=written)
    assert again.out == written, (data, written, again)


@settings(UNHURRIED, max_examples=60)
@given(data=mutated() | mutated() | RUBBISH, command=st.sampled_from(COMMANDS), name=st.sampled_from(NAMES))
def test_files_are_taken_or_refused_whole(
    rich: Book, judged: Judged, place: Path, data: bytes, command: tuple[str, ...], name: str
) -> None:
    check(rich, judged, place, data, command, name)


@pytest.mark.long
@settings(UNHURRIED, max_examples=texts.EXAMPLES)
@given(data=mutated() | mutated() | RUBBISH, command=st.sampled_from(COMMANDS), name=st.sampled_from(NAMES))
def test_files_are_taken_or_refused_whole_many_times(
    rich: Book, judged: Judged, place: Path, data: bytes, command: tuple[str, ...], name: str
) -> None:
    check(rich, judged, place, data, command, name)


CELLS = st.lists(st.tuples(texts.ANY, texts.ANY), min_size=1, max_size=4, unique_by=lambda pair: pair[0])


@settings(UNHURRIED, max_examples=25)
@given(rows=CELLS, form=st.sampled_from(["csv", "jsonl"]))
def test_what_the_cells_hold_comes_back(
    rich: Book, place: Path, rows: list[tuple[str, str]], form: str
) -> None:
    """Every text that is an id and a text beside it, through a file, the numbering and the file written."""
    rows = [(id, text) for id, text in rows if not (set(id + text) & {chr(0)} or _half(id + text))]
    taken = [(id, text) for id, text in rows if id.isprintable() and id.strip() and len(id) <= 255]
    path = place / f"r.{form}"
    path.write_bytes((_csv if form == "csv" else _json_lines)(taken).encode())
    result = rich.run("assign", "t", "--partial", "--input", path, "--write", "-")
    assert result.status in (0, 3), result
    assert _read(form, result.out) == taken


def _half(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _csv(rows: list[tuple[str, str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows([("id", "g"), *rows])
    return buffer.getvalue()


def _json_lines(rows: list[tuple[str, str]]) -> str:
    return "".join(json.dumps({"id": id, "g": text}, ensure_ascii=False) + "\n" for id, text in rows)


def _read(form: str, text: str) -> list[tuple[str, str]]:
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    else:
        rows = [json.loads(line) for line in text.split("\n") if line]
    return [(row["id"], row["g"]) for row in rows]


COLUMNS = ",".join(f"c{place}" for place in range(100_000))
HUGE = {
    "one cell": "id,number\n1," + "x" * 10_000_000 + "\n",
    "one cell in quotes": 'id,number\n1,"' + "x\n" * 20_000,
    "one number": "id,number\n" + "1,x\n" * 20_000,
    "quotes never closed": 'id,number\n1,"' + "x," * 100_000,
    "one name": '{"id": "1", "number": "' + "9" * 900_000 + '"}\n',
    "a column's name": "id,number," + "c" * 900_000 + "\n1,2\n",
    "many columns": f"id,number,{COLUMNS}\n",
    "ragged": "id,number\n" + ",".join("1" * 100_000) + "\n",
    "double headers": "id,number,id,number\n1,2,3,4\n",
    "double names": '{"id": "1", "number": "2", "id": "3"}\n',
    "deep lists": '{"id": ' + "[" * 400_000 + "\n",
    "deep objects": '{"id":' * 100_000 + "\n",
    "an integer": '{"id": ' + "9" * 900_000 + ', "number": 1}\n',
    "half a character": '{"id": "1", "number": "\\ud800"}\n',
    "nul": "id,number\n\x001,\x00\n",
    "one line": "S" * 10_000_000,
    "an array": "[" + '{"id": "1"},' * 50_000 + "]",
}


@pytest.mark.parametrize("command", COMMANDS[1:5:3] + COMMANDS[7:], ids=lambda words: words[0])
@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_huge_and_deep_files_are_refused_in_time(
    rich: Book, judged: Judged, text: str, command: tuple[str, ...]
) -> None:
    begun = process_time()
    result = judged(rich, *command, "-", input=text)
    assert result.status in (3, 4, 6), result
    # Every problem is listed, each in a line of its own.
    assert max(map(len, result.err.splitlines()), default=0) < 5_000
    assert process_time() - begun < SECONDS
