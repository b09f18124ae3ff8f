"""Early warnings, `warn_at`: a share of the numbers, a rest of them, or days before the end.

One or several, kept as one text with commas between them: `90%, 100 left, 30 days`.
"""

from seqctl.days import date

FORMS = 'write "90%", "100 left" or "30 days"'
DAYS = ("days", "day")

CALENDAR_ENDS = 60
"""So many days before its last one a calendar of listed years wants another year, with its months."""


def warnings_text(value: object) -> str:
    """The text of one warning or of a list of them, checked. Raises ValueProblem."""
    from seqctl.model.value import ValueProblem, short_shown

    listed = value.split(",") if isinstance(value, str) else value
    if not isinstance(listed, list | tuple) or not listed:
        raise ValueProblem(f"{short_shown(value)} is neither a text nor a list of texts", FORMS)
    parts = []
    for item in listed:
        if not isinstance(item, str):
            raise ValueProblem(f"{short_shown(item)} is not a text", FORMS)
        try:
            _amount(item.strip())
        except ValueError as error:
            raise ValueProblem(str(error), FORMS) from error
        parts.append(item.strip())
    return ", ".join(dict.fromkeys(parts))


def warning_parts(warn_at: str) -> list[str]:
    """The warnings that a text names, in its order."""
    return warn_at.split(", ")


def of_numbers(warn_at: str) -> list[str]:
    """The warnings that count numbers: they need a last one to count to."""
    return [part for part in warning_parts(warn_at) if not part.endswith(DAYS)]


def of_days(warn_at: str) -> list[str]:
    """The warnings that count days: they need a last day."""
    return [part for part in warning_parts(warn_at) if part.endswith(DAYS)]


def warn_from(warning: str, start: int, last: int, step: int) -> int:
    """The first value that one warning speaks of, for numbers from `start` to `last`, both included.

    `"90%"` warns from the value on with which nine tenths of the numbers are used, `"100 left"` as soon as at
    most 100 values remain after it. Raises ValueError for a text that counts no numbers.
    """
    values = max((last - start) // step + 1, 1)
    unit, amount = _amount(warning)
    if unit == "%":
        used = max(-(-values * amount // 100), 1)
    elif unit == "left":
        used = max(values - amount, 1)
    else:
        raise ValueError(f"{warning!r} counts days, not numbers")
    return start + (used - 1) * step


def reached(warn_at: str, start: int, last: int, step: int, value: int) -> str | None:
    """The latest of the warnings that count numbers, if the value reaches one."""
    begins = [(warn_from(part, start, last, step), part) for part in of_numbers(warn_at)]
    return max([(first, part) for first, part in begins if first <= value], default=(0, None))[1]


def ending(warn_at: str, until: str | None, day: date) -> str | None:
    """That the last day is near on a day, in words: `ends in 26 days, on 2026-12-31 (warn_at is 30 days)`.

    None where the days that are left are more than any warning names, or where the last day is past.
    """
    days = of_days(warn_at)
    if until is None or not days:
        return None
    left = date.fromisoformat(until).toordinal() - day.toordinal()
    near = [(amount, part) for part in days if (amount := _amount(part)[1]) >= left]
    if left < 0 or not near:
        return None
    when = f"ends in {left} day{'' if left == 1 else 's'}, on" if left else "ends on this day,"
    return f"{when} {until} (warn_at is {min(near)[1]})"


def _amount(warning: str) -> tuple[str, int]:
    """The unit of one warning and how many. Raises ValueError for what is none."""
    for unit in ("%", "left", *DAYS):
        if warning.endswith(unit):
            amount = _whole_number(warning[: -len(unit)].strip())
            if unit == "%" and not 1 <= amount <= 100:
                raise ValueError(f"{warning!r} is not between 1% and 100%")
            return unit, amount
    raise ValueError(f"{warning!r} is neither a percentage, a number left nor days")


def _whole_number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise ValueError(f"{text!r} is not a whole number")
    return int(text)
