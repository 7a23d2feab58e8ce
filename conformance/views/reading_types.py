"""Reading types of a message, judged one by one: there are few of them, however many readings there are."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from ami import codes
from ami.reading_type import ELECTRICITY, ReadingType
from conformance.rule import Breach
from conformance.views.readings import ReadingColumns, parsed_type

ELECTRICITIES: Final = frozenset({ELECTRICITY, 2})
"""Electricity, measured on the secondary or on the primary side of its transformers."""

UNDIRECTED_KINDS: Final = frozenset({15, 46, 47, 54, 57, 94, 156, 157, 158, 159, 160, 161})
"""Frequency, temperature, distortion, voltages and weather: they have a size, and no direction and no price."""


def type_breaches(readings: ReadingColumns, reason: Callable[[ReadingType], str]) -> Iterator[Breach]:
    """A breach at each reading type that `reason` has words for; empty words are none."""
    for index, found in _found(reason, readings.types):
        yield Breach(readings.where_type(index), f"{found} in {readings.types[index]!r}")


def phrase(field: str, code: int) -> str:
    """What a field of a reading type says, as it reads inside a sentence."""
    known = codes.table(codes.READING_TYPE_TABLES[field]).get(code)
    return known.phrase if known else f"{field.replace('_', ' ')} {code}"


@lru_cache(maxsize=4096)
def _found(reason: Callable[[ReadingType], str], types: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """What `reason` says of each reading type, by its place. Messages of one system share their types, so this is asked once for all."""
    found = ((index, reason(parsed)) for index, parsed in enumerate(map(parsed_type, types)) if parsed is not None)
    return tuple((index, words) for index, words in found if words)
