"""Texts that strangers may give: for people, terminals, spreadsheets, markup, SQL and parsers."""

import os

from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("SEQCTL_EXAMPLES", "1000"))
"""How many examples the runs marked `long` try."""

MARKUP = ("[red]x[/red]", "[/x]", "[link=file:///etc]y[/link]", ":bomb:", "[bold", "\\[red]x", "<b>&amp;</b>")
QUOTES = ("'", '"', "`id`", "$(id)", "'; DROP TABLE number; --", '" OR ""="', "%s%d%(x)s", "{}{0}{number}")
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", '=cmd|"/c calc"!A1', "'=1", "\t=1", "\r=1", "-", "--")
PATHS = ("/", "..", "../../x", "~", "a/b=c%d", "C:\\x", "a.b.c", "-", "file:///etc/passwd")
SCRIPTS = ("חשבונית", "فاتورة", "请求书", "ｆｕｌｌ", "٣٤", "ﷺ", "e\u0301", "ß", "ﬁ", "İ", "🧾👨‍👩‍👧", "²½")
NUMBERS = ("0", "-1", "9" * 18, "9" * 19, "9" * 400, "1e9", "0x1F", "1_000", "٣", "1.5", "NaN", "-0", " 1")
PRINTABLE = (*MARKUP, *QUOTES, *FORMULAS[:6], *PATHS, *SCRIPTS, *NUMBERS, "x" * 64, "x" * 300, "null", "true")
"""What a terminal shows as it is."""

ESCAPES = (
    *("\x1b[31mred\x1b[0m", "\x1b[2J", "\x1b]0;title\x07", "\x1b]52;c;ZXZpbA==\x07", "\x1bP$q\x1b\\"),
    *("\x9b31m", "\x9d0;x\x9c", "\x07", "\x08\x08", "\x7f", "\x0e", "a\rb", "\x00", "nul\x00", "\x1c\x1d"),
)
INVISIBLE = (
    "\u202etxt.exe",
    "\u200f",
    "\u200b",
    "\u2066x\u2069",
    "\ufeff",
    "\u2028",
    "\u0085",
    "\xa0",
    "\u3164",
)
LINES = ("two\nlines", "tab\tbed", "\r\n", "\v\f", "\n")
HALVES = ("\ud800", "\udfff", "x\udcff", "\udced\udcb0")
HOSTILE = (*PRINTABLE, *FORMULAS, *ESCAPES, *INVISIBLE, *LINES, *HALVES, "", " ", " x ", "x" * 10_000)
"""All of these and worse come from outside."""

KNOWN = ("s", "scoped", "alpha", "yearly", "t", "invoice", "missing", "main", "p", "india", "S-1", "aaa", "1")
DATES = (
    *("2026-05-04", "2026-05-04T23:30+02:00", "2026-05-04 10:00", "2026-02-29", "0001-01-01", "9999-12-31"),
    *(
        "0000-01-01",
        "10000-01-01",
        "20260504",
        "2026-W01-1",
        "2026-13-01",
        "today",
        "2026-05-04T25:00",
        "2026-5-4",
    ),
    *("2026-05-04T00:00:00.000000+23:59", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "٢٠٢٦-٠٥-٠٤"),
)
PERIODS = ("all", "2026", "2026-05", "2026-W01", "FY2026", "0000", "9999-H2", "FY2026-M13", "2026-05-04")
PAIRS = ("entity=DE", "entity=", "=x", "entity", "f=a", "a=b=c", "account:ACME", ":", "kind:", ":id", "t=s")
DURATIONS = (
    "1s",
    "15m",
    "0s",
    "366d",
    "99999999d",
    "-1s",
    "1w",
    "٣m",
    "1.5h",
    "s",
    "day",
    "10d",
    "99999999w",
)
PATTERNS = (
    *("{number}", "X-{number:5}", "{YYYY}-{number}", "{entity}-{number}", "{FY}{number}", "{number}{number}"),
    *(
        "{{{number}}}",
        "{",
        "}",
        "{}",
        "{number:0}",
        "{number:256}",
        "{number:٣}",
        "{NUMBER}",
        "{a}{b}{number}",
    ),
    *(
        "{number}" + "-" * 254,
        "{number}\x1b[31m",
        "{number:" + "9" * 5000 + "}",
        "{a.b}{number}",
        "{a}" * 500,
    ),
)
CONDITIONS = (
    *(
        "f equals x",
        "f matches (a+)+$",
        "f matches (",
        "f in [1, 2]",
        "f greater 1e999",
        "f is_set",
        "f equals",
    ),
    *("equals", "f nonsense x", "a b equals x", "f equals \x1b[31m", "f less " + "9" * 5000, "f in []", ""),
    *('f equals "x"', "f starts_with [red]", "f matches [[a]", "f matches (?i", "f greater 2026-05-04"),
)
LOGICS = (
    *(
        "1",
        "1 AND 2",
        "NOT 1",
        "1 OR",
        "(" * 500 + "1" + ")" * 500,
        "NOT " * 2000 + "1",
        "1 AND (2 OR NOT 3)",
    ),
    *("9" * 5000, "1 XOR 2", "1\x1b2", "()", "", "٣", "1 AND " * 3000 + "1", "1;2", "not 1 and 1"),
)
RUNS = (
    "1",
    "1..3",
    "3..1",
    "S-1..S-3",
    "..",
    "1..",
    "..1",
    "0",
    "-1..2",
    "1..2..3",
    "9" * 400,
    "1.." + "9" * 19,
)
ZONES = (
    "UTC",
    "Europe/Berlin",
    "../../etc/passwd",
    "/etc/passwd",
    "Nowhere",
    "",
    "\x00",
    "posixrules",
    "Europe",
)

ANY = st.sampled_from(HOSTILE) | st.text(max_size=12) | st.text(min_size=1, max_size=40)
"""Any text at all, lone surrogates included."""


def few_of(*known: str) -> st.SearchStrategy[str]:
    """Mostly what has a meaning here, sometimes anything."""
    return st.one_of(st.sampled_from(known), st.sampled_from(known), st.sampled_from(known), ANY)
