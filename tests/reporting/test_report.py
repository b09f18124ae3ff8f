"""`report`: what its sheets say, against the lists that say the same."""

import os
import re
from pathlib import Path
from typing import Any

import pytest

from seqctl import open_store
from seqctl.actions import add_range
from tests.book import Book
from tests.reporting.conftest import AT, STRANGE, Told

ORDER = [
    *("summary", "scheme", "completeness", "gaps", "voids", "reused", "date_order", "cut_off", "changes"),
    *("numbers", "evidence"),
]


def test_the_sheets_come_in_their_order(full: Book, told: Told, place: Path) -> None:
    assert list(told(full)) == ORDER
    (place / "documents.txt").write_text("INV-2026-00001\n")
    compared = [*ORDER[:8], "duplicates", "reconciliation", *ORDER[8:]]
    assert list(told(full, "--documents", "documents.txt")) == compared


def test_completeness_is_the_statement(full: Book, told: Told) -> None:
    sheet = told(full)["completeness"]
    whole = [row for row in sheet if row["month"] is None]
    stated = full.ok("statement", "--json").json
    shared = [name for name in whole[0] if name in stated[0]]
    assert len(shared) > 12
    assert [{name: row[name] for name in shared} for row in whole] == [
        {name: item[name] for name in shared} for item in stated
    ]


def test_months_are_the_statement_of_their_windows(full: Book, told: Told) -> None:
    rows = {row["month"]: row for row in told(full)["completeness"] if row["sequence"] == "invoice"}
    for month, last in (("2026-01", "31"), ("2026-02", "28")):
        window = ("--from", f"{month}-01", "--to", f"{month}-{last}")
        (stated,) = full.ok("statement", "invoice", "--json", *window).json
        assert {name: stated[name] for name in rows[month] if name in stated} == {
            name: value for name, value in rows[month].items() if name in stated
        }
    assert sum(rows[month]["issued"] for month in ("2026-01", "2026-02")) == 15


def test_gaps_and_numbers_are_all_of_them(full: Book, told: Told) -> None:
    sheets = told(full)
    gaps = full.ok("gaps", "--json").json
    found = [
        {name: row[name] for name in gap if name in row}
        for row, gap in zip(sheets["gaps"], gaps, strict=True)
    ]
    assert [row["first_number"] for row in sheets["gaps"]] == ["INV-2026-00016", "000002"]
    for row, gap in zip(found, gaps, strict=True):
        assert row == {name: gap[name] for name in row} | {"last_number": row["last_number"]}
    held = {row["number"] for row in sheets["numbers"] if row["state"] in ("issued", "void", "reserved")}
    assert held == set(full.texts())
    numbers = [row["number"] for row in sheets["numbers"] if row["period"] == "2026"]
    assert numbers == sorted(numbers), "each gap stands in its place"
    assert {row["number"] for row in sheets["gaps"] if row.get("number")} <= {*numbers}


def test_voids_say_who_when_and_why(full: Book, told: Told) -> None:
    (void,) = told(full)["voids"]
    (event,) = full.ok("audit", "list", "--action", "void", "--json").json
    assert (void["number"], void["reason"]) == ("INV-2026-00003", STRANGE)
    assert (void["since"], void["actor"]) == (event["at"], event["actor"])
    full.ok("record", "INV-2026-00003", "--record", "another", "--reason", "a slip")
    (later,) = told(full)["voids"]
    assert later == void | {"record": "another"}, "what is noted of it later voids it no second time"


def test_what_went_out_twice_has_its_earlier_life(full: Book, told: Told) -> None:
    full.ok("gaps", "block", "memo", "000002", "--reason", "keep it")
    (reused,) = told(full)["reused"]
    assert (reused["number"], reused["earlier_number"]) == ("INV-2026-00005", "INV-2026-00005")
    assert (reused["ended_by"], reused["reason"]) == ("release", "never sent")
    assert reused["ended_at"] < reused["issued_at"]


def test_a_document_that_came_back_did_not_go_out_twice(full: Book, told: Told) -> None:
    full.ok("release", "INV-2026-00007", "--reason", "a slip")
    full.ok("reinstate", "INV-2026-00007", "--reason", "it was sent")
    full.ok("release", "INV-2026-00005", "--reason", "again")
    full.ok("reinstate", "INV-2026-00005", "--reason", "it was sent")
    assert [row["number"] for row in told(full)["reused"]] == ["INV-2026-00005"]


def test_a_number_of_three_lives_is_told_of_twice(invoices: Book, told: Told) -> None:
    for reason in ("first", "second"):
        assert invoices.next("invoice") == ["INV-00001"]
        invoices.ok("release", "INV-00001", "--reason", reason)
    invoices.next("invoice")
    assert [row["reason"] for row in told(invoices)["reused"]] == ["first", "second"]


