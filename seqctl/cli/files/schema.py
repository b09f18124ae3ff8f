"""`schema`: the JSON Schema of the TOML format."""

from seqctl.cli.grammar.declaration import Command
from seqctl.cli.output import print_text
from seqctl.cli.session import Session


def schema(session: Session) -> None:
    """Print the JSON Schema of the TOML format."""
    import json

    from seqctl.definitions.toml.schema import definition_schema

    print_text([json.dumps(definition_schema(), indent=2, ensure_ascii=False) + "\n"])


COMMAND = Command(schema, example="schema > seqctl.schema.json")
