"""MR-44: a meter hangs in one place, until somebody hangs it elsewhere."""

from collections.abc import Iterator
from typing import NamedTuple

from ami.findings import Severity, Where
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation, Said
from conformance.views.events import EventsView
from conformance.views.linkage import LinkageView


class _Place(NamedTuple):
    """A meter at a usage point, as a message says it."""

    meter: str
    usage_point: str
    where: Where


def check(conversation: Conversation) -> Iterator[Breach]:
    """A meter with another usage point than an earlier message said, with no linkage of that meter between the two."""
    known: dict[str, tuple[str, int]] = {}
    for said in conversation.messages:
        linkage = said.view(LinkageView)
        if linkage is not None:
            for meter in linkage.names("Meter"):
                known.pop(meter, None)
        for place in _places(said):
            point, message = known.setdefault(place.meter, (place.usage_point, said.index))
            if point != place.usage_point:
                found = f"meter {place.meter!r} at {place.usage_point!r}, and at {point!r} in message {message + 1}"
                yield Breach(place.where, found, said.index)


def _places(said: Said) -> Iterator[_Place]:
    if said.readings is not None:
        for number, member in enumerate(said.readings.members):
            if member.meter and member.usage_point:
                yield _Place(member.meter, member.usage_point, said.readings.where_member(number, "UsagePoint"))
    events = said.view(EventsView)
    for event in events.events if events is not None else ():
        if event.meter and event.usage_point:
            yield _Place(event.meter, event.usage_point, event.where)


def _two(one: str, other: str, between: str = "") -> str:
    reading = "<capture><MessageID>{}</MessageID><Meter><mRID>M-1</mRID></Meter><UsagePoint><mRID>{}</mRID></UsagePoint></capture>"
    return f"<conversation>{reading.format('a', one)}{between}{reading.format('b', other)}</conversation>"


_MOVED = (
    "<capture><MessageID>c</MessageID><MasterDataLinkageConfig><ConfigurationEvent><createdDateTime>2026-03-01T00:00:00Z</createdDateTime>"
    "<effectiveDateTime>2026-03-01T00:00:00Z</effectiveDateTime></ConfigurationEvent><Meter><mRID>M-1</mRID></Meter><UsagePoint><mRID>UP-2</mRID></UsagePoint></MasterDataLinkageConfig></capture>"
)

RULE = Rule(
    id="MR-44",
    requires="a meter to stay at its usage point until a linkage moves it",
    source="IEC 61968-9, MeterReading.UsagePoint and MasterDataLinkageConfig",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_two("UP-1", "UP-1"), _two("UP-1", "UP-2", _MOVED)),
    fails=(_two("UP-1", "UP-2"),),
    why="One customer's kilowatt-hours are on another customer's bill.",
    mend="Compare the two messages with the master data, and tell of an exchange before its first reading.",
)
