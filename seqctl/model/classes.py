"""Classes whose fields are declared once, without what `dataclasses` and `typing` cost at each start.

Together those two take twice the instructions of `import sqlite3`. What is here does the part of them that
this program needs, under the names that attrs gave it: fields with types and defaults, slots, equality, a
readable form. Type checkers see dataclasses (PEP 681) and `typing.NamedTuple`.
"""

from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NamedTuple, TypeVar, dataclass_transform

    Class = TypeVar("Class")
    Object = TypeVar("Object")

    def field(*, factory: "Callable[[], Object]") -> Object:
        """The default of a field that each object gets anew: `field(factory=list)`."""
        ...

    @dataclass_transform(frozen_default=True, field_specifiers=(field,))
    def frozen(cls: "type[Class]") -> "type[Class]":
        """A class of values: made of its annotated fields, in their order, and equal where they are."""
        ...

    @dataclass_transform(field_specifiers=(field,))
    def mutable(cls: "type[Class]") -> "type[Class]":
        """The same for what changes: its fields can be set, and so it is no key."""
        ...

else:

    class field:
        """The default of a field that each object gets anew: `field(factory=list)`."""

        __slots__ = ("factory",)

        def __init__(self, *, factory):
            self.factory = factory

    def frozen(cls):
        """A class of values: made of its annotated fields, in their order, and equal where they are."""
        return _made(
            cls,
            "put(self, {name!r}, {given})",
            __hash__=_hashed,
            __setattr__=_refuse_change,
            __delattr__=_refuse_change,
        )

    def mutable(cls):
        """The same for what changes: its fields can be set, and so it is no key."""
        return _made(cls, "self.{name} = {given}", __hash__=None)

    class _NamedTuples(type):
        """Makes each class below `NamedTuple` a named tuple of the fields that it annotates."""

        def __new__(cls, name, bases, body):
            fields = type.__new__(type, name, (), dict(body)).__annotations__
            defaults = [body[field] for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            for attribute, item in body.items():
                if attribute not in fields and not attribute.startswith("__annot"):
                    setattr(made, attribute, item)
            return made

    NamedTuple = type.__new__(_NamedTuples, "NamedTuple", (), {})


__all__ = ["NamedTuple", "field", "fields_of", "frozen", "mutable", "replaced"]


def replaced(old: "Object", **changes: "Any") -> "Object":
    """The same value with other contents of some fields."""
    return type(old)(**fields_of(old) | changes)


def fields_of(old: object) -> "dict[str, Any]":
    """The fields of an object by their names, in their order."""
    return {name: getattr(old, name) for name in old._fields}  # type: ignore[attr-defined]


def _made(cls: "Any", assignment: str, **methods: "Any") -> "Any":
    """The class anew, with a slot for each of its fields, behind those of the class that it is made from."""
    own = tuple(cls.__annotations__)
    fields = (*getattr(cls, "_fields", ()), *own)
    defaults = {name: cls.__dict__[name] for name in fields if name in cls.__dict__}
    left_out = ("__dict__", "__weakref__", *own)

    def first(self: "Any", *given: "Any", **named: "Any") -> None:
        # Made at its first call: most of the classes that a command loads are never called by it.
        type.__setattr__(made, "__init__", _filling(fields, defaults, assignment))
        made.__init__(self, *given, **named)

    body = {
        **{name: item for name, item in cls.__dict__.items() if name not in left_out},
        "__slots__": own,
        "_fields": fields,
        "__init__": first,
        "__eq__": _equal,
        "__repr__": _readable,
        "__reduce__": _parts,
        **methods,
    }
    made: Any = type(cls)(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    return made


def _filling(fields: tuple[str, ...], defaults: "dict[str, Any]", assignment: str) -> "Any":
    """The `__init__` that fills the fields in their order."""
    space: dict[str, Any] = {"missing": object(), "put": object.__setattr__}
    parameters, lines = [], []
    for name in fields:
        given = name
        if name not in defaults:
            parameters.append(name)
        elif type(defaults[name]) is field:
            space[f"default_{name}"] = defaults[name].factory
            parameters.append(f"{name}=missing")
            given = f"default_{name}() if {name} is missing else {name}"
        else:
            space[f"default_{name}"] = defaults[name]
            parameters.append(f"{name}=default_{name}")
        lines.append(assignment.format(name=name, given=given))
    source = f"def __init__(self, {', '.join(parameters)}):\n    " + "\n    ".join(lines)
    exec(source, space)  # only names of fields stand in it, which are identifiers of this program
    return space["__init__"]


def _contents(self: "Any") -> "tuple[Any, ...]":
    return tuple([getattr(self, name) for name in self._fields])


def _hashed(self: "Any") -> int:
    return hash(_contents(self))


def _parts(self: "Any") -> "tuple[Any, ...]":
    """How an object is copied and pickled: made anew out of its fields."""
    return type(self), _contents(self)


def _equal(self: object, other: object) -> "Any":
    if type(self) is not type(other):
        return NotImplemented
    return self is other or _contents(self) == _contents(other)


def _readable(self: "Any") -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._fields)
    return f"{type(self).__qualname__}({shown})"


def _refuse_change(self: object, name: str, *_: object) -> None:
    raise AttributeError(f"{type(self).__name__} does not change: {name} stays as it is")
