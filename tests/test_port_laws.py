"""The port speaks nouns: named values, never raw tuples or a connection; and who may know an engine."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STORE = ROOT / "seqctl" / "store"
ENGINES = ("seqctl.store.sqlite", "seqctl.store.postgres")
OPENERS = ("seqctl/store/__init__.py", "seqctl/store/between/")
"""What imports engines outside of them: the one file that opens books, and what moves them."""


def classes() -> Iterator[tuple[ast.ClassDef, Path]]:
    """Every class that the port names, and the file that it stands in: a Protocol, or what engines share."""
    for node in ast.parse((STORE / "port" / "__init__.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            path = ROOT / f"{str(node.module).replace('.', '/')}.py"
            there = {
                each.name: each
                for each in ast.parse(path.read_text(encoding="utf-8")).body
                if isinstance(each, ast.ClassDef)
            }
            for name in node.names:
                yield there[name.name], path


def members() -> Iterator[tuple[str, ast.expr, Path]]:
    """Every annotation of the port, by its class and member, and the file that it stands in."""
    for node, path in classes():
        for member in node.body:
            if isinstance(member, ast.AnnAssign):
                yield f"{node.name}.{ast.unparse(member.target)}", member.annotation, path
            elif isinstance(member, ast.FunctionDef) and not member.name.startswith("_"):
                given = [each.annotation for each in (*member.args.args, *member.args.kwonlyargs)]
                for annotation in (*given, member.returns):
                    if annotation is not None:
                        yield f"{node.name}.{member.name}", annotation, path


def is_raw(annotation: ast.expr, path: Path) -> bool:
    """Whether a tuple without names stands in an annotation: one of rows, not one of any length."""
    for node in ast.walk(annotation):
        if isinstance(node, ast.Subscript) and getattr(node.value, "id", None) == "tuple":
            parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else []
            if not any(isinstance(part, ast.Constant) and part.value is Ellipsis for part in parts):
                return True
            if any(getattr(part, "id", None) in ("object", "Any") for part in parts):
                return True
        meant = alias(node.id, path) if isinstance(node, ast.Name) else None
        if meant is not None and is_raw(*meant):
            return True
    return False


def alias(name: str, path: Path) -> tuple[ast.expr, Path] | None:
    """What a name stands for that a module gives to a type, where the file imports it from there."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == name:
            return node.value, path
        if isinstance(node, ast.ImportFrom) and name in [each.name for each in node.names]:
            origin = ROOT / f"{str(node.module).replace('.', '/')}.py"
            return alias(name, origin) if origin.exists() else None
    return None


def test_the_port_speaks_named_values_and_never_raw_tuples() -> None:
    raw = {member for member, annotation, path in members() if is_raw(annotation, path)}
    assert raw == set(), "name the values: model.classes.NamedTuple"


def test_the_port_never_gives_a_connection() -> None:
    told = {member for member, annotation, _ in members() if "onnection" in ast.unparse(annotation)}
    assert told == set()


def test_nobody_outside_of_the_store_reaches_for_its_connection() -> None:
    found = []
    for path in sorted((ROOT / "seqctl").rglob("*.py")):
        if STORE not in path.parents:
            tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            found += [
                str(path) for node in tree if isinstance(node, ast.Attribute) and node.attr == "connection"
            ]
    assert found == [], "ask the book by a method: SQL stands in the store"


def test_what_both_engines_share_is_not_said_again_as_a_protocol() -> None:
    shared = {
        node.name
        for path in (STORE / "sql").rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    }
    again = {
        node.name
        for path in (STORE / "port").glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    }
    assert not shared & again, "name the class of store/sql in port/__init__.py: it is the contract"


@pytest.mark.parametrize("engine", ENGINES)
def test_only_the_opener_and_the_engines_import_an_engine(engine: str) -> None:
    found = []
    for path in sorted((ROOT / "seqctl").rglob("*.py")):
        name = str(path.relative_to(ROOT))
        if name.startswith(OPENERS) or f"{name}".replace("/", ".").startswith(engine):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [each.name for each in node.names] if isinstance(node, ast.Import) else []
            found += [f"{name} imports {each}" for each in names if str(each).startswith(engine)]
    assert found == []
