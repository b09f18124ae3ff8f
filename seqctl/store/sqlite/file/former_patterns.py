"""Finding in the log how far counters had come when their sequences got other patterns."""

from seqctl.model.finding import UNREADABLE
from seqctl.model.log.events.kinds import read
from seqctl.model.log.replay.state import BookState
from seqctl.store.sql.events import Events
from seqctl.store.sqlite.dialect import SQLITE
from seqctl.store.sqlite.driver import Connection


def find_former_patterns(connection: Connection) -> None:
    """Fill the table from the log, for a book that was made before there was one.

    The log is read where a pattern was changed, and no further than to the last such change.
    """
    query = (
        "SELECT max(id) FROM event WHERE counter_id IS NULL AND action NOT IN ('assign', 'adopt')"
        " AND EXISTS (SELECT 1 FROM json_each(detail, '$.changes') c WHERE"
        " json_type(c.value, '$.fields.pattern[0]') = 'text')"
    )
    (last,) = connection.execute(query).fetchone()
    if last is None:
        return
    steps = dict(
        connection.execute("SELECT c.id, s.step FROM counter c JOIN sequence s ON s.id = c.sequence_id")
    )
    state = BookState(lambda id: steps.get(id, 1), lambda *_: None)
    for event in Events(connection, SQLITE).after(None):
        if event.id > last:
            break
        try:
            content = read(event)
            if content is not None:
                content.apply(event, state)
        except UNREADABLE:
            # `audit verify` reports an event that this program would never write.
            continue
    connection.executemany(
        "INSERT INTO former_pattern (counter_id, event_id, first, last, pattern) VALUES (?, ?, ?, ?, ?)",
        ((counter, *former) for (counter, _), former in state.former.items() if counter in steps),
    )
