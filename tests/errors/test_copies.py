"""Errors travel: between processes, through pickle and copy, with all that they hold."""

import copy
import importlib
import multiprocessing
import pickle
import pkgutil
from typing import Any

import pytest

import seqctl
from seqctl.errors import Busy, ConfirmationNeeded, NotFound, Refused, SeqctlError, UsageError

EXAMPLES = {
    "SeqctlError": SeqctlError("code", "message", "hint"),
    "UsageError": UsageError("message"),
    "UsageError with a code": UsageError("message", "hint", "confirmation_needed"),
    "ConfirmationNeeded": ConfirmationNeeded("really?"),
    "NotFound": NotFound("message", "hint"),
    "Busy": Busy("message"),
}


def refuse(code: str) -> None:
    """What a process of a pool does that meets a refusal."""
    error = Refused(code, "it is so", "do this")
    error.problems = ("one", "two")
    raise error


def every_error() -> list[type[Any]]:
    """Each class of an error that reaches whoever uses the library."""
    for module in pkgutil.walk_packages(seqctl.__path__, "seqctl."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    waiting, found = [SeqctlError], {SeqctlError}
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            found.add(kind)
    return sorted(found, key=lambda kind: kind.__qualname__)


def example(kind: type[Any]) -> Any:
    """An error of a class, made as its own signature asks for."""
    for given in (("m",), ("code", "m", "hint"), (7, "m"), ()):
        try:
            return kind(*given)
        except TypeError:
            continue
    raise AssertionError(f"{kind} takes other arguments: give an example")


def same(one: Exception, other: Exception) -> bool:
    return (type(one), one.args, vars(one)) == (type(other), other.args, vars(other))


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_an_error_is_pickled_and_copied_whole(name: str, protocol: int) -> None:
    error = EXAMPLES[name]
    error.problems = ("a", "b")
    for twin in (pickle.loads(pickle.dumps(error, protocol)), copy.copy(error), copy.deepcopy(error)):
        assert same(twin, error)
        assert (str(twin), twin.exit_status, twin.code) == (str(error), error.exit_status, error.code)


def test_so_is_every_error_of_the_package() -> None:
    kinds = every_error()
    assert len(kinds) >= 9
    for kind in kinds:
        error = example(kind)
        assert same(pickle.loads(pickle.dumps(error)), error), kind


def test_a_refusal_in_a_pool_of_processes_reaches_its_parent() -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        result = pool.apply_async(refuse, ("exhausted",))
        with pytest.raises(Refused) as raised:
            result.get(timeout=60)
    assert (raised.value.code, raised.value.hint, raised.value.problems) == (
        "exhausted",
        "do this",
        ("one", "two"),
    )
