"""The WSDL of one system: a service for each way that it takes a noun, in the words of a dialect."""

from collections.abc import Iterator, Mapping
from string import Template
from typing import Final, NamedTuple
from xml.sax.saxutils import quoteattr

from ami import names, schemas
from ami.dialect import Dialect, Wrapping
from ami.messages import Kind
from ami.services import SERVICES

SERVED: Final = "?xsd={file}"
"""How documents that stand behind one address refer to a schema; the second argument of `schemas.documents`."""

_SERVICE_OF_VERB: Final = (
    {names.GET: "Get", names.REPLY: "Reply"} | dict.fromkeys(names.REQUEST_VERBS, "Request") | dict.fromkeys(names.EVENT_VERBS, "Receive")
)
_KIND_OF_SERVICE: Final = {"Get": Kind.REQUEST, "Request": Kind.REQUEST, "Receive": Kind.EVENT, "Reply": Kind.RESPONSE}
_ABOUT_A_QUERY: Final = frozenset({"Get", "Reply"})
"""Services whose response belongs to the conversation that a query started, where the noun is asked for."""
_ASKED_FOR: Final = frozenset(noun for taken in SERVICES.values() for noun, verbs in taken.items() if names.GET in verbs)

_DOCUMENT = Template("""\
<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions xmlns:wsdl="$wsdl" xmlns:soap="$soap" xmlns:xs="$xs"
$prefixes                  xmlns:this="urn:metergate:$system" targetNamespace="urn:metergate:$system" name="$system">
<wsdl:documentation>What the $title takes, in the wording of the dialect $dialect.</wsdl:documentation>
<wsdl:types>
<xs:schema>
$imports</xs:schema>
</wsdl:types>
$messages$port_types$bindings$services</wsdl:definitions>
""")
_MESSAGES = Template("""\
<wsdl:message name="${operation}Input"><wsdl:part name="body" element="$input"/></wsdl:message>
<wsdl:message name="${operation}Output"><wsdl:part name="body" element="$output"/></wsdl:message>
<wsdl:message name="${operation}Fault"><wsdl:part name="fault" element="$fault"/></wsdl:message>
""")
_PORT_TYPE = Template("""\
<wsdl:portType name="${service}PortType">
$operations</wsdl:portType>
""")
_ABSTRACT_OPERATION = Template("""\
  <wsdl:operation name="$operation">
    <wsdl:input message="this:${operation}Input"/>
    <wsdl:output message="this:${operation}Output"/>
    <wsdl:fault name="${operation}Fault" message="this:${operation}Fault"/>
  </wsdl:operation>
""")
_BINDING = Template("""\
<wsdl:binding name="${service}Binding" type="this:${service}PortType">
  <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
$operations</wsdl:binding>
""")
_BOUND_OPERATION = Template("""\
  <wsdl:operation name="$operation">
    <soap:operation soapAction="$action" style="document"/>
    <wsdl:input><soap:body use="literal"/></wsdl:input>
    <wsdl:output><soap:body use="literal"/></wsdl:output>
    <wsdl:fault name="${operation}Fault"><soap:fault name="${operation}Fault" use="literal"/></wsdl:fault>
  </wsdl:operation>
""")
_SERVICE = Template("""\
<wsdl:service name="$service">
  <wsdl:port name="${service}Port" binding="this:${service}Binding"><soap:address location=$address/></wsdl:port>
</wsdl:service>
""")


class Operation(NamedTuple):
    """One thing that can be asked of a system: `name` of `service`, its SOAPAction, and the roots of its messages."""

    service: str
    name: str
    verb: str
    noun: str
    action: str
    takes: Wrapping
    answers: Wrapping
    fault: Wrapping


def operations(system: str, dialect: Dialect) -> Iterator[Operation]:
    """Every operation of a system, service by service."""
    for noun, verbs in SERVICES[system].items():
        for verb in sorted(verbs, key=list(_SERVICE_OF_VERB).index):
            manner = _SERVICE_OF_VERB[verb]
            answers_get = noun in _ASKED_FOR and manner in _ABOUT_A_QUERY
            yield Operation(
                service=f"{manner}{noun}",
                name=f"{verb.capitalize()}{noun}",
                verb=verb,
                noun=noun,
                action=dialect.action(verb, noun),
                takes=dialect.wrapping(_KIND_OF_SERVICE[manner], verb, noun, answers_get=answers_get),
                answers=dialect.wrapping(Kind.RESPONSE, names.REPLY, noun, answers_get=answers_get),
                fault=dialect.wrapping(Kind.FAULT, names.REPLY, noun),
            )


def wsdl(system: str, address: str, dialect: Dialect) -> str:
    """The WSDL 1.1 of a system: document/literal over SOAP 1.1, every port at `address`.

    address: the URL that takes its SOAP; the schemas are expected beside it, at `?xsd=<file>`.
    Source: W3C WSDL 1.1; service names as in IEC 61968-100.
    """
    services: dict[str, list[Operation]] = {}
    for operation in operations(system, dialect):
        services.setdefault(operation.service, []).append(operation)
    roots = (root for held in services.values() for one in held for root in (one.takes, one.answers, one.fault))
    # Declared at the top, for a reader that knows no others (xmlschema).
    prefixes = {namespace: f"m{number}" for number, namespace in enumerate(dict.fromkeys(root.namespace for root in roots), 1)}
    return _DOCUMENT.substitute(
        wsdl=names.WSDL_11,
        soap=names.WSDL_SOAP_11,
        xs=names.XML_SCHEMA,
        system=system,
        title=names.SYSTEM_TITLES[system],
        dialect=dialect.name,
        imports=_imports(system, dialect),
        prefixes="".join(f'                  xmlns:{prefix}="{namespace}"\n' for namespace, prefix in prefixes.items()),
        messages="".join(_messages(operation, prefixes) for operation in operations(system, dialect)),
        port_types="".join(_of_service(_PORT_TYPE, _ABSTRACT_OPERATION, held) for held in services.values()),
        bindings="".join(_of_service(_BINDING, _BOUND_OPERATION, held) for held in services.values()),
        services="".join(_SERVICE.substitute(service=name, address=quoteattr(address)) for name in services),
    )


def _of_service(outer: Template, inner: Template, held: list[Operation]) -> str:
    operations_text = "".join(inner.substitute(operation=operation.name, action=operation.action) for operation in held)
    return outer.substitute(service=held[0].service, operations=operations_text)


def _messages(operation: Operation, prefixes: Mapping[str, str]) -> str:
    return _MESSAGES.substitute(
        operation=operation.name,
        input=f"{prefixes[operation.takes.namespace]}:{operation.takes.root}",
        output=f"{prefixes[operation.answers.namespace]}:{operation.answers.root}",
        fault=f"{prefixes[operation.fault.namespace]}:{operation.fault.root}",
    )


def _imports(system: str, dialect: Dialect) -> str:
    """What its messages need, payloads included: where a payload stands behind a wildcard, nothing else would name it."""
    needed = {dialect.header_namespace}
    for operation in operations(system, dialect):
        needed |= {wrapping.namespace for wrapping in (operation.takes, operation.answers, operation.fault)}
        needed |= {dialect.payload(payload) for payload in _payloads(operation.noun)}
    targets = {file: namespace for file, namespace in schemas.namespaces(dialect).items() if namespace in needed}
    return schemas.imports(targets, SERVED)


def _payloads(noun: str) -> tuple[str, ...]:
    return (noun, names.QUERIES[noun]) if noun in _ASKED_FOR else (noun,)
