"""WS-01: a message that was never valid."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.security import SecurityView


def check(security: SecurityView) -> Iterator[Breach]:
    """A Timestamp whose Expires is not later than its Created."""
    for stamp in security.stamps:
        if stamp.created_at and stamp.expires and stamp.expires_at and stamp.expires_at.at <= stamp.created_at.at:
            yield Breach(stamp.expires.where, f"{stamp.expires.text!r}, created {stamp.created_at.at.isoformat()}")


RULE = Rule(
    id="WS-01",
    requires="Expires of a security Timestamp to be later than its Created",
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
            "<capture><s:Header><wsse:Security><wsu:Timestamp><wsu:Created>2026-03-01T01:00:10Z</wsu:Created><wsu:Expires>"
            "2026-03-01T01:00:00Z</wsu:Expires></wsu:Timestamp></wsse:Security></s:Header></capture>"
        ),
    ),
    why="Every receiver refuses the delivery as too old.",
    mend="Set Expires some minutes after Created.",
)
