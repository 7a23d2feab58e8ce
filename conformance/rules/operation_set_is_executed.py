"""OP-07: a set of operations is executed, whatever its operations do."""

from collections.abc import Iterator

from ami import names
from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.operations import OperationsView


def check(operations: OperationsView) -> Iterator[Breach]:
    """A message with an OperationSet whose verb is neither execute nor executed."""
    if operations.verb is not None and operations.verb.text not in (*names.SET_VERBS, names.REPLY):
        yield Breach(operations.verb.where, f"{operations.verb.text!r} with an OperationSet")


RULE = Rule(
    id="OP-07",
    requires="a message with an OperationSet to say execute or executed",
    source="IEC 61968-100, verbs (execute, executed)",
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
            "<capture dialect='generic'><root>RequestMessage</root><Verb>create</Verb><Noun>OperationSet</Noun><OperationSet>"
            "<Operation><operationId>1</operationId><noun>MeterReadSchedule</noun><verb>create</verb></Operation>"
            "</OperationSet></capture>"
        ),
    ),
    why="The receiver carries out the verb of the header and passes over the operations.",
    mend="Write execute, or executed for a report of what was done.",
)
