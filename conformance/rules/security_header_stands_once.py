"""WS-12: two security headers for one receiver contradict each other."""

from collections.abc import Iterator

from ami.findings import Severity
from ami.names import WSSE
from conformance.rule import Breach, Rule
from conformance.views.security import SecurityView


def check(security: SecurityView) -> Iterator[Breach]:
    """Two Security headers for the same actor."""
    seen: set[str] = set()
    for block in security.envelope.blocks:
        if block.name == "Security" and block.namespace == WSSE:
            if block.actor in seen:
                yield Breach(block.where, f"a second Security header for {block.actor or 'everybody'}")
            seen.add(block.actor)


RULE = Rule(
    id="WS-12",
    requires="at most one Security header for each actor",
    source="WS-Security 1.1 section 5",
    severity=Severity.ERROR,
    works_on=SecurityView,
    check=check,
    passes=(
        (
            "<capture><s:Header><wsse:Security><wsu:Timestamp><wsu:Created>2026-03-01T01:00:10Z</wsu:Created><wsu:Expires>"
            "2026-03-01T01:05:10Z</wsu:Expires></wsu:Timestamp></wsse:Security></s:Header></capture>"
        ),
    ),
    fails=("<capture><s:Header><wsse:Security/><wsse:Security/></s:Header></capture>",),
    why="The receiver checks one and believes the other.",
    mend="Write one Security header with everything in it.",
)
