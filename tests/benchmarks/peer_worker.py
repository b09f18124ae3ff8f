"""Runs in the environment of the other libraries: issues numbers one by one, each its own transaction.

`peer_worker.py KIND FOLDER` prints `ready`, then reads counts and answers each with numbers a second;
`peer_worker.py KIND FOLDER once` issues one number in the way that `manage.py shell -c` does.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

TABLES = """
CREATE TABLE IF NOT EXISTS counter (id integer PRIMARY KEY, next bigint);
INSERT INTO counter VALUES (1, 1) ON CONFLICT DO NOTHING;
CREATE TABLE IF NOT EXISTS number (id bigserial PRIMARY KEY, value bigint, text text UNIQUE);
CREATE TABLE IF NOT EXISTS audit (id bigserial PRIMARY KEY, at timestamptz, what text);
"""
ONCE = "from sequences import get_next_value; print(get_next_value('invoice'))"


def set_up_django(kind: str, folder: str) -> None:
    """Set Django up with django-sequences alone, on a database with durable commits."""
    from django.conf import settings
    from django.core.management import call_command

    sqlite = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(Path(folder) / "django.db"),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL",
        },
    }
    server = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": "postgres",
        "HOST": folder,
    }
    settings.configure(
        INSTALLED_APPS=["sequences.apps.SequencesConfig"],
        DATABASES={"default": sqlite if kind == "django-sqlite" else server},
        USE_TZ=True,
    )
    import django

    django.setup()
    if sys.argv[3:] != ["once"]:
        call_command("migrate", verbosity=0)


def by_django() -> Callable[[], object]:
    """One number: `get_next_value` locks a row and updates it in a transaction of its own."""
    from sequences import get_next_value

    return lambda: get_next_value("invoice")


def by_psycopg(folder: str) -> Callable[[], object]:
    """One number: UPDATE of the counter, INSERT of the number and of an audit row, COMMIT."""
    import psycopg

    connection = psycopg.connect(host=folder, user="postgres", dbname="postgres", autocommit=True)
    connection.execute(TABLES)

    def issue() -> None:
        with connection.transaction():
            query = "UPDATE counter SET next = next + 1 WHERE id = 1 RETURNING next - 1"
            found = connection.execute(query).fetchone()
            assert found is not None
            number = (found[0], f"INV-2026-{found[0]:08}")
            connection.execute("INSERT INTO number (value, text) VALUES (%s, %s)", number)
            connection.execute("INSERT INTO audit (at, what) VALUES (now(), %s)", ("issue" * 20,))

    return issue


def main(kind: str, folder: str, *words: str) -> None:
    """Answer each line."""
    if kind.startswith("django"):
        set_up_django(kind, folder)
        if words:
            from django.core.management import call_command

            call_command("shell", command=ONCE)
            return
    issue = by_django() if kind.startswith("django") else by_psycopg(folder)
    issue()
    print("ready", flush=True)
    for line in sys.stdin:
        before = time.perf_counter()
        for _ in range(int(line)):
            issue()
        print(int(line) / (time.perf_counter() - before), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
