"""The widths of attributes, `{branch:3}`, behind the version in the first line of a stored pattern."""


def first_line(version: str, exact: dict[str, int]) -> str:
    """The first line of a stored pattern."""
    return " ".join((version, *(f"{name}={width}" for name, width in exact.items())))


def exact_widths(version: str, line: str) -> dict[str, int] | None:
    """What `first_line` wrote of widths; None where another version wrote it."""
    written, *widths = line.split(" ")
    pairs = [item.partition("=") for item in widths]
    if written != version or not all(name and width.isdigit() for name, _, width in pairs):
        return None
    return {name: int(width) for name, _, width in pairs}
