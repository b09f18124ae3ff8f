"""Which range serves a request: by its days, its values and what is left of it. The numbers are exact."""

from tests.book import Book

COLOMBIA = """
[sequences.factura]
pattern = "{prefix}{number}"
reset = "range"
[ranges.R1]
sequence = "factura"
first = 990000001
last = 990000005
valid_from = 2026-01-01
valid_until = 2026-12-31
values = { prefix = "SETP" }
warn_at = ["2 left", "30 days"]
[ranges.R2]
sequence = "factura"
first = 990000006
last = 990000010
valid_from = 2026-11-01
valid_until = 2027-12-31
values = { prefix = "SETP" }
"""
BY_DAY = """
[sequences.factura]
pattern = "{prefix}{number}"
reset = "range"
[ranges.R1]
sequence = "factura"
first = 1
last = 5
valid_until = 2026-12-31
values = { prefix = "FE" }
[ranges.R2]
sequence = "factura"
first = 6
last = 10
valid_from = 2027-01-01
valid_until = 2028-12-31
values = { prefix = "FE" }
"""
LINES = """
[sequences.invoice]
pattern = "{prefix}{number:4}"
reset = "range"
[ranges.line-1]
sequence = "invoice"
first = 1
last = 9999
valid_from = 2025-01-01
valid_until = 2025-12-31
values = { prefix = "SI25-" }
[ranges.line-2]
sequence = "invoice"
first = 1
last = 9999
valid_from = 2026-01-01
values = { prefix = "SI26-" }
"""
RANGE = "seqctl: warning: range 'R1' of sequence 'factura'"


def test_colombia_goes_on_in_the_next_range_by_itself(book: Book) -> None:
    book.load(COLOMBIA)
    told = book.warned("next", "factura", "--date", "2026-11-27", "-n", "3")
    assert told.lines == ["SETP990000001", "SETP990000002", "SETP990000003"]
    assert told.err == f"{RANGE} has 2 numbers left (warn_at is 2 left)\n"
    told = book.warned("next", "factura", "--date", "2026-12-05", "-n", "3")
    assert told.lines == ["SETP990000004", "SETP990000005", "SETP990000006"]
    assert told.err == (
        f"{RANGE} has 0 numbers left (warn_at is 2 left)\n"
        f"{RANGE} ends in 26 days, on 2026-12-31 (warn_at is 30 days)\n"
    )
    periods = [(item["number"][-2:], item["period"]) for item in book.numbers("factura")]
    assert periods == [("01", "R1"), ("02", "R1"), ("03", "R1"), ("04", "R1"), ("05", "R1"), ("06", "R2")]
    assert [item["range"] for item in book.numbers("factura")] == [period for _, period in periods]
    assert book.ok("show", "SETP990000006", "--json").json["range"] == "R2"
    told = book.ok("next", "factura", "--date", "2027-01-04", "--json").json
    assert (told["number"], told["period"], told["range"]) == ("SETP990000007", "R2", "R2")
    assert book.ok("audit", "verify").status == book.ok("check").status == 0


def test_the_day_decides_and_a_refusal_goes_before_the_question_about_far_dates(book: Book) -> None:
    book.load(BY_DAY)
    assert book.next("factura", "--date", "2026-12-31") == ["FE1"]
    assert book.next("factura", "--date", "2027-01-01") == ["FE6"]
    error = book.fails(5, "no_range", "next", "factura", "--date", "2029-01-01")
    assert "range 'R2' ended on 2028-12-31" in error["message"]
    assert book.numbers("factura")[-1]["number"] == "FE6"


def test_lines_of_business_central_are_chosen_by_the_day(book: Book) -> None:
    book.load(LINES)
    for day, number in (
        ("2025-12-31", "SI25-0001"),
        ("2026-01-01", "SI26-0001"),
        ("2025-12-31", "SI25-0002"),
    ):
        assert book.next("invoice", "--date", day) == [number]
    error = book.fails(5, "no_range", "next", "invoice", "--date", "2024-12-31")
    assert "range 'line-1' begins on 2025-01-01" in error["message"]


def test_a_range_without_a_last_day_ends_with_its_last_number(book: Book) -> None:
    book.load(
        '[sequences.or]\npattern = "{number:6}"\nreset = "range"\n'
        '[ranges.ATP]\nsequence = "or"\nfirst = 1001\nlast = 1002\nwarn_at = "1 left"\n'
    )
    assert book.warned("next", "or", "-n", "2", "--date", "2026-11-27").lines == ["001001", "001002"]
    book.fails(5, "exhausted", "next", "or", "--date", "2031-01-01")


def test_the_last_day_of_honduras_still_serves(book: Book) -> None:
    book.load(
        '[sequences.factura]\npattern = "000-001-01-{number:8}"\nreset = "range"\n'
        '[ranges.CAI]\nsequence = "factura"\nfirst = 1\nlast = 500\nvalid_until = 2026-11-30\n'
    )
    assert book.next("factura", "--date", "2026-11-30") == ["000-001-01-00000001"]
    book.fails(5, "no_range", "next", "factura", "--date", "2026-12-01")


