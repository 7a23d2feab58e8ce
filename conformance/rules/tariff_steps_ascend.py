"""CF-12: the steps of a price follow one another."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from ami.findings import Severity
from conformance.quantities import decimal
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView, Part

STEPS: Final = {"ConsumptionTariffIntervals": "startValue", "TimeTariffIntervals": "startTime"}
"""Kind of step -> what it starts at."""


def check(view: ConfigurationView) -> Iterator[Breach]:
    """Steps of a price whose beginnings do not ascend with their numbers, or are the same."""
    for each in view.objects:
        for part in each.below():
            for kind, name in STEPS.items():
                steps = [step for step in part.of_kind(kind) if name in step.fields and _number(step) is not None]
                in_order = sorted(steps, key=lambda step: _number(step) or Decimal(0))
                for before, after in pairwise(in_order):
                    if not _is_less(before.fields[name].text, after.fields[name].text):
                        found = f"step {_number(after)} from {after.fields[name].text}, after {before.fields[name].text}"
                        yield Breach(after.where, f"{found} of {each.kind} {each.name!r}")


def _number(step: Part) -> Decimal | None:
    return decimal(step.fields["sequenceNumber"].text) if "sequenceNumber" in step.fields else None


def _is_less(one: str, other: str) -> bool:
    first, second = decimal(one), decimal(other)
    return first < second if first is not None and second is not None else one < other


_STEP = "<ConsumptionTariffIntervals><sequenceNumber>{}</sequenceNumber><startValue>{}</startValue></ConsumptionTariffIntervals>"


def _config(start: int) -> str:
    steps = _STEP.format(1, 0) + _STEP.format(2, 500) + _STEP.format(3, start)
    return (
        "<PricingStructureConfig><PricingStructure><mRID>steps</mRID><Tariffs><mRID>T-26</mRID><TariffProfiles><mRID>P-1</mRID>"
        f"{steps}</TariffProfiles></Tariffs></PricingStructure></PricingStructureConfig>"
    )


RULE = Rule(
    id="CF-12",
    requires="the steps of a price to start one after the other, in the order of their numbers",
    source="IEC 61968-9, PricingStructureConfig; ConsumptionTariffInterval and TimeTariffInterval",
    severity=Severity.ERROR,
    works_on=ConfigurationView,
    check=check,
    passes=(_config(1000),),
    fails=(_config(400), _config(500)),
    why="From five hundred kilowatt-hours on two prices hold, and each system picks another.",
    mend="Number the steps in the order in which they start.",
)
