"""The stuck check: the same value again and again where the rest of the stretch varies."""

from collections.abc import Mapping
from itertools import groupby
from typing import Final

SHORTEST_STUCK_RUN: Final = 4


def stuck_runs(values: Mapping[int, int], shortest: int = SHORTEST_STUCK_RUN) -> list[range]:
    """The runs of one value other than zero, unless all values are that one: steady use is no fault."""
    if len(set(values.values())) < 2:
        return []
    found = []
    for (wh, _), group in groupby(enumerate(sorted(values)), key=lambda entry: (values[entry[1]], entry[1] - entry[0])):
        places = [place for _, place in group]
        if wh > 0 and len(places) >= shortest:
            found.append(range(places[0], places[-1] + 1))
    return found
