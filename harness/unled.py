"""The systems of a landscape that nobody leads: they speak when they like, and remember the stories before."""

import base64
import hashlib
import secrets
from typing import Final

from harness.environment import Environment
from harness.wiretap import Wiretap

LETTERS: Final = 6
"""How much of a story's name its meters carry, so that no two stories share one."""


class Unled:
    """systems: those that cannot be told to advance. is_fresh: one cannot be told to forget, so every story needs names of its own."""

    def __init__(self, environment: Environment) -> None:
        self.systems: frozenset[str] = frozenset()
        self.is_fresh = False
        self._environment = environment
        self._run = secrets.token_hex(8)
        self._obliged: set[str] = set()
        self._suffix = ""

    def story(self, story: str) -> str:
        """What the ids of a story derive from; of another run too, where somebody would take the same ids for a repetition."""
        if not self.is_fresh:
            self._suffix = ""
            return story
        own = f"{story}/{self._run}"
        self._suffix = "-" + base64.b32encode(hashlib.sha256(own.encode()).digest()).decode()[:LETTERS]
        return own

    def called(self, name: str) -> str:
        """What something of the story is called."""
        return name if name.endswith(self._suffix) else name + self._suffix

    def is_silent(self, tap: Wiretap) -> bool:
        """Whether none of them has anything more to say: waits as long as the most patient of those who owe something is given."""
        self._obliged |= tap.obliged()
        if not self._obliged:
            return True
        if tap.hears(max(self._environment.system(name).patience_s for name in self._obliged)):
            return False
        self._obliged.clear()
        return True
