"""HE-08: a message that is old when it arrives was held up, repeated or stamped wrongly."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView

OLDEST: Final = timedelta(minutes=5)


def check(header: HeaderView) -> Iterator[Breach]:
    """A Header.Timestamp long before the moment of capture."""
    heard_at = header.capture.at
    if heard_at is not None and header.at is not None and heard_at - header.at > OLDEST:
        yield header.breach("Timestamp", f"{header.text('Timestamp')!r} on a message heard at {heard_at.isoformat()}")


RULE = Rule(
    id="HE-08",
    requires=f"Header.Timestamp to be at most {OLDEST.seconds // 60} minutes old",
    source="IEC 61968-100, Header.Timestamp",
    severity=Severity.ERROR,
    works_on=HeaderView,
    check=check,
    passes=('<capture at="2026-03-01T01:00:11Z"><Timestamp>2026-03-01T00:55:30Z</Timestamp></capture>',),
    fails=('<capture at="2026-03-01T01:00:11Z"><Timestamp>2026-03-01T00:00:10Z</Timestamp></capture>',),
    why="An old command that is carried out late cuts off somebody who has paid meanwhile.",
    mend="Stamp a message when it is sent; make a new one instead of sending an old one again.",
)
