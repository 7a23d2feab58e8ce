"""CF-15: a transformer ratio is a positive number, and a meter has one of each kind."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.quantities import decimal
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView

MULTIPLIERS: Final = ("MeterMultipliers", "ServiceMultipliers")


def check(view: ConfigurationView) -> Iterator[Breach]:
    """A multiplier of zero or less, or two of one kind that differ."""
    for each in view.objects:
        seen: dict[str, str] = {}
        for part in each.of_kind(*MULTIPLIERS):
            kind, value = (part.fields[name].text if name in part.fields else "" for name in ("kind", "value"))
            number = decimal(value)
            if number is None or number <= 0:
                yield Breach(part.where, f"{kind} {value} of {each.kind} {each.name!r}")
            elif seen.setdefault(kind, value) != value:
                yield Breach(part.where, f"{kind} {value} beside {seen[kind]} of {each.kind} {each.name!r}")


_METER = (
    "<MeterConfig><Meter><mRID>M-1</mRID><MeterMultipliers><kind>ctRatio</kind><value>40</value></MeterMultipliers>"
    "<MeterMultipliers><kind>{}</kind><value>{}</value></MeterMultipliers></Meter></MeterConfig>"
)

RULE = Rule(
    id="CF-15",
    requires="multipliers greater than zero, one of each kind",
    source="IEC 61968-9, MeterConfig and UsagePointConfig; MeterMultiplier and ServiceMultiplier",
    severity=Severity.ERROR,
    works_on=ConfigurationView,
    check=check,
    passes=(_METER.format("ptRatio", 100),),
    fails=(_METER.format("ptRatio", 0), _METER.format("ptRatio", -100), _METER.format("ctRatio", 100)),
    why="A factory is billed for a fortieth of what it used.",
    mend="Write the ratio from the plate of the transformer: 200/5 A is 40.",
)
