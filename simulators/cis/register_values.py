"""The forward register among readings of all kinds."""

from collections.abc import Iterable

from ami.messages import Reading, Series
from ami.reading_type import register_kwh


def latest_register(series: Iterable[Series]) -> Reading | None:
    """The latest reading of the forward register, or None."""
    wanted = str(register_kwh())
    readings = [reading for one in series if one.reading_type == wanted for reading in one.readings]
    return max(readings, key=lambda reading: reading.at, default=None)
