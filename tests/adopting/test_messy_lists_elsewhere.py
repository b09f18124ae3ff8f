"""Lists as people of other countries have them: each is adopted in three tries, as the messages propose."""

import re
import shlex

import pytest

from tests.book import Book, Result

FRENCH = """\
Client;Numéro de facture;Date de facture;Montant TTC;Statut;Motif
ACME;F25-0001;02/01/2025;1 234,50 €;Payée;
ACME;F25-0002;15/01/2025;10,00 €;Annulée;erreur de client
ACME;F25-0003;20/01/2025;10,00 €;Payée;
ACME;F25-0003;20/01/2025;10,00 €;Payée;
""".encode("cp1252")

AMERICAN = b"""\
Customer Number,Invoice #,Invoice Date,Amount,Status
17,INV-000101,1/2/2025,"$1,234.50",Paid
17,INV-000102,1/15/2025,$12.00,Voided
17,INV-000103,12/31/2024,1.00,Paid
17,INV-000103,12/31/2024,1.00,Paid
"""

DUTCH = b"""\
sep=;
klantnummer;factuurnummer;factuurdatum;status;reden
17;20250001;03-01-2025;Verzonden;
17;20250002;04-01-2025;Geannuleerd;dubbel
17;20250004.0;31-01-2025;Verzonden;
17;2025-0005;04-02-2025;Verzonden;
"""

SPANISH = """\
Facturas emitidas;;;
N\u00ba Factura;Fecha;Estado;Motivo
A/00001;01-02-2025;Cobrada;
A/00002 ;28-02-2025;Anulada;error de cliente
A/3;01-03-2025;Cobrada;
B/00001;01-03-2025;Cobrada;
""".encode("utf-16")

LISTS = {
    "french": (
        *(FRENCH, "F{YY}-{number:4}", ["--encoding", "--column", "--date-column", "--state-column"]),
        ["F25-0001", "F25-0002", "F25-0003"],
        ["2025-01-02", "2025-01-15", "2025-01-20"],
        {"F25-0002": "erreur de client"},
    ),
    "american": (
        *(AMERICAN, "INV-{number:6}", ["--column", "--date-column", "--state-column"]),
        ["INV-000101", "INV-000102", "INV-000103"],
        ["2025-01-02", "2025-01-15", "2024-12-31"],
        {"INV-000102": None},
    ),
    "dutch": (
        *(DUTCH, "{YYYY}{number:4}", ["--column", "--date-column", "--state-column"]),
        ["20250001", "20250002", "20250004"],
        ["2025-01-03", "2025-01-04", "2025-01-31"],
        {"20250002": "dubbel"},
    ),
    "spanish": (
        *(SPANISH, "A/{number:5}", ["--column", "--date-column", "--state-column"]),
        ["A/00001", "A/00002", "A/00003"],
        ["2025-02-01", "2025-02-28", "2025-03-01"],
        {"A/00002": "error de cliente"},
    ),
}
SKIPPED = {"french": [5], "american": [5], "dutch": [6], "spanish": [6]}


def _proposed(result: Result) -> list[str]:
    """The options of the hint, with the one word filled in that it leaves to the reader."""
    (options,) = re.findall(r"^hint: try again with: (--[^;\n]+)", result.err, re.MULTILINE)
    skip = re.findall(r"go on without the others: (--skip-invalid)", result.err)
    return shlex.split(options.replace("=STATE", "=issued")) + skip


