"""HE-12: an address that leads nowhere is no address."""

import re
from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView

ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


def check(header: HeaderView) -> Iterator[Breach]:
    """A ReplyAddress that is no absolute URI."""
    address = header.text("ReplyAddress")
    if address is not None and not ABSOLUTE.fullmatch(address):
        yield header.breach("ReplyAddress")


RULE = Rule(
    id="HE-12",
    requires="ReplyAddress to be an absolute address",
    source="IEC 61968-100, Header.ReplyAddress",
    severity=Severity.ERROR,
    works_on=HeaderView,
    check=check,
    passes=(
        "<ReplyAddress>http://cis.metergate.test/soap</ReplyAddress>",
        "<ReplyAddress>jms:queue:readings</ReplyAddress>",
    ),
    fails=(
        "<ReplyAddress>cis</ReplyAddress>",
        "<ReplyAddress>/soap</ReplyAddress>",
    ),
    why="The reading is taken, and cannot be delivered.",
    mend="Write the whole address, with its scheme.",
)
