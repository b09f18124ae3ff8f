"""`assign`: the records of a file get numbers, the same ones whenever it is run again."""

import hashlib
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.book import Book, Environment, Result, Run

ORDERS = "id,ordered,customer\nA-1,2026-03-01,ACME\nA-2,2026-01-05,Beta\nA-3,2026-02-07,ACME\n"


def listed(result: Result) -> list[tuple[str, str]]:
    return [(row["id"], row["number"]) for row in result.rows]


class WithOrders(Book):
    """A book, and the file of the orders that are to be numbered."""

    orders: str


@pytest.fixture
def orders(invoices: Book) -> WithOrders:
    made = WithOrders(invoices.path, invoices.run)
    made.orders = invoices.file(ORDERS, "orders.csv")
    return made


def test_records_are_numbered_in_file_order_and_listed(orders: WithOrders) -> None:
    result = orders.ok("assign", "invoice", "--input", orders.orders)
    assert result.lines[0] == "id\tnumber\tsequence\tpolicy"
    assert listed(result) == [("A-1", "INV-00001"), ("A-2", "INV-00002"), ("A-3", "INV-00003")]
    told = orders.ok("assign", "invoice", "--input", orders.orders, "--json").json
    assert told[0] == {"id": "A-1", "number": "INV-00001", "sequence": "invoice", "policy": None}


def test_a_second_run_gives_the_same_numbers_and_writes_nothing(orders: WithOrders) -> None:
    first = orders.ok("assign", "invoice", "--input", orders.orders)
    head = orders.ok("info", "--json").json["head"]
    changed = orders.file(ORDERS.replace("ACME", "other").replace("2026-03", "2025-12"), "changed.csv")
    assert orders.ok("assign", "invoice", "--input", changed) == first
    assert orders.ok("assign", "Invoice", "--input", changed) == first
    assert orders.ok("info", "--json").json["head"] == head
    longer = orders.file("id\nA-9\nA-2\n", "longer.csv")
    assert listed(orders.ok("assign", "invoice", "--input", longer)) == [
        ("A-9", "INV-00004"),
        ("A-2", "INV-00002"),
    ]


def test_void_numbers_are_held_and_given_again(orders: WithOrders) -> None:
    first = orders.ok("assign", "invoice", "--input", orders.orders)
    with closing(sqlite3.connect(orders.path)) as connection, connection:
        connection.execute("UPDATE number SET state = 'void' WHERE text = 'INV-00002'")
    assert orders.ok("assign", "invoice", "--input", orders.orders) == first


def test_keys_of_next_are_another_name_space(orders: WithOrders) -> None:
    assert orders.next("invoice", "--key", "invoice:A-1") == ["INV-00001"]
    result = orders.ok("assign", "invoice", "--input", orders.orders)
    assert listed(result)[0] == ("A-1", "INV-00002")
    assert orders.next("invoice", "--key", "invoice:A-1") == ["INV-00001"]
    assert orders.next("invoice", "--key", "invoice:A-3") == ["INV-00005"]


def test_the_ledger_has_record_and_date_and_the_log_one_event(orders: WithOrders) -> None:
    orders.ok("assign", "invoice", "--input", orders.orders, "--date-column", "ordered")
    numbers = orders.numbers()
    assert [(n["record"], n["key"], n["date"]) for n in numbers] == [
        ("A-1", "invoice:A-1", "2026-03-01"),
        ("A-2", "invoice:A-2", "2026-01-05"),
        ("A-3", "invoice:A-3", "2026-02-07"),
    ]
    columns = (
        "counter_id, uniqueness_id, date, state, record, key, key_space, policy, set_name, expires_at,"
        " event_id, serial, value, text, reused"
    )
    with closing(sqlite3.connect(orders.path)) as connection, connection:
        rows = connection.execute(f"SELECT {columns} FROM number ORDER BY serial").fetchall()
        (event,) = connection.execute(
            "SELECT subject, counter_id, first, last, serial, count, detail FROM event"
            " WHERE action = 'assign'"
        ).fetchall()
        counter = connection.execute("SELECT last, accounted, latest_date FROM counter").fetchone()
    assert event[:6] == ("invoice", None, None, None, 1, 3)
    text = "".join("\x1f".join("" if v is None else str(v) for v in row) + "\x1e" for row in rows)
    rows_hash = hashlib.sha256(text.encode()).hexdigest()
    detail = json.loads(event[6])
    assert detail == {
        "type": "invoice",
        "file": orders.orders,
        "count": 3,
        "rows": rows_hash,
        "counters": [[1, "invoice", "all", "", 1, 3, 3]],
    }
    assert counter == (3, 3, "2026-03-01")
    assert rows[0][6] == 1


