"""Sequences of Odoo, and their date ranges as ranges that go on where they were used up to."""

from typing import Any

import pytest

from tests.book import Book
from tests.definitions.foreign.conftest import Refuse, Take, actions, fields

ODOO = "odoo"


def dated(year: int, upcoming: int) -> dict[str, Any]:
    days = {"date_from": f"{year}-01-01", "date_to": f"{year}-12-31"}
    return {"id": year, **days, "number_next": upcoming, "number_next_actual": upcoming}


INVOICES: dict[str, Any] = {
    "id": 7,
    "name": "Customer Invoices",
    "code": "account.invoice",
    "implementation": "no_gap",
    "active": True,
    "prefix": "INV/%(range_year)s/",
    "suffix": False,
    "padding": 5,
    "number_increment": 1,
    "number_next": 1,
    "number_next_actual": 1,
    "use_date_range": True,
    "company_id": [1, "ACME"],
    "date_range_ids": [dated(2025, 418), dated(2026, 1)],
}
ORDERS: dict[str, Any] = {
    "name": "Sales Order",
    "code": "sale.order",
    "implementation": "standard",
    "prefix": "S%(y)s%%-",
    "padding": 5,
    "number_next": 1,
    "number_next_actual": 42,
    "use_date_range": False,
    "date_range_ids": [],
}


def served(book: Book, target: str, day: str, *more: str) -> str:
    return book.next(target, "--date", day, *more)[0]


def test_date_ranges_go_on_within_their_days(take: Take, nowhere: Book) -> None:
    result = take(ODOO, {"jsonrpc": "2.0", "id": 1, "result": [INVOICES, ORDERS]})
    assert fields(result, "account.invoice") == (
        "title=Customer Invoices, document_type=account.invoice, pattern=INV/{range_year}/{number:5},"
        " reset=range, counters.account.invoice-2025-01-01=00418"
    )
    assert fields(result, "sale.order") == (
        "title=Sales Order, document_type=sale.order, pattern=S{YY}%-{number:5}, mode=standard,"
        " counters.all=00042"
    )
    assert "Odoo makes the next date range by itself, and seqctl does not" in result.err
    assert len(result.err.splitlines()) == 1
    assert served(nowhere, "account.invoice", "2025-12-31") == "INV/2025/00418"
    assert served(nowhere, "account.invoice", "2026-01-01") == "INV/2026/00001"
    assert served(nowhere, "account.invoice", "2025-02-01") == "INV/2025/00419"
    assert served(nowhere, "sale.order", "2026-02-01") == "S26%-00042"
    nowhere.fails(5, "no_range", "next", "account.invoice", "--date", "2027-01-01")


def test_the_same_again_changes_nothing_also_once_used(take: Take, nowhere: Book) -> None:
    take(ODOO, [INVOICES, ORDERS])
    served(nowhere, "account.invoice", "2026-01-01")
    served(nowhere, "sale.order", "2026-01-01")
    assert set(actions(take(ODOO, [INVOICES, ORDERS])).values()) == {"unchanged"}


def test_date_ranges_in_a_list_of_their_own(take: Take, nowhere: Book) -> None:
    sequence = {**INVOICES, "date_range_ids": [2025, 2026]}
    alone = [{**item, "sequence_id": [7, "Customer Invoices"]} for item in INVOICES["date_range_ids"]]
    take(ODOO, [sequence], {"result": {"length": 2, "records": alone}})
    assert served(nowhere, "account.invoice", "2025-12-31") == "INV/2025/00418"


NAMES = (
    "id,name,code,implementation,prefix,padding,number_increment,number_next_actual,use_date_range,"
    "date_range_ids/date_from,date_range_ids/date_to,date_range_ids/number_next_actual"
)
LABELS = (
    "External ID,Name,Sequence Code,Implementation,Prefix,Sequence Size,Step,Actual Next Number,"
    "Use subsequences per date_range,Subsequences/From,Subsequences/To,Subsequences/Actual Next Number"
)


