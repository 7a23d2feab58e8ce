"""OP-01: an operation is named by its number."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.operations import OperationsView


def check(operations: OperationsView) -> Iterator[Breach]:
    """An operationId that an earlier operation of the set has."""
    seen: set[str] = set()
    for operation in operations.operations:
        if operation.identifier.text in seen:
            yield Breach(operation.identifier.where, f"operationId {operation.identifier.text!r} again")
        seen.add(operation.identifier.text)


RULE = Rule(
    id="OP-01",
    requires="every operation of a set to have an operationId of its own",
    source="IEC 61968-100, OperationSet.Operation.operationId",
    severity=Severity.ERROR,
    works_on=OperationsView,
    check=check,
    passes=(
        (
            "<capture dialect='generic'><root>RequestMessage</root><Verb>execute</Verb><Noun>OperationSet</Noun>"
            "<OperationSet><Operation><operationId>1</operationId><noun>MeterReadSchedule</noun><verb>create</verb>"
            "</Operation><Operation><operationId>2</operationId><noun>MeterReadSchedule</noun><verb>delete</verb></Operation>"
            "</OperationSet></capture>"
        ),
    ),
    fails=(
        (
            "<capture dialect='generic'><root>RequestMessage</root><Verb>execute</Verb><Noun>OperationSet</Noun>"
            "<OperationSet><Operation><operationId>1</operationId><noun>MeterReadSchedule</noun><verb>create</verb>"
            "</Operation><Operation><operationId>1</operationId><noun>MeterReadSchedule</noun><verb>delete</verb></Operation>"
            "</OperationSet></capture>"
        ),
    ),
    why="The reply says that operation 1 failed, and there are two of them.",
    mend="Number the operations from 1 on.",
)
