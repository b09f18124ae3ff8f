"""Durations as people write them: `30s`, `15m`, `2h`, `1d`."""

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
LONGEST = 366 * 86400


def duration_seconds(text: str) -> int:
    """The seconds of a duration. Raises ValueError for any other text, for 0 and beyond 366 days."""
    number, unit = text[:-1], text[-1:]
    if not (number.isascii() and number.isdigit()) or unit not in SECONDS or len(number) > 9:
        raise ValueError(f"{text!r} is not a duration")
    seconds = int(number) * SECONDS[unit]
    if not 0 < seconds <= LONGEST:
        raise ValueError(f"{text!r} is not between 1 second and 366 days")
    return seconds
