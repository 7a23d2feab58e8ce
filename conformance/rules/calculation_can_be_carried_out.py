"""MR-48: what is left to the receiver to calculate has to be one calculation, and a possible one."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.calculations import CalculationsView


def check(view: CalculationsView) -> Iterator[Breach]:
    """A PendingCalculation that divides by nothing, or has two factors."""
    for calculation in view.calculations:
        fields = calculation.fields
        if fields.get("scalarDenominator", "").strip("+-0") == "" and "0" in fields.get("scalarDenominator", ""):
            yield Breach(calculation.where, "a scalarDenominator of 0")
        ratio = [name for name in ("scalarNumerator", "scalarDenominator") if name in fields]
        if ratio and "scalarFloat" in fields:
            yield Breach(calculation.where, f"both scalarFloat {fields['scalarFloat']} and {ratio[0]} {fields[ratio[0]]}")


_BLOCK = (
    "<IntervalBlocks><IntervalReadings><timeStamp>2026-03-01T00:15:00Z</timeStamp><value>0.250</value></IntervalReadings>"
    '<PendingCalculation>{}<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></PendingCalculation>'
    '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.0.72.0"/></IntervalBlocks>'
)
_RATIO = "<scalarDenominator>{}</scalarDenominator>{}<scalarNumerator>{}</scalarNumerator>"

RULE = Rule(
    id="MR-48",
    requires="a PendingCalculation with one factor and no division by 0",
    source="IEC 61968-9, IntervalBlock.PendingCalculation; CIM Metering, PendingCalculation",
    severity=Severity.ERROR,
    works_on=CalculationsView,
    check=check,
    passes=(_BLOCK.format(_RATIO.format("1000", "", "1")), _BLOCK.format("<scalarFloat>0.001</scalarFloat>")),
    fails=(
        _BLOCK.format(_RATIO.format("0", "", "1")),
        _BLOCK.format(_RATIO.format("1000", "<scalarFloat>0.001</scalarFloat>", "1")),
    ),
    why="One receiver takes the one factor, the next the other, and the third stops at the division.",
    mend="Say the factor either as scalarNumerator and scalarDenominator or as scalarFloat; better, send values that are final.",
)
