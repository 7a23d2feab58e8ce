"""LI-11: a meter cannot hang in two places."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation
from conformance.views.linkage import LinkageView


def check(conversation: Conversation) -> Iterator[Breach]:
    """A meter that is linked with a usage point while the same wire has it linked with another one."""
    places: dict[tuple[object, str], tuple[str, int]] = {}
    for said in conversation.messages:
        linkage = said.view(LinkageView)
        if linkage is None:
            continue
        points, meters = linkage.names("UsagePoint"), linkage.names("Meter")
        for key in [key for key, (point, _) in places.items() if key[0] == said.capture.wire and point in points]:
            del places[key]
        for meter in dict.fromkeys(meters) if len(points) == 1 else ():
            before = places.get((said.capture.wire, meter))
            if before is not None:
                found = f"meter {meter!r} at usage point {points[0]!r}, and at {before[0]!r} since message {before[1] + 1}"
                yield Breach(linkage.where, found, said.index)
            places[said.capture.wire, meter] = points[0], said.index


_LINKAGE = (
    "<capture><MessageID>{}</MessageID><MasterDataLinkageConfig><ConfigurationEvent>"
    "<createdDateTime>2026-03-01T00:00:00Z</createdDateTime><effectiveDateTime>2026-03-01T00:{}:00Z</effectiveDateTime>"
    "</ConfigurationEvent>{}<ServiceLocation><mRID>S-1</mRID></ServiceLocation><UsagePoint><mRID>{}</mRID></UsagePoint>"
    "</MasterDataLinkageConfig></capture>"
)


def _linked(*links: tuple[str, str]) -> str:
    parts = ((f"<Meter><mRID>{meter}</mRID></Meter>" if meter else "", point) for meter, point in links)
    return f"<conversation>{''.join(_LINKAGE.format(number, number + 10, *part) for number, part in enumerate(parts))}</conversation>"


RULE = Rule(
    id="LI-11",
    requires="a meter to be taken off one usage point before it is linked with another",
    source="IEC 61968-9, MasterDataLinkageConfig",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_linked(("M-1", "UP-1"), ("", "UP-1"), ("M-1", "UP-2")), _linked(("M-1", "UP-1"), ("M-2", "UP-2"))),
    fails=(_linked(("M-1", "UP-1"), ("M-1", "UP-2")),),
    why="Two households are billed for what one of them uses.",
    mend="Unlink the meter from where it hung before it is linked anew.",
)
