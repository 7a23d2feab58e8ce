"""CV-24: what who asked wants to find in his answer has to be in it."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.addressing import AddressingView
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """A reply without a reference parameter of the ReplyTo that it goes to, as a block of its own header."""
    for said in conversation.messages:
        asked = said.view(AddressingView)
        if asked is None or not asked.parameters or said.reply is not None:
            continue
        later = conversation.later_replies.get(said.message_id or "", ())
        for answer in (*conversation.answers.get(said.index, ()), *later):
            addressed = answer.view(AddressingView)
            brought = addressed.blocks if addressed is not None else ()
            missing = [name.rpartition("}")[2] for name, text in asked.parameters if (name, text) not in brought]
            if answer.reply is not None and missing:
                place = addressed.where if addressed is not None else answer.breach_of_reply("").where
                yield Breach(place, f"no {', '.join(missing)} as the ReplyTo of {said.message_id!r} has it", answer.index)


_EXCHANGE = (
    "<conversation><capture exchange='1'><s:Header><wsa:Action>urn:ask</wsa:Action><wsa:MessageID>urn:a</wsa:MessageID><wsa:ReplyTo>"
    "<wsa:Address>http://www.w3.org/2005/08/addressing/anonymous</wsa:Address><wsa:ReferenceParameters>"
    "<c:Queue xmlns:c='urn:cis'>7</c:Queue></wsa:ReferenceParameters></wsa:ReplyTo></s:Header><MessageID>a</MessageID></capture>"
    "<capture exchange='1' leg='reply'><s:Header><wsa:Action>urn:reply</wsa:Action><wsa:RelatesTo>urn:a</wsa:RelatesTo>{}</s:Header>"
    "<Reply><Result>OK</Result></Reply><MessageID>b</MessageID><CorrelationID>a</CorrelationID></capture></conversation>"
)
_QUEUE = "<c:Queue xmlns:c='urn:cis' wsa:IsReferenceParameter='true'>{}</c:Queue>"

RULE = Rule(
    id="CV-24",
    requires="a reply to bring the reference parameters of its request's ReplyTo back as header blocks",
    source="WS-Addressing 1.0 Core section 3.3, SOAP Binding section 3.4 (reference parameters)",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(_EXCHANGE.format(_QUEUE.format(7)),),
    fails=(_EXCHANGE.format(""), _EXCHANGE.format(_QUEUE.format(8))),
    why="The answer arrives, and the desk that asked for it never sees it.",
    mend="Copy each element in ReplyTo/ReferenceParameters into the header of the reply, with IsReferenceParameter.",
)
