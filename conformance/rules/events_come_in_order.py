"""EV-09: what happened at a meter is told in the order in which it happened."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.moments import Moment, moment
from conformance.rule import Breach, Rule
from conformance.views.events import EventsView


def check(view: EventsView) -> Iterator[Breach]:
    """An event of a meter that stands after a later one of the same meter."""
    latest: dict[str, tuple[Moment, str]] = {}
    for event in view.events:
        created = moment(event.created.text)
        if created is None or not event.source:
            continue
        before = latest.get(event.source)
        if before is not None and created.at < before[0].at:
            yield Breach(event.created.where, f"{event.created.text!r} after {before[1]!r} of {event.source!r}")
        else:
            latest[event.source] = created, event.created.text


_EVENT = (
    "<EndDeviceEvent><createdDateTime>2026-03-01T00:{}:00Z</createdDateTime><Assets><mRID>{}</mRID></Assets>"
    '<EndDeviceEventType ref="{}"/></EndDeviceEvent>'
)
_LOST = _EVENT.format(30, "M-1", "3.26.0.85")

RULE = Rule(
    id="EV-09",
    requires="the events of a meter in the order of time",
    source="IEC 61968-9, EndDeviceEvents; EndDeviceEvent.createdDateTime",
    severity=Severity.WARNING,
    works_on=EventsView,
    check=check,
    passes=(_LOST + _EVENT.format(45, "M-1", "3.26.0.216"), _LOST + _EVENT.format(15, "M-2", "3.26.0.216")),
    fails=(_LOST + _EVENT.format(15, "M-1", "3.26.0.216"),),
    why="The restoration is handled before the outage, and the outage stays open on the operator's screen.",
    mend="Sort the events of each meter by createdDateTime.",
)
