"""HE-12: an address that leads nowhere is no address."""

import re
from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView

ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d+(?:/|$))\S+")
"""A colon with a port behind it comes after a host, not after a scheme."""
_QUEUE: Final = re.compile(r"[A-Za-z0-9_$%-]+(\.[A-Za-z0-9_$%-]+)+")
"""The name of a topic or a queue, as brokers have them; a single word, or a path, could be anything."""


def check(header: HeaderView) -> Iterator[Breach]:
    """A ReplyAddress that is no absolute URI and, where the message did not come by HTTP, no name of a topic or a queue either."""
    address = header.text("ReplyAddress")
    if address is None or ABSOLUTE.fullmatch(address):
        return
    is_of_http = header.capture.headers is not None or header.capture.soap_action is not None
    if is_of_http or not _QUEUE.fullmatch(address):
        yield header.breach("ReplyAddress")


_ACTION = "http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings"
_BY_HTTP = f"<capture soap_action='{_ACTION}'><ReplyAddress>{{}}</ReplyAddress></capture>"

RULE = Rule(
    id="HE-12",
    requires="ReplyAddress to be an absolute address, or the name of a topic or a queue",
    source="IEC 61968-100, Header.ReplyAddress",
    severity=Severity.ERROR,
    works_on=HeaderView,
    check=check,
    passes=(
        "<ReplyAddress>http://cis.metergate.test/soap</ReplyAddress>",
        "<ReplyAddress>jms:queue:readings</ReplyAddress>",
        "<ReplyAddress>AMI.REPLIES.CIS</ReplyAddress>",
        _BY_HTTP.format("http://cis.metergate.test"),
    ),
    fails=(
        "<ReplyAddress>cis</ReplyAddress>",
        "<ReplyAddress>/soap</ReplyAddress>",
        "<ReplyAddress>cis.metergate.test:8080/soap</ReplyAddress>",
        _BY_HTTP.format("cis.metergate.test"),
    ),
    why="The reading is taken, and cannot be delivered.",
    mend="Write the whole address, with its scheme.",
)
