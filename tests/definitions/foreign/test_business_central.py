"""Number series of Business Central: each line is a range that goes on where it was used up to."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.book import Book
from tests.definitions.foreign.conftest import Refuse, Take, actions, fields

BC = "business-central"


def line(number: int, since: str | None, first: str, **more: Any) -> dict[str, Any]:
    """A line as an OData service of the page gives it."""
    told = {"Series_Code": "S-INV", "Line_No": number, "Starting_Date": since or "0001-01-01"}
    return {**told, "Starting_No": first, "Increment_by_No": 1, **more}


LINES = [
    line(10000, "2025-01-01", "SI25-0001", Ending_No="SI25-9999", Last_No_Used="SI25-0417"),
    line(20000, "2026-01-01", "SI26-0001", Ending_No="SI26-9999", Warning_No="SI26-9900", Last_No_Used=""),
]


def served(book: Book, day: str, series: str = "S-INV") -> str:
    return book.next(series, "--date", day)[0]


def export(book: Book) -> str:
    return book.ok("export", "--with-counters").out


def test_each_line_goes_on_within_its_days(take: Take, nowhere: Book) -> None:
    result = take(BC, {"@odata.context": "...", "value": LINES})
    assert fields(result, "S-INV") == (
        "document_type=s_inv, pattern={prefix}{number:4}, max_length=20, reset=range,"
        " counters.S-INV-10000=0418"
    )
    assert fields(result, "S-INV-10000") == (
        "sequence=S-INV, first=1, last=9999, valid_from=2025-01-01, valid_until=2025-12-31,"
        " values=prefix=SI25-"
    )
    assert "valid_from=2026-01-01, values=prefix=SI26-, warn_at=99 left" in fields(result, "S-INV-20000")
    assert served(nowhere, "2025-12-31") == "SI25-0418"
    assert served(nowhere, "2026-01-01") == "SI26-0001"
    assert served(nowhere, "2025-12-31") == "SI25-0419"
    nowhere.fails(5, "no_range", "next", "S-INV", "--date", "2024-12-31")


def test_the_same_lines_again_change_nothing(take: Take, nowhere: Book) -> None:
    take(BC, LINES)
    served(nowhere, "2026-01-01")
    assert set(actions(take(BC, LINES)).values()) == {"unchanged"}


def test_a_line_for_next_year_ends_the_last_one(take: Take, nowhere: Book) -> None:
    take(BC, LINES)
    result = take(BC, line(30000, "2027-01-01", "SI27-0001"))
    assert actions(result) == {
        "sequence S-INV": "unchanged",
        "range S-INV-30000": "created",
        "range S-INV-20000": "changed",
    }
    assert fields(result, "S-INV-20000") == "valid_until:  -> 2026-12-31"
    assert served(nowhere, "2027-02-01") == "SI27-0001"
    assert served(nowhere, "2026-02-01") == "SI26-0001"


@pytest.mark.parametrize(
    "spelled",
    [
        ("seriesCode", "lineNo", "startingDate", "startingNo", "endingNo", "lastNoUsed"),
        ("Series Code", "Line No.", "Starting Date", "Starting No.", "Ending No.", "Last No. Used"),
        ("seriesCode", "lineNumber", "startingDate", "startingNumber", "endingNumber", "lastNumberUsed"),
    ],
)
def test_captions_are_known_in_every_spelling(take: Take, nowhere: Book, spelled: Sequence[str]) -> None:
    values = ("GJ", 10000, "2026-01-01", "GJ1", "GJ20", "GJ7")
    take(BC, dict(zip(spelled, values, strict=True)))
    assert served(nowhere, "2026-05-05", "GJ") == "GJ8"


def test_the_series_beside_its_lines(take: Take, nowhere: Book) -> None:
    series = {"Code": "S-INV", "Description": "Posted invoices", "Default_Nos": True, "Manual_Nos": True}
    result = take(BC, [{**series, "Date_Order": True}], LINES)
    assert "title=Posted invoices" in fields(result, "S-INV")
    assert "date_order=refuse" in fields(result, "S-INV") and "manual=yes" in fields(result, "S-INV")
    renamed = take(BC, {"Code": "S-INV", "Description": "Invoices"})
    assert fields(renamed, "S-INV") == "title: Posted invoices -> Invoices"
    nested = {"code": "N", "noSeriesLines": [{"lineNo": 1, "startingNo": "N-1"}]}
    assert actions(take(BC, nested)) == {"sequence N": "created", "range N-1": "created"}


def test_lines_with_gaps_and_steps(take: Take, nowhere: Book) -> None:
    ten = line(1, None, "GJ001A", Ending_No="GJ031A", Increment_by_No=10, Implementation="Sequence")
    result = take(BC, {**ten, "Last_No_Used": "GJ011A"})
    assert "pattern={prefix}{number:3}{suffix}, step=10" in fields(result, "S-INV")
    assert "mode=standard" in fields(result, "S-INV")
    assert nowhere.next("S-INV", "-n", "2", "--date", "2026-05-05") == ["GJ021A", "GJ031A"]
    nowhere.fails(5, "exhausted", "next", "S-INV", "--date", "2026-05-05")


def test_a_line_that_is_used_up_gives_nothing(take: Take, nowhere: Book) -> None:
    take(BC, line(1, None, "A1", Ending_No="A9", Last_No_Used="A9", Open=False))
    nowhere.fails(5, "exhausted", "next", "S-INV", "--date", "2026-05-05")


CAPTIONS = "Series Code;Line No.;Starting Date;Starting No.;Ending No.;Last No. Used;Open;Implementation"


def test_a_table_with_its_captions(nowhere: Book) -> None:
    path = nowhere.file(f"{CAPTIONS}\nV;10000;01.03.2026;V-0001;V-9999;V-0007;Yes;Normal\n", "lines.csv")
    error = nowhere.fails(6, "invalid_definition", "import", "--from", BC, path)
    assert error["message"].startswith(
        f"{path}:2: ranges.V-10000.Starting Date: '01.03.2026', which could be"
    )
    nowhere.ok("import", "--from", BC, path, "--date-format", "DD.MM.YYYY")
    assert served(nowhere, "2026-03-01", "V") == "V-0008"


def test_a_configuration_package_has_a_sheet_for_each_table(nowhere: Book, place: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    series = book.active
    series.title = "No. Series"
    lines, other = book.create_sheet("No. Series Line"), book.create_sheet("Payment Terms")
    for row in (
        ["NUMBERS", "No. Series", 308],
        [],
        ["Code", "Description", "Manual Nos."],
        ["V", "Bills", False],
    ):
        series.append(row)
    for row in (
        ["NUMBERS", "No. Series Line", 309],
        [],
        ["Series Code", "Line No.", "Starting No.", "Last No. Used", "Last Date Used"],
        ["V", 10000, "V-0001", "V-0007", None],
        ["V", 20000, "W-0001", "V-0007", None],
    ):
        lines.append(row)
    other.append(["Due Date Calculation", "30D"])
    book.save(place / "package.xlsx")
    error = nowhere.fails(6, "invalid_definition", "import", "--from", BC, "package.xlsx")
    assert error["message"] == (
        "package.xlsx (No. Series Line):D5: ranges.V-20000.Last No. Used: V-0007 is written otherwise than"
        " the first number W-0001"
    )
    lines.delete_rows(5)
    book.save(place / "package.xlsx")
    result = nowhere.ok("import", "--from", BC, "package.xlsx")
    assert "title=Bills" in fields(result, "V")
    assert served(nowhere, "2026-03-01", "V") == "V-0008"


def test_everything_wrong_is_told_at_once(refuse: Refuse) -> None:
    lines = [
        line(1, "2026-01-01", "NONE"),
        line(2, "2026-13-01", "A1", Ending_No="B9", Warning_No="A77"),
        {**line(3, None, "C1", Last_No_Used="C0", Open="maybe"), "Ending_No": "C9"},
        {"Series_Code": "X", "Line_No": 4},
    ]
    problems = "\n".join(refuse(BC, 6, "invalid_definition", lines))
    for words in (
        "ranges.S-INV-1.Starting_No: 'NONE' has no digits that count",
        "ranges.S-INV-2.Ending_No: B9 is written otherwise than the first number A1",
        "ranges.S-INV-2.Starting_Date: '2026-13-01' is not a date",
        "ranges.S-INV-3.Last_No_Used: C0 does not lie between C1 and C9",
        "ranges.S-INV-3.Open: 'maybe' is neither true nor false",
        "ranges.X-4.startingNo: is missing",
    ):
        assert words in problems


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ({"Starting_No": "SI26-00001"}, "the line has 5 digits, and the line before it 4"),
        ({"Increment_by_No": 5}, "the line goes by 5 steps, and the line before it 1"),
        ({"Implementation": "Random"}, "'Random' is neither Normal nor Sequence"),
        (
            {"Implementation": "Sequence", "Last_Date_Used": "2026-05-05"},
            "is not told, although numbers were used until 2026-05-05",
        ),
    ],
)
def test_what_would_change_numbers_is_an_error(refuse: Refuse, second: dict[str, Any], words: str) -> None:
    lines = [line(1, None, "SI25-0001"), {**line(2, "2026-01-01", "SI26-0001"), **second}]
    assert words in "\n".join(refuse(BC, 6, "invalid_definition", lines))


def test_what_cannot_be_held_is_a_warning(take: Take) -> None:
    series = {"Code": "S-INV", "Date_Order": True, "No_Series_Type": "Sales", "Default_Nos": False}
    odd = line(1, None, "A1", Warning_No="A90", Last_No_Used="A5", Last_Date_Used="2026-05-05", Open=False)
    told = take(BC, [series, odd]).err
    for words in (
        "Default_Nos: its numbers are entered by hand there",
        "No_Series_Type: unknown key; it is not carried over",
        "Warning_No: is not carried over, since there is no last number to count to",
        "Last_Date_Used: 2026-05-05 does not come along",
        "Open: the line is closed although it has numbers left; block them: seqctl range annul S-INV-1",
    ):
        assert words in told


def test_a_sequence_that_counts_otherwise_is_not_turned_over(nowhere: Book, refuse: Refuse) -> None:
    nowhere.ok("sequence", "add", "S-INV", "--pattern", "X{number}")
    problems = refuse(BC, 6, "invalid_definition", LINES)
    assert "sequence 'S-INV' already exists, and counts in no ranges" in problems[0]


def test_an_export_of_it_comes_back_in_unchanged(take: Take, nowhere: Book) -> None:
    take(BC, LINES)
    path = nowhere.file(export(nowhere))
    assert {row["action"] for row in nowhere.ok("import", path).rows} == {"unchanged"}


def test_a_file_without_its_captions_is_refused(nowhere: Book) -> None:
    path = nowhere.file("a,b\n1,2\n", "other.csv")
    error = nowhere.fails(6, "invalid_input", "import", "--from", BC, path)
    assert "has no headings of the system that --from names" in error["message"]
