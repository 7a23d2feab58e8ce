"""The WSDL that an example of a rule stands for: one that is right, but for what the attributes of `<wsdl/>` say."""

from collections.abc import Mapping
from string import Template
from typing import Final

_USUAL: Final = {
    "style": "document",
    "use": "literal",
    "transport": "http://schemas.xmlsoap.org/soap/http",
    "action": "http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings",
    "service": "ReceiveMeterReadings",
    "operation": "CreatedMeterReadings",
    "bound": "CreatedMeterReadings",
    "location": ' schemaLocation="MeterReadingsMessage.xsd"',
    "part": 'element="e:CreatedMeterReadings"',
    "more": "",
    "twice": "",
    "output": '<wsdl:output message="this:Output"/>',
    "type": "PortType",
    "address": "http://mdms.metergate.test/soap",
}

_DOCUMENT: Final = Template("""\
<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
                  xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:this="urn:mdms" targetNamespace="urn:mdms"
                  xmlns:e="http://iec.ch/TC57/2011/MeterReadingsMessage">
<wsdl:types><xs:schema><xs:import namespace="http://iec.ch/TC57/2011/MeterReadingsMessage"$location/></xs:schema></wsdl:types>
<wsdl:message name="Input"><wsdl:part name="body" $part/>$more</wsdl:message>
<wsdl:message name="Output"><wsdl:part name="body" element="e:MeterReadingsResponseMessage"/></wsdl:message>
<wsdl:portType name="PortType">
  <wsdl:operation name="$operation"><wsdl:input message="this:Input"/>$output</wsdl:operation>$twice
</wsdl:portType>
<wsdl:binding name="Binding" type="this:$type">
  <soap:binding style="$style" transport="$transport"/>
  <wsdl:operation name="$bound">
    <soap:operation soapAction="$action"/>
    <wsdl:input><soap:body use="$use"/></wsdl:input>
    <wsdl:output><soap:body use="literal"/></wsdl:output>
  </wsdl:operation>
</wsdl:binding>
<wsdl:service name="$service">
  <wsdl:port name="Port" binding="this:Binding"><soap:address location="$address"/></wsdl:port>
</wsdl:service>
</wsdl:definitions>
""")


def wsdl(changes: Mapping[str, str]) -> bytes:
    """The document. changes: what takes the place of the usual."""
    changed = dict(changes)
    if "operation" in changed:
        changed.setdefault("bound", changed["operation"])
    return _DOCUMENT.substitute(_USUAL | changed).encode()