@pytest.mark.parametrize("headings", [NAMES, LABELS])
def test_its_export_has_a_date_range_a_row(nowhere: Book, headings: str) -> None:
    path = nowhere.file(
        f"{headings}\n"
        "__export__.seq_7,Bills,bill,No gap,BILL/%(range_y)s/,4,1,1,True,2025-01-01,2025-12-31,90\n"
        ",,,,,,,,,2026-01-01,2026-12-31,12\n"
        "__export__.seq_8,Orders,order,Standard,PO,5,1,77,False,,,\n",
        "ir.sequence.csv",
    )
    result = nowhere.warned("import", "--from", ODOO, path)
    assert len(result.err.splitlines()) == 1
    assert served(nowhere, "bill", "2025-06-01") == "BILL/25/0090"
    assert served(nowhere, "bill", "2026-06-01") == "BILL/26/0012"
    assert served(nowhere, "order", "2026-06-01") == "PO00077"


def test_steps_begin_as_low_as_they_can(take: Take, nowhere: Book) -> None:
    take(ODOO, {**ORDERS, "number_increment": 10, "number_next_actual": 35})
    assert nowhere.ok("sequence", "show", "sale.order", "--json").json["start"] == 5
    assert served(nowhere, "sale.order", "2026-01-01") == "S26%-00035"


def test_companies_have_sequences_of_their_own(take: Take, nowhere: Book) -> None:
    other = {**ORDERS, "prefix": "B", "company_id": [2, "Branch"], "number_next_actual": 5}
    result = take(ODOO, [{**ORDERS, "company_id": [1, "ACME"]}, other])
    assert actions(result) == {
        "sequence sale.order (ACME)": "created",
        "sequence sale.order (Branch)": "created",
    }
    assert served(nowhere, "sale.order", "2026-01-01", "--attr", "company=Branch") == "B00005"
    assert served(nowhere, "sale.order", "2026-01-01", "--attr", "company=ACME") == "S26%-00042"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            {"prefix": "A%(current_year)s"},
            "%(current_year)s is the time of printing, not that of the document",
        ),
        ({"prefix": "A%(woy)s"}, "%(woy)s has no token in a pattern"),
        ({"suffix": "10%"}, "holds a % that begins no %(year)s"),
        ({"prefix": "A%(range_year)s"}, "%(range_year)s is the time of printing"),
        ({"implementation": "fast"}, "'fast' is neither standard nor no_gap"),
        ({"number_next_actual": None}, "number_next: is where counting began"),
        ({"use_date_range": True}, "the sequence counts by date ranges, and has none here"),
        ({"use_date_range": True, "date_range_ids": [{"date_from": "2026-01-01"}]}, "date_to: is missing"),
    ],
)
def test_what_would_change_numbers_is_an_error(refuse: Refuse, changed: dict[str, Any], words: str) -> None:
    assert words in "\n".join(refuse(ODOO, 6, "invalid_definition", {**ORDERS, **changed}))


def test_everything_wrong_is_told_at_once(refuse: Refuse) -> None:
    problems = refuse(
        ODOO, 6, "invalid_definition", [{**ORDERS, "prefix": "%(sec)s", "padding": -1, "implementation": "x"}]
    )
    assert len(problems) == 3


def test_years_that_would_print_alike_are_refused(refuse: Refuse) -> None:
    """Odoo begins anew in each date range; without the year in the number the same comes again."""
    problems = refuse(ODOO, 6, "collision", {**INVOICES, "prefix": "INV/"})
    assert "INV/" in problems[0]


def test_what_cannot_be_held_is_a_warning(take: Take) -> None:
    told = take(ODOO, {**ORDERS, "x_studio": "a", "date_range_ids": [dated(2026, 5)]}).err
    assert "x_studio: unknown key; it is not carried over" in told
    assert "use_date_range: is off, so that its date ranges are not carried over" in told


def test_an_inactive_sequence_stays_inactive(take: Take, nowhere: Book) -> None:
    take(ODOO, {**ORDERS, "active": False})
    nowhere.fails(5, "inactive", "next", "sale.order")
