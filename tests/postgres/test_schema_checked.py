"""What somebody changed on the server past the program is told: tables, triggers, rules, the head row."""

import pytest

from seqctl import open_store
from seqctl.actions import add_sequence, check, issue, verify
from seqctl.model.number.request import Request
from seqctl.store.postgres.address import address_of
from seqctl.store.postgres.connection import ServerError
from seqctl.store.postgres.session import open_session
from tests.postgres_server import Server

CHANGES = {
    "ALTER TABLE event DISABLE TRIGGER event_kept": "the trigger 'event_kept' is not as seqctl made it",
    "ALTER TABLE number ENABLE TRIGGER number_changed": "the trigger 'number_changed' is not as seqctl",
    "DROP TRIGGER event_follows ON event": "the trigger 'event_follows' is missing",
    "DROP INDEX number_text": "the index 'number_text' is missing",
    "CREATE UNIQUE INDEX mine ON number (value)": "the index 'mine' was not made by seqctl",
    "CREATE RULE mine AS ON DELETE TO gap_run DO INSTEAD NOTHING": "the rule 'mine' was not made by seqctl",
    "ALTER TABLE counter DROP CONSTRAINT counter_sequence_id_fkey": "the table 'counter' is not as seqctl",
    "ALTER TABLE number ALTER COLUMN text DROP NOT NULL": "the table 'number' is not as seqctl made it",
    "CREATE OR REPLACE FUNCTION keep_event() RETURNS TRIGGER LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'": (
        "the function 'keep_event' is not as seqctl made it"
    ),
    "UPDATE head SET event_id = 1": "the table head says that event 1 is the newest, and event 3 is",
    "ALTER TABLE counter DISABLE TRIGGER ALL; ALTER TABLE sequence DISABLE TRIGGER ALL; DELETE FROM sequence;"
    " ALTER TABLE sequence ENABLE TRIGGER ALL; ALTER TABLE sequence ENABLE ALWAYS TRIGGER sequence_changed;"
    " ALTER TABLE counter ENABLE TRIGGER ALL; ALTER TABLE counter ENABLE ALWAYS TRIGGER counter_changed": (
        "row 1 of counter refers to a row of sequence that is not there"
    ),
}


@pytest.fixture
def url(postgres_server: Server) -> str:
    """A book with a sequence and two numbers."""
    place = postgres_server.place()
    with open_store(place, create=True, actor="ada") as store:
        add_sequence(store, "invoice", {"pattern": "N{number}"})
        issue(store, Request("invoice", 2))
    return place


def test_a_book_as_it_was_made_is_sound(url: str) -> None:
    with open_store(url, actor="ada") as store:
        assert check(store) == []
        assert verify(store).findings == []


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_superuser_changed_is_told(url: str, change: str) -> None:
    address = address_of(url)
    session = open_session(address, 5)
    session.run(f"SET search_path = {address.schema}; {change}")
    session.close()
    with open_store(url, actor="ada") as store:
        told = [finding.message for finding in check(store)]
    assert any(CHANGES[change] in message for message in told), told


WITHOUT_A_COUNTER = {
    "a number put in": "INSERT INTO number (serial, counter_id, value, text, uniqueness_id, state, event_id)"
    " SELECT 10 + counter, counter, 7, 'X' || counter, 1, 'issued', 4"
    " FROM (VALUES (1), (99)) AS put (counter)",
    "a number moved": "UPDATE number SET counter_id = 99 WHERE serial = 2",
    "a counter renumbered": "UPDATE counter SET id = 99",
    "a counter deleted": "DELETE FROM counter",
    "counters emptied": "TRUNCATE counter, gap_run, former_pattern",
    "all that counts emptied": "TRUNCATE counter CASCADE",
}


@pytest.mark.parametrize("change", WITHOUT_A_COUNTER)
def test_numbers_keep_a_counter(url: str, change: str) -> None:
    """Held once for all rows of a statement in place of a foreign key, which looks for each row."""
    address = address_of(url)
    session = open_session(address, 5)
    session.run(f"SET search_path = {address.schema}")
    with pytest.raises(ServerError, match="numbers would have no counter") as refused:
        session.run(WITHOUT_A_COUNTER[change])
    session.close()
    assert refused.value.state == "23503"


def test_counters_go_with_their_numbers(url: str) -> None:
    session = open_session(address_of(url), 5)
    session.run(f"BEGIN; SET LOCAL search_path = {address_of(url).schema}")
    session.run("TRUNCATE counter, gap_run, former_pattern, number")
    left = session.run("SELECT (SELECT count(*) FROM counter), (SELECT count(*) FROM number)")
    session.close()
    assert left == [(0, 0)]


def test_a_number_whose_counter_is_gone_is_told(url: str) -> None:
    address = address_of(url)
    session = open_session(address, 5)
    session.run(
        f"SET search_path = {address.schema}; ALTER TABLE number DISABLE TRIGGER ALL;"
        " UPDATE number SET counter_id = 99 WHERE serial = 2; ALTER TABLE number ENABLE TRIGGER ALL;"
        " ALTER TABLE number ENABLE ALWAYS TRIGGER number_changed"
    )
    session.close()
    with open_store(url, actor="ada") as store:
        told = [finding.message for finding in check(store)]
    assert any("row 2 of number refers to a row of counter that is not there" in each for each in told), told
