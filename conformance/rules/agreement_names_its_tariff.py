"""LI-06: an agreement without a tariff has no price."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.linkage import LinkageView


def check(linkage: LinkageView) -> Iterator[Breach]:
    """An agreement without a PricingStructure beside it."""
    if linkage.names("PricingStructure"):
        return
    for kind, name, where in linkage.linked:
        if kind == "CustomerAgreement":
            yield Breach(where, f"agreement {name!r} without a PricingStructure")


_LINKAGE = (
    "<MasterDataLinkageConfig><ConfigurationEvent><createdDateTime>2026-03-01T00:00:00Z</createdDateTime>"
    "<effectiveDateTime>2026-03-01T00:00:00Z</effectiveDateTime></ConfigurationEvent><CustomerAccount><mRID>A-1</mRID></CustomerAccount>"
    "<CustomerAgreement><mRID>G-1</mRID></CustomerAgreement><Customer><mRID>C-1</mRID></Customer>{}"
    "<UsagePoint><mRID>UP-1</mRID></UsagePoint></MasterDataLinkageConfig>"
)

RULE = Rule(
    id="LI-06",
    requires="an agreement to come with its PricingStructure",
    source="IEC 61968-9, MasterDataLinkageConfig; CIM Customers: CustomerAgreement.PricingStructures",
    severity=Severity.REMARK,
    works_on=LinkageView,
    check=check,
    passes=(_LINKAGE.format("<PricingStructure><mRID>flat</mRID></PricingStructure>"),),
    fails=(_LINKAGE.format(""),),
    why="The kilowatt-hours are known, and what they cost is guessed.",
    mend="Name the tariff that was agreed upon.",
)
