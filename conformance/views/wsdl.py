"""A WSDL 1.1 document: services, bindings, operations, messages, and where its schemas are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from lxml import etree

from ami.dialect import Dialect
from ami.findings import Where
from ami.names import WSDL_11, WSDL_SOAP_11, XML_SCHEMA
from conformance.views.place import Field, child, children, local_name, namespace, where

WSDL_SOAP_12: Final = "http://schemas.xmlsoap.org/wsdl/soap12/"
_SOAP: Final = (WSDL_SOAP_11, WSDL_SOAP_12)

SERVICE_VERBS: Final[Mapping[str, tuple[str, ...]]] = {
    "Get": ("get",),
    "Execute": ("create", "change", "cancel", "close", "delete", "execute"),
    "Request": ("create", "change", "cancel", "close", "delete", "execute"),
    "Send": ("created", "changed", "canceled", "closed", "deleted", "executed"),
    "Receive": ("created", "changed", "canceled", "closed", "deleted", "executed"),
    "Reply": ("reply",),
}
"""How the name of a service begins -> the verbs of its operations."""


class Part(NamedTuple):
    """One part of a message. element: (namespace, name), None where it refers to a type or to nothing."""

    element: tuple[str, str] | None
    where: Where


class Operation(NamedTuple):
    """One operation of a port type: what it takes and what it answers with, by the local names of messages."""

    name: str
    takes: str | None
    answers: str | None
    where: Where


class PortType(NamedTuple):
    """What can be asked for."""

    name: str
    operations: tuple[Operation, ...]
    where: Where


class Bound(NamedTuple):
    """One operation of a binding. action: None where it has no soap:operation; uses: of every body and fault."""

    name: str
    action: Field | None
    style: Field | None
    uses: tuple[Field, ...]
    where: Where


class Binding(NamedTuple):
    """How it can be asked for. is_soap: whether it is a binding of SOAP at all."""

    name: str
    port_type: str
    style: Field | None
    transport: Field
    operations: tuple[Bound, ...]
    where: Where


class Port(NamedTuple):
    """Where it can be asked for. address: empty where it has none."""

    binding: str
    address: Field


class Service(NamedTuple):
    """The ports of one name."""

    name: str
    ports: tuple[Port, ...]
    where: Where


class Import(NamedTuple):
    """A schema that is taken in. location: None where it does not say where it is."""

    namespace: str
    location: str | None
    where: Where


@dataclass(frozen=True, slots=True)
class WsdlView:
    """Everything that a client reads out of a WSDL. dialect: the one whose names are expected."""

    dialect: Dialect
    messages: Mapping[str, tuple[Part, ...]]
    message_places: Mapping[str, Where]
    port_types: tuple[PortType, ...]
    bindings: tuple[Binding, ...]
    services: tuple[Service, ...]
    imports: tuple[Import, ...]
    where: Where

    def verb_and_noun(self, operation: str) -> tuple[str, str] | None:
        """The verb and the noun that an operation is named for; None where it is named otherwise."""
        for verb in self.dialect.verbs:
            noun = operation.removeprefix(verb.capitalize())
            if noun != operation and noun in self.dialect.nouns:
                return verb, noun
        return None

    def port_type_of(self, binding: Binding) -> PortType | None:
        """What a binding binds; None where it is not there."""
        return next((port_type for port_type in self.port_types if port_type.name == binding.port_type), None)


def is_wsdl(root: etree._Element) -> bool:
    """Whether a root is that of a WSDL 1.1."""
    return root.tag == f"{{{WSDL_11}}}definitions"


def wsdl_view(root: etree._Element, dialect: Dialect) -> WsdlView:
    """The view of a WSDL's root element."""
    messages = list(_named(root, "message"))
    return WsdlView(
        dialect,
        {message.get("name") or "": tuple(_part(part) for part in _named(message, "part")) for message in messages},
        {message.get("name") or "": where(message) for message in messages},
        tuple(_port_type(element) for element in _named(root, "portType")),
        tuple(_binding(element) for element in _named(root, "binding") if _soap(element, "binding") is not None),
        tuple(_service(element) for element in _named(root, "service")),
        tuple(Import(found.get("namespace") or "", found.get("schemaLocation"), where(found)) for found in _imports(root)),
        where(root),
    )


def _named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (inner for inner in children(element) if inner.tag == f"{{{WSDL_11}}}{name}")


def _soap(element: etree._Element | None, name: str) -> etree._Element | None:
    if element is None:
        return None
    return next((inner for inner in children(element) if local_name(inner) == name and namespace(inner) in _SOAP), None)


def _attribute(element: etree._Element | None, name: str) -> Field | None:
    if element is None or element.get(name) is None:
        return None
    return Field.at(where(element), element.get(name) or "")


def _local(name: str | None) -> str:
    return (name or "").rpartition(":")[2]


def _part(part: etree._Element) -> Part:
    prefix, colon, name = (part.get("element") or "").rpartition(":")
    space = part.nsmap.get(prefix if colon else None)
    return Part((space or "", name) if name else None, where(part))


def _port_type(element: etree._Element) -> PortType:
    operations = tuple(_operation(inner) for inner in _named(element, "operation"))
    return PortType(element.get("name") or "", operations, where(element))


def _operation(element: etree._Element) -> Operation:
    takes, answers = (child(element, name) for name in ("input", "output"))
    return Operation(
        element.get("name") or "",
        _local(takes.get("message")) if takes is not None else None,
        _local(answers.get("message")) if answers is not None else None,
        where(element),
    )


def _binding(element: etree._Element) -> Binding:
    soap = _soap(element, "binding")
    transport = _attribute(soap, "transport") or Field.at(where(element))
    operations = tuple(_bound(inner) for inner in _named(element, "operation"))
    return Binding(element.get("name") or "", _local(element.get("type")), _attribute(soap, "style"), transport, operations, where(element))


def _bound(element: etree._Element) -> Bound:
    soap = _soap(element, "operation")
    held = (_soap(part, name) for part in children(element) for name in ("body", "fault"))
    uses = tuple(_attribute(found, "use") or Field.at(where(found), "literal") for found in held if found is not None)
    return Bound(element.get("name") or "", _attribute(soap, "soapAction"), _attribute(soap, "style"), uses, where(element))


def _service(element: etree._Element) -> Service:
    ports = tuple(
        Port(_local(port.get("binding")), _attribute(_soap(port, "address"), "location") or Field.at(where(port)))
        for port in _named(element, "port")
    )
    return Service(element.get("name") or "", ports, where(element))


def _imports(root: etree._Element) -> Iterator[etree._Element]:
    types = next(_named(root, "types"), None)
    return types.iter(f"{{{XML_SCHEMA}}}import") if types is not None else iter(())
