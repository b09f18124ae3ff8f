"""What colours mean, on every screen alike; the words say it as well.

Green is held and well, yellow reusable, reserved, under review or a warning, red missing or an error, grey
what is void, blocked or explained.
"""

HELD, WAITING, WRONG, SETTLED = "green", "yellow", "red", "bright_black"
STYLES = {
    **dict.fromkeys(("issued", "active", "ok", "created", "confirmed", "open"), HELD),
    **dict.fromkeys(("reusable", "reserved", "review", "warning", "changed", "planned", "lapsed"), WAITING),
    **dict.fromkeys(("missing", "error", "removed"), WRONG),
    **dict.fromkeys(("void", "blocked", "inactive", "note", "info", "kept", "annulled", "used-up"), SETTLED),
}
"""The style of each word that is a state, a severity or what was done."""
COLOURED = ("state", "status", "severity", "action")
"""The columns that hold such words."""
YES_NO = {
    "complete": {"yes": HELD, "no": WRONG},
    "good": {"yes": HELD, "no": WRONG},
    "proved": {"yes": HELD, "no": WRONG},
    "warn": {"yes": WAITING},
}
"""The columns that say whether something is so, and what that means."""

NEEDS = {"used up": WRONG, "gaps to explain": WRONG, "nearly used up": WAITING}
"""What a counter needs somebody for."""


def style_of(column: str, text: str) -> str:
    """The style of a cell; most have none."""
    if column == "needs":
        return next((style for words, style in NEEDS.items() if text.startswith(words)), "")
    if column in COLOURED:
        return STYLES.get(text, "")
    return YES_NO[column].get(text, "") if column in YES_NO else ""
