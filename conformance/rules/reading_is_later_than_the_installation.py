"""CF-22: a meter measures for a customer from the day on that it hangs."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import numpy as np

from ami.findings import Severity
from conformance.moments import EPOCH, moment
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView
from conformance.views.conversation import Conversation
from conformance.views.events import EventsView

LEEWAY = timedelta(days=1)
"""A day is local, and a moment is not."""


def check(conversation: Conversation) -> Iterator[Breach]:
    """A reading or an event of a meter from before the day on which a configuration says that it was installed."""
    installed: dict[str, datetime] = {}
    for said in conversation.messages:
        view = said.view(ConfigurationView)
        if view is not None:
            installed |= dict(_installations(view))
        if not installed:
            continue
        readings, events = said.readings, said.view(EventsView)
        if readings is not None:
            for member in [number for number, each in enumerate(readings.members) if each.meter in installed]:
                start = installed[readings.members[member].meter]
                first = (start - EPOCH) // timedelta(microseconds=1)
                rows = np.flatnonzero((readings.cells.member == member) & readings.moments.known & (readings.at < first)).tolist()
                for row in rows[:1]:
                    found = f"{readings.stamp(row)!r} of meter {readings.meter(row)!r}, installed on {(start + LEEWAY).date()}"
                    yield Breach(readings.where(row, "timeStamp"), found, said.index)
        for event in events.events if events is not None else ():
            created = moment(event.created.text)
            if created is not None and event.meter in installed and created.at < installed[event.meter]:
                found = f"{event.created.text!r} of meter {event.meter!r}, installed on {(installed[event.meter] + LEEWAY).date()}"
                yield Breach(event.created.where, found, said.index)


def _installations(view: ConfigurationView) -> Iterator[tuple[str, datetime]]:
    """Each meter with the first moment at which it can have hung at its place."""
    for each in view.objects:
        for part in each.of_kind("lifecycle"):
            field = part.fields.get("installationDate")
            try:
                day = date.fromisoformat(field.text[:10]) if field is not None and each.name else None
            except ValueError:
                day = None
            if day is not None and day.year > 1:
                yield each.name, datetime(day.year, day.month, day.day, tzinfo=UTC) - LEEWAY


def _conversation(day: str) -> str:
    return (
        "<conversation><capture><MessageID>a</MessageID><MeterConfig><Meter><mRID>M-1</mRID><lifecycle>"
        f"<installationDate>{day}</installationDate></lifecycle></Meter></MeterConfig></capture>"
        "<capture><MessageID>b</MessageID><Meter><mRID>M-1</mRID></Meter></capture></conversation>"
    )


RULE = Rule(
    id="CF-22",
    requires="readings and events of a meter from after its installation",
    source="IEC 61968-9, MeterConfig; LifecycleDate.installationDate",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_conversation("2026-02-01"),),
    fails=(_conversation("2026-04-01"),),
    why="What the meter counted in the workshop is billed to its first customer.",
    mend="Cut off what was recorded before the installation, and correct its day where that is wrong.",
)
