"""HE-07: a message cannot have been made after it was heard."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView

TOLERANCE: Final = timedelta(minutes=1)
"""What the clocks of two systems may differ by."""


def check(header: HeaderView) -> Iterator[Breach]:
    """A Header.Timestamp later than the moment of capture."""
    heard_at = header.capture.at
    if heard_at is not None and header.at is not None and header.at - heard_at > TOLERANCE:
        yield header.breach("Timestamp", f"{header.text('Timestamp')!r} on a message heard at {heard_at.isoformat()}")


RULE = Rule(
    id="HE-07",
    requires=f"Header.Timestamp not to lie in the future, but for {TOLERANCE.seconds} seconds of clock difference",
    source="IEC 61968-100, Header.Timestamp",
    severity=Severity.ERROR,
    works_on=HeaderView,
    check=check,
    passes=(
        '<capture at="2026-03-01T01:00:11Z"><Timestamp>2026-03-01T01:00:10Z</Timestamp></capture>',
        '<capture at="2026-03-01T01:00:11Z"><Timestamp>2026-03-01T02:01:00+01:00</Timestamp></capture>',
    ),
    fails=('<capture at="2026-03-01T01:00:11Z"><Timestamp>2026-03-01T02:00:10Z</Timestamp></capture>',),
    why="The sender's clock is wrong, and so may be every reading that it stamps.",
    mend="Set the sender's clock, and check that it converts local time to UTC.",
)
