"""CV-13: an answer in another SOAP is not understood."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.form import Form
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation

VERSIONS: Final = {Form.ENVELOPE: "1.1", Form.ENVELOPE_12: "1.2", Form.FAULT: "1.1", Form.FAULT_12: "1.2"}


def check(conversation: Conversation) -> Iterator[Breach]:
    """A reply in another version of SOAP than its request; a Fault may say in SOAP 1.1 that it knows no other."""
    for exchange in conversation.exchanges:
        asked = VERSIONS.get(exchange.request.form) if exchange.request else None
        for reply in exchange.replies if asked else ():
            answered = VERSIONS.get(reply.form)
            if answered is not None and answered != asked and reply.form is not Form.FAULT:
                yield reply.breach("Verb", f"a reply in SOAP {answered} to a request in SOAP {asked}")


_EXCHANGE = (
    "<conversation><capture exchange='1'><MessageID>a</MessageID></capture><capture exchange='1' leg='reply' soap='{}'>"
    "<Reply><Result>OK</Result></Reply><MessageID>b</MessageID><CorrelationID>a</CorrelationID></capture></conversation>"
)

RULE = Rule(
    id="CV-13",
    requires="a reply in the version of SOAP that its request is in",
    source="SOAP 1.2 part 1 appendix A (version transition), WS-I BP 1.1",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(_EXCHANGE.format("1.1"),),
    fails=(_EXCHANGE.format("1.2"),),
    why="The sender cannot read the answer and sends the delivery again.",
    mend="Answer in the version of the request.",
)
