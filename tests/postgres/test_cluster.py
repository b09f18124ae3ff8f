"""The cluster of the failover tests does what those take for granted, seen with bare SQL."""

import psycopg
import pytest

from tests.postgres.cluster import Cluster

INSERT = "INSERT INTO kept VALUES ({})"


def test_what_a_standby_confirmed_outlives_the_primary_and_nothing_else_does(cluster: Cluster) -> None:
    first = cluster.primary
    first.ask("CREATE TABLE kept (number INT)")
    first.ask(INSERT.format(1))
    with psycopg.connect(first.url, autocommit=True) as hasty:
        hasty.execute("SET synchronous_commit = off")
        hasty.execute(INSERT.format(2).encode())
        first.kill()
    second = cluster.succeed()
    assert second.ask("SELECT number FROM kept") == [(1,)]
    # The remaining standby follows, and confirms.
    second.ask(INSERT.format(3))
    assert second.ask("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'quorum'") == [(1,)]
    assert second.ask("SELECT (pg_control_checkpoint()).timeline_id > 0, pg_is_in_recovery()") == [
        (True, False)
    ]


def test_a_frozen_primary_answers_nobody_and_commits_nothing(cluster: Cluster) -> None:
    first = cluster.primary
    first.ask("CREATE TABLE kept (number INT)")
    first.freeze()
    with pytest.raises(psycopg.Error):
        first.ask(INSERT.format(1))
    second = cluster.succeed()
    second.ask(INSERT.format(2))
    assert second.ask("SELECT number FROM kept") == [(2,)]