def test_date_order_counts_where_the_sequence_has_a_rule(full: Book, told: Told) -> None:
    sheets = told(full)
    (row,) = sheets["date_order"]
    assert (row["number"], row["date"]) == ("INV-2026-00006", "2026-02-03")
    assert (row["earlier_number"], row["earlier_date"]) == ("INV-2026-00005", "2026-02-09")
    answer = {item["sheet"]: item for item in sheets["summary"]["answers"]}["date_order"]
    assert answer["good"] is False
    full.ok("sequence", "edit", "invoice", "--date-order", "off")
    sheets = told(full)
    assert len(sheets["date_order"]) == 1
    assert {item["sheet"]: item for item in sheets["summary"]["answers"]}["date_order"]["good"] is True


def test_the_cut_off_goes_over_the_end_of_a_year(full: Book, told: Told) -> None:
    rows = [row for row in told(full)["cut_off"] if row["sequence"] == "invoice"]
    assert [(row["last_number"], row["first_number"]) for row in rows] == [
        ("INV-2025-00005", "INV-2026-00001"),
        ("INV-2026-00004", "INV-2026-00005"),
    ]
    assert [(row["month"], row["next_month"]) for row in rows] == [
        ("2025-12", "2026-01"),
        ("2026-01", "2026-02"),
    ]


def test_changes_say_from_what_to_what(full: Book, told: Told) -> None:
    changes = told(full)["changes"]
    (order,) = [row for row in changes if row["field"] == "date_order"]
    assert (order["name"], order["before"], order["after"]) == ("invoice", "off", "warn")
    (moved,) = [row for row in changes if row["action"] == "set-next"]
    assert (moved["before"], moved["after"], moved["reason"]) == ("16", "21", "a lost pad")
    logged = [event["id"] for event in full.ok("audit", "list", "--json").json if event["counter_id"] is None]
    assert {*logged, moved["event"]} == {row["event"] for row in changes}


def test_targets_and_windows_narrow_it(full: Book, told: Told) -> None:
    sheets = told(full, "memo", "slip", "--from", "2026-02-01", "--to", "2026-02-28")
    assert {row["number"] for row in sheets["numbers"]} == {"000001", "000002", "000003", "000004"}
    assert {row["name"] for row in sheets["scheme"]} == {"book", "memo", "slip", "europe"}
    assert {row["name"] for row in sheets["changes"]} == {"book", "memo", "slip", "europe"}
    (stated,) = sheets["completeness"]
    window = ("--from", "2026-02-01", "--to", "2026-02-28")
    assert stated["total"] == full.ok("statement", "memo", "--json", *window).json[0]["total"]
    by_set = told(full, "--set", "europe")
    assert {row["sequence"] for row in by_set["numbers"]} == {"invoice", "memo"}


def test_documents_are_reconciled(full: Book, told: Told, place: Path) -> None:
    held = [text for text in full.texts() if text not in ("INV-2026-00003", "INV-2026-00001")]
    (place / "documents.txt").write_text("\n".join([*held, held[0], "INV-2026-99999"]) + "\n")
    sheets = told(full, "--documents", "documents.txt")
    lists = {"number": "subject", "line": "line", "code": "code", "message": "message"}
    found: list[dict[str, Any]] = []
    for target in ("invoice", "memo", "slip"):
        listed = full("reconcile", target, "--input", "documents.txt", "--json").json
        found += [item for item in listed if item["code"] in ("duplicate", "unposted")]
    for key in ("duplicates", "reconciliation"):
        for row in sheets[key]:
            if row["code"] != "foreign":
                assert {lists[name]: row[name] for name in lists} in [
                    {name: item[name] for name in lists.values()} for item in found
                ]
    assert [row["number"] for row in sheets["duplicates"]] == [held[0]]
    codes = {row["number"]: row["code"] for row in sheets["reconciliation"]}
    assert codes == {"INV-2026-00001": "unposted", "INV-2026-99999": "foreign"}
    answers = {item["sheet"]: item["good"] for item in sheets["summary"]["answers"]}
    assert (answers["duplicates"], answers["reconciliation"]) == (False, False)


def test_a_book_in_which_all_is_well_is_good(invoices: Book, told: Told) -> None:
    assert told(invoices)["summary"]["good"] is True
    invoices.next("invoice", "-n", "3")
    sheets = told(invoices)
    assert sheets["summary"]["good"] is True
    (head,) = [row["value"] for row in sheets["evidence"] if row["what"] == "Head of the log"]
    assert head.endswith(invoices.ok("audit", "head").out.strip())


