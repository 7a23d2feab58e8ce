"""LI-01: from when on somebody is supplied must be the same moment for everybody."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.linkage import LinkageView


def check(linkage: LinkageView) -> Iterator[Breach]:
    """An effectiveDateTime without an offset from UTC."""
    if linkage.effective is not None:
        read = moment(linkage.effective.text)
        if read is not None and not read.has_offset:
            yield Breach(linkage.effective.where, repr(linkage.effective.text))


_LINKAGE = (
    "<MasterDataLinkageConfig><ConfigurationEvent><createdDateTime>2026-03-01T00:00:00Z</createdDateTime>"
    "<effectiveDateTime>{}</effectiveDateTime></ConfigurationEvent><Meter><mRID>M-1</mRID></Meter>"
    "<UsagePoint><mRID>UP-1</mRID></UsagePoint></MasterDataLinkageConfig>"
)

RULE = Rule(
    id="LI-01",
    requires="effectiveDateTime to name its offset from UTC",
    source="IEC 61968-9, MasterDataLinkageConfig, ConfigurationEvent.effectiveDateTime",
    severity=Severity.ERROR,
    works_on=LinkageView,
    check=check,
    passes=(_LINKAGE.format("2026-03-01T00:00:00Z"),),
    fails=(_LINKAGE.format("2026-03-01T00:00:00"),),
    why="The last hour of one tenant is billed to the next.",
    mend="Write the moment in UTC with Z, or with its offset.",
)
