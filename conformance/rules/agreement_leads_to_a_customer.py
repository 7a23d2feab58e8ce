"""LI-05: from a usage point the way to who pays must not end half-way."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity, Where
from ami.names import Wire
from conformance.rule import Breach, Rule
from conformance.views.configuration import KIND_OF, ConfigurationView
from conformance.views.conversation import Conversation, Said
from conformance.views.linkage import LinkageView

NEXT: Final = {"CustomerAgreement": "CustomerAccount", "CustomerAccount": "Customer"}
"""What leads to what."""

_End = tuple[Wire | None, str, str]


def check(conversation: Conversation) -> Iterator[Breach]:
    """An agreement without an account, or an account without a customer, which no message of the wire leads any further."""
    led: set[_End] = set()
    ends: dict[_End, tuple[Where, int]] = {}
    for said in conversation.messages:
        for kind, name, where, is_led in _links(said):
            end = said.capture.wire, kind, name
            if is_led:
                led.add(end)
            else:
                ends.setdefault(end, (where, said.index))
    for end, (where, message) in ends.items():
        if end not in led:
            yield Breach(where, f"{end[1]} {end[2]!r} without a {NEXT[end[1]]}", message)


def _links(said: Said) -> Iterator[tuple[str, str, Where, bool]]:
    """Each agreement and account of a message, and whether it is linked with what it leads to."""
    linkage, view = said.view(LinkageView), said.view(ConfigurationView)
    if linkage is not None:
        kinds = {kind for kind, _, _ in linkage.linked}
        yield from ((kind, name, where, NEXT[kind] in kinds) for kind, name, where in linkage.linked if kind in NEXT and name)
    for each in view.objects if view is not None else ():
        if each.kind in NEXT and any(KIND_OF[pointer.kind] == NEXT[each.kind] for pointer in each.points_to()):
            yield each.kind, each.name, each.where, True


_LINKAGE = (
    "<MasterDataLinkageConfig><ConfigurationEvent><createdDateTime>2026-03-01T00:00:00Z</createdDateTime>"
    "<effectiveDateTime>2026-03-01T00:00:00Z</effectiveDateTime></ConfigurationEvent>{}"
    "<CustomerAgreement><mRID>G-1</mRID></CustomerAgreement>{}<PricingStructure><mRID>flat</mRID></PricingStructure>"
    "<UsagePoint><mRID>UP-1</mRID></UsagePoint></MasterDataLinkageConfig>"
)
_ACCOUNT, _CUSTOMER = "<CustomerAccount><mRID>A-1</mRID></CustomerAccount>", "<Customer><mRID>C-1</mRID></Customer>"
_TOLD_BEFORE = (
    "<conversation><capture><MessageID>a</MessageID><CustomerAgreementConfig><CustomerAgreement><mRID>G-1</mRID>"
    "<Customer><mRID>C-1</mRID></Customer><CustomerAccount><mRID>A-1</mRID></CustomerAccount></CustomerAgreement>"
    f"</CustomerAgreementConfig></capture><capture><MessageID>b</MessageID>{_LINKAGE.format('', _CUSTOMER)}</capture></conversation>"
)

RULE = Rule(
    id="LI-05",
    requires="an agreement to lead to its account, and an account to its customer, in its own message or in another one of the wire",
    source="IEC 61968-9, MasterDataLinkageConfig; CIM Customers: CustomerAgreement, CustomerAccount, Customer",
    severity=Severity.REMARK,
    works_on=Conversation,
    check=check,
    passes=(_LINKAGE.format(_ACCOUNT, _CUSTOMER), _TOLD_BEFORE),
    fails=(_LINKAGE.format("", _CUSTOMER), _LINKAGE.format(_ACCOUNT, "")),
    why="The bill is made, and there is nobody to send it to.",
    mend="Link the whole way: usage point, agreement, account, customer.",
)