def test_order_date_numbers_by_date_and_lists_in_file_order(orders: WithOrders) -> None:
    words = ("assign", "invoice", "--input", orders.orders, "--order", "date")
    orders.fails(2, "usage", *words)
    result = orders.ok(*words, "--date-column", "ordered")
    assert listed(result) == [("A-1", "INV-00003"), ("A-2", "INV-00001"), ("A-3", "INV-00002")]


def test_order_date_is_stable(invoices: Book) -> None:
    path = invoices.file("id,d\nb,2026-01-02\nz,2026-01-01\na,2026-01-02\ny,2026-01-01T23:00\n", "r.csv")
    result = invoices.ok("assign", "invoice", "--input", path, "--date-column", "d", "--order", "date")
    assert [number[-1] for _, number in listed(result)] == ["3", "1", "4", "2"]


def test_dry_run_shows_and_consumes_nothing(orders: WithOrders) -> None:
    head = orders.ok("info", "--json").json["head"]
    target = orders.path.parent / "out.csv"
    words = ("assign", "invoice", "--input", orders.orders)
    seen = orders.ok(*words, "--dry-run", "--write", target)
    assert orders.ok("info", "--json").json["head"] == head
    assert not target.exists()
    assert orders.ok(*words) == seen


def test_for_columns_pick_sets_most_specific_first(book: Book) -> None:
    book.load(
        '[sequences.plain]\ndocument_type = "invoice"\nprefix = "P"\n'
        '[sequences.acme]\ndocument_type = "invoice"\nprefix = "A"\n'
        '[sequences.north]\ndocument_type = "invoice"\nprefix = "N"\n'
        '[sets.default]\ndefault = true\nmembers = { invoice = "plain" }\n'
        '[sets.a]\nassignments = ["account:ACME"]\nmembers = { invoice = "acme" }\n'
        '[sets.n]\nassignments = ["branch:north"]\nmembers = { invoice = "north" }\n'
    )
    path = book.file("id,account,branch\n1,ACME,north\n2,X,north\n3,X,\n4,ACME,\n5,,south\n", "r.csv")
    words = ("--for-column", "account=account", "--for-column", "branch=branch")
    result = book.ok("assign", "invoice", "--input", path, *words)
    assert [number for _, number in listed(result)] == ["A1", "N1", "P1", "A2", "P2"]
    assert [number["set"] for number in book.numbers()] == ["a", "n", "default", "a", "default"]


def test_policies_choose_by_the_columns(book: Book) -> None:
    book.load(
        '[sequences.small]\ndocument_type = "invoice"\nprefix = "S"\n'
        '[sequences.big]\ndocument_type = "invoice"\nprefix = "B"\n'
    )
    book.ok(
        *("policy", "add", "big", "--document-type", "invoice", "--sequence", "big"),
        *("--when", "amount greater 100", "--priority", "2"),
    )
    book.ok("policy", "add", "rest", "--document-type", "invoice", "--sequence", "small")
    rows = "".join(f"{i},{i * 10},note {i}\n" for i in range(1, 21))
    path = book.file("id,amount,memo\n" + rows, "r.csv")
    result = book.ok("assign", "invoice", "--input", path)
    assert [row["policy"] for row in result.rows] == ["rest"] * 10 + ["big"] * 10
    assert [row["number"] for row in result.rows] == [f"S{i}" for i in range(1, 11)] + [
        f"B{i}" for i in range(1, 11)
    ]
    assert book.run("policy", "remove", "big", "--yes").status == 5


