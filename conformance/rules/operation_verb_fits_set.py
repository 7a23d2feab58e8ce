"""OP-04: what is asked for is not yet done."""

from collections.abc import Iterator
from typing import Final

from ami import names
from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.operations import OperationsView

ALLOWED: Final = {"execute": names.REQUEST_VERBS, "executed": names.EVENT_VERBS}


def check(operations: OperationsView) -> Iterator[Breach]:
    """A verb of what happened in a set that is to be executed, or the reverse."""
    said = operations.verb.text if operations.verb else ""
    if said not in ALLOWED:
        return
    for operation in operations.operations:
        if operation.verb is not None and operation.verb.text and operation.verb.text not in ALLOWED[said]:
            yield Breach(operation.verb.where, f"{operation.verb.text!r} in a set that says {said}")


RULE = Rule(
    id="OP-04",
    requires="the operations of a set to be ordered where it says execute, and done where it says executed",
    source="IEC 61968-100, OperationSet.Operation.verb",
    severity=Severity.ERROR,
    works_on=OperationsView,
    check=check,
    passes=(
        (
            "<capture dialect='generic'><root>RequestMessage</root><Verb>execute</Verb><Noun>OperationSet</Noun>"
            "<OperationSet><Operation><operationId>1</operationId><noun>MeterReadSchedule</noun><verb>create</verb>"
            "</Operation></OperationSet></capture>"
        ),
        (
            "<capture dialect='generic'><root>EventMessage</root><Verb>executed</Verb><Noun>OperationSet</Noun><OperationSet>"
            "<Operation><operationId>1</operationId><noun>MeterReadSchedule</noun><verb>created</verb></Operation>"
            "</OperationSet></capture>"
        ),
    ),
    fails=(
        (
            "<capture dialect='generic'><root>RequestMessage</root><Verb>execute</Verb><Noun>OperationSet</Noun>"
            "<OperationSet><Operation><operationId>1</operationId><noun>MeterReadSchedule</noun><verb>created</verb>"
            "</Operation></OperationSet></capture>"
        ),
        (
            "<capture dialect='generic'><root>EventMessage</root><Verb>executed</Verb><Noun>OperationSet</Noun><OperationSet>"
            "<Operation><operationId>1</operationId><noun>MeterReadSchedule</noun><verb>create</verb></Operation>"
            "</OperationSet></capture>"
        ),
    ),
    why="The receiver takes for done what it should have done itself.",
    mend="Write create, change, cancel, close or delete into an order, and created and so on into a report.",
)
