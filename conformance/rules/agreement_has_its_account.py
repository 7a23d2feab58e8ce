"""CF-04: an agreement is somebody's, and goes to some account."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView

NEEDED: Final = {"CustomerAgreement": ("CustomerAccount", "Customer"), "CustomerAccount": ("Customer",)}
"""Kind of object -> what it has to point to."""

_NOUNS: Final = frozenset({"CustomerAgreementConfig", "CustomerAccountConfig"})
"""In a CustomerMeterDataSet the other side may point."""


def check(view: ConfigurationView) -> Iterator[Breach]:
    """A new agreement without an account or a customer, or a new account without a customer."""
    if not view.is_new or view.noun not in _NOUNS:
        return
    for each in view.objects:
        pointed = {part.kind for part in each.points_to()}
        missing = [kind for kind in NEEDED.get(each.kind, ()) if kind not in pointed]
        if missing:
            yield Breach(each.where, f"{each.kind} {each.name!r} without {' and '.join(missing)}")


_CONFIG = (
    "<CustomerAgreementConfig><CustomerAgreement><mRID>G-1</mRID>{}<CustomerAccount><mRID>A-1</mRID></CustomerAccount>"
    "</CustomerAgreement></CustomerAgreementConfig>"
)

RULE = Rule(
    id="CF-04",
    requires="a new agreement to name its account and its customer, and a new account its customer",
    source="IEC 61968-9, CustomerAgreementConfig and CustomerAccountConfig; CIM Customers",
    severity=Severity.WARNING,
    works_on=ConfigurationView,
    check=check,
    passes=(_CONFIG.format("<Customer><mRID>C-1</mRID></Customer>"),),
    fails=(_CONFIG.format(""),),
    why="The bill is made, and there is nobody to send it to.",
    mend="Point from the agreement to its account and customer, and from the account to its customer.",
)
