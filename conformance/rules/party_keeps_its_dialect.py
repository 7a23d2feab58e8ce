"""CV-12: a product speaks one dialect on a wire."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """A message in another dialect than the sender used before on the same wire."""
    spoken: dict[tuple[object, str], str] = {}
    for said in conversation.messages:
        if said.header is None or said.capture.wire is None:
            continue
        own = said.header.wrapping.dialect.name
        first = spoken.setdefault((said.capture.wire, said.capture.leg), own)
        if own != first:
            yield Breach(said.header.root.where, f"{said.header.root.text} of dialect {own} after messages of dialect {first}", said.index)


_SAID = (
    "<conversation><capture wire='hes-&gt;mdms'><MessageID>a</MessageID></capture>"
    "<capture wire='hes-&gt;mdms' dialect='{}'><MessageID>b</MessageID></capture></conversation>"
)

RULE = Rule(
    id="CV-12",
    requires="a system to keep to one dialect on a wire",
    source="IEC 61968-100, message envelope (namespaces)",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(_SAID.format("2011"),),
    fails=(_SAID.format("2017"),),
    why="Half of the deliveries are refused, and it looks like chance which.",
    mend="Update all parts of a product together, and set them to the same dialect.",
)
