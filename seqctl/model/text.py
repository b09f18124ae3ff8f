"""What a text from outside may be before it is stored or printed as part of a number."""


def text_problem(text: str) -> "str | None":
    """What keeps a text from being one line of printable text in Unicode's normal form C, or None.

    Printable excludes control characters, line ends, direction marks and other invisible characters,
    so that what is stored is what a person sees.
    """
    if not text.isprintable():
        bad = next(character for character in text if not character.isprintable())
        return f"holds the character U+{ord(bad):04X}, which cannot be printed"
    if not text.isascii():
        from unicodedata import is_normalized

        if not is_normalized("NFC", text):
            return "is not in Unicode normal form C"
    return None


INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
"""Characters that count as printable and show nothing: fillers and marks; variation selectors beside them."""


def invisible(character: str) -> bool:
    """Whether a character shows nothing although it counts as printable."""
    return (
        character in INVISIBLE
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )


def hidden_problem(text: str) -> "str | None":
    """The character that nobody sees, by which a text differs from one that looks alike; None if none."""
    bad = "" if text.isascii() else next(filter(invisible, text), "")
    return f"holds the character U+{ord(bad):04X}, which cannot be seen" if bad else None


def composed(text: str) -> str:
    """The text in Unicode normal form C."""
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFC", text)


def document_type_name(text: str) -> str:
    """A document type in snake case: `creditMemo`, `CreditMemo` and `credit-memo` are `credit_memo`."""
    if text.islower() and "-" not in text and " " not in text:
        return text
    name = ""
    previous = "_"
    for character in text:
        if character in "- ":
            character = "_"
        starts_word = character.isupper() and (previous.islower() or previous.isdigit())
        name += "_" + character.lower() if starts_word else character.lower()
        previous = character
    return name


def json_text(value: "str | None") -> str:
    """A text as JSON, without loading the json module for the plain ones."""
    if value is None:
        return "null"
    if value.isascii() and value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"'
    from seqctl.json_text import to_json

    return to_json(value)


def shell_word(text: str) -> str:
    """A name as one word of a shell command, so that a hint can be copied as it stands."""
    from shlex import quote

    return quote(text)
