"""HE-14: a nonce tells a message from its own repetition only if it is there and new."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView

TOLERANCE: Final = timedelta(minutes=5)


def check(header: HeaderView) -> Iterator[Breach]:
    """An empty Nonce, or a Created that is no moment with an offset or is far from the Timestamp."""
    nonce, created = header.part("ReplayDetection/Nonce"), header.part("ReplayDetection/Created")
    if nonce is not None and not nonce.text:
        yield Breach(nonce.where, "an empty Nonce")
    if created is None:
        return
    at = moment(created.text)
    if at is None or not at.has_offset:
        yield Breach(created.where, repr(created.text))
    elif header.at is not None and abs(at.at - header.at) > TOLERANCE:
        yield Breach(created.where, f"{created.text!r} beside Timestamp {header.text('Timestamp')!r}")


RULE = Rule(
    id="HE-14",
    requires="ReplayDetection to have a Nonce, and a Created that names its offset and agrees with Timestamp",
    source="IEC 61968-100, Header.ReplayDetection",
    severity=Severity.ERROR,
    works_on=HeaderView,
    check=check,
    passes=("<ReplayDetection><Nonce>a1</Nonce><Created>2026-03-01T01:00:10Z</Created></ReplayDetection>",),
    fails=(
        "<ReplayDetection><Nonce/><Created>2026-03-01T01:00:10Z</Created></ReplayDetection>",
        "<ReplayDetection><Nonce>a1</Nonce><Created>2026-03-01T01:00:10</Created></ReplayDetection>",
        "<ReplayDetection><Nonce>a1</Nonce><Created>2026-02-28T01:00:10Z</Created></ReplayDetection>",
    ),
    why="A recorded command can be sent again tomorrow, and the meter is switched once more.",
    mend="Make a new Nonce for each message, and write the moment of sending in UTC.",
)
