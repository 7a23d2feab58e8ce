"""LI-04: of two meters and two places nobody can tell which hangs where."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.linkage import LinkageView

PAIRED: Final = (("UsagePoint", "Meter"), ("UsagePoint", "CustomerAgreement"), ("CustomerAccount", "Customer"))
"""Kinds of which a linkage may have several of one, but not of both."""


def check(linkage: LinkageView) -> Iterator[Breach]:
    """Several objects of each of two kinds that belong together one by one."""
    for one, other in PAIRED:
        ones, others = linkage.names(one), linkage.names(other)
        if len(set(ones)) > 1 and len(set(others)) > 1:
            yield Breach(linkage.where, f"{one} {', '.join(ones)} and {other} {', '.join(others)}")


_LINKAGE = (
    "<MasterDataLinkageConfig><ConfigurationEvent><createdDateTime>2026-03-01T00:00:00Z</createdDateTime>"
    "<effectiveDateTime>2026-03-01T00:00:00Z</effectiveDateTime></ConfigurationEvent><Meter><mRID>M-1</mRID></Meter>"
    "<Meter><mRID>M-2</mRID></Meter><UsagePoint><mRID>UP-1</mRID></UsagePoint>{}</MasterDataLinkageConfig>"
)

RULE = Rule(
    id="LI-04",
    requires="a linkage to have several objects of one kind only",
    source="IEC 61968-9, MasterDataLinkageConfig",
    severity=Severity.WARNING,
    works_on=LinkageView,
    check=check,
    passes=(_LINKAGE.format(""),),
    fails=(_LINKAGE.format("<UsagePoint><mRID>UP-2</mRID></UsagePoint>"),),
    why="Two neighbours pay each other's bills for years.",
    mend="Send one message for each usage point.",
)