def test_values_of_the_scope_must_come_and_others_may_choose(book: Book) -> None:
    book.load(
        '[sequences.f]\npattern = "{pos}-{letters}{number}"\nreset = "range"\nscope = ["pos"]\n'
        '[ranges.A]\nsequence = "f"\nfirst = 1\nlast = 5\nvalues = { pos = "1", letters = "AB" }\n'
        '[ranges.B]\nsequence = "f"\nfirst = 1\nlast = 5\nvalues = { pos = "1", letters = "CD" }\n'
        '[ranges.C]\nsequence = "f"\nfirst = 1\nlast = 5\nvalues = { pos = "2", letters = "AB" }\n'
    )
    assert book.next("f", "--attr", "pos=1") == ["1-AB1"]
    assert book.next("f", "--attr", "pos=2") == ["2-AB1"]
    assert book.next("f", "--attr", "POS=1", "--attr", "Letters=CD") == ["1-CD1"]
    book.fails(5, "no_range", "next", "f", "--attr", "pos=3")
    book.fails(5, "missing_attribute", "next", "f")
    assert book.ok("next", "f", "--attr", "pos=2", "--json").json["scope"] == {"pos": "2"}
    assert book.ok("audit", "verify").status == 0


def test_one_range_may_be_named_and_a_run_is_looked_for_in_all(book: Book) -> None:
    book.load(COLOMBIA)
    assert book.next("factura", "--date", "2026-12-01", "--range", "R2") == ["SETP990000006"]
    told = book.warned("next", "factura", "--date", "2026-12-01", "-n", "4", "--contiguous")
    assert told.lines == [f"SETP99000000{digit}" for digit in (1, 2, 3, 4)]
    told = book.ok("next", "factura", "--date", "2026-12-01", "-n", "4", "--contiguous")
    assert told.lines == ["SETP990000007", "SETP990000008", "SETP990000009", "SETP990000010"]
    book.fails(5, "exhausted", "next", "factura", "--date", "2026-12-01", "-n", "2")
    book.fails(5, "exhausted", "next", "factura", "--date", "2026-12-01", "--range", "R2")
    book.fails(5, "no_range", "next", "factura", "--date", "2027-12-01", "--range", "R1")
    book.fails(4, "not_found", "next", "factura", "--range", "R3")
    assert len(book.numbers("factura")) == 9


def test_a_key_gives_a_batch_over_two_ranges_again(book: Book) -> None:
    book.load(COLOMBIA)
    ask = ("factura", "-n", "7", "--date", "2026-12-01", "--key", "k")
    first = book.warned("next", *ask).lines
    assert first[0] == "SETP990000001" and first[-1] == "SETP990000007"
    assert book.next(*ask) == first and len(book.ok("next", *ask, "--json").json) == 7
    book.fails(5, "key_reused", "next", *ask, "--range", "R1")
    book.ok("release", first[2], "--reason", "no")
    book.fails(5, "key_spent", "next", *ask)
    assert book.warned("next", "factura", "--date", "2026-12-01").lines == [first[2]]
    assert book.ok("audit", "verify").status == 0


def test_numbers_of_ranges_live_as_others_do(book: Book) -> None:
    book.load(COLOMBIA)
    (one,) = book.warned("reserve", "factura", "--date", "2026-12-20").lines
    book.fails(5, "date_period", "confirm", one, "--date", "2027-01-05")
    book.ok("confirm", one, "--date", "2026-12-21")
    (two,) = book.warned("next", "factura", "--date", "2026-12-21").lines
    book.ok("void", two, "--reason", "torn")
    book.ok("release", one, "--reason", "never sent")
    (run,) = book.ok("gaps", "factura", "--json").json
    assert (run["period"], run["first_number"], run["state"]) == ("R1", "SETP990000001", "reusable")
    book.ok("reinstate", one, "--reason", "it was")
    assert book.ok("statement", "factura", "--json").json[0]["issued"] == 1
    book.ok("sequence", "set-next", "factura", "990000009", "--period", "R2", "--reason", "lost forms")
    assert book.next("factura", "--date", "2027-02-01") == ["SETP990000009"]
    book.ok("audit", "verify")
    # From 2027 on the first range is over, with numbers left.
    assert {item["code"] for item in book("check", "--json").json} <= {"range_blank"}


def test_texts_read_back_to_the_range_whose_values_and_numbers_fit(book: Book) -> None:
    book.load(
        '[sequences.f]\npattern = "{code}{number}"\nreset = "range"\nmanual = true\n'
        '[ranges.one]\nsequence = "f"\nfirst = 1\nlast = 99\nvalues = { code = "F1" }\n'
        '[ranges.two]\nsequence = "f"\nfirst = 2000\nlast = 2999\nvalues = { code = "F" }\n'
    )
    book.ok("adopt", "f", "F17", "F2005", "F18")
    assert {(item["number"], item["period"], item["value"]) for item in book.numbers("f")} == {
        ("F17", "one", 7),
        ("F18", "one", 8),
        ("F2005", "two", 2005),
    }
    book.fails(6, "invalid_input", "adopt", "f", "F5000")
    assert book.next("f", "--attr", "code=F1") == ["F19"]
    assert book.ok("show", "F19", "--json").json["period"] == "one"
    assert book.ok("audit", "verify").status == book.ok("check").status == 0
