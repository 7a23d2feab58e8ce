"""LI-13: a reading of a place that nobody has told of cannot be billed."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation
from conformance.views.linkage import LinkageView


def check(conversation: Conversation) -> Iterator[Breach]:
    """Readings of a usage point for a system that was told of others, and never of this one."""
    told: dict[str, set[str]] = {}
    for said in conversation.messages:
        wire = said.capture.wire
        linkage = said.view(LinkageView)
        if wire is None:
            continue
        if linkage is not None:
            told.setdefault(wire.target, set()).update(linkage.names("UsagePoint"))
        known = told.get(wire.target)
        if known is None or said.readings is None or said.readings.verb not in ("created", "changed"):
            continue
        for number, member in enumerate(said.readings.members):
            if member.usage_point and member.usage_point not in known:
                found = f"usage point {member.usage_point!r} of meter {member.meter!r}"
                yield Breach(said.readings.where_member(number, "UsagePoint"), found, said.index)


def _conversation(point: str) -> str:
    return (
        "<conversation><capture wire='cis-&gt;mdms'><MessageID>a</MessageID><MasterDataLinkageConfig><ConfigurationEvent>"
        "<createdDateTime>2026-02-01T00:00:00Z</createdDateTime><effectiveDateTime>2026-02-01T00:00:00Z</effectiveDateTime>"
        "</ConfigurationEvent><Meter><mRID>M-1</mRID></Meter><UsagePoint><mRID>UP-1</mRID></UsagePoint></MasterDataLinkageConfig>"
        "</capture><capture wire='hes-&gt;mdms'><MessageID>b</MessageID><Meter><mRID>M-1</mRID></Meter>"
        f"<UsagePoint><mRID>{point}</mRID></UsagePoint></capture></conversation>"
    )


RULE = Rule(
    id="LI-13",
    requires="readings of usage points that the receiver was told of",
    source="IEC 61968-9, MasterDataLinkageConfig and MeterReading.UsagePoint",
    severity=Severity.REMARK,
    works_on=Conversation,
    check=check,
    passes=(_conversation("UP-1"),),
    fails=(_conversation("UP-2"),),
    why="The kilowatt-hours are in the system, and belong to nobody.",
    mend="Tell of the usage point before its first reading is delivered, and by the same name.",
)
