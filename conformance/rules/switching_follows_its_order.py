"""CH-04: first the switch, then the closing reading, then the report; and the other way round when power comes back."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.choreographies import switching
from conformance.choreographies.table import walk
from conformance.example_switching import ORDER, READ, REPORT, SWITCH
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """A message that the table of disconnections or reconnections does not allow where it came."""
    for thread in switching.threads(conversation):
        for left in walk(thread):
            yield left.said.breach("Verb", f"{thread.about}: a system {left.word} where it stands at {left.state!r}")


RULE = Rule(
    id="CH-04",
    requires="a disconnection or reconnection to follow its table (docs/choreographies.md)",
    source="IEC 61968-9, MeterServiceRequests (disconnect and reconnect message flows)",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(ORDER + SWITCH + READ + REPORT,),
    fails=(
        ORDER + SWITCH + REPORT,
        ORDER.replace("0.3", "2.4").replace(">OK<", ">FAILED<") + SWITCH + READ + REPORT,
    ),
    why="The final bill is written from a reading that was taken before the switch was open, or from none.",
    mend="Report the work as completed only when the meter has answered and the reading is there.",
)
