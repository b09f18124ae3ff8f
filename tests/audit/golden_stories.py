"""Stories that leave every kind of event, in every form that its detail has: the logs of tests/audit/golden.

A line is a call of seqctl as a shell would read it, without the word itself; one that begins with `at` sets
the clock, on which each call takes a second; `keep` copies the file, and `put back` puts it back in place.
So whatever makes an event in the code, the log of a story is the same.
"""

BOOK = 'init --timezone Europe/Berlin\nsequence add invoice --pattern "INV-{YYYY}-{number:3}" --reset year\n'

STORIES = {
    "definitions": BOOK
    + """
        calendar add fiscal --start 04-01 --named-by end
        calendar add plain --start 07-01
        calendar edit plain --start 08-01
        sequence add full --title "Ümläut & \\"quotes\\"" --description "No word" --document-type receipt
        sequence edit full --pattern "RC-{entity}-{FY}-{number:4}" --reset fiscal-year --calendar fiscal
        sequence add letters --kind alpha --pattern "L{number:3}"
        sequence add "short letters" --kind alpha --pattern "SL{number}" --start c
        sequence add monthly --pattern "M{YYYY}{MM}-{number}" --reset month --document-type slip
        sequence add gone --pattern "G{number}"
        sequence edit letters --title Letters --warn-at 90%
        sequence deactivate letters
        sequence activate letters
        sequence remove gone --yes
        set add main receipt=full slip=monthly --default
        set add berlin slip=monthly
        set add empty receipt=full
        set edit empty slip=monthly --without receipt
        set assign main account:ACME account:GLOBEX
        set assign berlin account:ACME branch:7
        set unassign account:GLOBEX branch:7
        set remove empty --yes
        policy add big --document-type invoice --sequence invoice --when "amount greater 10"
        policy edit big --when "amount greater 20" --when "country in DE,FR" --logic "1 OR NOT 2" --priority 5
        policy deactivate big
        policy activate big
        policy add rest --document-type slip --sequence monthly
        policy remove rest --yes
        next invoice
        import book.toml
        import --from zuora zuora.json
        next credit_memo --set A
        import --from zuora later-zuora.json
        sequence edit invoice --pattern "I{YYYY}-{number:4}"
        calendar remove plain --yes
        sequence rename full "full receipts"
        sequence rename invoice bill
        set rename berlin "Berlin \\"Mitte\\""
        policy rename big large
        calendar rename fiscal april
        sequence rename bill invoices
        next invoice
        sequence add bill --prefix B
    """,
    "ranges": BOOK
    + """
        import ranges.toml
        next granted -n 2 --date 2026-11-21
        next granted -n 3 --date 2026-11-22
        release AB2 --reason "never sent"
        range annul "A/1" --yes --reason "lapsed early"
        release AB1 --reason "never sent either"
        range reopen "A/1" --reason extended
        next granted --date 2026-11-23
        next granted --date 2028-11-23 --range B --yes
        range annul B --yes --reason "given back"
        range reopen B --reason "not given back"
        next granted --date 2028-11-24 --yes
    """,
    "numbers": BOOK
    + """
        sequence add shop --pattern "S-{branch}-{number}" --scope branch --mode standard
        policy add big --document-type invoice --sequence invoice --when "amount greater 10"
        set add main invoice=invoice shop=shop --default
        set assign main account:ACME
        next invoice -n 5 --date 2026-01-05 --record "Jänner \\"1\\" \\\\ €😀"
        next invoice --date 2026-01-06 --key k-6 --record R-6 --attr "amount=12.50"
        next invoice --date 2025-12-31T23:30:00+01:00
        next invoice --for account:ACME --actor Müller
        reserve invoice -n 3 --date 2026-01-07 --ttl 1h --key k-res
        confirm INV-2026-008 --date 2026-01-08 --record R-8
        confirm INV-2026-009
        void INV-2026-002 INV-2026-008 --reason "printed twice"
        reinstate INV-2026-008 --reason "it was right"
        release INV-2026-003 INV-2026-004 INV-2026-006 --reason "never came to be"
        reinstate INV-2026-003 INV-2026-002 --reason "it did \\"come\\""
        next invoice -n 2 --date 2026-01-09
        next shop -n 4 --attr branch=A
        next shop --attr "branch=Köln \\"Süd\\""
        reserve shop --attr branch=A --ttl 1h
        release S-A-2 S-A-4 --reason cancelled
        release S-A-5
        reserve shop --attr branch=A --ttl 1h
        at 2026-03-03T12:00:00
        next shop --attr branch=A
        reserve invoice --date 2026-01-10 --ttl 30m
        at 2026-03-04T12:00:00
        expire
        next invoice --contiguous --date 2026-02-01
        next invoice -n 2 --date 2026-02-02
        next invoice --date 2027-06-01 --yes
        close invoice --through 2025-12-31 --reason filed
        reopen invoice --from 2025-12-01 --reason "one more"
        reconcile invoice --input posted.txt --to 2026-01-06 --apply
        reconcile shop --input shop.txt --to 2026-03-31 --apply
    """,
    "counters and gaps": BOOK
    + """
        sequence add old --pattern "OLD-{number}" --manual
        calendar add fiscal --start 04-01 --named-by end
        sequence add note --pattern "N{number}" --step 10 --start 10
        next invoice -n 3 --date 2026-02-01
        sequence set-next invoice 20 --period 2026 --reason moved
        sequence set-next invoice 15 --period 2026 --reason "too far"
        sequence set-next invoice 15 --period 2026 --reason nothing
        next invoice -n 2 --date 2026-02-02
        sequence set-next note 110 --reason migrated
        next note -n 2
        sequence set-next note 180 --reason "printed elsewhere"
        adopt old OLD-8 OLD-2 OLD-5 OLD-9 OLD-1 --date 2025-01-09
        gaps block old 3 --reason "printed over"
        gaps review old 4 --reason "who knows"
        gaps review old 6..7 --reason "who knows"
        gaps restore old 6 --reason "never printed"
        gaps restore old 4 --reason "never \\"printed\\""
        gaps block old 10..12 --reason "the end of the block"
        adopt old --input old.csv --column number --date-column day --record-column paper
        next old -n 3
        gaps block old 7 --reason lost
        import --from intacct intacct.json --calendar fiscal
        import --from intacct year.json
        import --from salesforce policies.json
        import --from salesforce gaps.json
        import --from salesforce later.json
        next EU -n 2
    """,
    "files": BOOK
    + """
        sequence add order --pattern "ORD-{branch}-{number}" --scope branch
        sequence add old --pattern "OLD-{number}" --document-type legacy --manual
        sequence add older --pattern "ODR-{number}" --document-type legacy --manual
        next order -n 4 --attr branch=A
        release ORD-A-2 ORD-A-3 --reason cancelled
        assign order --input orders.csv
        assign invoice --input invoices.csv --date-column day --order date
        assign order --input orders.csv
        adopt legacy --input legacy.csv --column number --date-column day
        gaps restore old --all --reason "never printed"
        adopt legacy OLD-3 OLD-4 ODR-7 ODR-8
        assign order --input - --partial
    """,
    "a history": BOOK
    + """
        sequence add old --pattern "OLD-{number}" --document-type legacy --manual
        adopt old --input history.csv
        reinstate OLD-3 --reason "it was right"
        adopt old --input history.csv --skip-invalid
    """,
    "changes by files": BOOK
    + """
        reserve invoice -n 6 --date 2026-01-05 --ttl 1h
        extend INV-2026-001 INV-2026-002 --ttl 1d
        extend --input listed.csv --ttl 2d --skip-invalid
        confirm --input confirmed.csv
        record INV-2026-004 --record R-4 --note "see \"file\" 7"
        record --input records.csv --reason corrected
        void --input listed.csv --skip-invalid
        reinstate --input listed.csv --skip-invalid
        release --input listed.csv --skip-invalid --reason cancelled
    """,
    "several counters": BOOK
    + """
        sequence add shop --pattern "S-{branch}-{number}" --scope branch --mode standard
        import ranges.toml
        reserve invoice -n 4 --date 2026-01-05 --ttl 1h
        reserve invoice -n 2 --date 2025-12-05 --ttl 1h
        next shop -n 5 --attr branch=A
        next shop -n 3 --attr branch=B
        next granted -n 3 --date 2026-11-21
        extend --input several.csv --ttl 1d
        confirm --input several.csv
        record --input several.csv --note "of both years"
        void INV-2025-001 INV-2026-001 --reason "printed twice"
        void S-A-1 S-B-1 INV-2026-002 --reason "printed twice"
        reinstate --input back.csv --reason "it was right"
        range annul "A/1" --yes --reason "lapsed early"
        release --input released.csv --reason cancelled
        void S-B-2 INV-2026-001 --reason "printed twice"
        reinstate --input back.csv --skip-invalid --reason "it did come"
        release --input released.csv --reason cancelled --skip-invalid
        gaps block --input runs.csv --skip-invalid --reason "lapsed"
        gaps review --input runs.csv --reason "looked into"
        gaps restore invoice INV-2026-002 INV-2025-001 --reason "never sent"
        next invoice --date 2026-01-06
        next shop -n 2 --attr branch=B
    """,
    "an older copy": BOOK
    + """
        next invoice -n 3 --date 2026-03-01
        keep
        void INV-2026-002 --reason "printed twice"
        put back
        copy --accept --reason "voided on \\"paper\\""
        void INV-2026-002 --reason "printed twice"
    """,
    "a lost counter": BOOK
    + """
        keep
        next invoice -n 3 --date 2026-03-01
        put back
        sequence set-next invoice 4 --period 2026 --reason restored
        next invoice --date 2026-03-01
    """,
    "an older schema": """
        upgrade
        next invoice --date 2026-11-21
        copy --accept --reason "the file was moved"
        next invoice --date 2026-11-22
    """,
}

