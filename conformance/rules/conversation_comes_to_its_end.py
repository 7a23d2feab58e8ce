"""CH-05: an order that was taken is carried out, or it is said why not."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.choreographies import scheduling, switching
from conformance.choreographies.table import last_state
from conformance.example_switching import ORDER, READ, REPORT, SWITCH
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """A disconnection or reconnection that stops before it was reported, or a cancelled question that was never settled."""
    for thread in (*switching.threads(conversation), *scheduling.threads(conversation)):
        state = last_state(thread)
        if state not in thread.choreography.ends and state != "ordered":
            yield thread.steps[-1][1].breach("Verb", f"{thread.about} stands at {state!r} as far as was heard")


RULE = Rule(
    id="CH-05",
    requires="an order to come to one of its ends, as far as the conversation goes",
    source="IEC 61968-9, MeterServiceRequests and MeterReadSchedule (message flows)",
    severity=Severity.REMARK,
    works_on=Conversation,
    check=check,
    passes=(ORDER + SWITCH + READ + REPORT,),
    fails=(ORDER + SWITCH + READ + "</conversation>",),
    why="The clerk does not know whether the customer still has power.",
    mend="Report each work order, also when it failed.",
)
