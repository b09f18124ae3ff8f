"""The tables of a book, as SQL. Steps in `migrations.py` beside this file apply them in order.

SQLite parses the whole schema at every start, so tables are few and their CHECKs terse; what the CHECKs
do not say, the model checks before anything is written.
"""

TABLES = """
CREATE TABLE book (
  id INTEGER PRIMARY KEY CHECK (id = 1), timezone TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;

CREATE TABLE calendar (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, month INTEGER NOT NULL, day INTEGER NOT NULL,
  named_by TEXT NOT NULL
) STRICT;

CREATE TABLE sequence (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT, description TEXT,
  document_type TEXT NOT NULL, kind TEXT NOT NULL, pattern TEXT NOT NULL,
  start INTEGER NOT NULL CHECK (start >= 0), end INTEGER, step INTEGER NOT NULL CHECK (step > 0),
  max_width INTEGER, max_length INTEGER, reset TEXT NOT NULL,
  calendar_id INTEGER REFERENCES calendar, timezone TEXT, scope TEXT NOT NULL,
  requires TEXT NOT NULL, mode TEXT NOT NULL, "unique" TEXT NOT NULL, date_order TEXT NOT NULL,
  manual INTEGER NOT NULL, warn_at TEXT, reservation_ttl TEXT NOT NULL, effective_from TEXT,
  effective_until TEXT, status TEXT NOT NULL, compiled TEXT NOT NULL,
  used INTEGER NOT NULL DEFAULT 0, closed_until TEXT
) STRICT;
CREATE INDEX sequence_document_type ON sequence (document_type);

CREATE TABLE sequence_set (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, is_default INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX sequence_set_default ON sequence_set (is_default) WHERE is_default;

CREATE TABLE set_member (
  document_type TEXT NOT NULL, set_id INTEGER NOT NULL REFERENCES sequence_set,
  sequence_id INTEGER NOT NULL REFERENCES sequence, PRIMARY KEY (document_type, set_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX set_member_sequence ON set_member (sequence_id);

CREATE TABLE assignment (
  kind TEXT NOT NULL, id TEXT NOT NULL, set_id INTEGER NOT NULL REFERENCES sequence_set,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE policy (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT,
  document_type TEXT NOT NULL, sequence_id INTEGER NOT NULL REFERENCES sequence,
  priority INTEGER NOT NULL, status TEXT NOT NULL, effective_from TEXT, effective_until TEXT,
  timezone TEXT, conditions TEXT NOT NULL, logic TEXT, compiled TEXT NOT NULL,
  used INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX policy_choice ON policy (document_type, status, priority DESC);

CREATE TABLE uniqueness (
  id INTEGER PRIMARY KEY, document_type TEXT NOT NULL, period TEXT NOT NULL,
  UNIQUE (document_type, period)
) STRICT;

CREATE TABLE counter (
  id INTEGER PRIMARY KEY AUTOINCREMENT, sequence_id INTEGER NOT NULL REFERENCES sequence, scope TEXT NOT NULL,
  period TEXT NOT NULL, uniqueness_id INTEGER NOT NULL REFERENCES uniqueness,
  first INTEGER NOT NULL, last INTEGER NOT NULL, accounted INTEGER NOT NULL DEFAULT 0,
  reusable INTEGER NOT NULL DEFAULT 0, reserved INTEGER NOT NULL DEFAULT 0, latest_date TEXT,
  latest_value INTEGER, UNIQUE (sequence_id, scope, period)
) STRICT;

CREATE TABLE number (
  serial INTEGER PRIMARY KEY, counter_id INTEGER NOT NULL REFERENCES counter,
  value INTEGER NOT NULL, text TEXT NOT NULL, uniqueness_id INTEGER NOT NULL, date TEXT,
  state TEXT NOT NULL CHECK (state = 'issued' OR state = 'reserved' OR state = 'void'),
  record TEXT, key TEXT,
  key_space INTEGER NOT NULL DEFAULT 0, policy TEXT, set_name TEXT,
  reused INTEGER NOT NULL DEFAULT 0, expires_at TEXT, event_id INTEGER NOT NULL,
  change_id INTEGER, UNIQUE (counter_id, value)
) STRICT;
CREATE UNIQUE INDEX number_text ON number (text, uniqueness_id);
CREATE INDEX number_key ON number (key, key_space) WHERE key IS NOT NULL;
CREATE INDEX number_record ON number (record) WHERE record IS NOT NULL;
CREATE INDEX number_reserved ON number (counter_id, expires_at) WHERE state = 'reserved';

CREATE TABLE gap_run (
  id INTEGER PRIMARY KEY, counter_id INTEGER NOT NULL REFERENCES counter,
  first INTEGER NOT NULL, last INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('reusable', 'blocked', 'review')),
  event_id INTEGER NOT NULL, UNIQUE (counter_id, first)
) STRICT;
CREATE INDEX gap_run_reusable ON gap_run (counter_id, first) WHERE state = 'reusable';

CREATE TABLE event (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  subject TEXT NOT NULL, counter_id INTEGER, first INTEGER, last INTEGER, serial INTEGER,
  count INTEGER, detail TEXT NOT NULL, hash BLOB NOT NULL
) STRICT;
CREATE INDEX event_change ON event (counter_id, first, last)
  WHERE counter_id IS NOT NULL AND action NOT IN ('issue', 'reserve');
CREATE TRIGGER event_new BEFORE INSERT ON event
  WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
  BEGIN SELECT RAISE (ABORT, 'events are append-only'); END;
CREATE TRIGGER event_fixed BEFORE UPDATE ON event
  BEGIN SELECT RAISE (ABORT, 'events are append-only'); END;
CREATE TRIGGER event_kept BEFORE DELETE ON event
  BEGIN SELECT RAISE (ABORT, 'events are append-only'); END;
"""

