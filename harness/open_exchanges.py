"""Which systems owe an answer: what one says after its answer must not be kept before it, though two threads carry them."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_S = 0.25
"""How long an answer under way is waited for. A system that asks others before it answers is held up by so much, and no longer."""


class OpenExchanges:
    """The exchanges that have begun and not ended, by the system that is to answer."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        self._changed = threading.Condition()

    @contextmanager
    def owed_by(self, system: str) -> Iterator[None]:
        """Within the block, an answer of the system is under way."""
        with self._changed:
            self._open[system] += 1
        try:
            yield
        finally:
            with self._changed:
                self._open[system] -= 1
                self._changed.notify_all()

    def let_answers_pass(self, system: str) -> bool:
        """Wait until no answer of the system is under way; whether none is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._open[system], LONGEST_S)