FILES = {
    "ranges.toml": """
        [sequences.granted]
        pattern = "{letters}{number}"
        reset = "range"
        [ranges."A/1"]
        sequence = "granted"
        first = 1
        last = 4
        valid_until = 2026-12-31
        values = { letters = "AB" }
        [ranges.B]
        sequence = "granted"
        first = 5
        values = { letters = "AB" }
    """,
    "book.toml": """
        format = 1
        [book]
        timezone = "Asia/Tokyo"
        [calendars.moon]
        start = "02-01"
        [sequences.invoice]
        pattern = "INV-{YYYY}-{number:3}"
        reset = "year"
        title = "Invoices"
        [sequences.monthly]
        pattern = "M{YYYY}{MM}-{number}"
        reset = "month"
        document_type = "slip"
        [sequences.monthly.counters]
        2026-03 = 7
        [sequences.shop]
        pattern = "SHOP-{branch}-{number}"
        scope = ["branch"]
        [sequences.shop.counters]
        "all/branch=C" = 500
    """,
    "zuora.json": '{"name": "A", "creditMemo": {"prefix": "CM", "startNumber": 5}}',
    "later-zuora.json": '{"name": "A", "creditMemo": {"prefix": "CM", "startNumber": 40}}',
    "intacct.json": """
        {"id": "INV", "type": "numeric", "startingNumber": 1, "fixedLength": "4", "rollover": {"isEnabled":
        true, "fiscalYearAffixPosition": "prefix", "separator": "-"}}
    """,
    "year.json": '{"documentSequence": {"id": "INV"}, "fiscalYear": 2027, "nextNumber": 77}',
    "several.csv": "number,record\nINV-2026-001,R-1\nINV-2025-001,R-2\nINV-2026-002,R-3\n",
    "back.csv": "number,reason\nINV-2026-001,\nS-A-1,falscher Laden\nINV-2025-001,\nINV-2026-002,\n",
    "released.csv": "number,reason\nS-A-2,doppelt\nS-A-3,\nINV-2026-002,nie gesendet\nAB2,\nINV-2025-001,\n",
    "runs.csv": """\
        sequence,first_number,last_number,reason
        shop,S-A-2,,Drucker
        shop,S-A-3,,Stau
        invoice,INV-2026-002,,Drucker
        granted,AB2,,
        invoice,INV-2025-001,,Stau
        """,
    "posted.txt": "INV-2026-001\nINV-2026-002\nINV-2026-003\nINV-2026-006\n",
    "shop.txt": "S-A-1\nS-A-6\nS-A-7\n",
    "old.csv": "number,day,paper\nOLD-14,2025-02-01,P1\nOLD-8,2025-01-09,\nOLD-16,,P 16\nOLD-6,2025-01-08,\n",
    "orders.csv": "id,branch\nR1,A\nR2,B\nR3,A\nR4,A\n",
    "invoices.csv": "id,day\nI1,2026-01-02\nI2,2025-12-30\nI3,2026-01-01\n",
    "listed.csv": "number,reason\nINV-2026-001,falscher Kunde\nINV-2026-003,doppelt\nINV-2026-099,nie\n",
    "confirmed.csv": """\
        number,record,date
        INV-2026-001,R-1,
        INV-2026-002,R-2,
        INV-2026-003,,2026-01-06
        INV-2026-004,,
        """,
    "records.csv": "number,record,note\nINV-2026-001,R-11,\nINV-2026-003,R-3,Prüfer\n",
    "history.csv": """\
        number,date,state,reason,actor,issued_at
        OLD-1,2025-01-05,issued,,Müller,2025-01-05T09:00:00Z
        OLD-3,2025-01-06,void,"falscher ""Kunde"", neu",bob,2025-01-06T09:00:00Z
        OLD-4,2025-01-07,,,,
        OLD-5,2025-01-08,reserved,,,2025-01-08T09:00:00Z
        """,
    "legacy.csv": "number,day\nOLD-2,2020-01-01\nODR-5,\nOLD-6,2020-01-03\nODR-7,\nOLD-1,2020-01-05\n",
    "-": "id,branch\nR5,A\nR6,\n",
    "policies.json": """
        {"records": [{"attributes": {"type": "SequencePolicy"}, "Id": "1Vd000000000001AAA", "Name": "EU",
        "TargetObject": "CreditMemo", "SequenceMode": "Gapless", "SequencePattern": "CM-{SequenceValue}",
        "Prefix": "CM-", "DateStampFormat": "None", "IsActive": true, "SequenceStartNumber": 1,
        "IncrementByNumber": 1, "MinimumSequenceNumberWidth": 4}]}
    """,
    "gaps.json": """
        {"records": [{"attributes": {"type": "SequenceGapReconciliation"}, "SequencePolicyId":
        "1Vd000000000001AAA", "SequenceValue": 3, "Status": "Unassigned"}, {"attributes": {"type":
        "SequenceGapReconciliation"}, "SequencePolicyId": "1Vd000000000001AAA", "SequenceValue": 4,
        "Status": "Blocked"}]}
    """,
    "later.json": """
        {"records": [{"attributes": {"type": "SequenceGapReconciliation"}, "SequencePolicyId":
        "1Vd000000000001AAA", "SequenceValue": 9, "Status": "Unassigned"}]}
    """,
}
