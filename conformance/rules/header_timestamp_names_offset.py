"""HE-06: when a message was made must be the same moment for everybody who reads it."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView


def check(header: HeaderView) -> Iterator[Breach]:
    """A Header.Timestamp without an offset from UTC."""
    stamped = header.moment
    if stamped is not None and not stamped.has_offset:
        yield header.breach("Timestamp")


RULE = Rule(
    id="HE-06",
    requires="Header.Timestamp to name its offset from UTC",
    source="IEC 61968-100, Header.Timestamp",
    severity=Severity.ERROR,
    works_on=HeaderView,
    check=check,
    passes=("<Timestamp>2026-03-01T01:00:10Z</Timestamp>", "<Timestamp>2026-03-01T02:00:10.250+01:00</Timestamp>"),
    fails=("<Timestamp>2026-03-01T01:00:10</Timestamp>",),
    why="Systems in two time zones put the same message into two different hours.",
    mend="Write the moment in UTC with Z, or with its offset.",
)
