"""LI-07: what is linked is named once."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.linkage import LinkageView


def check(linkage: LinkageView) -> Iterator[Breach]:
    """An object that a linkage names a second time."""
    seen: set[tuple[str, str]] = set()
    for kind, name, where in linkage.linked:
        if name and (kind, name) in seen:
            yield Breach(where, f"{kind} {name!r} again")
        seen.add((kind, name))


_LINKAGE = (
    "<MasterDataLinkageConfig><ConfigurationEvent><createdDateTime>2026-03-01T00:00:00Z</createdDateTime>"
    "<effectiveDateTime>2026-03-01T00:00:00Z</effectiveDateTime></ConfigurationEvent><Meter><mRID>M-1</mRID></Meter>"
    "<Meter><mRID>{}</mRID></Meter><UsagePoint><mRID>UP-1</mRID></UsagePoint></MasterDataLinkageConfig>"
)

RULE = Rule(
    id="LI-07",
    requires="each object once in a linkage",
    source="IEC 61968-9, MasterDataLinkageConfig",
    severity=Severity.WARNING,
    works_on=LinkageView,
    check=check,
    passes=(_LINKAGE.format("M-2"),),
    fails=(_LINKAGE.format("M-1"),),
    why="A receiver that keeps a row for each finds two meters where there is one.",
    mend="Name each object once.",
)
