"""Cells of files that spreadsheets open: none of them may be taken for a formula."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What begins a cell that a spreadsheet takes for a formula, as OWASP's page on CSV injection lists it."""


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: one that looks so begins with an apostrophe."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def unguarded(text: str) -> str:
    """The text without that apostrophe, and without what makes a spreadsheet keep a text: `="00045"`."""
    if text.startswith('="') and text.endswith('"') and len(text) > 3:
        return text[2:-1]
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS) else text


def visible(text: str, kept: str = "") -> str:
    """The text with every character that a terminal could obey made visible, but for those in `kept`."""
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable() or character in kept
        else character.encode("unicode_escape", "backslashreplace").decode()
        for character in text
    )
