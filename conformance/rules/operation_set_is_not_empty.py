"""OP-06: a set without operations asks for nothing."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.operations import OperationsView


def check(operations: OperationsView) -> Iterator[Breach]:
    """An OperationSet without an Operation."""
    if not operations.operations:
        yield Breach(operations.where, "no Operation")


RULE = Rule(
    id="OP-06",
    requires="an OperationSet to have at least one Operation",
    source="IEC 61968-100, OperationSet",
    severity=Severity.ERROR,
    works_on=OperationsView,
    check=check,
    passes=(
        (
            "<capture dialect='generic'><root>RequestMessage</root><Verb>execute</Verb><Noun>OperationSet</Noun>"
            "<OperationSet><Operation><operationId>1</operationId><noun>MeterReadSchedule</noun><verb>create</verb>"
            "</Operation></OperationSet></capture>"
        ),
    ),
    fails=(
        (
            "<capture dialect='generic'><root>RequestMessage</root><Verb>execute</Verb><Noun>OperationSet</Noun>"
            "<OperationSet></OperationSet></capture>"
        ),
    ),
    why="The order is acknowledged, and nothing happens.",
    mend="Add the operations, or send no set.",
)
