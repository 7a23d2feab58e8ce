"""LI-05: from a usage point the way to who pays must not end half-way."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.linkage import LinkageView

NEXT: Final = (("CustomerAgreement", "CustomerAccount"), ("CustomerAccount", "Customer"))
"""What leads to what."""


def check(linkage: LinkageView) -> Iterator[Breach]:
    """An agreement without an account, or an account without a customer."""
    kinds = {kind for kind, _, _ in linkage.linked}
    for kind, name, where in linkage.linked:
        for owner, needed in NEXT:
            if kind == owner and needed not in kinds:
                yield Breach(where, f"{kind} {name!r} without a {needed}")


_LINKAGE = (
    "<MasterDataLinkageConfig><ConfigurationEvent><createdDateTime>2026-03-01T00:00:00Z</createdDateTime>"
    "<effectiveDateTime>2026-03-01T00:00:00Z</effectiveDateTime></ConfigurationEvent>{}"
    "<CustomerAgreement><mRID>G-1</mRID></CustomerAgreement>{}<PricingStructure><mRID>flat</mRID></PricingStructure>"
    "<UsagePoint><mRID>UP-1</mRID></UsagePoint></MasterDataLinkageConfig>"
)
_ACCOUNT, _CUSTOMER = "<CustomerAccount><mRID>A-1</mRID></CustomerAccount>", "<Customer><mRID>C-1</mRID></Customer>"

RULE = Rule(
    id="LI-05",
    requires="an agreement to come with its account, and an account with its customer",
    source="IEC 61968-9, MasterDataLinkageConfig; CIM Customers: CustomerAgreement, CustomerAccount, Customer",
    severity=Severity.WARNING,
    works_on=LinkageView,
    check=check,
    passes=(_LINKAGE.format(_ACCOUNT, _CUSTOMER),),
    fails=(_LINKAGE.format("", _CUSTOMER), _LINKAGE.format(_ACCOUNT, "")),
    why="The bill is made, and there is nobody to send it to.",
    mend="Link the whole way: usage point, agreement, account, customer.",
)
