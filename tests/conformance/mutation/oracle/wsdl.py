"""WSDLs: services, ports, bindings, operations and messages that fit together."""

from random import Random
from typing import Final

from conformance.capture import Capture
from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.pieces import Edit, Pieces, heard, pieces

WSDL: Final = pieces(lambda _: "<wsdl/>")


def _with(old: str, new: str) -> Edit:
    """Write one text of the document in another way."""

    def changed(_random: Random, captures: tuple[Capture, ...]) -> tuple[Capture, ...]:
        return tuple(
            capture._replace(body=capture.body.replace(old.encode(), new.encode(), 2 if old.startswith("=") else 1)) for capture in captures
        )

    return _where_it_stands(old, heard(changed))


def _where_it_stands(text: str, edit: Edit) -> Edit:
    def edited(random: Random, subject: Pieces) -> bool:
        return text.encode() in subject.captures()[0].body and edit(random, subject)

    return edited


_Row = tuple[str, str, str, str, str, str]
_ROWS: Final[tuple[_Row, ...]] = (
    ("recode", "the style of a binding", 'style="document"', 'style="rpc"', "WD-01", ""),
    ("recode", "the use of a body", 'use="literal"', 'use="encoded"', "WD-02", ""),
    ("recode", "the transport", "http://schemas.xmlsoap.org/soap/http", "http://schemas.xmlsoap.org/soap/smtp", "WD-03", ""),
    (
        "recode",
        "a soapAction",
        'soapAction="http://iec.ch/TC57/2011/MeterReadings/Created',
        'soapAction="http://iec.ch/TC57/2011/MeterReadings/Changed',
        "WD-04",
        "",
    ),
    ("recode", "the name of all operations", '="CreatedMeterReadings"', '="DeliverReadings"', "WD-06", "WD-04"),
    ("recode", "the name of a service", 'service name="ReceiveMeterReadings"', 'service name="MeterReadingsService"', "WD-05", ""),
    ("recode", "the promise of a service", 'service name="Receive', 'service name="Get', "WD-13", ""),
    ("drop", "where a schema is", ' schemaLocation="MeterReadingsMessage.xsd"', "", "WD-07", ""),
    ("recode", "a part to a type", 'element="e:CreatedMeterReadings"', 'type="xs:string"', "WD-08", "WD-09"),
    (
        "repeat",
        "a part",
        '<wsdl:part name="body" element="e:C',
        '<wsdl:part name="more" element="e:CreatedMeterReadings"/><wsdl:part name="body" element="e:C',
        "WD-08",
        "WD-09",
    ),
    ("recode", "the element of an input", 'element="e:CreatedMeterReadings"', 'element="e:ChangedMeterReadings"', "WD-09", ""),
    ("recode", "the address of a port", "http://mdms.metergate.test/soap", "/soap", "WD-10", ""),
    (
        "recode",
        "an operation of a binding",
        '<wsdl:operation name="CreatedMeterReadings">\n    <soap',
        '<wsdl:operation name="ChangedMeterReadings">\n    <soap',
        "WD-11",
        "WD-04",
    ),
    (
        "repeat",
        "an operation of a port type",
        "</wsdl:operation>\n</wsdl:portType>",
        '</wsdl:operation><wsdl:operation name="CreatedMeterReadings"><wsdl:input message="this:Input"/>'
        '<wsdl:output message="this:Output"/></wsdl:operation>\n</wsdl:portType>',
        "WD-12",
        "WD-11",
    ),
    ("recode", "a pointer to a message", 'message="this:Input"', 'message="this:Question"', "WD-14", "WD-09"),
    ("recode", "a pointer to a port type", 'type="this:PortType"', 'type="this:Readings"', "WD-14", "WD-11"),
    ("drop", "an output", '<wsdl:output message="this:Output"/>', "", "WD-15", ""),
    ("neutral", "a comment in a WSDL", "<wsdl:portType", "<!-- operations --><wsdl:portType", "", ""),
)

MUTATIONS: Final = tuple(Mutation(kind, place, WSDL, _with(old, new), must, may) for kind, place, old, new, must, may in _ROWS)
