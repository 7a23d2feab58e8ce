"""HE-13: only a question can be answered later."""

from collections.abc import Iterator

from ami.findings import Severity
from ami.messages import Kind
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView


def check(header: HeaderView) -> Iterator[Breach]:
    """AsyncReplyFlag on an event or a reply."""
    if header.asks_for_later_reply and header.wrapping.kind is not Kind.REQUEST:
        yield header.breach("AsyncReplyFlag", f"AsyncReplyFlag on a {header.root.text}")


RULE = Rule(
    id="HE-13",
    requires="AsyncReplyFlag on requests alone",
    source="IEC 61968-100, Header.AsyncReplyFlag",
    severity=Severity.WARNING,
    works_on=HeaderView,
    check=check,
    passes=(
        (
            "<AsyncReplyFlag>true</AsyncReplyFlag><ReplyAddress>http://cis.metergate.test/soap</ReplyAddress>"
            "<GetMeterReadings><EndDevice><mRID>M-1</mRID></EndDevice></GetMeterReadings>"
        ),
        "<AsyncReplyFlag>false</AsyncReplyFlag>",
    ),
    fails=("<AsyncReplyFlag>true</AsyncReplyFlag><ReplyAddress>http://cis.metergate.test/soap</ReplyAddress>",),
    why="The receiver waits to answer something that was no question.",
    mend="Leave AsyncReplyFlag out of events and replies.",
)
