"""The floors of the house, held against the imports that the code really has."""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import seqctl.actions

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "seqctl"

GROUND = {"errors", "process", "machine", "days", "folders", "docstrings", "json_text"}
"""Small modules beside the floors that any floor above the model may use."""

LAWS: dict[str, tuple[set[str], str]] = {
    "errors": (set(), "errors are the ground: they know nothing"),
    "days": (set(), "a day is a day"),
    "docstrings": (set(), "docstrings are Python's"),
    "json_text": (set(), "JSON is JSON"),
    "process": ({"days", "errors", "machine"}, "a process knows nothing of the book"),
    "machine": ({"errors"}, "the machine knows nothing of the book"),
    "folders": (set(), "folders are the system's"),
    "model": (
        {"model", "errors", "days", "json_text"},
        "the model is pure: no input, no output, no clock, no store",
    ),
    "store": ({"store", "model", *GROUND}, "the store speaks the model and knows no use case"),
    "actions": ({"actions", "model", *GROUND}, "actions see the store as a type only, never an engine"),
    "definitions": (
        {"definitions", "model", "errors", "docstrings", "days"},
        "files in and out know no store and no command",
    ),
    "pages": (
        {"pages", "model", "errors", "days", "json_text"},
        "pages know a report and nothing of the book it was made of",
    ),
    "cli": (
        {"cli", "actions", "definitions", "pages", "model", "store", *GROUND},
        "the command line may see all",
    ),
    "__main__": ({"cli", "errors"}, "the start hands over and maps errors to statuses"),
    "__init__": ({"store"}, "the library opens a store"),
}
TYPES_ONLY = {"actions": {"store.port"}}
"""What a floor may import for its types beside what it may import at all."""
OPENING_ONLY = {"store"}
PURE_FORBIDDEN = {
    "os",
    "sys",
    "io",
    "time",
    "sqlite3",
    "subprocess",
    "pathlib",
    "random",
    "socket",
    "tempfile",
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def types_only(tree: ast.AST) -> set[ast.AST]:
    """What stands in blocks under TYPE_CHECKING."""
    return {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for child in node.body
        for inner in ast.walk(child)
    }


def outside_of_types(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those that are only there for types."""
    guarded = types_only(tree)
    return (node for node in ast.walk(tree) if node not in guarded)


def imports(tree: ast.AST, typing_only: bool) -> list[str]:
    """What a module imports, in functions too; `typing_only` chooses blocks under TYPE_CHECKING."""
    found = []
    for node in types_only(tree) if typing_only else outside_of_types(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found += [f"{node.module}"]
            if node.module == "seqctl":
                found += [f"seqctl.{alias.name}" for alias in node.names if alias.name.islower()]
    return found


def inside(name: str) -> str | None:
    return name.removeprefix("seqctl.") if name.startswith("seqctl.") and "__" not in name else None


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_imports_only_what_its_floor_may(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    floor = name_of(path).split(".")[0]
    allowed, reason = LAWS[floor]
    for name in imports(tree, typing_only=False):
        target = inside(name)
        if target is not None and target != "open_store":
            assert target.split(".")[0] in allowed, f"{name_of(path)} imports {name}: {reason}"
    for name in imports(tree, typing_only=True):
        target = inside(name)
        if target is not None:
            known = target.split(".")[0] in allowed or target in TYPES_ONLY.get(floor, set())
            assert known, f"{name_of(path)} imports {name} for its types: {reason}"


@pytest.mark.parametrize("path", [p for p in modules() if name_of(p).startswith("cli")], ids=name_of)
def test_the_command_line_sees_the_store_only_to_open_it(path: Path) -> None:
    for name in imports(ast.parse(path.read_text(encoding="utf-8")), typing_only=False):
        target = inside(name)
        if target is not None and target.startswith("store"):
            assert target in OPENING_ONLY, f"{name_of(path)} reaches into {name}"


@pytest.mark.parametrize("path", [p for p in modules() if name_of(p).startswith("model")], ids=name_of)
def test_the_model_touches_nothing_outside(path: Path) -> None:
    for name in imports(ast.parse(path.read_text(encoding="utf-8")), typing_only=False):
        top = name.split(".")[0]
        assert top not in PURE_FORBIDDEN, f"{name_of(path)} imports {name}"
        assert top in sys.stdlib_module_names or top == "seqctl", f"{name_of(path)} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_only_output_knows_rich_and_only_the_command_line_knows_typer(path: Path) -> None:
    tops = {
        name.split(".")[0] for name in imports(ast.parse(path.read_text(encoding="utf-8")), typing_only=False)
    }
    assert "rich" not in tops or name_of(path).startswith("cli.terminal.")
    assert "typer" not in tops or name_of(path) == "cli.grammar.typer_application"
    assert "sqlite3" not in tops or name_of(path).startswith("store")


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_sql_lives_in_the_store(path: Path) -> None:
    if name_of(path).startswith("store"):
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = node.value.split()[:2]
            assert words[:1] not in (["SELECT"], ["INSERT"], ["UPDATE"], ["DELETE"], ["PRAGMA"]), node.value


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_every_repetition_of_an_expression_gives_back(path: Path) -> None:
    """Python 3.11.0 to 3.11.4 read possessive repetitions and atomic groups wrongly."""
    for text in texts(path):
        assert not re.search(r"[^\\][*+?}]\+|\(\?>", text), f"{name_of(path)}: {text} gives nothing back"


def test_no_class_expects_what_only_dataclasses_call() -> None:
    """Classes of values (`model/classes.py`) have their fields filled in, and nothing called after that."""
    assert not [name_of(path) for path in modules() if "__post_init__" in path.read_text(encoding="utf-8")]


def test_every_floor_has_a_law() -> None:
    assert {name_of(path).split(".")[0] for path in modules()} == set(LAWS)


def test_files_stay_short() -> None:
    """A file that has grown past 320 lines wants to be two."""
    long = {name_of(p): n for p in modules() if (n := len(p.read_text("utf-8").splitlines())) > 320}
    assert not long


def test_a_folder_is_a_room() -> None:
    """A folder holds one noun and at most 15 files; one of tests at most 20."""
    for top, most in ((PACKAGE, 15), (ROOT / "tests", 20)):
        counts = Counter(path.parent.relative_to(ROOT).as_posix() for path in top.rglob("*.py"))
        crowded = {folder: count for folder, count in counts.items() if count > most}
        assert not crowded, "what holds so much is a corridor: part it into rooms by noun"


def test_no_import_leads_back() -> None:
    """No module imports itself by way of others, not even late in a function: such two cannot be understood
    one after the other. Types are looked up both ways."""
    graph = {name_of(path): arrows(path) for path in modules()}
    assert not circles(graph)


@pytest.mark.parametrize("floor", ["actions", "model"])
def test_no_room_leads_back_to_itself(floor: str) -> None:
    """The rooms of a floor stand on each other, and none of them in a circle."""
    graph: dict[str, set[str]] = {}
    for path in (PACKAGE / floor).rglob("*.py"):
        rooms = {room_of(name) for name in arrows(path) if name.startswith(f"{floor}.")}
        graph.setdefault(room_of(name_of(path)), set()).update(rooms - {room_of(name_of(path))})
    assert not circles(graph)


def test_no_room_has_the_name_of_an_action() -> None:
    """`from seqctl.actions import NAME` would give the room as soon as anything in it was imported."""
    rooms = {path.name for path in (PACKAGE / "actions").iterdir()}
    assert not rooms & set(seqctl.actions.__all__)


def arrows(path: Path) -> set[str]:
    """The modules that a module imports, late ones included, and those that are only types left out."""
    found = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in outside_of_types(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("seqctl."):
            below = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {name for name in below if is_module(name)} or {node.module}
    return {name.removeprefix("seqctl.") for name in found}


def is_module(name: str) -> bool:
    return (ROOT / Path(*name.split("."))).with_suffix(".py").exists()


def room_of(name: str) -> str:
    """The folder of a module; what stands beside the rooms is a room of its own."""
    parts = name.split(".")
    return ".".join(parts[:2]) if len(parts) > 2 or (PACKAGE / Path(*parts)).is_dir() else name


def circles(graph: dict[str, set[str]]) -> list[str]:
    """What lies on a circle of a graph: whatever is left when all that leads nowhere is taken away."""
    left = {name: {other for other in others if other in graph} for name, others in graph.items()}
    while ends := {name for name, others in left.items() if not others}:
        left = {name: others - ends for name, others in left.items() if name not in ends}
    return sorted(left)


@pytest.mark.parametrize("path", [p for p in modules() if name_of(p).startswith("store")], ids=name_of)
def test_placeholders_of_sql_have_names_or_none(path: Path) -> None:
    """Python 3.12.0 to 3.12.3 call `?1` a name, and warn where values come without names."""
    for text in texts(path):
        assert not re.search(r"\?\d", text), f"{name_of(path)} numbers its placeholders: {text}"


def texts(path: Path) -> Iterator[str]:
    """All texts of a module; 0 stands for what an f-string inserts."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
