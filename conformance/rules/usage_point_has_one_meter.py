"""LI-10: before a second meter is hung up the first one is taken off."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation
from conformance.views.linkage import LinkageView


def check(conversation: Conversation) -> Iterator[Breach]:
    """A created linkage of a usage point with another meter than the one that the same wire linked it with before."""
    hanging: dict[tuple[object, str], tuple[str, int]] = {}
    for said in conversation.messages:
        linkage = said.view(LinkageView)
        if linkage is None or said.header is None:
            continue
        meters = linkage.names("Meter")
        for point in linkage.names("UsagePoint"):
            key = said.capture.wire, point
            before = hanging.get(key)
            if before is not None and meters and before[0] not in meters and said.header.verb in ("create", "created"):
                found = f"meter {meters[0]!r} at usage point {point!r}, where {before[0]!r} hangs since message {before[1] + 1}"
                yield Breach(linkage.where, found, said.index)
            if meters:
                hanging[key] = meters[0], said.index
            else:
                hanging.pop(key, None)


_LINKAGE = (
    "<capture><MessageID>{}</MessageID><MasterDataLinkageConfig><ConfigurationEvent>"
    "<createdDateTime>2026-03-01T00:00:00Z</createdDateTime><effectiveDateTime>2026-03-01T00:{}:00Z</effectiveDateTime>"
    "</ConfigurationEvent>{}<ServiceLocation><mRID>S-1</mRID></ServiceLocation><UsagePoint><mRID>UP-1</mRID></UsagePoint>"
    "</MasterDataLinkageConfig></capture>"
)


def _linked(*meters: str) -> str:
    parts = (f"<Meter><mRID>{meter}</mRID></Meter>" if meter else "" for meter in meters)
    return f"<conversation>{''.join(_LINKAGE.format(number, number + 10, part) for number, part in enumerate(parts))}</conversation>"


RULE = Rule(
    id="LI-10",
    requires="the meter at a usage point to be taken off before another one is linked, or the linkage to be changed",
    source="IEC 61968-9, MasterDataLinkageConfig",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_linked("M-1", "", "M-2"), _linked("M-1", "M-1")),
    fails=(_linked("M-1", "M-2"),),
    why="Both meters are billed, the one at the wall and the one in the store.",
    mend="Unlink the old meter, or send the exchange with verb change.",
)
