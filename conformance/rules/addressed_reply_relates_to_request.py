"""WA-09: an addressed answer says what it answers."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.addressing import AddressingView


def check(addressing: AddressingView) -> Iterator[Breach]:
    """WS-Addressing headers on a reply without RelatesTo."""
    if addressing.is_reply and addressing.text("RelatesTo") is None:
        yield addressing.breach("RelatesTo", "a reply without RelatesTo")


RULE = Rule(
    id="WA-09",
    requires="RelatesTo on every reply that has WS-Addressing headers",
    source="WS-Addressing 1.0 Core section 3.4",
    severity=Severity.ERROR,
    works_on=AddressingView,
    check=check,
    passes=(
        (
            "<capture><s:Header><wsa:Action>urn:reply</wsa:Action><wsa:RelatesTo>urn:a</wsa:RelatesTo></s:Header><Reply>"
            "<Result>OK</Result></Reply></capture>"
        ),
    ),
    fails=("<capture><s:Header><wsa:Action>urn:reply</wsa:Action></s:Header><Reply><Result>OK</Result></Reply></capture>",),
    why="The sender's library drops the answer, so the delivery counts as lost and is sent again.",
    mend="Copy the wsa:MessageID of the request into RelatesTo.",
)
