"""WD-09: an operation takes the message that it is named for."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.wsdl import WsdlView
from conformance.wrapping import recognise


def check(wsdl: WsdlView) -> Iterator[Breach]:
    """An operation whose input is the message of another verb or noun."""
    for port_type in wsdl.port_types:
        for operation in port_type.operations:
            said, parts = wsdl.verb_and_noun(operation.name), wsdl.messages.get(operation.takes or "", ())
            element = parts[0].element if parts else None
            if said is None or element is None:
                continue
            root = recognise(*element, wsdl.dialect.name)
            if root is None:
                yield Breach(parts[0].where, f"{element[1]} in namespace {element[0]!r} as the input of {operation.name}")
            elif (root.verb or said[0], root.noun or said[1]) != said:
                yield Breach(parts[0].where, f"{element[1]} as the input of {operation.name}")


RULE = Rule(
    id="WD-09",
    requires="the input of an operation to be the message of its verb and noun",
    source="IEC 61968-100 (operations and messages)",
    severity=Severity.ERROR,
    works_on=WsdlView,
    check=check,
    passes=("<wsdl/>",),
    fails=(
        "<wsdl part=\"element='e:ChangedMeterReadings'\"/>",
        "<wsdl part=\"element='e:Readings'\"/>",
    ),
    why="Clients send corrections where new readings are expected.",
    mend="Refer to the root element of the operation's own message.",
)
