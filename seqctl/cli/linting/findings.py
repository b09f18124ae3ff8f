"""How findings are shown, by `lint`, `check` and `audit verify`."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.definitions.toml.reader import DefinitionFiles
    from seqctl.model.finding import Finding

COLUMNS = ("severity", "code", "subject", "message", "hint")
FOUND = 3


def finding_object(finding: "Finding", files: "DefinitionFiles | None" = None) -> dict[str, object]:
    """A finding as lists and JSON show it; `place` is the file and line of what a file defines."""
    shown: dict[str, object] = {
        "code": finding.code,
        "severity": finding.severity,
        "subject": ".".join(finding.subject),
        "message": finding.message,
        "hint": finding.hint,
    }
    if files is not None:
        described = files.describe(finding)
        place = described.removesuffix(str(finding)).removesuffix(": ")
        shown["place"] = place or None
    return shown
