"""Pages of help: each topic is a text file beside this one, of at most 72 columns and one screen or two."""

from pathlib import Path

TOPICS = {
    "start": "a first book in six commands",
    "choosing": "which sequence serves a document",
    "dates": "document dates, periods, time zones",
    "gaps": "what is missing, and how it is explained",
    "keys": "asking again without a second number",
    "patterns": "how a number looks",
    "states": "what a number can be",
    "files": "numbers and definitions in files",
    "month-end": "from check to close",
    "copies": "backups, restored books, the mark",
    "servers": "one book for many hosts",
    "output": "formats, exit statuses, colours",
}
"""Each topic with what its page is about."""


def page_of(topic: str) -> str:
    """The page of a topic."""
    return (Path(__file__).parent / f"{topic}.txt").read_text(encoding="utf-8")
