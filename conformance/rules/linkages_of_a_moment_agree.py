"""LI-12: from one moment on a place has one tenant and one meter."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation
from conformance.views.linkage import LinkageView

COMPARED: Final = ("Meter", "Customer", "CustomerAgreement")


def check(conversation: Conversation) -> Iterator[Breach]:
    """Two created linkages of one usage point from the same moment on, with different meters, customers or agreements."""
    known: dict[tuple[object, str, object, str], tuple[tuple[str, ...], int]] = {}
    for said in conversation.messages:
        linkage = said.view(LinkageView)
        if linkage is None or linkage.effective_at is None or said.header is None or said.header.verb not in ("create", "created"):
            continue
        for point in linkage.names("UsagePoint"):
            for kind in COMPARED:
                names = linkage.names(kind)
                before, message = known.setdefault((said.capture.wire, point, linkage.effective_at, kind), (names, said.index))
                if before != names and before and names and message != said.index:
                    found = f"{kind} {', '.join(names)} at {point!r}, and {', '.join(before)} in message {message + 1}, as of one moment"
                    yield Breach(linkage.where, found, said.index)


_LINKAGE = (
    "<capture><MessageID>{}</MessageID><MasterDataLinkageConfig><ConfigurationEvent>"
    "<createdDateTime>2026-03-01T00:00:00Z</createdDateTime><effectiveDateTime>2026-03-01T00:{}:00Z</effectiveDateTime>"
    "</ConfigurationEvent><CustomerAccount><mRID>A-1</mRID></CustomerAccount><Customer><mRID>{}</mRID></Customer>"
    "<Meter><mRID>M-1</mRID></Meter><UsagePoint><mRID>UP-1</mRID></UsagePoint></MasterDataLinkageConfig></capture>"
)


def _two(customer: str, minute: int) -> str:
    return f"<conversation>{_LINKAGE.format('a', 15, 'C-1')}{_LINKAGE.format('b', minute, customer)}</conversation>"


RULE = Rule(
    id="LI-12",
    requires="linkages of one usage point from one moment on to be the same",
    source="IEC 61968-9, MasterDataLinkageConfig, ConfigurationEvent.effectiveDateTime",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_two("C-1", 15), _two("C-2", 30)),
    fails=(_two("C-2", 15),),
    why="Two customers get a bill for the same flat and the same month.",
    mend="Correct a linkage with verb change, and let a new one start where the one before it ends.",
)
