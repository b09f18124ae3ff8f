"""The use cases: one function, one transaction, one imperative verb.

The functions named here are the library interface. They are loaded when first asked for, so that a process
that issues one number loads nothing else.
"""

_HOMES = {
    "issue": "issue",
    "peek": "issue",
    "explain_refusal": "resolve",
}


def __getattr__(name: str) -> object:
    """Load an action from its module when it is first named."""
    if name not in _HOMES:
        raise AttributeError(f"seqctl.actions has no action {name!r}")
    from importlib import import_module

    return getattr(import_module(f"seqctl.actions.{_HOMES[name]}"), name)
