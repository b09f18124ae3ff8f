"""What the schema of a book refuses by itself, and which ids its rows get: functions and triggers."""

FUNCTIONS = """
CREATE FUNCTION instr(searched TEXT, wanted TEXT) RETURNS INTEGER
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN strpos(searched, wanted);

CREATE FUNCTION next_id() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id IS NULL THEN
    EXECUTE format('SELECT coalesce(max(id), 0) + 1 FROM %I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO NEW.id;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION next_counter_id() RETURNS TRIGGER LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.id IS NULL THEN
    EXECUTE format('UPDATE %I.head SET last_counter = last_counter + 1 RETURNING last_counter',
      TG_TABLE_SCHEMA) INTO NEW.id;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION keep_event() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION allow_event() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
  login TEXT := '"login": ' || to_json(session_user::TEXT)::TEXT || '}';
BEGIN
  IF NEW.action NOT IN
    ('issue', 'reserve', 'assign', 'confirm', 'extend', 'release', 'record', 'expire')
    AND NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE')
  THEN
    RAISE EXCEPTION 'only the owner of the book may do this: %', NEW.action
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.actor <> session_user AND right(NEW.detail, length(login)) <> login
    AND NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE')
  THEN
    RAISE EXCEPTION 'the event does not name the user of the session: %', session_user
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION follow_head() RETURNS TRIGGER LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  moved INTEGER;
  told TEXT := concat_ws(E'\n', NEW.id, NEW.at, NEW.actor, NEW.action, NEW.subject,
    coalesce(NEW.counter_id::TEXT, ''), coalesce(NEW.first::TEXT, ''), coalesce(NEW.last::TEXT, ''),
    coalesce(NEW.serial::TEXT, ''), coalesce(NEW.count::TEXT, ''), NEW.detail);
BEGIN
  EXECUTE format('UPDATE %I.head SET event_id = $1, hash = $2, next_serial = greatest(next_serial, $3),'
    ' action = $4, transaction = pg_current_xact_id()'
    ' WHERE event_id = $1 - 1 AND sha256(hash || convert_to($5, ''UTF8'')) = $2', TG_TABLE_SCHEMA)
    USING NEW.id, NEW.hash, coalesce(NEW.serial + NEW.count, 0), NEW.action, told;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> 1 THEN
    RAISE EXCEPTION 'the event % does not follow the newest one', NEW.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION note_change() RETURNS TRIGGER LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  present TEXT := pg_current_xact_id()::TEXT;
BEGIN
  IF current_setting('seqctl.changed', true) IS DISTINCT FROM present THEN
    EXECUTE format('INSERT INTO %I.changed VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING',
      TG_TABLE_SCHEMA);
    PERFORM set_config('seqctl.changed', present, true);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION require_event() RETURNS TRIGGER LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  told BOOLEAN;
BEGIN
  EXECUTE format('SELECT transaction = pg_current_xact_id() FROM %I.head', TG_TABLE_SCHEMA) INTO told;
  IF told IS NOT TRUE THEN
    RAISE EXCEPTION 'a transaction changed rows and appended no event' USING ERRCODE = 'restrict_violation';
  END IF;
  EXECUTE format('DELETE FROM %I.changed', TG_TABLE_SCHEMA);
  RETURN NULL;
END $$;

CREATE FUNCTION require_counter() RETURNS TRIGGER LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  named TEXT := 'SELECT DISTINCT counter_id FROM entered';
  missing BIGINT;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    named := format('SELECT counter_id FROM %I.number LIMIT 1', TG_TABLE_SCHEMA);
  ELSIF TG_TABLE_NAME = 'counter' THEN
    named := format('SELECT counter_id FROM %I.number WHERE counter_id = %s LIMIT 1',
      TG_TABLE_SCHEMA, OLD.id);
  ELSIF TG_LEVEL = 'ROW' THEN
    named := format('SELECT %s AS counter_id', NEW.counter_id);
  END IF;
  EXECUTE format('SELECT counter_id FROM (%s) AS named WHERE NOT EXISTS'
    ' (SELECT FROM %I.counter WHERE id = counter_id) LIMIT 1', named, TG_TABLE_SCHEMA) INTO missing;
  IF missing IS NOT NULL THEN
    RAISE EXCEPTION 'numbers would have no counter: there would be no counter %', missing
      USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
"""
"""What runs on the server.

`instr` has SQLite's name, for shared SQL. `next_id` gives a row the id behind the highest, as SQLite does,
and `next_counter_id` one that no counter ever had. `allow_event` keeps whoever does not own the book to the
events of issuing, each of which names the user of the session where another one acts. `follow_head` lets an
event in only behind the newest one and with the hash that its words have there, and moves the head row on to
it. `note_change` notes once for each transaction that it changed rows, so that a million rows cost no more
than one; `require_event` looks at its end whether an event records it. `require_counter` keeps numbers with
their counter as a foreign key would, but looks once for all rows of a statement: a foreign key looks for each
row, which was half of what a batch cost the server.
"""

NUMBERED = ("calendar", "sequence", "range", "sequence_set", "policy", "uniqueness", "gap_run")
"""Tables whose rows get the id behind the highest."""

TOLD = (
    *(
        "book",
        "calendar",
        "sequence",
        "range",
        "sequence_set",
        "set_member",
        "assignment",
        "policy",
        "text_space",
    ),
    *("uniqueness", "counter", "number", "gap_run", "former_pattern", "number_source"),
)
"""Tables that change only in a transaction that appends an event."""

TRIGGERS = "".join(
    [
        *(
            f"CREATE TRIGGER {table}_id BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION next_id();\n"
            for table in NUMBERED
        ),
        "CREATE TRIGGER counter_id BEFORE INSERT ON counter FOR EACH ROW"
        " EXECUTE FUNCTION next_counter_id();\n",
        *(
            f"CREATE TRIGGER {table}_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION note_change();\n"
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_changed;\n"
            for table in TOLD
        ),
        "CREATE TRIGGER number_counted AFTER INSERT ON number REFERENCING NEW TABLE AS entered"
        " FOR EACH STATEMENT EXECUTE FUNCTION require_counter();\n",
        "CREATE TRIGGER number_moved AFTER UPDATE OF counter_id ON number"
        " FOR EACH ROW EXECUTE FUNCTION require_counter();\n",
        "CREATE TRIGGER counter_needed AFTER DELETE OR UPDATE OF id ON counter"
        " FOR EACH ROW EXECUTE FUNCTION require_counter();\n",
        "CREATE TRIGGER counter_emptied AFTER TRUNCATE ON counter"
        " FOR EACH STATEMENT EXECUTE FUNCTION require_counter();\n",
        "CREATE TRIGGER event_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON event FOR EACH STATEMENT"
        " EXECUTE FUNCTION keep_event();\n",
        "ALTER TABLE event ENABLE ALWAYS TRIGGER event_kept;\n",
        "CREATE TRIGGER event_allowed BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION allow_event();\n",
        "ALTER TABLE event ENABLE ALWAYS TRIGGER event_allowed;\n",
        "CREATE TRIGGER event_follows BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION follow_head();\n",
        "ALTER TABLE event ENABLE ALWAYS TRIGGER event_follows;\n",
        "CREATE CONSTRAINT TRIGGER changed_told AFTER INSERT ON changed DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION require_event();\n",
        "ALTER TABLE changed ENABLE ALWAYS TRIGGER changed_told;\n",
    ]
)
