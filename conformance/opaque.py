"""Texts that nobody can look at: a rule that holds all the same does not depend on them.

In the place of each text that may differ between messages stands something of which nothing can be asked but whether it is there.
Whoever touches it fails. Where a rule comes to its end without, and finds nothing, it finds nothing whatever the texts are: it has seen
nothing but what is the same in all of the messages.
"""

from typing import Any, Final, NoReturn

_ASKED: Final = (
    *("__eq__", "__ne__", "__hash__", "__lt__", "__le__", "__gt__", "__ge__", "__str__", "__repr__", "__format__"),
    *("__len__", "__iter__", "__next__", "__getitem__", "__contains__", "__getattr__", "__call__", "__bytes__"),
    *("__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__truediv__", "__rtruediv__", "__mod__", "__rmod__"),
    *("__neg__", "__abs__", "__round__", "__int__", "__float__", "__index__"),
)
"""Whatever can be asked of an object, but for which it is."""


class TouchedError(Exception):
    """Something was asked of a text that nobody can look at."""


def _refused(_: object, *__: Any) -> NoReturn:
    raise TouchedError


class Opaque:
    """Stands for a text, a moment, or how a message was heard, in what the rules are asked of. Each stands for another one."""

    __slots__ = ()

    def __bool__(self) -> bool:
        """A text that may differ is never empty."""
        return True


for _name in _ASKED:
    setattr(Opaque, _name, _refused)

TOUCHED: Final = (TouchedError, TypeError)
"""What is raised where it is touched: by itself, or by what is written in C and takes nothing but texts."""
