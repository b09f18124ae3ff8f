-- A book that schema 1 wrote: `iterdump` of its tables, head 88e851cb.
PRAGMA application_id = 1397834580;
PRAGMA user_version = 1;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'seqctl','0001_book','2026-11-28 01:03:16.134997+00:00');
CREATE TABLE assignment (
  kind TEXT NOT NULL, id TEXT NOT NULL, set_id INTEGER NOT NULL REFERENCES sequence_set,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
INSERT INTO "assignment" VALUES('company','FR',2);
CREATE TABLE book (
  id INTEGER PRIMARY KEY CHECK (id = 1), timezone TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;
INSERT INTO "book" VALUES(1,'Europe/Berlin','2026-11-28T01:03:16.135154Z');
CREATE TABLE calendar (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, month INTEGER NOT NULL, day INTEGER NOT NULL,
  named_by TEXT NOT NULL
) STRICT;
CREATE TABLE counter (
  id INTEGER PRIMARY KEY AUTOINCREMENT, sequence_id INTEGER NOT NULL REFERENCES sequence, scope TEXT NOT NULL,
  period TEXT NOT NULL, uniqueness_id INTEGER NOT NULL REFERENCES uniqueness,
  first INTEGER NOT NULL, last INTEGER NOT NULL, accounted INTEGER NOT NULL DEFAULT 0,
  reusable INTEGER NOT NULL DEFAULT 0, reserved INTEGER NOT NULL DEFAULT 0, latest_date TEXT,
  latest_value INTEGER, UNIQUE (sequence_id, scope, period)
) STRICT;
INSERT INTO "counter" VALUES(1,1,'','2026',1,1,3,3,1,0,'2026-11-21',NULL);
INSERT INTO "counter" VALUES(2,1,'','2025',1,1,1,1,0,0,'2025-12-31',1);
INSERT INTO "counter" VALUES(3,2,'','all',1,1,1,1,0,0,'2026-11-21',1);
INSERT INTO "counter" VALUES(4,3,'','2026-10',2,1,1,1,0,0,'2026-10-02',1);
INSERT INTO "counter" VALUES(5,3,'','2026-11',3,1,1,1,0,0,'2026-11-02',1);
INSERT INTO "counter" VALUES(6,5,'','all',4,1,1,1,0,0,'2026-11-02',1);
INSERT INTO "counter" VALUES(7,4,'','all',5,1,1,1,0,1,'2026-11-02',1);
CREATE TABLE event (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  subject TEXT NOT NULL, counter_id INTEGER, first INTEGER, last INTEGER, serial INTEGER,
  count INTEGER, detail TEXT NOT NULL, hash BLOB NOT NULL
) STRICT;
INSERT INTO "event" VALUES(1,'2026-11-28T01:03:16.135211Z','ada','init','book',NULL,NULL,NULL,NULL,NULL,'{"timezone":"Europe/Berlin","version":1}',X'B33EC91073A8FB26CCF6234D67B4DFA61EA7F4D0A7393A175DF59DF29AF3E363');
INSERT INTO "event" VALUES(2,'2026-11-28T01:03:16.633765Z','ada','sequence add','invoice',NULL,NULL,NULL,NULL,NULL,'{"changes":[{"kind":"sequence","name":"invoice","action":"created","fields":{"document_type":[null,"invoice"],"pattern":[null,"INV-{YYYY}-{number:5}"],"reset":[null,"year"]}}]}',X'82A92AAA232138732E5C888B6B05E443508DA291ED86A1C8D832A7D4AAB5FA3B');
INSERT INTO "event" VALUES(3,'2026-11-28T01:03:17.186765Z','ada','sequence add','french',NULL,NULL,NULL,NULL,NULL,'{"changes":[{"kind":"sequence","name":"french","action":"created","fields":{"document_type":[null,"invoice"],"pattern":[null,"FR-{number:4}"]}}]}',X'1D7B2F859393BF284CBA4731503EC31D53277A3A2E6B88970AACD6E61385B31D');
INSERT INTO "event" VALUES(4,'2026-11-28T01:03:17.691041Z','ada','sequence add','till',NULL,NULL,NULL,NULL,NULL,'{"changes":[{"kind":"sequence","name":"till","action":"created","fields":{"document_type":[null,"receipt"],"pattern":[null,"{number:3}"],"reset":[null,"month"],"unique":[null,"period"]}}]}',X'8F27773C047417E7C1F07A449107C09EDA211D00AEF084F2945A7DDA89F2F9C5');
INSERT INTO "event" VALUES(5,'2026-11-28T01:03:18.145654Z','ada','sequence add','debit_memo',NULL,NULL,NULL,NULL,NULL,'{"changes":[{"kind":"sequence","name":"debit_memo","action":"created","fields":{"document_type":[null,"debit_memo"],"pattern":[null,"D-{number}"]}}]}',X'FD22860572CE21BBB27659087F5C5DAA005B1192004565F6F8066A54A6443AD5');
INSERT INTO "event" VALUES(6,'2026-11-28T01:03:18.711375Z','ada','set add','default',NULL,NULL,NULL,NULL,NULL,'{"changes":[{"kind":"set","name":"default","action":"created","fields":{"members.debit_memo":[null,"debit_memo"],"members.invoice":[null,"invoice"],"default":[false,true]}}]}',X'0A1B3C488DD1D0B082FAEDDD0BEBDBB48D72FBA234844B9D8E3B6CCC2AE3F1C0');
INSERT INTO "event" VALUES(7,'2026-11-28T01:03:19.110873Z','ada','set add','france',NULL,NULL,NULL,NULL,NULL,'{"changes":[{"kind":"set","name":"france","action":"created","fields":{"members.invoice":[null,"french"]}}]}',X'A6BDC58F84131F19B1F30F1DA788540B840ED7350B650CCA32FC613608D9F54B');
INSERT INTO "event" VALUES(8,'2026-11-28T01:03:19.531801Z','ada','set assign','france',NULL,NULL,NULL,NULL,NULL,'{"changes":[{"kind":"set","name":"france","action":"changed","fields":{"assignments":[[],["branch:7","company:FR"]]}}]}',X'5C94481DA7A31960E090BFCE611A2CFE38CD35F76453529C14790CB78852A3EE');
INSERT INTO "event" VALUES(9,'2026-11-28T01:03:19.937246Z','ada','set unassign','branch:7',NULL,NULL,NULL,NULL,NULL,'{"changes":[{"kind":"set","name":"france","action":"changed","fields":{"assignments":[["branch:7","company:FR"],["company:FR"]]}}]}',X'4879B78E6C1CFDCD084B338196C406CBBC59595DA5369A0E7F9CED529C7BC7E8');
INSERT INTO "event" VALUES(10,'2026-11-28T01:03:20.724002Z','ada','sequence add','refund',NULL,NULL,NULL,NULL,NULL,'{"changes":[{"kind":"sequence","name":"refund","action":"created","fields":{"document_type":[null,"refund"],"pattern":[null,"R-{number}"]}}]}',X'C53B65AA98E1F8671EB49EC118DF450A18428AA43B3C734FA06430FD573EF30C');
INSERT INTO "event" VALUES(11,'2026-11-28T01:03:21.134385Z','ada','policy add','big',NULL,NULL,NULL,NULL,NULL,'{"changes":[{"kind":"policy","name":"big","action":"created","fields":{"document_type":[null,"refund"],"sequence":[null,"refund"],"conditions":[null,[{"id":1,"field":"amount","operator":"greater","value":100}]]}}]}',X'245312757B195ED65FC4BFB339C7D47C8D4491F908B3972322D5156F9C16B7E6');
INSERT INTO "event" VALUES(12,'2026-11-28T01:03:21.327961Z','ada','issue','invoice',1,1,3,1,3,'{"period":"2026","scope":"","key":"order-7","date":"2026-11-21","request":{"target":"invoice","count":3,"record":"R-1"},"rows":"2f250051e294a08c796eb024a0351e7de60d1f4e62187bfe01563805d61d0862"}',X'E51912DB267CCCD693837E46185A7D202BA3BE7A2183510198054789C8A41CF2');
INSERT INTO "event" VALUES(13,'2026-11-28T01:03:21.401460Z','ada','issue','invoice',2,1,1,4,1,'{"period":"2025","scope":"","key":null,"date":"2025-12-31","request":{"target":"invoice","count":1},"rows":"1bee8fc6d34c27e3357c8b276c4d857263341a84ec21d3c63fe67e621fd6c089"}',X'1138FB58EA73B9D9EFAAA56F1E6E1A4600EBA29286FB0E255F28AEC3D0835EFA');
INSERT INTO "event" VALUES(14,'2026-11-28T01:03:21.450309Z','ada','issue','french',3,1,1,5,1,'{"period":"all","scope":"","key":null,"date":"2026-11-21","request":{"target":"invoice","count":1,"for":["company:FR"]},"rows":"12ac4d89f87051b8a38e1ec166ef8d17e848a6682cf75e50b082802c0c290771"}',X'2204BAF4F42D3AE279A9312FEFD60E510C30022491336B3E348F64071BAB641E');
INSERT INTO "event" VALUES(15,'2026-11-28T01:03:21.518075Z','ada','issue','till',4,1,1,6,1,'{"period":"2026-10","scope":"","key":null,"date":"2026-10-02","request":{"target":"receipt","count":1},"rows":"5366a890361c717721cf1b92534d369b16e03e940594c8218a227209506d077a"}',X'72B915E81A556579C1EE1ACBCC2054D5194C8BCD00E40BB38B30023ECFE6777B');
INSERT INTO "event" VALUES(16,'2026-11-28T01:03:21.592052Z','ada','issue','till',5,1,1,7,1,'{"period":"2026-11","scope":"","key":null,"date":"2026-11-02","request":{"target":"receipt","count":1},"rows":"68d11ed2f14c96bcb2a5814214adba4c95a27ff2516236e78dac2198e37760ad"}',X'EC2A37B3659030CC729CB39C568120AECA4142A2BC38C301AD8449317F7A86EB');
INSERT INTO "event" VALUES(17,'2026-11-28T01:03:21.655146Z','ada','issue','refund',6,1,1,8,1,'{"period":"all","scope":"","key":null,"date":"2026-11-02","request":{"target":"refund","count":1,"attributes":{"amount":"250"}},"rows":"4e5a162241f5f5bcfbeff5af74ba55711519054dfaedcb39cf8495e7f2ac4bed"}',X'5763A001AAD38287FBF5547F2C4C11D685466FCF01287B8BC2A309C1FD93DB75');
INSERT INTO "event" VALUES(18,'2026-11-28T01:03:22.053365Z','ada','reserve','debit_memo',7,1,1,9,1,'{"period":"all","scope":"","key":null,"date":"2026-11-02","request":{"target":"debit_memo","count":1,"reserve":"365d"},"rows":"98371f2053fe5f6e27ea657387299ed412dd4f251d55a03d89ecbe568fd6f940"}',X'5EF5838B6BE57EC635775CEB400F386D17D1316E6B1271302834A5AB35B3EB42');
INSERT INTO "event" VALUES(19,'2026-11-28T01:03:22.475810Z','ada','void','invoice',1,2,2,NULL,NULL,'{"period": "2026", "scope": "", "reason": "printed twice", "numbers": ["INV-2026-00002"], "after": {"state": "void"}, "rows_before": [[1, 1, "2026-11-21", "issued", "R-1", "order-7", 0, null, "default", null, 12, 2, 2, "INV-2026-00002", 0, null]]}',X'3CFA9FA7A68E631AF049FB1D0B5BD47459BFA97A1DCBB88A059AA74003CD53CD');
INSERT INTO "event" VALUES(20,'2026-11-28T01:03:22.864269Z','ada','release','invoice',1,1,1,NULL,NULL,'{"period": "2026", "scope": "", "reason": "never sent", "numbers": ["INV-2026-00001"], "to": "reusable", "rows_before": [[1, 1, "2026-11-21", "issued", "R-1", "order-7", 0, null, "default", null, 12, 1, 1, "INV-2026-00001", 0, null]]}',X'9DD9629DF2FC44E6218636672D7DF09E5FDABCABB79A3B9B3C7E4ECB1F77138A');
INSERT INTO "event" VALUES(21,'2026-11-28T01:03:23.470312Z','ada','close','till',NULL,NULL,NULL,NULL,NULL,'{"before": null, "until": "2026-09-30", "reason": "filed"}',X'88E851CB621157B6F60606D7D9E1F7579FCBD8A24E159BE5797C623D3EB85C0D');
CREATE TABLE gap_run (
  id INTEGER PRIMARY KEY, counter_id INTEGER NOT NULL REFERENCES counter,
  first INTEGER NOT NULL, last INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('reusable', 'blocked', 'review')),
  event_id INTEGER NOT NULL, UNIQUE (counter_id, first)
) STRICT;
INSERT INTO "gap_run" VALUES(1,1,1,1,'reusable',20);
CREATE TABLE number (
  serial INTEGER PRIMARY KEY, counter_id INTEGER NOT NULL REFERENCES counter,
  value INTEGER NOT NULL, text TEXT NOT NULL, uniqueness_id INTEGER NOT NULL, date TEXT,
  state TEXT NOT NULL CHECK (state = 'issued' OR state = 'reserved' OR state = 'void'),
  record TEXT, key TEXT,
  key_space INTEGER NOT NULL DEFAULT 0, policy TEXT, set_name TEXT,
  reused INTEGER NOT NULL DEFAULT 0, expires_at TEXT, event_id INTEGER NOT NULL,
  change_id INTEGER, UNIQUE (counter_id, value)
) STRICT;
INSERT INTO "number" VALUES(2,1,2,'INV-2026-00002',1,'2026-11-21','void','R-1','order-7',0,NULL,'default',0,NULL,12,19);
INSERT INTO "number" VALUES(3,1,3,'INV-2026-00003',1,'2026-11-21','issued','R-1','order-7',0,NULL,'default',0,NULL,12,NULL);
INSERT INTO "number" VALUES(4,2,1,'INV-2025-00001',1,'2025-12-31','issued',NULL,NULL,0,NULL,'default',0,NULL,13,NULL);
INSERT INTO "number" VALUES(5,3,1,'FR-0001',1,'2026-11-21','issued',NULL,NULL,0,NULL,'france',0,NULL,14,NULL);
INSERT INTO "number" VALUES(6,4,1,'001',2,'2026-10-02','issued',NULL,NULL,0,NULL,NULL,0,NULL,15,NULL);
INSERT INTO "number" VALUES(7,5,1,'001',3,'2026-11-02','issued',NULL,NULL,0,NULL,NULL,0,NULL,16,NULL);
INSERT INTO "number" VALUES(8,6,1,'R-1',4,'2026-11-02','issued',NULL,NULL,0,'big',NULL,0,NULL,17,NULL);
INSERT INTO "number" VALUES(9,7,1,'D-1',5,'2026-11-02','reserved',NULL,NULL,0,NULL,'default',0,'2027-11-28T01:03:22.053127Z',18,NULL);
CREATE TABLE policy (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT,
  document_type TEXT NOT NULL, sequence_id INTEGER NOT NULL REFERENCES sequence,
  priority INTEGER NOT NULL, status TEXT NOT NULL, effective_from TEXT, effective_until TEXT,
  timezone TEXT, conditions TEXT NOT NULL, logic TEXT, compiled TEXT NOT NULL,
  used INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO "policy" VALUES(1,'big',NULL,'refund',5,0,'active',NULL,NULL,NULL,'[{"id": 1, "field": "amount", "operator": "greater", "kind": "n", "values": ["100"]}]',NULL,'1
1
1	amount	greater	n	100',1);
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
INSERT INTO "sequence" VALUES(1,'invoice',NULL,NULL,'invoice','numeric','INV-{YYYY}-{number:5}',1,NULL,1,NULL,NULL,'year',NULL,NULL,'','','gapless','always','off',0,NULL,'15m',NULL,NULL,'active','1
TINV-
DYYYY
T-
N5',1,NULL);
INSERT INTO "sequence" VALUES(2,'french',NULL,NULL,'invoice','numeric','FR-{number:4}',1,NULL,1,NULL,NULL,'never',NULL,NULL,'','','gapless','always','off',0,NULL,'15m',NULL,NULL,'active','1
TFR-
N4',1,NULL);
INSERT INTO "sequence" VALUES(3,'till',NULL,NULL,'receipt','numeric','{number:3}',1,NULL,1,NULL,NULL,'month',NULL,NULL,'','','gapless','period','off',0,NULL,'15m',NULL,NULL,'active','1
N3',1,'2026-09-30');
INSERT INTO "sequence" VALUES(4,'debit_memo',NULL,NULL,'debit_memo','numeric','D-{number}',1,NULL,1,NULL,NULL,'never',NULL,NULL,'','','gapless','always','off',0,NULL,'15m',NULL,NULL,'active','1
TD-
N0',1,NULL);
INSERT INTO "sequence" VALUES(5,'refund',NULL,NULL,'refund','numeric','R-{number}',1,NULL,1,NULL,NULL,'never',NULL,NULL,'','','gapless','always','off',0,NULL,'15m',NULL,NULL,'active','1
TR-
N0',1,NULL);
CREATE TABLE sequence_set (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, is_default INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO "sequence_set" VALUES(1,'default',1);
INSERT INTO "sequence_set" VALUES(2,'france',0);
CREATE TABLE set_member (
  document_type TEXT NOT NULL, set_id INTEGER NOT NULL REFERENCES sequence_set,
  sequence_id INTEGER NOT NULL REFERENCES sequence, PRIMARY KEY (document_type, set_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "set_member" VALUES('invoice',1,1);
INSERT INTO "set_member" VALUES('invoice',2,2);
INSERT INTO "set_member" VALUES('debit_memo',1,4);
CREATE TABLE uniqueness (
  id INTEGER PRIMARY KEY, document_type TEXT NOT NULL, period TEXT NOT NULL,
  UNIQUE (document_type, period)
) STRICT;
INSERT INTO "uniqueness" VALUES(1,'invoice','');
INSERT INTO "uniqueness" VALUES(2,'receipt','2026-10');
INSERT INTO "uniqueness" VALUES(3,'receipt','2026-11');
INSERT INTO "uniqueness" VALUES(4,'refund','');
INSERT INTO "uniqueness" VALUES(5,'debit_memo','');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX sequence_document_type ON sequence (document_type);
CREATE UNIQUE INDEX sequence_set_default ON sequence_set (is_default) WHERE is_default;
CREATE INDEX set_member_sequence ON set_member (sequence_id);
CREATE INDEX policy_choice ON policy (document_type, status, priority DESC);
CREATE UNIQUE INDEX number_text ON number (text, uniqueness_id);
CREATE INDEX number_key ON number (key, key_space) WHERE key IS NOT NULL;
CREATE INDEX number_record ON number (record) WHERE record IS NOT NULL;
CREATE INDEX number_reserved ON number (counter_id, expires_at) WHERE state = 'reserved';
CREATE INDEX gap_run_reusable ON gap_run (counter_id, first) WHERE state = 'reusable';
CREATE INDEX event_change ON event (counter_id, first, last)
  WHERE counter_id IS NOT NULL AND action NOT IN ('issue', 'reserve');
CREATE TRIGGER event_new BEFORE INSERT ON event
  WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
  BEGIN SELECT RAISE (ABORT, 'events are append-only'); END;
CREATE TRIGGER event_fixed BEFORE UPDATE ON event
  BEGIN SELECT RAISE (ABORT, 'events are append-only'); END;
CREATE TRIGGER event_kept BEFORE DELETE ON event
  BEGIN SELECT RAISE (ABORT, 'events are append-only'); END;
UPDATE sqlite_sequence SET seq = 7 WHERE name = 'counter';