@pytest.mark.parametrize("country", LISTS)
def test_a_list_is_adopted_in_three_tries(book: Book, country: str) -> None:
    content, pattern, first_options, numbers, dates, reasons = LISTS[country]
    path = book.folder / "list.csv"
    path.write_bytes(content)
    reset = ("--reset", "year") if "{YY" in pattern else ()
    book.ok("sequence", "add", "invoice", "--pattern", pattern, *reset)
    command = ("adopt", "invoice", "--input", str(path))
    first = book.run(*command)
    assert first.status == 6
    columns = _proposed(first)
    assert columns[::2][: len(first_options)] == first_options
    second = book.run(*command, *columns)
    assert second.status == 6
    third = book.run(*command, *columns, *_proposed(second), "--json")
    assert third.status == 3
    assert [problem["line"] for problem in third.json["problems"]] == SKIPPED[country]
    adopted = book.numbers()
    assert [number["number"] for number in adopted] == numbers
    assert [number["date"] for number in adopted] == dates
    assert {each["number"]: each["reason"] for each in adopted if each["state"] == "void"} == reasons


def test_the_word_that_a_legacy_encoding_reads_is_shown(invoices: Book) -> None:
    path = invoices.folder / "list.csv"
    path.write_bytes("number;client\nINV-00001;Bäcker\n".encode("cp1252"))
    error = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", str(path))
    assert "list.csv:2: the byte 0xe4 is not UTF-8; the word is 'Bäcker' if the file is in cp1252" in str(
        error
    )
    assert error["hint"] == "try again with: --encoding cp1252"
    # 0x81 is no character of cp1252: nothing is proposed.
    path.write_bytes(b"number;client\nINV-00001;\x81\n")
    error = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", str(path))
    assert "not UTF-8; save the file as UTF-8, or give --encoding" in error["message"]


@pytest.mark.parametrize("command", [("void", "--reason", "lost"), ("reconcile", "invoice")])
def test_other_commands_propose_the_columns_too(invoices: Book, command: tuple[str, ...]) -> None:
    invoices.ok("next", "invoice")
    path = invoices.file("Client;Belegnummer\nACME;INV-00001\n", "list.csv")
    error = invoices.fails(6, "invalid_input", *command, "--input", path)
    assert error["hint"] == "try again with: --column Belegnummer"
    assert invoices.run(*command, "--input", path, "--column", "Belegnummer").status in (0, 3)


def test_a_repeated_number_is_told_beside_what_else_is_wrong(invoices: Book) -> None:
    lines = "number,date,state\nINV-00001,01.02.2026,paid\nINV-00002,,paid\nINV-00001,01.02.2026,issued\n"
    path = invoices.file(lines, "list.csv")
    problems = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", path)["problems"]
    assert any(each.endswith("list.csv:4: 'INV-00001' is already on line 2") for each in problems)
    assert len(problems) == 5


def test_days_that_a_spreadsheet_counts_are_read_where_that_is_said(invoices: Book) -> None:
    path = invoices.file(
        "number,date\nINV-00001,46022\nINV-00002,46023.75\nINV-00003,2026-01-02\n", "list.csv"
    )
    error = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", path)
    assert "'46022', which is 2025-12-31 as spreadsheets count days" in error["problems"][0]
    assert error["hint"] == "try again with: --date-format serial"
    assert invoices.run("adopt", "invoice", "--input", path, "--date-format", "serial").status == 0
    assert [number["date"] for number in invoices.numbers()] == ["2025-12-31", "2026-01-01", "2026-01-02"]
    mixed = invoices.file("number,date\nINV-00004,03.01.2026\n", "mixed.csv")
    error = invoices.fails(
        6, "invalid_input", "adopt", "invoice", "--input", mixed, "--date-format", "serial"
    )
    assert "'03.01.2026', which is not a day as spreadsheets count them, such as 46022" in error["message"]


def test_zeros_are_never_given_to_a_year_of_four_digits(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "{YYYY}{number:4}", "--reset", "year")
    path = book.file("number\n20250001\n20250002.0\n", "list.csv")
    assert book.fails(6, "invalid_input", "adopt", "invoice", "--input", path)["hint"].endswith("--pad")
    assert book.run("adopt", "invoice", "--input", path, "--pad").status == 0
    assert book.texts("invoice") == ["20250001", "20250002"]
    short = book.file("number\n2250003\n", "short.csv")
    book.fails(6, "invalid_input", "adopt", "invoice", "--input", short, "--pad")