OWNERS_AND_SPACES = """
ALTER TABLE book ADD COLUMN identity TEXT NOT NULL DEFAULT '';
ALTER TABLE book ADD COLUMN copied_event INTEGER;
ALTER TABLE book ADD COLUMN copied_from TEXT;
ALTER TABLE book ADD COLUMN owner_kinds TEXT NOT NULL DEFAULT '[]';
ALTER TABLE book ADD COLUMN known_owners TEXT NOT NULL DEFAULT '[]';
ALTER TABLE book ADD COLUMN unique_together TEXT NOT NULL DEFAULT '[]';
ALTER TABLE book ADD COLUMN assigned_kinds TEXT NOT NULL DEFAULT '[]';
ALTER TABLE book ADD COLUMN former_names TEXT NOT NULL DEFAULT '[]';
ALTER TABLE uniqueness RENAME COLUMN document_type TO space;
ALTER TABLE counter ADD COLUMN domain_id INTEGER REFERENCES uniqueness;
ALTER TABLE number ADD COLUMN document_type TEXT;
ALTER TABLE sequence ADD COLUMN origin TEXT;
ALTER TABLE sequence ADD COLUMN types TEXT;
ALTER TABLE calendar ADD COLUMN listed TEXT;
CREATE TABLE range (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, sequence_id INTEGER NOT NULL REFERENCES sequence,
  first INTEGER NOT NULL, last INTEGER, valid_from TEXT, valid_until TEXT, attributes TEXT NOT NULL,
  warn_at TEXT, authority TEXT, code TEXT, note TEXT, granted_on TEXT, annulled INTEGER,
  ended INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX range_sequence ON range (sequence_id, annulled);
ALTER TABLE sequence ADD COLUMN characters TEXT;
ALTER TABLE sequence ADD COLUMN reference TEXT;
ALTER TABLE sequence ADD COLUMN reference_base TEXT;
ALTER TABLE sequence ADD COLUMN keeps_references INTEGER NOT NULL DEFAULT 0;
ALTER TABLE number ADD COLUMN reference TEXT;
CREATE UNIQUE INDEX number_reference ON number (reference) WHERE reference IS NOT NULL;
CREATE TABLE text_space (
  document_type TEXT PRIMARY KEY, name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE former_pattern (
  counter_id INTEGER NOT NULL REFERENCES counter, event_id INTEGER NOT NULL, first INTEGER NOT NULL,
  last INTEGER NOT NULL, pattern TEXT NOT NULL, PRIMARY KEY (counter_id, event_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE number_source (
  serial INTEGER PRIMARY KEY, event_id INTEGER NOT NULL, reason TEXT, actor TEXT, at TEXT,
  note TEXT
) STRICT;
DROP INDEX event_change;
CREATE INDEX event_change ON event (counter_id, first, last) WHERE action NOT IN ('issue', 'reserve');
"""
"""What the second step adds.

`book.identity` is random and names the book wherever it goes; `copied_event` is the newest event of a copy
that `backup` made, and NULL in every other book; `copied_from` names the server of which a file is a
backup, until somebody says that the file goes on. The other settings are arrays in JSON, and `assigned_kinds`
lists every KIND of which an owner was ever assigned to a set, `former_names` the names that definitions had
before they were renamed.

Texts are unique within a space, and `uniqueness` names it: a document type, or for types that share one the
first of them, which `text_space` gives for each of the others. A type that is not in `text_space` is a space
by itself. A counter keeps the row of `uniqueness` that it was made with, by which its numbers are hashed.
Where that space was joined to another when both held numbers, `counter.domain_id` is the row of the other,
within which its texts are unique since, and which `number.uniqueness_id` names.

`calendar.listed` is NULL where every fiscal year starts on one day; else it has the first days of listed
years, as `model/time/listed_calendar.py` writes them.

`sequence.types` is NULL where a sequence numbers one type that has no code; else it has all of them with
their codes, as `model/sequence/document_types.py` writes them, the first as in `sequence.document_type`.

`number.document_type` is NULL where the number was asked for by the first type of its sequence.

`sequence.keeps_references` is 1 where nothing proves that the references of a sequence differ from those of
others; `number.reference` then has that of each number, as `SCHEME REFERENCE`. It is NULL everywhere else.

`sequence.origin` keeps, as JSON, what other systems said of a sequence beside what its fields hold.

The index `event_change` holds the events that concern no counter as well: there those stand that change
definitions, between millions of others.

`former_pattern` says how far each counter had come when an event gave its used sequence another pattern than
`pattern`: numbers that were never printed are listed by the pattern under which the counter passed them.

`range.annulled` is the event that annulled a range, and `ended` says that this event gave it its `last`.

`number_source` keeps what another system said of a number that an event adopted at a serial: why it is void,
who issued it there and when, and what was noted of it.
"""

STEPS = {"0001_book": TABLES, "0002_owners_and_spaces": OWNERS_AND_SPACES}
"""What the steps of `migrations.py` say of the schema, in their order: together it is the present one."""
