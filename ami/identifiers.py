"""Message ids that follow from a seed, so that the same run says the same bytes."""

from itertools import count
from uuid import UUID, uuid5

_NAMESPACE = UUID("6d657465-7267-4174-8f73-706561687365")


def derived_id(*parts: str) -> str:
    """A UUID (version 5) that depends on nothing but `parts`."""
    return str(uuid5(_NAMESPACE, "/".join(parts)))


class Identifiers:
    """The ids of one system under one seed: a fresh one for each thing it starts, a derived one for each reply."""

    def __init__(self, seed: str, system: str) -> None:
        self._seed = seed
        self._system = system
        self._numbers = count(1)

    def fresh(self) -> str:
        """The next id."""
        return derived_id(self._seed, self._system, str(next(self._numbers)))

    def reply_to(self, message_id: str) -> str:
        """The id of the reply to `message_id`; it does not depend on what else was asked in between."""
        return derived_id(self._seed, self._system, "reply", message_id)
