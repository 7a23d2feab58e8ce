"""The wrapper of each noun's messages: `CreateMeterReadings`, `MeterReadingsResponseMessage` and so on, as a dialect names them."""

from collections.abc import Callable, Iterator
from string import Template
from typing import Final, NamedTuple

from ami import names
from ami.dialect import Dialect, Wrapping
from ami.messages import Kind


class Wrapper(NamedTuple):
    """One schema document."""

    file: str
    namespace: str
    text: str


class _Root(NamedTuple):
    """One message root. type_name: the template of its type; noun: what it is about."""

    wrapping: Wrapping
    type_name: str
    noun: str


_DOCUMENT = Template("""\
<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
           xmlns:this="$namespace"
           xmlns:header="$header_namespace"
$prefixes
           targetNamespace="$namespace"
           elementFormDefault="qualified">

  <xs:annotation>
    <xs:documentation>The messages about $nouns, each by its root element.</xs:documentation>
    <xs:documentation>Derived: the pattern is that of the published EndDeviceControlsMessage.</xs:documentation>
  </xs:annotation>

$imports
$roots
$types
</xs:schema>
""")

_TYPES: Final = {
    "PayloadType": Template("""
  <xs:complexType name="${noun}PayloadType">
    <xs:sequence>
      <xs:element ref="$noun:$noun"/>
      <xs:element name="OperationSet" type="header:OperationSet" minOccurs="0"/>
      <xs:element name="Compressed" type="xs:string" minOccurs="0"/>
      <xs:element name="Format" type="xs:string" minOccurs="0"/>
    </xs:sequence>
  </xs:complexType>
"""),
    "RequestMessageType": Template("""
  <xs:complexType name="${noun}RequestMessageType">
    <xs:sequence>
      <xs:element name="Header" type="header:HeaderType"/>
      <xs:element name="Request" type="header:RequestType" minOccurs="0"/>
      <xs:element name="Payload" type="this:${noun}PayloadType" minOccurs="0"/>
    </xs:sequence>
  </xs:complexType>
"""),
    "ResponseMessageType": Template("""
  <xs:complexType name="${noun}ResponseMessageType">
    <xs:sequence>
      <xs:element name="Header" type="header:HeaderType"/>
      <xs:element name="Reply" type="header:ReplyType"/>
      <xs:element name="Payload" type="this:${noun}PayloadType" minOccurs="0"/>
    </xs:sequence>
  </xs:complexType>
"""),
    "EventMessageType": Template("""
  <xs:complexType name="${noun}EventMessageType">
    <xs:sequence>
      <xs:element name="Header" type="header:HeaderType"/>
      <xs:element name="Payload" type="this:${noun}PayloadType" minOccurs="0"/>
    </xs:sequence>
  </xs:complexType>
"""),
    "FaultMessageType": Template("""
  <xs:complexType name="${noun}FaultMessageType">
    <xs:sequence>
      <xs:element name="Reply" type="header:ReplyType"/>
    </xs:sequence>
  </xs:complexType>
"""),
    "QueryType": Template("""
  <xs:complexType name="${noun}QueryType">
    <xs:annotation>
      <xs:documentation>A Request that holds the query: the fields of every Request, then what is asked for.</xs:documentation>
    </xs:annotation>
    <xs:sequence>
      <xs:element name="StartTime" type="xs:dateTime" minOccurs="0"/>
      <xs:element name="EndTime" type="xs:dateTime" minOccurs="0"/>
      <xs:element name="Option" type="header:OptionType" minOccurs="0" maxOccurs="unbounded"/>
      <xs:element name="ID" type="header:IdentifierType" minOccurs="0" maxOccurs="unbounded"/>
      <xs:element ref="$query:$query"/>
      <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence>
  </xs:complexType>
"""),
    "QueryInRequestMessageType": Template("""
  <xs:complexType name="${noun}QueryInRequestMessageType">
    <xs:sequence>
      <xs:element name="Header" type="header:HeaderType"/>
      <xs:element name="Request" type="this:${noun}QueryType"/>
    </xs:sequence>
  </xs:complexType>
"""),
    "QueryInPayloadMessageType": Template("""
  <xs:complexType name="${noun}QueryInPayloadMessageType">
    <xs:sequence>
      <xs:element name="Header" type="header:HeaderType"/>
      <xs:element name="Request" type="header:RequestType" minOccurs="0"/>
      <xs:element name="Payload">
        <xs:complexType>
          <xs:sequence>
            <xs:element ref="$query:$query"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
    </xs:sequence>
  </xs:complexType>
"""),
}

