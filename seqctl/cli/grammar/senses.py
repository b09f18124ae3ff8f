"""Words that people write for what is called otherwise here: commands, their verbs, and options.

What is near by sense is offered before what is near by letters.
"""

COMMANDS = {
    **dict.fromkeys(("issue", "new", "get", "generate", "take", "number", "nextval"), "next invoice"),
    **dict.fromkeys(("list", "ls", "ledger", "issued"), "numbers"),
    **dict.fromkeys(("preview", "current"), "peek invoice"),
    **dict.fromkeys(("log", "events", "history", "journal"), "audit list"),
    **dict.fromkeys(("verify", "validate-log"), "audit verify"),
    **dict.fromkeys(("undo", "unvoid", "undelete"), "reinstate NUMBER --reason TEXT"),
    **dict.fromkeys(("cancel", "invalidate", "annul"), "void NUMBER --reason TEXT"),
    **dict.fromkeys(("delete", "remove", "free", "return", "rm"), "release NUMBER --reason TEXT"),
    **dict.fromkeys(("add", "create", "define"), "sequence add NAME --pattern 'INV-{number:5}'"),
    **dict.fromkeys(("block", "skip", "explain-gap"), "gaps block SEQUENCE FIRST..LAST --reason TEXT"),
    **dict.fromkeys(("restore", "reuse"), "gaps restore SEQUENCE FIRST..LAST --reason TEXT"),
    "review": "gaps review SEQUENCE FIRST..LAST --reason TEXT",
    **dict.fromkeys(("gap", "missing", "holes"), "gaps"),
    **dict.fromkeys(("test", "rehearse", "forecast", "try"), "simulate invoice --from DATE --to DATE"),
    **dict.fromkeys(("find", "search", "where", "lookup"), "show NUMBER"),
    **dict.fromkeys(("migrate", "load", "enter"), "adopt SEQUENCE --input FILE"),
    **dict.fromkeys(("validate", "analyse", "analyze"), "lint"),
    **dict.fromkeys(("compare", "match"), "reconcile --input FILE"),
    **dict.fromkeys(("save", "dump"), "export"),
    **dict.fromkeys(("lock", "file"), "close TARGET --through DATE --reason TEXT"),
    **dict.fromkeys(("unlock", "open"), "reopen TARGET --from DATE --reason TEXT"),
    **dict.fromkeys(("move", "transfer"), "copy --to PLACE --reason TEXT"),
    **dict.fromkeys(("edit", "change", "update"), "sequence edit NAME"),
    "rename": "sequence rename NAME NEW",
    **dict.fromkeys(("reset", "set-next", "setval", "start"), "sequence set-next NAME VALUE --reason TEXT"),
    **dict.fromkeys(("activate", "enable"), "sequence activate NAME"),
    **dict.fromkeys(("deactivate", "disable"), "sequence deactivate NAME"),
    **dict.fromkeys(("owner", "owners"), "set assign SET account:ACME"),
    "sequences": "sequence list",
    "sets": "set list",
    "policies": "policy list",
    "calendars": "calendar list",
    "ranges": "range list",
    **dict.fromkeys(("book", "config", "settings", "database", "db"), "info"),
    "version": "--version",
}
"""The call that is meant by a word that is no command."""

VERBS = {
    **dict.fromkeys(("create", "new", "define", "insert"), "add"),
    **dict.fromkeys(("delete", "rm", "drop", "del"), "remove"),
    **dict.fromkeys(("ls", "all", "log", "events"), "list"),
    **dict.fromkeys(("get", "view", "describe", "info", "cat"), "show"),
    **dict.fromkeys(("change", "update", "modify", "set"), "edit"),
    **dict.fromkeys(("disable", "stop", "off"), "deactivate"),
    **dict.fromkeys(("enable", "on"), "activate"),
    **dict.fromkeys(("check", "validate"), "verify"),
    **dict.fromkeys(("reset", "setval", "next"), "set-next"),
    **dict.fromkeys(("skip", "explain"), "block"),
    **dict.fromkeys(("reuse", "free", "release", "unblock"), "restore"),
    **dict.fromkeys(("attach", "link"), "assign"),
    **dict.fromkeys(("detach", "unlink"), "unassign"),
}
"""The verb of a group that is meant by another word."""

OPTIONS = {
    "--type": ("--document-type",),
    "--document-type": ("--type",),
    **dict.fromkeys(("--number", "--quantity", "--times", "--amount", "-c"), ("-n",)),
    **dict.fromkeys(("--test", "--preview", "--what-if", "--simulate", "--check"), ("--dry-run",)),
    **dict.fromkeys(("--why", "--because", "--comment", "--message", "-m", "-r"), ("--reason", "--note")),
    **dict.fromkeys(("--file", "--csv", "--excel", "--xlsx", "--in", "-i", "-f"), ("--input",)),
    **dict.fromkeys(("--out", "--outfile", "--save"), ("--write", "--to")),
    **dict.fromkeys(("--since", "--start-date", "--begin", "--date-from"), ("--from",)),
    **dict.fromkeys(("--until", "--till", "--end-date", "--date-to"), ("--to", "--through")),
    **dict.fromkeys(("--user", "--who", "--author"), ("--by", "--actor")),
    **dict.fromkeys(("--database", "--book", "--connection", "-d"), ("--db",)),
    **dict.fromkeys(("--force", "--confirm", "-y", "--assume-yes"), ("--yes",)),
    **dict.fromkeys(("--id", "--idempotency-key", "--request-id", "--token"), ("--key",)),
    **dict.fromkeys(
        ("--customer", "--account", "--owner", "--company", "--entity"), ("--for", "--attr", "--set")
    ),
    **dict.fromkeys(("--attribute", "--var", "--field", "-a"), ("--attr",)),
    **dict.fromkeys(("--doc", "--document", "--invoice", "--order"), ("--record",)),
    **dict.fromkeys(("--padding", "--digits", "--zeros", "--length"), ("--width",)),
    **dict.fromkeys(("--format", "--template", "--mask"), ("--pattern", "--to-format", "-o")),
    **dict.fromkeys(("--year", "--month", "--quarter"), ("--period",)),
    "--status": ("--state",),
    "--state": ("--status",),
    **dict.fromkeys(("--max", "--top", "--head", "--first"), ("--limit", "--last")),
    **dict.fromkeys(("--tail", "--newest", "--latest"), ("--last",)),
    **dict.fromkeys(("--minutes", "--deadline", "--expires", "--hours"), ("--ttl",)),
    **dict.fromkeys(("--calendar-file", "--source"), ("--from",)),
    **dict.fromkeys(("--all", "-a"), ("--all",)),
    **dict.fromkeys(("--csv-output", "--output-format"), ("-o",)),
}
"""The options that are meant by another one, the likeliest first; a command has some of them."""
