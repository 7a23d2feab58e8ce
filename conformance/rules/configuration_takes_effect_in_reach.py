"""CF-21: a change of configuration takes effect about when it is told."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView

BACK: Final = timedelta(days=6 * 366)
AHEAD: Final = timedelta(days=2 * 366)
"""Corrections reach back as far as bills can be contested; nobody plans a tariff for the year after next."""


def check(view: ConfigurationView) -> Iterator[Breach]:
    """An effectiveDateTime years away from the message."""
    if view.said_at is None:
        return
    for each in view.objects:
        for event in each.of_kind("ConfigurationEvents"):
            field = event.fields.get("effectiveDateTime")
            read = moment(field.text) if field is not None else None
            if field is not None and read is not None and not -BACK < read.at - view.said_at < AHEAD:
                yield Breach(field.where, f"{field.text!r} in a message of {view.said_at.isoformat()}")


_CONFIG = (
    "<UsagePointConfig><UsagePoint><mRID>UP-1</mRID><ConfigurationEvents><effectiveDateTime>{}-03-01T00:00:00Z</effectiveDateTime>"
    "</ConfigurationEvents></UsagePoint></UsagePointConfig>"
)

RULE = Rule(
    id="CF-21",
    requires="a configuration to take effect within a few years of its message",
    source="IEC 61968-9, ConfigurationEvent.effectiveDateTime",
    severity=Severity.WARNING,
    works_on=ConfigurationView,
    check=check,
    passes=(_CONFIG.format(2026), _CONFIG.format(2025)),
    fails=(_CONFIG.format(1970), _CONFIG.format(2062)),
    why="Decades of bills are opened again, or the change never comes.",
    mend="Check the year, and leave the moment out where it is not known.",
)
