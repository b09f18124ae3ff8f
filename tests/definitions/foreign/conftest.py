"""What tests of other systems' payloads share: importing an object that is written in the test."""

import json

import pytest


@pytest.fixture
def take(nowhere):
    """Import objects of a system, each in a file of its own; `update` names what they change."""

    def importing(system, *bodies, update=None, options=()):
        result = nowhere.run(*arguments(nowhere, system, bodies, update), *options)
        assert result.status == 0, result
        return result

    return importing


@pytest.fixture
def refuse(nowhere):
    """Import objects of a system and expect a refusal; returns every line that is wrong."""

    def importing(system, status, code, *bodies, update=None, options=()):
        error = nowhere.fails(status, code, *arguments(nowhere, system, bodies, update), *options)
        return error.get("problems") or [f"{error['message']}; {error.get('hint')}"]

    return importing


def arguments(nowhere, system, bodies, update):
    files = [
        nowhere.file(json.dumps(body, indent=1), f"{number}.json") for number, body in enumerate(bodies, 1)
    ]
    return ["import", "--from", system, *files, *(["--update", update] if update else [])]


def fields(result, name):
    """The fields of the change of a definition, as the list shows them."""
    (row,) = [row for row in result.rows if row["name"] == name]
    return row["fields"]


def actions(result):
    return {f"{row['kind']} {row['name']}": row["action"] for row in result.rows}
