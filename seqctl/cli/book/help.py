"""`help`: what a command does, or a page about a topic."""

from seqctl.cli.grammar.declaration import Annotated, Command, argument
from seqctl.cli.output import print_text
from seqctl.cli.session import Session
from seqctl.errors import NotFound


def show_help(
    session: Session,
    words: Annotated[
        list[str] | None,
        argument(metavar="[TOPIC]", help="A command, as in `gaps block`, or a topic.", complete="topics"),
    ] = None,
) -> int | None:
    """Show the help of a command, or a page about a topic.

    Without a word: all commands, and all topics.
    """
    from seqctl.cli.grammar.commands import Group, named
    from seqctl.cli.grammar.topics import TOPICS, page_of

    words = words or []
    if not words:
        return _help_of([])
    if len(words) == 1 and words[0] in TOPICS:
        print_text([page_of(words[0])])
        return 0
    item = named(words[0])
    if item is None or (len(words) > 1 and not (isinstance(item, Group) and words[1] in item.verbs)):
        raise _unknown(words)
    return _help_of(words)


def _help_of(words: list[str]) -> int:
    from seqctl.cli.grammar.typer_application import run

    return run([*words, "--help"])


def _unknown(words: list[str]) -> NotFound:
    """The error of words that are neither a command nor a topic."""
    from seqctl.cli.grammar.commands import first_words
    from seqctl.cli.grammar.senses import COMMANDS
    from seqctl.cli.grammar.topics import TOPICS
    from seqctl.model.finding import nearest

    call = COMMANDS.get(words[0])
    hint = f"see: seqctl help {call.split()[0]}" if call and call.split()[0] in first_words() else None
    near = nearest(words[0], [*TOPICS, *first_words()], 0.7)
    hint = hint or near or f"topics: {', '.join(TOPICS)}"
    return NotFound(f"there is no command and no topic {' '.join(words)!r}", hint)


COMMAND = Command(show_help, example="help dates")
