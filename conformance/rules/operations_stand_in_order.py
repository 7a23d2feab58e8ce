"""OP-05: an order of steps is an order."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.operations import OperationsView


def check(operations: OperationsView) -> Iterator[Breach]:
    """Operations out of the order of their numbers, where their sequence is to be kept."""
    last = None
    for operation in operations.operations if operations.in_order else ():
        if operation.number is not None and last is not None and operation.number < last:
            yield Breach(operation.identifier.where, f"operation {operation.number} after operation {last}")
        last = operation.number if operation.number is not None else last


RULE = Rule(
    id="OP-05",
    requires="operations to stand in the order of their operationId where enforceMsgSequence is set",
    source="IEC 61968-100, OperationSet.enforceMsgSequence",
    severity=Severity.ERROR,
    works_on=OperationsView,
    check=check,
    passes=(
        (
            "<capture dialect='generic'><root>RequestMessage</root><Verb>execute</Verb><Noun>OperationSet</Noun>"
            "<OperationSet><enforceMsgSequence>true</enforceMsgSequence><Operation><operationId>1</operationId><noun>"
            "MeterReadSchedule</noun><verb>create</verb></Operation><Operation><operationId>2</operationId><noun>"
            "MeterReadSchedule</noun><verb>delete</verb></Operation></OperationSet></capture>"
        ),
        (
            "<capture dialect='generic'><root>RequestMessage</root><Verb>execute</Verb><Noun>OperationSet</Noun>"
            "<OperationSet><Operation><operationId>2</operationId><noun>MeterReadSchedule</noun><verb>delete</verb>"
            "</Operation><Operation><operationId>1</operationId><noun>MeterReadSchedule</noun><verb>create</verb></Operation>"
            "</OperationSet></capture>"
        ),
    ),
    fails=(
        (
            "<capture dialect='generic'><root>RequestMessage</root><Verb>execute</Verb><Noun>OperationSet</Noun>"
            "<OperationSet><enforceMsgSequence>true</enforceMsgSequence><Operation><operationId>2</operationId><noun>"
            "MeterReadSchedule</noun><verb>delete</verb></Operation><Operation><operationId>1</operationId><noun>"
            "MeterReadSchedule</noun><verb>create</verb></Operation></OperationSet></capture>"
        ),
    ),
    why="The new tariff is deleted before it is created, and the customer has none.",
    mend="Write the operations in the order in which they are to be done.",
)
