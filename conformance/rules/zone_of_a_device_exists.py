"""CF-26: a meter keeps the time of some place on earth."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.quantities import decimal
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView

WEST, EAST, STEP = -720, 840, 15
_FIELD: Final = "timeZoneOffset"


def check(view: ConfigurationView) -> Iterator[Breach]:
    """A timeZoneOffset that is no whole number of quarter hours, or further from UTC than any place."""
    for each in view.objects:
        field = each.fields.get(_FIELD)
        minutes = decimal(field.text) if field is not None else None
        if field is not None and (minutes is None or not WEST <= minutes <= EAST or minutes % STEP):
            yield Breach(field.where, f"{field.text!r} minutes of {each.kind} {each.name!r}")


_METER = "<MeterConfig><Meter><mRID>M-1</mRID><timeZoneOffset>{}</timeZoneOffset></Meter></MeterConfig>"

RULE = Rule(
    id="CF-26",
    requires="a timeZoneOffset in minutes that some place on earth has",
    source="IEC 61968-9, EndDevice.timeZoneOffset (Minutes)",
    severity=Severity.WARNING,
    works_on=ConfigurationView,
    check=check,
    passes=(_METER.format(60), _METER.format(-300), _METER.format(345)),
    fails=(_METER.format(3600), _METER.format(-5), _METER.format("NaN")),
    why="The meter's tariff periods begin at other hours than those that the customer was told.",
    mend="Write the offset in minutes, not in hours or seconds: an hour east of Greenwich is 60.",
)
