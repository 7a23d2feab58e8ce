"""SO-05: a faultcode whose prefix is bound to nothing says nothing."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.envelope import EnvelopeView

CODES: Final = {
    "1.1": ("VersionMismatch", "MustUnderstand", "Client", "Server"),
    "1.2": ("VersionMismatch", "MustUnderstand", "DataEncodingUnknown", "Sender", "Receiver"),
    "": (),
}


def check(envelope: EnvelopeView) -> Iterator[Breach]:
    """A Fault whose code has no namespace, or is none of those that SOAP has."""
    fault = envelope.fault
    if fault is None or not fault.code.text:
        return
    name = fault.code.text.rpartition(":")[2]
    if fault.code_space is None:
        yield Breach(fault.code.where, f"{fault.code.text!r}, whose prefix is bound to no namespace")
    elif fault.code_space == envelope.namespace and name.partition(".")[0] not in CODES[envelope.version]:
        yield Breach(fault.code.where, f"{fault.code.text!r}, which SOAP {envelope.version} does not have")


RULE = Rule(
    id="SO-05",
    requires="the code of a Fault to be a qualified name, and one of SOAP where it is in its namespace",
    source="WS-I BP 1.1 (fault codes), SOAP 1.1 section 4.4.1",
    severity=Severity.ERROR,
    works_on=EnvelopeView,
    check=check,
    passes=(
        "<s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring></s:Fault></s:Body>",
        "<s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring></s:Fault></s:Body>",
    ),
    fails=(
        "<s:Body><s:Fault><faultcode>Client</faultcode><faultstring>no</faultstring></s:Fault></s:Body>",
        "<s:Body><s:Fault><faultcode>s:Sender</faultcode><faultstring>no</faultstring></s:Fault></s:Body>",
    ),
    why="The caller cannot tell whether to mend the message or to send it again, so readings are sent again for ever, or never.",
    mend="Write the prefix of the envelope before Client, Server, VersionMismatch or MustUnderstand.",
)
