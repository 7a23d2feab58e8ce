"""What the system keeps in mind besides readings: conversations and work under way, written with the transaction they belong to."""

from collections.abc import Iterator, MutableMapping
from itertools import count
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, insert, select

from simulators.mdms.schema import MEMORY

Value = TypeVar("Value")


class Shelf(MutableMapping[str, Value], Generic[Value]):
    """A dict of frozen values in the order in which its keys came first, whose changes `Memory.write` brings to the database.

    kind: which rows of the table are its own. adapter: makes text of a value, and a value of its text.
    """

    def __init__(self, kind: str, adapter: TypeAdapter[Value]) -> None:
        self.kind = kind
        self._adapter = adapter
        self._values: dict[str, Value] = {}
        self._numbers: dict[str, int] = {}
        self._next = count(1)
        self._stored: set[str] = set()
        self._touched: dict[str, None] = {}

    def __getitem__(self, key: str) -> Value:
        return self._values[key]

    def __setitem__(self, key: str, value: Value) -> None:
        if key not in self._values:
            self._numbers[key] = next(self._next)
        self._values[key] = value
        self._touched[key] = None

    def __delitem__(self, key: str) -> None:
        del self._values[key], self._numbers[key]
        self._touched[key] = None

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to write."""
        return bool(self._touched)

    def load(self, connection: Connection) -> None:
        """Fill an empty shelf with what was written."""
        rows = select(MEMORY).where(MEMORY.c.kind == self.kind).order_by(MEMORY.c.number)
        for _, key, number, content in connection.execute(rows):
            self._values[key] = self._adapter.validate_json(content)
            self._numbers[key] = number
            self._stored.add(key)
            self._next = count(number + 1)

    def gone(self) -> list[str]:
        """The keys whose rows stand for what is not so any more."""
        return [key for key in self._touched if key in self._stored]

    def new(self) -> list[dict[str, Any]]:
        """The rows of what has changed."""
        return [
            {
                "kind": self.kind,
                "key": key,
                "number": self._numbers[key],
                "content": self._adapter.dump_json(self._values[key]).decode(),
            }
            for key in self._touched
            if key in self._values
        ]

    def settle(self) -> None:
        """Take note that all changes are written."""
        for key in self._touched:
            (self._stored.add if key in self._values else self._stored.discard)(key)
        self._touched.clear()


class Memory:
    """All shelves of one system."""

    def __init__(self) -> None:
        self._shelves: list[Shelf[Any]] = []

    def shelf(self, kind: str, adapter: TypeAdapter[Value]) -> Shelf[Value]:
        """A new, empty shelf."""
        made = Shelf(kind, adapter)
        self._shelves.append(made)
        return made

    def load(self, connection: Connection) -> None:
        """Remember what an earlier process wrote."""
        for shelf in self._shelves:
            shelf.load(connection)

    @property
    def is_changed(self) -> bool:
        """Whether anything was learned or forgotten since it was last written."""
        return any(shelf.is_changed for shelf in self._shelves)

    def write(self, connection: Connection) -> None:
        """Write what has changed, as part of the transaction in which it changed."""
        for shelf in self._shelves:
            if not shelf.is_changed:
                continue
            gone, new = shelf.gone(), shelf.new()
            if gone:
                connection.execute(delete(MEMORY).where(MEMORY.c.kind == shelf.kind, MEMORY.c.key.in_(gone)))
            if new:
                connection.execute(insert(MEMORY), new)
            shelf.settle()
