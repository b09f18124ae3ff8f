"""The early warning of a sequence: `warn_at`, a share of its range or a rest of it."""


def warn_from(warn_at: str, start: int, last: int, step: int) -> int:
    """The first value that warns, for a range from `start` to `last`, both included.

    `"90%"` warns from the value on with which nine tenths of the range are used, `"100 left"` as soon as at
    most 100 values remain after it. Raises ValueError for any other text.
    """
    values = max((last - start) // step + 1, 1)
    if warn_at.endswith("%"):
        percent = _whole_number(warn_at[:-1].strip())
        if not 1 <= percent <= 100:
            raise ValueError(f"{warn_at!r} is not between 1% and 100%")
        used = max(-(-values * percent // 100), 1)
    elif warn_at.endswith("left"):
        used = max(values - _whole_number(warn_at[:-4].strip()), 1)
    else:
        raise ValueError(f"{warn_at!r} is neither a share nor a rest")
    return start + (used - 1) * step


def _whole_number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise ValueError(f"{text!r} is not a whole number")
    return int(text)
