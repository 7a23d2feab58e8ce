"""Words of the sentences, as values."""

from collections.abc import Mapping, Sequence
from datetime import time
from decimal import Decimal

from ami.names import CIS, HES, MDMS, OMS
from harness.truth import Interval

SYSTEM_OF = {
    "the head-end": HES,
    "the MDMS": MDMS,
    "the customer information and billing": CIS,
    "the outage management": OMS,
}


def clock_time(text: str) -> time:
    """A time of day, as in 18:30; `noon` is 12:00. Raises ValueError for anything else."""
    return time.fromisoformat("12:00" if text == "noon" else text)


def rows(table: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """A table of a sentence, a dictionary a row."""
    header, *body = table
    return [dict(zip(header, row, strict=True)) for row in body]


def same(found: Mapping[Interval, int], truth: Mapping[Interval, int]) -> int:
    """How many intervals were found as they truly were."""
    return sum(1 for interval, wh in truth.items() if found.get(interval) == wh)


def watts(kwh_an_hour: str) -> int:
    """A constant draw in watts."""
    return int(Decimal(kwh_an_hour) * 1000)
