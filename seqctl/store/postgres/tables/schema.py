"""The tables of a book on PostgreSQL, as SQL: one step, to be run inside the schema that is the book.

Columns and indexes are those of the book in a file, under the same names, so that reading SQL is shared.
What differs, and why:

- Texts compare by their bytes (`COLLATE "C"`), as they do in SQLite. Instants and dates are texts: the server
  formats nothing that is hashed.
- Ids follow the highest one given so far instead of coming from a sequence of the server, which skips values
  when a transaction is undone: the same actions give the same ids, and so the same log, in both engines.
- `head` is one row that every writer locks: the newest event, where the next number stands in the order of
  issue, and on which server and timeline it was last written.
- The server by itself refuses to change events, and rows in a transaction that appended no event.
- `number.counter_id` has no foreign key: a trigger looks for the counters once for all rows of a statement.
"""

from seqctl.store.postgres.tables.triggers import FUNCTIONS, TRIGGERS
from seqctl.store.sql.reports.views import Expressions, views

TABLES = """
CREATE TABLE step (name TEXT COLLATE "C" PRIMARY KEY);

CREATE TABLE book (
  id INTEGER PRIMARY KEY CHECK (id = 1), timezone TEXT COLLATE "C" NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL, identity TEXT COLLATE "C" NOT NULL, copied_event BIGINT,
  copied_from TEXT COLLATE "C",
  owner_kinds TEXT COLLATE "C" NOT NULL DEFAULT '[]', known_owners TEXT COLLATE "C" NOT NULL DEFAULT '[]',
  unique_together TEXT COLLATE "C" NOT NULL DEFAULT '[]',
  assigned_kinds TEXT COLLATE "C" NOT NULL DEFAULT '[]', former_names TEXT COLLATE "C" NOT NULL DEFAULT '[]'
);

CREATE TABLE head (
  id INTEGER PRIMARY KEY CHECK (id = 1), event_id BIGINT NOT NULL, hash BYTEA NOT NULL,
  action TEXT COLLATE "C" NOT NULL, next_serial BIGINT NOT NULL, last_counter BIGINT NOT NULL,
  transaction XID8 NOT NULL, system_identifier TEXT COLLATE "C" NOT NULL, timeline BIGINT NOT NULL
) WITH (fillfactor = 10);

CREATE TABLE calendar (
  id BIGINT PRIMARY KEY, name TEXT COLLATE "C" NOT NULL UNIQUE, month INTEGER NOT NULL, day INTEGER NOT NULL,
  named_by TEXT COLLATE "C" NOT NULL, listed TEXT COLLATE "C"
);

CREATE TABLE sequence (
  id BIGINT PRIMARY KEY, name TEXT COLLATE "C" NOT NULL UNIQUE, title TEXT COLLATE "C",
  description TEXT COLLATE "C", document_type TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL,
  pattern TEXT COLLATE "C" NOT NULL, start BIGINT NOT NULL CHECK (start >= 0), "end" BIGINT,
  step BIGINT NOT NULL CHECK (step > 0), max_width BIGINT, max_length BIGINT,
  reset TEXT COLLATE "C" NOT NULL, calendar_id BIGINT REFERENCES calendar, timezone TEXT COLLATE "C",
  scope TEXT COLLATE "C" NOT NULL, requires TEXT COLLATE "C" NOT NULL, mode TEXT COLLATE "C" NOT NULL,
  "unique" TEXT COLLATE "C" NOT NULL, date_order TEXT COLLATE "C" NOT NULL, manual INTEGER NOT NULL,
  warn_at TEXT COLLATE "C", reservation_ttl TEXT COLLATE "C" NOT NULL, effective_from TEXT COLLATE "C",
  effective_until TEXT COLLATE "C", status TEXT COLLATE "C" NOT NULL, compiled TEXT COLLATE "C" NOT NULL,
  used INTEGER NOT NULL DEFAULT 0, closed_until TEXT COLLATE "C", origin TEXT COLLATE "C",
  characters TEXT COLLATE "C", reference TEXT COLLATE "C", reference_base TEXT COLLATE "C",
  keeps_references INTEGER NOT NULL DEFAULT 0, types TEXT COLLATE "C"
);
CREATE INDEX sequence_document_type ON sequence (document_type);

CREATE TABLE range (
  id BIGINT PRIMARY KEY, name TEXT COLLATE "C" NOT NULL UNIQUE,
  sequence_id BIGINT NOT NULL REFERENCES sequence, first BIGINT NOT NULL, last BIGINT,
  valid_from TEXT COLLATE "C", valid_until TEXT COLLATE "C", attributes TEXT COLLATE "C" NOT NULL,
  warn_at TEXT COLLATE "C", authority TEXT COLLATE "C", code TEXT COLLATE "C", note TEXT COLLATE "C",
  granted_on TEXT COLLATE "C", annulled BIGINT, ended INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX range_sequence ON range (sequence_id, annulled);

CREATE TABLE sequence_set (
  id BIGINT PRIMARY KEY, name TEXT COLLATE "C" NOT NULL UNIQUE, is_default INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX sequence_set_default ON sequence_set (is_default) WHERE is_default = 1;

CREATE TABLE set_member (
  document_type TEXT COLLATE "C" NOT NULL, set_id BIGINT NOT NULL REFERENCES sequence_set,
  sequence_id BIGINT NOT NULL REFERENCES sequence, PRIMARY KEY (document_type, set_id)
);
CREATE INDEX set_member_sequence ON set_member (sequence_id);

CREATE TABLE assignment (
  kind TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL,
  set_id BIGINT NOT NULL REFERENCES sequence_set, PRIMARY KEY (kind, id)
);

CREATE TABLE policy (
  id BIGINT PRIMARY KEY, name TEXT COLLATE "C" NOT NULL UNIQUE, description TEXT COLLATE "C",
  document_type TEXT COLLATE "C" NOT NULL, sequence_id BIGINT NOT NULL REFERENCES sequence,
  priority BIGINT NOT NULL, status TEXT COLLATE "C" NOT NULL, effective_from TEXT COLLATE "C",
  effective_until TEXT COLLATE "C", timezone TEXT COLLATE "C", conditions TEXT COLLATE "C" NOT NULL,
  logic TEXT COLLATE "C", compiled TEXT COLLATE "C" NOT NULL, used INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX policy_choice ON policy (document_type, status, priority DESC);

CREATE TABLE text_space (document_type TEXT COLLATE "C" PRIMARY KEY, name TEXT COLLATE "C" NOT NULL);

CREATE TABLE uniqueness (
  id BIGINT PRIMARY KEY, space TEXT COLLATE "C" NOT NULL, period TEXT COLLATE "C" NOT NULL,
  UNIQUE (space, period)
);

CREATE TABLE counter (
  id BIGINT PRIMARY KEY, sequence_id BIGINT NOT NULL REFERENCES sequence, scope TEXT COLLATE "C" NOT NULL,
  period TEXT COLLATE "C" NOT NULL, uniqueness_id BIGINT NOT NULL REFERENCES uniqueness,
  first BIGINT NOT NULL, last BIGINT NOT NULL, accounted BIGINT NOT NULL DEFAULT 0,
  reusable BIGINT NOT NULL DEFAULT 0, reserved BIGINT NOT NULL DEFAULT 0, latest_date TEXT COLLATE "C",
  latest_value BIGINT, domain_id BIGINT REFERENCES uniqueness, UNIQUE (sequence_id, scope, period)
) WITH (fillfactor = 20);

CREATE TABLE number (
  serial BIGINT PRIMARY KEY, counter_id BIGINT NOT NULL, value BIGINT NOT NULL,
  text TEXT COLLATE "C" NOT NULL, uniqueness_id BIGINT NOT NULL, date TEXT COLLATE "C",
  state TEXT COLLATE "C" NOT NULL CHECK (state IN ('issued', 'reserved', 'void')),
  record TEXT COLLATE "C", key TEXT COLLATE "C", key_space BIGINT NOT NULL DEFAULT 0,
  policy TEXT COLLATE "C", set_name TEXT COLLATE "C", reused INTEGER NOT NULL DEFAULT 0,
  expires_at TEXT COLLATE "C", event_id BIGINT NOT NULL, change_id BIGINT, document_type TEXT COLLATE "C",
  reference TEXT COLLATE "C", UNIQUE (counter_id, value)
);
CREATE UNIQUE INDEX number_reference ON number (reference) WHERE reference IS NOT NULL;
CREATE UNIQUE INDEX number_text ON number (text, uniqueness_id);
CREATE INDEX number_key ON number (key, key_space) WHERE key IS NOT NULL;
CREATE INDEX number_record ON number (record) WHERE record IS NOT NULL;
CREATE INDEX number_reserved ON number (counter_id, expires_at) WHERE state = 'reserved';

CREATE TABLE gap_run (
  id BIGINT PRIMARY KEY, counter_id BIGINT NOT NULL REFERENCES counter, first BIGINT NOT NULL,
  last BIGINT NOT NULL, state TEXT COLLATE "C" NOT NULL CHECK (state IN ('reusable', 'blocked', 'review')),
  event_id BIGINT NOT NULL, UNIQUE (counter_id, first)
);
CREATE INDEX gap_run_reusable ON gap_run (counter_id, first) WHERE state = 'reusable';

CREATE TABLE former_pattern (
  counter_id BIGINT NOT NULL REFERENCES counter, event_id BIGINT NOT NULL, first BIGINT NOT NULL,
  last BIGINT NOT NULL, pattern TEXT COLLATE "C" NOT NULL, PRIMARY KEY (counter_id, event_id)
);

CREATE TABLE number_source (
  serial BIGINT PRIMARY KEY, event_id BIGINT NOT NULL, reason TEXT COLLATE "C", actor TEXT COLLATE "C",
  at TEXT COLLATE "C", note TEXT COLLATE "C"
);

CREATE TABLE event (
  id BIGINT PRIMARY KEY, at TEXT COLLATE "C" NOT NULL, actor TEXT COLLATE "C" NOT NULL,
  action TEXT COLLATE "C" NOT NULL, subject TEXT COLLATE "C" NOT NULL, counter_id BIGINT, first BIGINT,
  last BIGINT, serial BIGINT, count BIGINT, detail TEXT COLLATE "C" NOT NULL, hash BYTEA NOT NULL
);
CREATE INDEX event_change ON event (counter_id, first, last) WHERE action NOT IN ('issue', 'reserve');

CREATE TABLE changed (transaction XID8 PRIMARY KEY);
"""

