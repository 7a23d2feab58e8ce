"""OP-02: an operation without verb or noun does nothing."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.operations import OperationsView


def check(operations: OperationsView) -> Iterator[Breach]:
    """An operation without a verb or a noun."""
    for operation in operations.operations:
        missing = [name for name, found in (("verb", operation.verb), ("noun", operation.noun)) if found is None or not found.text]
        if missing:
            yield Breach(operation.where, f"an operation without {' and '.join(missing)}")


RULE = Rule(
    id="OP-02",
    requires="every operation of a set to have a verb and a noun",
    source="IEC 61968-100, OperationSet.Operation",
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
            "<OperationSet><Operation><operationId>1</operationId><noun>MeterReadSchedule</noun></Operation></OperationSet>"
            "</capture>"
        ),
        (
            "<capture dialect='generic'><root>RequestMessage</root><Verb>execute</Verb><Noun>OperationSet</Noun>"
            "<OperationSet><Operation><operationId>1</operationId><verb>create</verb></Operation></OperationSet></capture>"
        ),
    ),
    why="The receiver cannot tell what it has to do, and refuses the whole set.",
    mend="Write verb and noun into each operation.",
)
