"""`range remove`: a range of which nothing was used goes, after a yes."""

from seqctl.cli.definitions.remove import command_of

COMMAND = command_of("range")
