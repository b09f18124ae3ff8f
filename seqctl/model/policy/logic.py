"""The logic of a policy: an expression over condition ids, as in `1 AND (2 OR NOT 3)`.

Words in any case; NOT binds before AND, AND before OR. The parser gives the expression in postfix order,
and every mistake with its position.
"""

import re

LONGEST = 10_000
DEEPEST = 200
TOKEN = re.compile(r"\s*(?:(\d+)|([A-Za-z_]+)|([()])|(\S))")


class LogicError(ValueError):
    """A mistake in an expression; `position` is the character, counted from 1."""

    def __init__(self, message: str, position: int, hint: str | None = None) -> None:
        super().__init__(f"{message} at character {position}")
        self.position = position
        self.hint = hint or "write it as 1 AND (2 OR NOT 3)"


def parse_logic(text: str, ids: list[int]) -> tuple[str, ...]:
    """The expression in postfix order: ids, `&`, `|` and `!`. Raises LogicError."""
    if len(text) > LONGEST:
        raise LogicError(f"the logic is longer than {LONGEST} characters", LONGEST)
    parser = _Parser(text, ids)
    parser.read_or(0)
    if parser.word is not None:
        raise LogicError(f"{parser.word!r} is one too many", parser.position)
    return tuple(parser.postfix)


def all_of(ids: list[int]) -> tuple[str, ...]:
    """The logic of a policy that gives none: all of its conditions."""
    postfix = [str(id) for id in ids[:1]]
    for id in ids[1:]:
        postfix += [str(id), "&"]
    return tuple(postfix)


class _Parser:
    """Recursive descent over the words of one expression."""

    def __init__(self, text: str, ids: list[int]) -> None:
        self.text = text
        self.ids = ids
        self.postfix: list[str] = []
        self.end = 0
        self.word: str | None = None
        self.position = 1
        self.advance()

    def advance(self) -> None:
        found = TOKEN.match(self.text, self.end)
        if found is None:
            self.word, self.position = None, len(self.text) + 1
            return
        self.end = found.end()
        kind = found.lastindex or 0
        self.position = found.start(kind) + 1
        self.word = found[kind].upper() if kind == 2 else found[kind]
        if kind == 4:
            raise LogicError(f"{self.word!r} has no meaning", self.position)
        if kind == 2 and self.word not in ("AND", "OR", "NOT"):
            raise LogicError(f"{found[kind]!r} is neither an id nor AND, OR, NOT", self.position)

    def read_or(self, depth: int) -> None:
        self.read_and(depth)
        while self.word == "OR":
            self.advance()
            self.read_and(depth)
            self.postfix.append("|")

    def read_and(self, depth: int) -> None:
        self.read_not(depth)
        while self.word == "AND":
            self.advance()
            self.read_not(depth)
            self.postfix.append("&")

    def read_not(self, depth: int) -> None:
        turns = 0
        while self.word == "NOT":
            self.advance()
            turns += 1
        self.read_one(depth)
        self.postfix += ["!"] * turns

    def read_one(self, depth: int) -> None:
        if self.word is None:
            raise LogicError("the expression ends too early", self.position)
        if self.word == "(":
            if depth >= DEEPEST:
                raise LogicError("the brackets are nested too deeply", self.position)
            opened = self.position
            self.advance()
            self.read_or(depth + 1)
            if self.word != ")":
                raise LogicError("the bracket is never closed", opened)
            self.advance()
            return
        if not self.word.isdigit():
            raise LogicError(f"an id is missing before {self.word!r}", self.position)
        if len(self.word) > 9 or int(self.word) not in self.ids:
            known = ", ".join(str(id) for id in self.ids) or "none"
            raise LogicError(
                f"there is no condition {self.word}", self.position, f"the conditions are: {known}"
            )
        self.postfix.append(str(int(self.word)))
        self.advance()
