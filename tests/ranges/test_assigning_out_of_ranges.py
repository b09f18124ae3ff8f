"""Records of a file get numbers out of ranges, one range after the other."""

from tests.book import Book
from tests.ranges.test_which_range_serves import COLOMBIA


def test_records_go_on_in_the_next_range(book: Book) -> None:
    book.load(COLOMBIA)
    rows = "".join(f"{letter},2026-12-0{day}\n" for day, letter in enumerate("abcdefg", 1))
    (book.folder / "records.csv").write_text(f"id,day\n{rows}")
    ask = ("assign", "factura", "--input", book.folder / "records.csv", "--date-column", "day")
    told = book.warned(*ask).rows
    assert [row["number"] for row in told] == [f"SETP99000000{digit}" for digit in range(1, 8)]
    assert [item["range"] for item in book.numbers("factura")] == ["R1"] * 5 + ["R2"] * 2
    assert [row["number"] for row in book.ok(*ask).rows] == [row["number"] for row in told]
    (book.folder / "more.csv").write_text("id,day\nx,2027-01-05\ny,2029-01-05\n")
    ask = ("assign", "factura", "--input", book.folder / "more.csv", "--date-column", "day")
    book.fails(5, "no_range", *ask, "--yes")
    assert len(book.numbers("factura")) == 7
    assert book.ok("audit", "verify").status == book.ok("check").status == 0
