"""One value of a message, as those take it who compare what was delivered with what was measured."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from ami.messages import Span


class Delivered(NamedTuple):
    """One value as the message delivers it; `at` is read as UTC where its text names no offset."""

    meter: str
    reading_type: str
    at: datetime
    value: Decimal
    qualities: tuple[str, ...]
    period: Span | None
    line: int
