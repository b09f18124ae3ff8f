"""A command as it is declared: a function whose signature says what it takes, and how each value is given.

    def void(session: Session, numbers: Numbers, reason: Annotated[str, option("--reason", help="Why.")]): ...

    COMMAND = Command(void, example='void INV-2026-00007 --reason "wrong customer"')

From one declaration come the plain lane (`plain.py`), the full command line with its help and its words for
mistakes (`typer_application.py`) and the completion of shells (`completion.py`). It is read at each start, so
this file loads nothing, `typing` included. The files of commands do without `from __future__ import
annotations`, which would turn their declarations into texts.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Annotated as Annotated
    from typing import Any

    Act = Callable[..., int | None]
    """What a command does: with a session and its values; it returns its exit status, None for 0."""
else:

    class Annotated:
        """What type checkers read as `typing.Annotated`: a type, and how its value is given."""

        def __class_getitem__(cls, declared):
            return declared


class Form:
    """How a value is given: by which flags, under which name in help, and how its text is read.

    An argument has no flags. `read` makes the value of a text; it raises ValueError, with words, or
    UsageError for a text that is none. `complete` says which names of the book a shell is offered; `choices`
    are all that is allowed.
    """

    __slots__ = ("choices", "complete", "flags", "help", "metavar", "read")

    def __init__(
        self,
        flags: tuple[str, ...],
        help: str,
        metavar: str | None,
        read: "Callable[[str], Any] | None",
        complete: str | None,
        choices: tuple[str, ...],
    ) -> None:
        self.flags = flags
        self.help = help
        self.metavar = metavar
        self.read = read
        self.complete = complete
        self.choices = choices


def option(
    *flags: str,
    help: str,
    metavar: str | None = None,
    read: "Callable[[str], Any] | None" = None,
    complete: str | None = None,
    choices: tuple[str, ...] = (),
) -> Form:
    """An option; a flag that has an opposite names it last: `option("--manual", "--no-manual", ...)`."""
    return Form(flags, help, metavar, read, complete, choices)


def argument(
    metavar: str, help: str, read: "Callable[[str], Any] | None" = None, complete: str | None = None
) -> Form:
    """A value that stands in its place, without a flag."""
    return Form((), help, metavar, read, complete, ())


REQUIRED = ...
"""The default of a parameter that must be given."""


class Parameter:
    """One parameter of a command: the name under which its function gets it, its type, form and default."""

    __slots__ = ("default", "form", "kind", "name", "repeated")

    def __init__(self, name: str, annotation: "Any", form: Form, default: object = REQUIRED) -> None:
        if getattr(annotation, "__origin__", None) is None and hasattr(annotation, "__args__"):
            (annotation,) = [item for item in annotation.__args__ if item is not type(None)]
        self.repeated = getattr(annotation, "__origin__", None) is list
        self.kind: type = annotation.__args__[0] if self.repeated else annotation
        self.name = name
        self.form = form
        self.default = default

    @property
    def positional(self) -> bool:
        """Whether it stands in its place, without a flag."""
        return not self.form.flags

    @property
    def flag(self) -> bool:
        """Whether it is there or not, and takes no value."""
        return self.kind is bool


class Command:
    """A command: the function that does it, what it takes, and an example that really parses.

    `parameters` are those of the function, and `help` is its docstring, where nothing else is said; it may be
    that of another function. `formats` are forms of output beside those that every command has.
    """

    __slots__ = ("_help", "act", "example", "formats", "parameters")

    def __init__(
        self,
        act: "Act",
        parameters: "Iterable[Parameter] | None" = None,
        *,
        example: str,
        help: "str | Act | None" = None,
        formats: tuple[str, ...] = (),
    ) -> None:
        self.act = act
        self.formats = formats
        self.parameters = declared(act) if parameters is None else tuple(parameters)
        self.example = example
        self._help = help or act

    @property
    def help(self) -> str:
        """What it does, in one line, and what else is to be said."""
        if isinstance(self._help, str):
            return self._help
        from seqctl.docstrings import docstring

        return "\n".join(line.strip() for line in (docstring(self._help) or "").strip().split("\n"))

    @property
    def summary(self) -> str:
        """What it does, in one line."""
        return self.help.partition("\n")[0]


def declared(function: "Callable[..., Any]") -> tuple[Parameter, ...]:
    """The parameters that a function declares; others, the session for one, stand on no command line."""
    code = function.__code__
    defaults = function.__defaults__ or ()
    names = code.co_varnames[: code.co_argcount]
    given = {**dict.fromkeys(names, REQUIRED), **dict(zip(reversed(names), reversed(defaults), strict=False))}
    return tuple(
        Parameter(name, annotation[0], annotation[1], given[name])
        for name, annotation in function.__annotations__.items()
        if type(annotation) is tuple
    )
