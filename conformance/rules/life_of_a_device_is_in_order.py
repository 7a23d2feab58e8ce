"""CF-17: a meter is made before it is hung up, and hung up before it is taken off."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView

IN_ORDER: Final = ("manufacturedDate", "receivedDate", "installationDate", "removalDate", "retiredDate")


def check(view: ConfigurationView) -> Iterator[Breach]:
    """A day in the life of a device that is before one that comes first."""
    for each in view.objects:
        for part in each.of_kind("lifecycle"):
            days = [(name, part.fields[name]) for name in IN_ORDER if name in part.fields]
            for (before, first), (after, second) in pairwise(days):
                if second.text[:10] < first.text[:10]:
                    yield Breach(second.where, f"{after} {second.text}, {before} {first.text} of {each.kind} {each.name!r}")


_METER = (
    "<MeterConfig><Meter><mRID>M-1</mRID><lifecycle><installationDate>{}</installationDate><manufacturedDate>2024-05-02</manufacturedDate>"
    "<removalDate>2040-05-02</removalDate></lifecycle></Meter></MeterConfig>"
)

RULE = Rule(
    id="CF-17",
    requires="the days in the life of a device in their order",
    source="IEC 61968-9, MeterConfig and EndDeviceConfig; LifecycleDate",
    severity=Severity.WARNING,
    works_on=ConfigurationView,
    check=check,
    passes=(_METER.format("2026-03-01"),),
    fails=(_METER.format("2024-03-01"), _METER.format("2042-03-01")),
    why="The calibration of a meter runs out unnoticed, and its bills can be contested.",
    mend="Compare the days with the papers of the device; month and day may be exchanged.",
)
