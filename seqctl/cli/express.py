"""The express lane: the commonest calls of `next`, without loading the command line's library.

Cron jobs and shell loops start `seqctl next` thousands of times, so its start is the product's speed. The
grammar here is small and exact; whatever it does not know it leaves, untouched, to the other ways, and a
test holds the two lanes against each other. Both call the same action.
"""

import os

from seqctl.actions.issuing.issue import issue
from seqctl.days import date
from seqctl.errors import ConfirmationNeeded, TextHeld
from seqctl.model.number.request import Request
from seqctl.process import (
    DEFAULT_TIMEOUT,
    ProcessClock,
    actor_name,
    check_stdout,
    database_path,
    deliver,
    interrupted,
    mark_path,
    way_back,
)
from seqctl.store import open_to_issue

BEFORE = ("--db", "--actor", "--timeout", "--mark")
SINGLE = (*BEFORE, "--date", "--set", "--sequence", "--key", "--record", "-n")
REPEATED = ("--for", "--attr")


def run_express(arguments: "list[str]") -> "int | None":
    """Issue numbers for an argument list of the small grammar; None leaves it to the full command line.

    Raises the errors of `issue`; nothing is written before they are known.
    """
    options = parse(arguments)
    if options is None:
        return None
    request = _request(options)
    if request is None:
        return None
    path = database_path(options.get("--db"))[0]
    mark = None
    if path.startswith("postgres"):
        from seqctl.store import refuse_password

        if "--db" in options:
            refuse_password(path)
        mark = mark_path(options.get("--mark"))
    elif "--mark" in options:
        return None
    actor = actor_name(options.get("--actor"))
    timeout = float(options.get("--timeout", DEFAULT_TIMEOUT))
    check_stdout()
    store = open_to_issue(path, actor, ProcessClock(), timeout, request, mark)
    if store is None:
        return None
    with store:
        try:
            issued = issue(store, request)
            deliver(issued.texts, way_back(request.key))
        except (ConfirmationNeeded, TextHeld):
            # The full command line asks, where there is a terminal, or says who holds a text.
            return None
        except KeyboardInterrupt:
            if store.committed:
                raise interrupted(way_back(request.key)) from None
            raise
    if issued.warnings:
        from seqctl.cli.errors import warn

        for warning in issued.warnings:
            warn(warning)
    return 0


def parse(arguments: "list[str]") -> "dict[str, str] | None":
    """The options and the target (under the name `next`), or None for any other call.

    Values of repeated options are joined with line ends: no value here may hold what cannot be printed, which
    bytes that are no UTF-8 cannot be either.
    """
    if not all(map(str.isprintable, arguments)):
        return None
    options: dict[str, str] = {}
    position, end = 0, len(arguments)
    while position < end:
        word = arguments[position]
        if word == "next" and "command" not in options:
            options["command"] = word
            position += 1
            continue
        if not word.startswith("-"):
            if "next" in options or "command" not in options or not word:
                return None
            options["next"] = word
            position += 1
            continue
        value = arguments[position + 1] if position + 1 < end else ""
        known = SINGLE + REPEATED if "command" in options else BEFORE
        if word not in known or not value or value[0] == "-":
            return None
        if word in options:
            if word in SINGLE:
                return None
            value = options[word] + "\n" + value
        options[word] = value
        position += 2
    return options if "next" in options else None


def _request(options: "dict[str, str]") -> "Request | None":
    """The request of parsed options, or None where a value needs a closer look."""
    count, day = options.get("-n", "1"), options.get("--date")
    timeout = options.get("--timeout", "1")
    if not (count.isascii() and count.isdigit() and timeout.isascii() and timeout.isdigit()):
        return None
    if day is not None and (len(day) != 10 or not _is_day(day)):
        return None
    if len(count) > 9 or len(timeout) > 6 or int(count) < 1 or not os.environ.get("HOME"):
        return None
    owners = [item.partition(":") for item in options.get("--for", "").split("\n") if item]
    pairs = [item.partition("=") for item in options.get("--attr", "").split("\n") if item]
    attributes = {name: value for name, equals, value in pairs if equals}
    if len(attributes) < len(pairs) or "" in attributes or not all(map(str.isascii, attributes)):
        return None
    if not all(_is_plain(kind) and _is_plain(id) for kind, _, id in owners):
        return None
    return Request(
        options["next"],
        int(count),
        date=day,
        set_name=options.get("--set"),
        owners=tuple([(kind, id) for kind, _, id in owners]),
        sequence=options.get("--sequence"),
        attributes=attributes,
        key=options.get("--key"),
        record=options.get("--record"),
    )


def _is_plain(text: str) -> bool:
    """Whether a text can be a kind or an id without a closer look."""
    return text.isprintable() and 0 < len(text) < 128 and text == text.strip()


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
