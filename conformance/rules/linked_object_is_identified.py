"""LI-02: a link to something without a name leads nowhere."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.linkage import LinkageView


def check(linkage: LinkageView) -> Iterator[Breach]:
    """A linked object with neither an mRID nor a name."""
    for kind, name, where in linkage.linked:
        if not name:
            yield Breach(where, f"a {kind} without mRID or name")


_LINKAGE = (
    "<MasterDataLinkageConfig><ConfigurationEvent><createdDateTime>2026-03-01T00:00:00Z</createdDateTime>"
    "<effectiveDateTime>2026-03-01T00:00:00Z</effectiveDateTime></ConfigurationEvent>{}"
    "<UsagePoint><mRID>UP-1</mRID></UsagePoint></MasterDataLinkageConfig>"
)

RULE = Rule(
    id="LI-02",
    requires="every linked object to have an mRID or a name",
    source="IEC 61968-9, MasterDataLinkageConfig",
    severity=Severity.ERROR,
    works_on=LinkageView,
    check=check,
    passes=(_LINKAGE.format("<Meter><mRID>M-1</mRID></Meter>"), _LINKAGE.format("<Meter><Names><name>M-1</name></Names></Meter>")),
    fails=(_LINKAGE.format("<Meter/>"),),
    why="A customer is supplied through a meter that nobody can find.",
    mend="Write the mRID or the name of each object that is linked.",
)
