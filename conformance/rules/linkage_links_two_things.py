"""LI-03: a link has two ends."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.linkage import LinkageView


def check(linkage: LinkageView) -> Iterator[Breach]:
    """A linkage of fewer than two objects."""
    if len(linkage.linked) < 2:
        alone = f"{linkage.linked[0][0]} {linkage.linked[0][1]!r} alone" if linkage.linked else "nothing"
        yield Breach(linkage.where, f"a linkage of {alone}")


_LINKAGE = (
    "<MasterDataLinkageConfig><ConfigurationEvent><createdDateTime>2026-03-01T00:00:00Z</createdDateTime>"
    "<effectiveDateTime>2026-03-01T00:00:00Z</effectiveDateTime></ConfigurationEvent>{}"
    "<UsagePoint><mRID>UP-1</mRID></UsagePoint></MasterDataLinkageConfig>"
)

RULE = Rule(
    id="LI-03",
    requires="a linkage to link at least two objects",
    source="IEC 61968-9, MasterDataLinkageConfig",
    severity=Severity.WARNING,
    works_on=LinkageView,
    check=check,
    passes=(_LINKAGE.format("<Meter><mRID>M-1</mRID></Meter>"),),
    fails=(_LINKAGE.format(""),),
    why="The meter hangs at the wall, and no bill knows whose it is.",
    mend="Name both ends, such as the usage point and its meter; where one is taken away, say what stays.",
)
