"""WD-04: clients send the SOAPAction that the WSDL gives."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.wsdl import WsdlView


def check(wsdl: WsdlView) -> Iterator[Breach]:
    """A soapAction that is not that of the verb and the noun of its operation, or none."""
    for binding in wsdl.bindings:
        for operation in binding.operations:
            said = wsdl.verb_and_noun(operation.name)
            if said is None:
                continue
            expected = wsdl.dialect.action(*said)
            if operation.action is None or operation.action.text != expected:
                found = repr(operation.action.text) if operation.action is not None else "no soapAction"
                yield Breach(operation.action.where if operation.action else operation.where, f"{found} instead of {expected!r}")


RULE = Rule(
    id="WD-04",
    requires="soapAction to name the verb and the noun of its operation",
    source="IEC 61968-100 (SOAP binding, SOAPAction); WSDL 1.1 section 3.4",
    severity=Severity.ERROR,
    works_on=WsdlView,
    check=check,
    passes=("<wsdl/>",),
    fails=(
        '<wsdl action="http://iec.ch/TC57/2011/MeterReadings/ChangedMeterReadings"/>',
        '<wsdl action=""/>',
    ),
    why="Every client that is made from it sends an action that other systems refuse.",
    mend="Write the action of the dialect, with noun, verb and noun.",
)
