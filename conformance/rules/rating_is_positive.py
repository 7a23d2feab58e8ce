"""CF-16: a service without volts or amperes is none."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.quantities import decimal
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView

MOST: Final = {
    "nominalServiceVoltage": 500_000,
    "ratedVoltage": 500_000,
    "ratedCurrent": 10_000,
    "estimatedLoad": 100_000,
}
"""Field -> the most that a service can have: volts, amperes."""


def check(view: ConfigurationView) -> Iterator[Breach]:
    """A rating below zero, of nothing, or beyond all services."""
    for each in view.objects:
        for part in each.below():
            for name, most in MOST.items():
                field = part.fields.get(name)
                rating = decimal(field.text) if field is not None else None
                if field is not None and (rating is None or not 0 <= rating <= most or (rating == 0 and name != "estimatedLoad")):
                    yield Breach(field.where, f"{name} {field.text} of {each.kind} {each.name!r}")


_POINT = (
    "<UsagePointConfig><UsagePoint><mRID>UP-1</mRID><nominalServiceVoltage>{}</nominalServiceVoltage><ratedCurrent>{}</ratedCurrent>"
    "</UsagePoint></UsagePointConfig>"
)

RULE = Rule(
    id="CF-16",
    requires="voltage and current that a service can be rated for",
    source="IEC 61968-9, UsagePointConfig; UsagePoint.nominalServiceVoltage and ratedCurrent",
    severity=Severity.WARNING,
    works_on=ConfigurationView,
    check=check,
    passes=(_POINT.format(230, 63),),
    fails=(_POINT.format(0, 63), _POINT.format(230, -63), _POINT.format("NaN", 63)),
    why="Every reading of this flat is taken for impossible and estimated.",
    mend="Write volts and amperes as the contract has them; leave out what is not known.",
)
