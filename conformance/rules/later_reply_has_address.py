"""HE-09: who wants the reply later must say where to."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView


def check(header: HeaderView) -> Iterator[Breach]:
    """AsyncReplyFlag without a ReplyAddress."""
    if header.asks_for_later_reply and header.text("ReplyAddress") is None:
        yield header.breach("AsyncReplyFlag", "AsyncReplyFlag without a ReplyAddress")


_ASKED = "<GetMeterReadings><EndDevice><mRID>M-1</mRID></EndDevice></GetMeterReadings>"

RULE = Rule(
    id="HE-09",
    requires="a ReplyAddress wherever AsyncReplyFlag is set",
    source="IEC 61968-100, Header.AsyncReplyFlag and Header.ReplyAddress",
    severity=Severity.ERROR,
    works_on=HeaderView,
    check=check,
    passes=(
        f"{_ASKED}<AsyncReplyFlag>true</AsyncReplyFlag><ReplyAddress>http://cis.metergate.test/soap</ReplyAddress>",
        "<AsyncReplyFlag>false</AsyncReplyFlag>",
    ),
    fails=(f"{_ASKED}<AsyncReplyFlag>true</AsyncReplyFlag>", f"{_ASKED}<AsyncReplyFlag>true</AsyncReplyFlag><ReplyAddress/>"),
    why="The reading is taken, and there is nowhere to send it.",
    mend="Name the address that takes replies, or ask without AsyncReplyFlag.",
)
