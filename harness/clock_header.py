"""How a stand-in learns what time it is: in a header of every request that it gets, signed with its own key."""

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime

CLOCK = "x-metergate-clock"


def clock_header(now: datetime, token: str) -> str:
    """The value of the header. token: of the control port that belongs to the system."""
    return f"{now.isoformat()} {token}"


def told_moment(headers: Mapping[str, str], token: str) -> datetime | None:
    """The moment that a request tells; None where it tells none or does not know the key. Header names in lower case."""
    text, _, offered = headers.get(CLOCK, "").partition(" ")
    if not text or not hmac.compare_digest(offered.encode(), token.encode()):
        return None
    return datetime.fromisoformat(text).astimezone(UTC)