def test_thousands_of_records_get_what_next_gives(nowhere: Book, place: Path, run: Run) -> None:
    definitions = (
        '[sequences.invoice]\npattern = "{entity}-{YYYY}-{number:4}"\nscope = ["entity"]\nreset = "year"\n'
        'date_order = "warn"\n'
    )
    rows = [(f"R{i}", f"202{4 + i % 3}-0{1 + i % 9}-15", "DAT"[i % 7 % 3]) for i in range(2000)]
    text = "id,date,entity\n" + "".join(",".join(row) + "\n" for row in rows)
    nowhere.load(definitions)
    records = nowhere.file(text, "r.csv")
    words = ("assign", "invoice", "--input", records, "--date-column", "date")
    assigned = nowhere.warned(*words)
    assert assigned.err.count("\n") <= 9
    from seqctl import open_store
    from seqctl.actions import issue
    from seqctl.model.number.request import Request

    path = place / "one.db"
    run("--db", path, "import", nowhere.file(definitions))
    with open_store(str(path)) as store:
        for (id, day, entity), row in zip(rows, assigned.rows, strict=True):
            issued = issue(store, Request("invoice", date=day, attributes={"entity": entity}, record=id))
            assert issued.texts == [row["number"]]

    def counters(database: Path) -> list[tuple[str, str, int, int, int, str, int]]:
        with closing(sqlite3.connect(database)) as connection:
            query = "SELECT scope, period, first, last, accounted, latest_date, latest_value FROM counter"
            return sorted(connection.execute(query))

    assert counters(path) == counters(nowhere.path)


def test_two_processes_at_once_give_each_record_one_number(
    orders: WithOrders, environment: Environment
) -> None:
    rows = "".join(f"R{i}\n" for i in range(5000))
    path = orders.file("id\n" + rows, "many.csv")
    command = [sys.executable, "-m", "seqctl", "assign", "invoice", "--input", path]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
        for _ in range(3)
    ]
    outputs = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert len(set(outputs)) == 1
    assert len(orders.numbers()) == 5000
    with closing(sqlite3.connect(orders.path)) as connection:
        events = connection.execute("SELECT count(*) FROM event WHERE action = 'assign'")
        assert events.fetchone() == (1,)


def test_only_document_types_are_taken(book: Book) -> None:
    book.ok("sequence", "add", "main", "--document-type", "invoice")
    path = book.file("id\n1\n", "r.csv")
    assert "'invoice'" in book.fails(4, "not_found", "assign", "main", "--input", path)["hint"]
    book.fails(4, "not_found", "assign", "nothing", "--input", path)
    book.fails(4, "not_found", "assign", "invoice", "--input", "/nonexistent.csv")


def test_a_file_without_records_changes_nothing(orders: WithOrders) -> None:
    head = orders.ok("info", "--json").json["head"]
    path = orders.file("id,date\r\n", "none.csv")
    assert orders.ok("assign", "invoice", "--input", path).lines == ["id\tnumber\tsequence\tpolicy"]
    assert orders.ok("info", "--json").json["head"] == head


def test_standard_input_is_read(invoices: Book) -> None:
    result = invoices.ok("assign", "invoice", "--input", "-", input=ORDERS)
    assert len(result.rows) == 3
    again = invoices.ok("assign", "invoice", "--input", "-", input='{"id": "A-2"}\n')
    assert listed(again) == [("A-2", "INV-00002")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "id,Date\n1,2026-03-01\n2,2026-01-05\n"),
        ("a.jsonl", '{"id":1,"date":"2026-03-01"}\n{"id":2,"date":"2026-01-05"}\n'),
    ],
)
def test_dates_are_found_by_their_heading_and_that_is_said(invoices: Book, name: str, text: str) -> None:
    path = invoices.file(text, name)
    result = invoices.run("assign", "invoice", "--input", path, "--order", "date")
    assert result.status == 0
    heading = "Date" if name.endswith("csv") else "date"
    assert result.err == f"seqctl: {path}: dates from {heading!r}\n"
    assert [(row["number"], row["date"]) for row in invoices.numbers()] == [
        ("INV-00001", "2026-01-05"),
        ("INV-00002", "2026-03-01"),
    ]


def test_a_date_that_could_be_two_days_is_refused_under_a_known_heading_too(invoices: Book) -> None:
    path = invoices.file("id,date\n1,05.01.2026\n2,13.01.2026\n", "a.csv")
    error = invoices.fails(6, "invalid_input", "assign", "invoice", "--input", path)
    assert error["hint"] == "try again with: --date-format DD.MM.YYYY"
    assert invoices.numbers() == []
