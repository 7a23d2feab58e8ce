"""WS-02: a security timestamp that is old or of tomorrow is a recorded message or a wrong clock."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.security import SecurityView

TOLERANCE: Final = timedelta(minutes=5)


def check(security: SecurityView) -> Iterator[Breach]:
    """A Timestamp that is expired, or created later than the message was heard."""
    heard_at = security.capture.at
    if heard_at is None:
        return
    for stamp in security.stamps:
        if stamp.expires and stamp.expires_at and stamp.expires_at.at < heard_at - TOLERANCE:
            yield Breach(stamp.expires.where, f"expired {stamp.expires.text!r}, heard at {heard_at.isoformat()}")
        if stamp.created and stamp.created_at and stamp.created_at.at > heard_at + TOLERANCE:
            yield Breach(stamp.created.where, f"created {stamp.created.text!r}, heard at {heard_at.isoformat()}")


RULE = Rule(
    id="WS-02",
    requires=f"a security Timestamp that is neither expired nor of the future, give or take {TOLERANCE.seconds // 60} minutes",
    source="WS-Security 1.1 section 10 (security timestamps)",
    severity=Severity.ERROR,
    works_on=SecurityView,
    check=check,
    passes=(
        (
            "<capture><s:Header><wsse:Security><wsu:Timestamp><wsu:Created>2026-03-01T01:00:10Z</wsu:Created><wsu:Expires>"
            "2026-03-01T01:05:10Z</wsu:Expires></wsu:Timestamp></wsse:Security></s:Header></capture>"
        ),
    ),
    fails=(
        (
            "<capture><s:Header><wsse:Security><wsu:Timestamp><wsu:Created>2026-03-01T00:30:00Z</wsu:Created><wsu:Expires>"
            "2026-03-01T00:35:00Z</wsu:Expires></wsu:Timestamp></wsse:Security></s:Header></capture>"
        ),
        (
            "<capture><s:Header><wsse:Security><wsu:Timestamp><wsu:Created>2026-03-01T02:00:00Z</wsu:Created><wsu:Expires>"
            "2026-03-01T02:05:00Z</wsu:Expires></wsu:Timestamp></wsse:Security></s:Header></capture>"
        ),
    ),
    why="An old command that was recorded and sent again cuts off somebody who has paid.",
    mend="Stamp a message when it is sent, by a clock that is set.",
)