def test_a_tampered_ledger_is_not_good(invoices: Book, told: Told, sql: Any) -> None:
    invoices.next("invoice", "-n", "3", "--record", "mine")
    sql("UPDATE number SET record = 'theirs' WHERE value = 2")
    sheets = told(invoices)
    assert {item["sheet"]: item["good"] for item in sheets["summary"]["answers"]}["evidence"] is False
    assert any("INV-00002" in row["value"] for row in sheets["evidence"])


@pytest.mark.parametrize("form", ["audit.html", "audit.json", "audit.xlsx"])
def test_dates_that_are_none_spoil_no_report(invoices: Book, sql: Any, form: str) -> None:
    invoices.next("invoice", "-n", "3", "--date", "2026-05-04")
    sql("UPDATE number SET date = 'soon' WHERE value = 2")
    sql("UPDATE number SET date = '2026-02-30' WHERE value = 3")
    result = invoices("report", form)
    assert (result.status, result.err) == (3, "")


def test_ended_reservations_are_gaps_at_the_instant_of_the_report(invoices: Book, told: Told) -> None:
    invoices.ok("reserve", "invoice", "--ttl", "1d")
    assert [row["state"] for row in told(invoices)["numbers"]] == ["reserved"]
    far = told(invoices, "--at", "2099-01-01T00:00Z")
    assert [row["state"] for row in far["numbers"]] == ["reusable"]
    assert [row["reason"] for row in far["gaps"]] == ["reservation expired"]


def test_an_instant_before_the_newest_event_is_warned_of(full: Book) -> None:
    result = full("report", "report.json", "--at", "2020-01-01T00:00")
    assert result.status == 3
    assert "the book was changed after 2020-01-01T00:00" in result.err


@pytest.mark.parametrize(
    "call",
    [
        ("report", "audit.pdf"),
        ("report", "audit.html", "--at", "2026-11-28"),
        ("report", "audit.html", "--at", "noon"),
        ("report", "audit.html", "--column", "number"),
        ("report", "audit.html", "--from", "2026-05-04", "--to", "2026-05-03"),
    ],
    ids=" ".join,
)
def test_wrong_usage_writes_nothing(invoices: Book, place: Path, call: tuple[str, ...]) -> None:
    before = {*place.iterdir()}
    assert invoices.fails(2, "usage", *call)["message"]
    assert {*place.iterdir()} == before


def test_what_does_not_exist_is_named(invoices: Book) -> None:
    assert "invoyce" in invoices.fails(4, "not_found", "report", "a.html", "invoyce")["message"]
    invoices.fails(4, "not_found", "report", "a.html", "--documents", "nothing.csv")
    error = invoices.fails(74, "not_delivered", "report", "nowhere/audit.html")
    assert "nowhere/audit.html" in error["message"]


def test_the_summary_is_printed(full: Book, told: Told) -> None:
    told(full)
    printed = full("report", "report.json", "--json", "--at", AT)
    assert [line["sheet"] for line in printed.json][:3] == ["scheme", "completeness", "gaps"]
    assert full("report", "-").json["sheets"]["numbers"]


def test_ranges_say_what_is_used_and_left(book: Book, told: Told) -> None:
    assert "ranges" not in told(book)
    book.ok("sequence", "add", "factura", "--pattern", "{prefix}{number}", "--reset", "range")
    with open_store(os.environ["SEQCTL_DB"]) as store:
        first = {"first": 1, "last": 5, "valid_until": "2099-12-31", "values": {"prefix": "SETP"}}
        later = {"first": 6, "last": 10, "valid_from": "2100-01-01", "values": {"prefix": "SETP"}}
        add_range(store, "A-1", {"sequence": "factura", "authority": "DIAN", **first})
        add_range(store, "A-2", {"sequence": "factura", **later})
    book.next("factura", "-n", "4", "--date", "2026-05-04")
    book.ok("release", "SETP2", "--reason", "never sent")
    sheets = told(book, "--at", AT)
    shown = [(row["range"], row["used"], row["left"], row["state"]) for row in sheets["ranges"]]
    assert shown == [("A-1", 3, 2, "open"), ("A-2", 0, 5, "planned")]
    assert [row["last_number"] for row in sheets["ranges"]] == ["SETP5", "SETP10"]
    assert sheets["summary"]["fills"][0] == {"range": "A-1", "used": 3, "total": 5}
    assert list(sheets).index("ranges") == list(sheets).index("changes") - 1


def test_the_summary_fits_a_terminal(full: Book, terminal: Any) -> None:
    status, shown = terminal("report", "audit.html", columns=80, NO_COLOR="1")
    assert status == 3
    lines = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).splitlines()
    assert lines[-1].strip() == "11 answers"
    assert all(len(line) <= 80 for line in lines)
    assert any(line.startswith("no    Do the dates follow the numbers?") for line in lines)