SELECTED = views(
    Expressions(
        reason="(e.detail::json ->> 'reason')",
        own_reason=(
            "CASE WHEN e.detail::json -> 'each' IS NOT NULL THEN coalesce("
            "(SELECT e.detail::json -> 'each' -> (v.place::int - 1) ->> 'reason' FROM"
            " json_array_elements(e.detail::json -> 'values') WITH ORDINALITY v (run, place)"
            " WHERE g.first BETWEEN (v.run ->> -2)::bigint AND (v.run ->> -1)::bigint"
            " AND coalesce(e.counter_id, (v.run ->> 0)::bigint) = g.counter_id),"
            " (SELECT e.detail::json -> 'each' -> (v.place::int - 1) ->> 'reason' FROM"
            " json_array_elements(e.detail::json -> 'rows_before') WITH ORDINALITY v (kept, place)"
            " WHERE (v.kept ->> 0)::bigint = g.counter_id AND (v.kept ->> 12)::bigint = g.first)) END"
        ),
        hash="encode(e.hash, 'hex')",
        now='to_char(clock_timestamp() AT TIME ZONE \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\') COLLATE "C"',
    )
)
"""What each view for analysts selects, by its name: they cost nobody anything who does not read them."""

VIEWS = "".join(f"CREATE VIEW {name} AS{select};\n" for name, select in SELECTED.items())

STEPS = {"0001_book": TABLES + FUNCTIONS + TRIGGERS + VIEWS}
"""The steps of the schema in their order: together they are the present one."""
