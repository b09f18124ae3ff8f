"""What the engines share: SQL that each of them understands, behind a connection of few words."""


class LoadedLate:
    """What every issue does without: the members of another class, loaded when one is first asked for.

    `home` is the module of that class and `offers` its name.
    """

    __slots__ = ()

    home = offers = ""

    def __getattr__(self, name: str) -> object:
        """A member of the class, bound to this object."""
        if not name.startswith("__"):
            for each in getattr(__import__(self.home, fromlist=("",)), self.offers).__mro__[:-1]:
                if name in vars(each):
                    return vars(each)[name].__get__(self)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __dir__(self) -> list[str]:
        offered = getattr(__import__(self.home, fromlist=("",)), self.offers)
        return [*object.__dir__(self), *(name for each in offered.__mro__[:-1] for name in vars(each))]
