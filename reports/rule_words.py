"""What a rule of the judge asks, what a breach of it costs and how it is mended, in the catalogue's own words."""

from dataclasses import dataclass
from typing import Final

from conformance.catalogue import EVERYTHING


@dataclass(frozen=True, slots=True)
class Words:
    """A rule in words; empty where the catalogue has none, as for a rule of another version."""

    id: str
    requires: str
    source: str
    why: str
    mend: str


_CATALOGUE: Final = {asked.id: Words(asked.id, asked.requires, asked.source, asked.why, asked.mend) for asked in EVERYTHING}

KNOWN: Final = tuple(_CATALOGUE)
"""The ids of all that the judge asks."""


def words(rule: str) -> Words:
    """The words on a rule."""
    return _CATALOGUE.get(rule, Words(rule, "", "", "", ""))
