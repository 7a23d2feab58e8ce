"""WS-03: a security timestamp says once, in UTC, when it was made."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.security import SecurityView


def check(security: SecurityView) -> Iterator[Breach]:
    """A Timestamp without exactly one Created, a moment that is none or without an offset, or a second Timestamp."""
    for stamp in security.stamps[1:]:
        yield Breach(stamp.where, "a second Timestamp")
    for stamp in security.stamps:
        if stamp.count != 1:
            yield Breach(stamp.where, f"{stamp.count or 'no'} Created")
        for said, at in ((stamp.created, stamp.created_at), (stamp.expires, stamp.expires_at)):
            if said is not None and (at is None or not at.has_offset):
                yield Breach(said.where, repr(said.text))


RULE = Rule(
    id="WS-03",
    requires="one security Timestamp at most, with one Created, its moments naming their offset",
    source="WS-Security 1.1 section 10, WS-I BSP 1.1 (timestamps)",
    severity=Severity.ERROR,
    works_on=SecurityView,
    check=check,
    passes=(
        (
            "<capture><s:Header><wsse:Security><wsu:Timestamp><wsu:Created>2026-03-01T01:00:10Z</wsu:Created><wsu:Expires>"
            "2026-03-01T01:05:10Z</wsu:Expires></wsu:Timestamp></wsse:Security></s:Header></capture>"
        ),
        (
            "<capture><s:Header><wsse:Security><wsu:Timestamp><wsu:Created>2026-03-01T01:00:10Z</wsu:Created></wsu:Timestamp>"
            "</wsse:Security></s:Header></capture>"
        ),
    ),
    fails=(
        (
            "<capture><s:Header><wsse:Security><wsu:Timestamp><wsu:Expires>2026-03-01T01:05:10Z</wsu:Expires></wsu:Timestamp>"
            "</wsse:Security></s:Header></capture>"
        ),
        (
            "<capture><s:Header><wsse:Security><wsu:Timestamp><wsu:Created>2026-03-01T01:00:10</wsu:Created><wsu:Expires>"
            "2026-03-01T01:05:10Z</wsu:Expires></wsu:Timestamp></wsse:Security></s:Header></capture>"
        ),
        (
            "<capture><s:Header><wsse:Security><wsu:Timestamp><wsu:Created>2026-03-01T01:00:10Z</wsu:Created><wsu:Expires>"
            "2026-03-01T01:05:10Z</wsu:Expires></wsu:Timestamp><wsu:Timestamp><wsu:Created>2026-03-01T01:00:10Z</wsu:Created>"
            "<wsu:Expires>2026-03-01T01:05:10Z</wsu:Expires></wsu:Timestamp></wsse:Security></s:Header></capture>"
        ),
    ),
    why="A receiver in another time zone refuses every message for an hour twice a year.",
    mend="Write Created, and Expires if any, in UTC with Z.",
)
