"""A list as a person has it: byte order mark, semicolons, German dates and amounts, lost zeros, two prefixes,
voids.
"""

import json
import re
import shlex
from pathlib import Path

from tests.book import Book, Result

WHY = {4: "falscher Kunde", 9: '"doppelt; zweimal"'}
FILE = ("adopt", "invoice", "--input", "liste.csv")


def written(place: Path) -> None:
    rows = ["Belegnummer;Belegdatum;Betrag;Status;Grund;Kunde"]
    for number in (number for number in range(1, 31) if number != 13):
        state = "storniert" if number in WHY else "gültig"
        day = f"{number % 28 + 1:02}.01.2025"
        rows.append(f"RE-2025-{number:04};{day};1.234,50;{state};{WHY.get(number, '')};ACME")
    rows.append("RE-2025-31;02.02.2025;99,00;gültig;;ACME")
    rows.append("RE-2025-0030;02.02.2025;99,00;gültig;;ACME")
    rows += [f"GU-2025-{number:04};15.01.2025;-10,00;gültig;;ACME" for number in range(1, 6)]
    (place / "liste.csv").write_bytes(("\ufeff" + "\r\n".join(rows) + "\r\n").encode())


def options_of(result: Result) -> list[str]:
    """The options that a message proposes, with the one word filled in that it leaves to the reader."""
    proposed = re.findall(r"(?:those that are meant|try again with): (--[^;]+)", result.err)
    skip = re.findall(r"go on without the others: (--skip-invalid)", result.err)
    return shlex.split(proposed[-1].replace("=STATE", "=issued")) + skip


def test_it_is_adopted_in_three_tries_with_what_the_messages_propose(book: Book, place: Path) -> None:
    written(place)
    book.ok("sequence", "add", "invoice", "--pattern", "RE-{YYYY}-{number:4}", "--reset", "year")
    first = book.run(*FILE)
    assert first.status == 6
    columns = options_of(first)
    assert columns[::2] == ["--column", "--date-column", "--state-column", "--reason-column"]
    second = book.run(*FILE, *columns)
    assert second.status == 6
    assert "5 numbers do not fit the pattern RE-{YYYY}-{number:4}: 'GU-2025-0001' on line 33" in second.err
    assert all(f"'GU-2025-000{at}' on line {at + 32}" in second.err for at in range(1, 6))
    assert "34 numbers have the state 'gültig'" in second.err
    assert "'RE-2025-0030' is already on line 30" in second.err
    assert len(second.err.splitlines()) == 9
    third = book.run(*FILE, *columns, *options_of(second), "--json")
    assert third.status == 3
    told = third.json
    assert (told["adopted"], told["void"], told["skipped"]) == (30, 2, 6)
    assert [problem["line"] for problem in told["problems"]] == [32, 33, 34, 35, 36, 37]
    numbers = book.numbers()
    assert numbers[-1]["number"] == "RE-2025-0031"
    assert {number["number"]: number["reason"] for number in numbers if number["state"] == "void"} == {
        "RE-2025-0004": "falscher Kunde",
        "RE-2025-0009": "doppelt; zweimal",
    }
    assert numbers[1]["date"] == "2025-01-03"
    (gap,) = book.ok("gaps", "invoice", "--json").json
    assert gap["first_number"] == "RE-2025-0013"


def test_json_lists_each_problem_with_its_column(book: Book, place: Path) -> None:
    written(place)
    book.ok("sequence", "add", "invoice", "--pattern", "RE-{YYYY}-{number:4}", "--reset", "year")
    columns = ("--column", "Belegnummer", "--date-column", "Belegdatum", "--state-column", "Status")
    error = book.run("--json", *FILE, *columns).error
    found = error["findings"]
    assert error["findings_count"] == len(found) == 36 + 13 + 2 + 5
    assert list(found[0]) == ["file", "line", "column", "code", "message", "hint"]
    by_column = {name: [item["line"] for item in found if item["column"] == name] for name in columns[1::2]}
    assert by_column["Status"] == list(range(2, 38))
    assert by_column["Belegnummer"] == [*range(31, 38)]
    assert len(by_column["Belegdatum"]) == 13


def test_the_first_ten_thousand_are_listed_and_all_are_counted(invoices: Book) -> None:
    text = "number\n" + "".join(f"CN-{number}\n" for number in range(1, 12_001))
    result = invoices.run("--json", "adopt", "invoice", "--input", invoices.file(text, "many.csv"))
    error = json.loads(result.err)["error"]
    assert (len(error["findings"]), error["findings_count"]) == (10_000, 12_000)
    (problem,) = error["problems"]
    assert problem.endswith("'CN-1' on line 2, 'CN-2' on line 3 ... 'CN-12000' on line 12,001")


def test_lost_zeros_are_given_back(book: Book) -> None:
    book.ok("sequence", "add", "receipt", "--pattern", "{number:8}")
    book.ok("sequence", "add", "slip", "--pattern", "{MM}{YY}{number:3}", "--reset", "month")
    path = book.file("number\n45\n46.0\n00000047\n", "a.csv")
    error = book.fails(6, "invalid_input", "adopt", "receipt", "--input", path)
    assert "'45' does not fit the pattern {number:8}: only leading zeros are missing" in error["problems"][0]
    assert error["hint"] == "try again with: --pad"
    assert book.run("adopt", "receipt", "--input", path, "--pad").status == 0
    assert book.texts("receipt") == ["00000045", "00000046", "00000047"]
    slips = book.file("number,date\n126007,2026-01-31\n1226008,2026-12-31\n", "s.csv")
    assert book.run("adopt", "slip", "--input", slips, "--pad").status == 0
    assert book.texts("slip") == ["0126007", "1226008"]


def test_padding_changes_no_number_that_fits(book: Book) -> None:
    book.ok("sequence", "add", "receipt", "--pattern", "R{number}")
    path = book.file("number\nR5\nR05\n", "a.csv")
    error = book.fails(6, "invalid_input", "adopt", "receipt", "--input", path, "--pad")
    assert "'R05' does not fit" in error["message"]


def test_what_is_to_be_skipped_is_asked_for_in_a_file_that_can_be_read(invoices: Book) -> None:
    path = invoices.file(
        "number,date\nINV-00001,2026-01-01\nINV-00002,2026-01-02,x\nINV-3,2026-01-02\n", "n.csv"
    )
    error = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", path, "--skip-invalid")
    assert error["hint"] == "numbers are skipped only where the file can be read: mend line 3 and try again"
    assert invoices.texts() == []


def test_documents_that_shall_be_left_out(invoices: Book) -> None:
    path = invoices.file("number,state\nINV-00001,draft\n", "n.csv")
    error = invoices.fails(2, "usage", "adopt", "invoice", "--input", path, "--state-word", "draft=ignore")
    assert error["hint"] == "leave 'draft' unexplained, and what has it is left out with: --skip-invalid"
    left = invoices.run("adopt", "invoice", "--input", path, "--skip-invalid")
    assert left.status == 3 and invoices.texts() == []
