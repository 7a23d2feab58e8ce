"""CV-20: a question about readings is not answered with events, later either."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """A later reply whose noun is not that of the request."""
    for message_id, replies in conversation.later_replies.items():
        asked = {said.header.noun for said in conversation.requests_with(message_id) if said.reply is None and said.header} - {None}
        for reply in replies if asked else ():
            if reply.header is not None and reply.header.noun is not None and reply.header.noun not in asked:
                yield reply.breach("Noun", f"{reply.header.noun!r} in the later reply to {', '.join(sorted(map(str, asked)))}")


_ASKED = (
    "<conversation><capture wire='cis-&gt;mdms'><MessageID>a</MessageID></capture>"
    "<capture wire='mdms-&gt;cis' leg='request'><Reply><Result>OK</Result></Reply><CorrelationID>a</CorrelationID>"
    "<Noun>{}</Noun></capture></conversation>"
)

RULE = Rule(
    id="CV-20",
    requires="a later reply to keep the noun of its request",
    source="IEC 61968-100, Header.Noun and Header.CorrelationID",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(_ASKED.format("MeterReadings"),),
    fails=(_ASKED.format("EndDeviceEvents"),),
    why="The reply lands on the wrong desk, and the question stays open.",
    mend="Copy the Noun of the request.",
)
