"""Runs: places that follow one another, as ranges."""

from collections.abc import Iterable, Iterator


def runs(places: Iterable[int]) -> Iterator[range]:
    """The longest ranges that together are `places`, in order. places: in any order, without repetition."""
    start = previous = None
    for place in sorted(places):
        if start is None or previous is None:
            start = place
        elif place != previous + 1:
            yield range(start, previous + 1)
            start = place
        previous = place
    if start is not None and previous is not None:
        yield range(start, previous + 1)
