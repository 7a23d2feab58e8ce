"""HE-05: the SOAPAction header routes a message before anybody reads it."""

from collections.abc import Iterator

from ami import names
from ami.dialect import dialect
from ami.findings import Severity
from conformance.capture import REQUEST
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView


def check(header: HeaderView) -> Iterator[Breach]:
    """A SOAPAction other than that of the header's verb and noun; where it is not known, nothing is said."""
    said = header.capture.soap_action
    if said is None or header.capture.leg != REQUEST or header.verb is None or header.noun is None:
        return
    expected = header.wrapping.dialect.action(header.verb, header.noun)
    if said.strip().strip('"') != expected:
        yield Breach(header.root.where, f"SOAPAction {said!r} instead of {expected!r}")


_SPOKEN = dialect("2011")

RULE = Rule(
    id="HE-05",
    requires="SOAPAction to name the verb and the noun of the message",
    source="WS-I BP 1.1 (SOAPAction), IEC 61968-100, SOAP binding",
    severity=Severity.ERROR,
    works_on=HeaderView,
    check=check,
    passes=(
        f'<capture soap_action="{_SPOKEN.action("created", names.METER_READINGS)}"/>',
        f"<capture soap_action='&quot;{_SPOKEN.action('created', names.METER_READINGS)}&quot;'/>",
        "<MessageID>5f0c</MessageID>",
    ),
    fails=(
        f'<capture soap_action="{_SPOKEN.action("changed", names.METER_READINGS)}"/>',
        '<capture soap_action=""/>',
    ),
    why="Gateways and firewalls go by it: the message is refused, or reaches the wrong service.",
    mend="Send the SOAPAction that the WSDL gives for the operation.",
)
