"""LI-08: who moves in moves in on a day."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.linkage import LinkageView


def check(linkage: LinkageView) -> Iterator[Breach]:
    """A linkage without an effectiveDateTime."""
    if linkage.effective is None or not linkage.effective.text:
        yield Breach(linkage.where, "a linkage without ConfigurationEvent.effectiveDateTime")


_LINKAGE = (
    "<MasterDataLinkageConfig><ConfigurationEvent><createdDateTime>2026-03-01T00:00:00Z</createdDateTime>{}</ConfigurationEvent>"
    "<Meter><mRID>M-1</mRID></Meter><UsagePoint><mRID>UP-1</mRID></UsagePoint></MasterDataLinkageConfig>"
)

RULE = Rule(
    id="LI-08",
    requires="a linkage to say from when on it holds",
    source="IEC 61968-9, MasterDataLinkageConfig, ConfigurationEvent.effectiveDateTime",
    severity=Severity.WARNING,
    works_on=LinkageView,
    check=check,
    passes=(_LINKAGE.format("<effectiveDateTime>2026-03-01T00:00:00Z</effectiveDateTime>"),),
    fails=(_LINKAGE.format(""),),
    why="The first bill starts on the day that the message happened to arrive.",
    mend="Write the day of moving in, or of the exchange, into effectiveDateTime.",
)
