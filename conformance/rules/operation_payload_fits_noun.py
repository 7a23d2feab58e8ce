"""OP-03: an operation carries what its noun says."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.operations import OperationsView


def check(operations: OperationsView) -> Iterator[Breach]:
    """An operation whose payload is of another noun."""
    for operation in operations.operations:
        carried, noun = operation.payload, operation.noun
        if carried is not None and noun is not None and carried.text.removeprefix("Get") != noun.text:
            yield Breach(carried.where, f"{carried.text} in an operation on {noun.text}")


_SET = (
    "<capture dialect='generic'><root>RequestMessage</root><Verb>execute</Verb><Noun>OperationSet</Noun><OperationSet><Operation>"
    "<operationId>1</operationId><noun>{}</noun><verb>create</verb><MeterReadings><MeterReading><Meter><mRID>M-1</mRID></Meter>"
    "</MeterReading></MeterReadings></Operation></OperationSet></capture>"
)

RULE = Rule(
    id="OP-03",
    requires="the payload of an operation to be of its noun",
    source="IEC 61968-100, OperationSet.Operation",
    severity=Severity.ERROR,
    works_on=OperationsView,
    check=check,
    passes=(_SET.format("MeterReadings"),),
    fails=(_SET.format("MeterReading"),),
    why="A control is booked as a schedule, and the meter is not switched.",
    mend="Carry the noun that the operation names.",
)
