"""Fixtures: neighbours of a meter data management, and the day that is spoken of."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from time import process_time

import pytest

from tests.simulators.mdms.neighbours import DAY, Neighbours, at


@pytest.fixture
def neighbours() -> Neighbours:
    """The neighbours of a meter data management that knows nothing yet."""
    return Neighbours()


@pytest.fixture
def linked(neighbours: Neighbours) -> Neighbours:
    """The same, with meter M-1 at usage point U-1 since the day began; it is the next day, 00:30."""
    neighbours.link()
    neighbours.wake(at(DAY + timedelta(days=1), time(0, 30)))
    return neighbours


@pytest.fixture
def make_neighbours() -> Callable[..., Neighbours]:
    """Neighbours of a meter data management with options of one's own."""
    return Neighbours


@pytest.fixture
def day() -> date:
    """The day that is spoken of: a Monday."""
    return DAY


@pytest.fixture
def day_start() -> datetime:
    """Its midnight."""
    return at(DAY)


@pytest.fixture
def morning() -> datetime:
    """Six o'clock after it: the daily validation."""
    return at(DAY + timedelta(days=1), time(6))


@pytest.fixture
def measure() -> Callable[[Callable[[], None]], float]:
    """The processor seconds that something takes at its best of five times; what others do meanwhile does not count."""

    def best(work: Callable[[], None]) -> float:
        taken: list[float] = []
        for _ in range(5):
            begun = process_time()
            work()
            taken.append(process_time() - begun)
        return min(taken)

    return best