_NEEDS: Final = {
    "RequestMessageType": ("PayloadType",),
    "ResponseMessageType": ("PayloadType",),
    "EventMessageType": ("PayloadType",),
    "QueryInRequestMessageType": ("QueryType",),
}
"""Type -> the types that its own definition names."""

_TYPE_OF: Final = {
    Kind.REQUEST: "RequestMessageType",
    Kind.RESPONSE: "ResponseMessageType",
    Kind.EVENT: "EventMessageType",
    Kind.FAULT: "FaultMessageType",
}

_CARRIES_QUERY: Final = frozenset({"QueryType", "QueryInPayloadMessageType"})


def wrappers(dialect: Dialect, message_file: str, payload_file: Callable[[str], str]) -> tuple[Wrapper, ...]:
    """One document for each namespace that message roots stand in, but for the envelope's own: those are its business."""
    by_namespace: dict[str, list[_Root]] = {}
    for noun in names.NOUNS:
        for root in _roots(dialect, noun):
            if root.wrapping.namespace != dialect.header_namespace:
                by_namespace.setdefault(root.wrapping.namespace, []).append(root)
    return tuple(_wrapper(dialect, namespace, roots, message_file, payload_file) for namespace, roots in by_namespace.items())


def _roots(dialect: Dialect, noun: str) -> Iterator[_Root]:
    for verb in dialect.request_verbs:
        if verb != names.GET:
            yield _Root(dialect.wrapping(Kind.REQUEST, verb, noun), _TYPE_OF[Kind.REQUEST], noun)
    for verb in dialect.event_verbs:
        yield _Root(dialect.wrapping(Kind.EVENT, verb, noun), _TYPE_OF[Kind.EVENT], noun)
    for kind, wrapping in dialect.also(noun):
        yield _Root(wrapping, _TYPE_OF[kind], noun)
    yield _Root(dialect.wrapping(Kind.RESPONSE, names.REPLY, noun), _TYPE_OF[Kind.RESPONSE], noun)
    yield _Root(dialect.wrapping(Kind.FAULT, names.REPLY, noun), _TYPE_OF[Kind.FAULT], noun)
    place = "QueryInRequestMessageType" if dialect.query_inside_request else "QueryInPayloadMessageType"
    yield _Root(dialect.wrapping(Kind.REQUEST, names.GET, noun), place, noun)
    yield _Root(dialect.wrapping(Kind.RESPONSE, names.REPLY, noun, answers_get=True), "ResponseMessageType", noun)


def _wrapper(dialect: Dialect, namespace: str, roots: list[_Root], message_file: str, payload_file: Callable[[str], str]) -> Wrapper:
    types = dict.fromkeys((root.noun, name) for root in roots for name in (*_NEEDS.get(root.type_name, ()), root.type_name))
    payloads = dict.fromkeys(payload for noun, name in types for payload in _payloads(noun, name))
    elements = dict.fromkeys(f'  <xs:element name="{root.wrapping.root}" type="this:{root.noun}{root.type_name}"/>' for root in roots)
    imported = {message_file: dialect.header_namespace} | {payload_file(payload): dialect.payload(payload) for payload in payloads}
    text = _DOCUMENT.substitute(
        namespace=namespace,
        header_namespace=dialect.header_namespace,
        prefixes="\n".join(f'           xmlns:{payload}="{dialect.payload(payload)}"' for payload in payloads),
        nouns=", ".join(dict.fromkeys(root.noun for root in roots)),
        imports="\n".join(f'  <xs:import namespace="{target}" schemaLocation="{file}"/>' for file, target in imported.items()) + "\n",
        roots="\n".join(elements),
        types="".join(_TYPES[name].substitute(noun=noun, query=names.QUERIES[noun]) for noun, name in types),
    )
    return Wrapper(_file(namespace), namespace, text)


def _payloads(noun: str, type_name: str) -> Iterator[str]:
    """The payload elements that a type refers to."""
    if type_name == "PayloadType":
        yield noun
    elif type_name in _CARRIES_QUERY:
        yield names.QUERIES[noun]


def _file(namespace: str) -> str:
    """The last part of a namespace, which carries the noun: unique among the wrappers of a dialect."""
    return f"{namespace.rstrip('#/').rpartition('/')[2]}.xsd"
