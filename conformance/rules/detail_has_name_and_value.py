"""EV-13: a detail is a name with a value, and says one thing."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.events import EventsView


def check(view: EventsView) -> Iterator[Breach]:
    """A detail without a name or a value, or with a name that stood before with another value."""
    for event in view.events:
        seen: dict[str, str] = {}
        for detail in event.details:
            if not detail.name or not detail.value:
                yield Breach(detail.where, f"detail {detail.name!r} with value {detail.value!r}")
            elif seen.setdefault(detail.name, detail.value) != detail.value:
                yield Breach(detail.where, f"detail {detail.name!r} is {detail.value!r}, and was {seen[detail.name]!r}")


_EVENT = (
    "<EndDeviceEvent><createdDateTime>2026-03-01T01:00:00Z</createdDateTime><Assets><mRID>M-1</mRID></Assets>"
    "<EndDeviceEventDetails><name>phase</name><value>A</value></EndDeviceEventDetails>"
    "<EndDeviceEventDetails><name>{}</name>{}</EndDeviceEventDetails>"
    '<EndDeviceEventType ref="3.26.0.85"/></EndDeviceEvent>'
)

RULE = Rule(
    id="EV-13",
    requires="every detail of an event to have a name and a value, each name once",
    source="IEC 61968-9, EndDeviceEvent.EndDeviceEventDetails",
    severity=Severity.WARNING,
    works_on=EventsView,
    check=check,
    passes=(_EVENT.format("voltage", "<value>0</value>"),),
    fails=(_EVENT.format("voltage", ""), _EVENT.format("phase", "<value>0</value>"), _EVENT.format("", "<value>0</value>")),
    why="The crew on its way is not told which phase is dead.",
    mend="Write each detail once, with its value, or leave it out.",
)
