"""Whole messages out of the small pieces that rules show as examples.

A piece is one or more elements without namespaces. Each goes where its name belongs in a message that is right in all else:

    a header field (`Timestamp`, `MessageID` …)      takes the place of that field; `Header` of the whole header
    `Reply`                                          makes the message a response, which is heard as one
    `timeStamp`, `value`, `ReadingQualities`         stand in the second of four quarter-hour intervals
    `IntervalReadings` (one or more), `ReadingType`  stand in an interval block
    `Meter`, `UsagePoint`, `IntervalBlocks`, `Readings`, `valuesInterval`   stand in a MeterReading
    `MeterReading`, `EndDeviceEvent`, `EndDeviceControl`, `EndDevice`, `TimeSchedule`, `MeterServiceWork` stand in their payload
    a payload (`MeterReadings`, `GetMeterReadings` …)   stands in a message
    `root`                                           names another root element than the usual one
    `s:Header`, `s:Body`                             take the place of the envelope's own; `<message/>` in a Body is the usual message
    `OperationSet`, `Compressed`, `Format`           stand in the Payload of a generic message; `nothing` leaves it out

Around them may stand `<capture at="…" soap_action="…" leg="…">…</capture>`, which says how the message was heard, or
`<conversation><capture wire="hes-&gt;mdms" exchange="1">…</capture>…</conversation>` with several of them. Further attributes of a
capture: `method`, `status`, `content_type` and `content_length` (the headers of HTTP are known where any of them stands, and are the
usual ones but for these; `without` names one that is missing), `soap` (the version of SOAP, 1.1 otherwise), `dialect`, and `encoding`
of the document. The prefixes s, wsa, wsse, wsu and ds are bound.

`<wsdl style="…"/>` stands for a whole WSDL that is right but for its attributes; `conformance.example_wsdl` has them.

What a layer below the rules asks is shown by whole documents instead (`document`): they stand as they are, but for a few words in
braces, such as {envelope}.
"""

import base64
import gzip
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Final

from lxml import etree

from ami import dialect, names
from ami.dialect import Dialect
from ami.messages import Kind
from ami.names import SOAP_11, SOAP_12, Wire
from conformance.capture import REPLY, REQUEST, Capture
from conformance.example_wsdl import wsdl

DIALECT: Final = "2011"
HEARD_AT: Final = "2026-03-01T01:00:11Z"

_HEADER_FIELDS: Final = (
    *("Verb", "Noun", "Revision", "ReplayDetection", "Context", "Timestamp", "Source", "AsyncReplyFlag", "ReplyAddress"),
    *("AckRequired", "User", "MessageID", "CorrelationID", "Comment", "Property"),
)
_MEMBER_PARTS: Final = ("EndDeviceEvents", "IntervalBlocks", "Meter", "Readings", "UsagePoint", "valuesInterval")
_READING_PARTS: Final = ("timeStamp", "value", "ReadingQualities", "timePeriod")
_BLOCK_PARTS: Final = ("IntervalReadings", "ReadingType", *_READING_PARTS)
_PAYLOAD_OF: Final = {
    "MeterReading": names.METER_READINGS,
    "EndDeviceEvent": names.END_DEVICE_EVENTS,
    "EndDeviceControl": names.END_DEVICE_CONTROLS,
    "EndDevice": names.METER_READ_SCHEDULE,
    "TimeSchedule": names.METER_READ_SCHEDULE,
    "MeterServiceWork": names.METER_SERVICE_REQUESTS,
}
_USUAL_VERB: Final = {
    names.METER_READINGS: "created",
    names.END_DEVICE_EVENTS: "created",
    names.GET_METER_READINGS: names.GET,
}

QUARTER_HOUR_KWH: Final = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"
REGISTER_KWH: Final = "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"

_METER = "<Meter><Names><name>M-1</name></Names></Meter>"
_SPAN = "<valuesInterval><end>2026-03-01T01:00:00Z</end><start>2026-03-01T00:00:00Z</start></valuesInterval>"
_REGISTERS = "".join(
    f'<Readings><timeStamp>2026-03-01T0{hour}:00:00Z</timeStamp><value>{value}</value><ReadingType ref="{REGISTER_KWH}"/></Readings>'
    for hour, value in ((0, "100.000"), (1, "101.000"))
)

PREFIXES: Final = {
    "s": SOAP_11,
    "wsa": "http://www.w3.org/2005/08/addressing",
    "old": "http://schemas.xmlsoap.org/ws/2004/08/addressing",
    "wsse": "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
    "wsu": "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
}
_SOAP: Final = {"1.1": SOAP_11, "1.2": SOAP_12}
_BOUND: Final = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in PREFIXES.items())
_OF_HTTP: Final = ("content_length", "content_type", "method", "status")

_SPECIAL: Final = ("OperationSet", "Compressed", "Format", "nothing")
_PAYLOAD: Final = re.compile(f"<({'|'.join((*names.NOUNS, names.GET_METER_READINGS))})(?=[ />])")

Pieces = Mapping[str, str]


def captures(example: str) -> tuple[Capture, ...]:
    """The messages that an example stands for: one, or as many as its conversation has."""
    top = _tree(example)
    if len(top) == 1 and top[0].tag == "conversation":
        return tuple(_capture(inner) for inner in top[0])
    if len(top) == 1 and top[0].tag == "wsdl":
        return (Capture(wsdl({str(name): str(text) for name, text in top[0].attrib.items()})),)
    if len(top) == 1 and top[0].tag == "capture":
        return (_capture(top[0]),)
    return (_capture(top),)


def document(text: str) -> bytes:
    """The document that the example of a layer's demand stands for."""
    usual = message("<MessageID>6a1f0c52-8f5e-4d0b-9a43-0c1f0e6f7b11</MessageID>")
    words = {
        "{envelope}": envelope(usual).decode(),
        "{bare envelope}": envelope(usual).decode().partition("?>")[2],
        "{message}": usual,
        "{payload}": f'<MeterReadings xmlns="{dialect.dialect(DIALECT).payload(names.METER_READINGS)}">{_member({})}</MeterReadings>',
    }
    if text == "{zip archives, four deep}":
        return _archives(b"<a/>", 4)
    asked = message("<root>ChangeMeterReadings</root><Verb>change</Verb><Reply/>").partition("<m:Reply")[0]
    words["{message of two dialects}"] = usual.replace(
        dialect.dialect(DIALECT).header_namespace, dialect.dialect("2011-draft").header_namespace
    )
    words |= _compressed_messages() if "{compressed" in text else {}
    words["{message about something without a schema}"] = (
        f'{asked}<m:Request><Weather xmlns="urn:weather"/></m:Request></m:ChangeMeterReadings>'
    )
    for word, meant in words.items():
        text = text.replace(word, meant)
    return text.encode()


def _compressed_messages() -> dict[str, str]:
    """Messages whose payload is compressed, well or badly."""
    content = _qualified(f"<MeterReadings>{_member({})}</MeterReadings>", dialect.dialect(DIALECT)).encode()
    packed = gzip.compress(content, mtime=0)
    shown = {
        "": (packed, "XML"),
        ", not gzip": (content, "XML"),
        ", cut off": (packed[:-20], "XML"),
        ", a bomb": (gzip.compress(b" " * (33 * 1024 * 1024), mtime=0), "XML"),
        ", another Format": (packed, "RDF"),
    }
    texts = {name: (base64.b64encode(raw).decode(), told) for name, (raw, told) in shown.items()} | {", not base64": ("?!", "XML")}
    told_by = "<root>EventMessage</root><Verb>created</Verb><Noun>MeterReadings</Noun>"
    return {
        f"{{compressed message{name}}}": message(
            f"{told_by}<Compressed>{text}</Compressed><Format>{told}</Format>",
            "generic",
        )
        for name, (text, told) in texts.items()
    }


def _qualified(elements: str, spoken: Dialect) -> str:
    """Elements with the namespace of their dialect on every payload in them."""
    return _PAYLOAD.sub(lambda found: f'<{found[1]} xmlns="{spoken.payload(found[1])}"', elements)


def _archives(content: bytes, levels: int) -> bytes:
    """A document in a zip archive, in another one, and so on."""
    name = "message.xml"
    for _ in range(levels):
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo(name), content)
        name, content = "messages.zip", packed.getvalue()
    return content


def envelope(message: str, header: str = "", body: str = "", *, soap: str = "1.1", encoding: str = "UTF-8") -> bytes:
    """A message in a SOAP envelope. header, body: the elements of SOAP instead of the usual ones. soap: its version."""
    inside = body.replace("<message/>", message) if body else f"<s:Body>\n{message}\n</s:Body>"
    text = f'<s:Envelope xmlns:s="{SOAP_11}">\n{header}{inside}\n</s:Envelope>\n'.replace(SOAP_11, _SOAP[soap])
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{text}'.encode(encoding)


def message(pieces: str, dialect_name: str = DIALECT) -> str:
    """The message that a few pieces stand for, without SOAP."""
    return _message(_tree(pieces), dialect_name)


def dialect_of(example: str) -> str:
    """The dialect that an example is written in: that of its first capture."""
    first = next(_tree(example).iter("capture"), None)
    return first.get("dialect", DIALECT) if first is not None else DIALECT


def _tree(example: str) -> etree._Element:
    bound = _BOUND if any(f"{prefix}:" in example for prefix in PREFIXES) else ""
    return etree.fromstring(f"<example{bound}>{example}</example>", etree.XMLParser(resolve_entities=False, no_network=True))


def _capture(holder: etree._Element) -> Capture:
    source, _, target = holder.get("wire", "hes->mdms").partition("->")
    exchange = holder.get("exchange")
    action, status = holder.get("soap_action"), holder.get("status")
    return Capture(
        envelope(
            _message(holder, holder.get("dialect", DIALECT)),
            _soap_part(holder, "Header"),
            _soap_part(holder, "Body"),
            soap=holder.get("soap", "1.1"),
            encoding=holder.get("encoding", "UTF-8"),
        ),
        at=datetime.fromisoformat(holder.get("at", HEARD_AT)),
        wire=Wire(source, target),
        leg=holder.get("leg", REQUEST if holder.find("Reply") is None else REPLY),
        exchange=int(exchange) if exchange else None,
        soap_action=action.strip('"') if action is not None else None,
        headers=_headers(holder) if any(name in holder.attrib for name in _OF_HTTP) else None,
        status=int(status) if status else None,
        method=holder.get("method"),
    )


def _headers(holder: etree._Element) -> dict[str, str]:
    """The headers of HTTP: the usual ones, but for what the attributes of a capture say."""
    told = {"content-type": holder.get("content_type", "text/xml; charset=utf-8"), "content-length": holder.get("content_length")}
    if "status" not in holder.attrib:
        usual = dialect.dialect(DIALECT).action("created", names.METER_READINGS)
        told["soapaction"] = holder.get("soap_action", f'"{usual}"')
    return {name: text for name, text in told.items() if text is not None and name != holder.get("without")}


def _soap_part(holder: etree._Element, name: str) -> str:
    found = holder.find(f"{{{SOAP_11}}}{name}")
    return etree.tostring(found, encoding="unicode", with_tail=False) if found is not None else ""


def _message(holder: etree._Element, dialect_name: str) -> str:
    pieces: dict[str, str] = {}
    for element in holder:
        if element.prefix == "s":
            continue
        pieces[str(element.tag)] = pieces.get(str(element.tag), "") + etree.tostring(element, encoding="unicode", with_tail=False)
    if (holder.get("wire") or holder.get("exchange")) and "Source" not in pieces and "Header" not in pieces:
        source, _, target = holder.get("wire", "hes->mdms").partition("->")
        pieces["Source"] = f"<Source>{target if holder.get('leg') == REPLY else source}</Source>"
    payload_name, payload = _payload(pieces)
    if "nothing" in pieces:
        return _wrapped(pieces, "", "", dialect_name)
    special = "".join(pieces.get(name, "") for name in _SPECIAL)
    if special:
        return _wrapped(pieces, "", _qualified(special, dialect.dialect(dialect_name)), dialect_name)
    if not payload and "Reply" not in pieces:
        payload_name, payload = names.METER_READINGS, _member({})
    return _wrapped(pieces, payload_name, payload, dialect_name)


def _payload(pieces: Pieces) -> tuple[str, str]:
    """The name of the payload that some pieces stand in, and what is in it; both empty for pieces of the header alone."""
    for name in pieces:
        if name in (*names.NOUNS, *names.QUERIES.values()):
            return name, _inside(pieces[name])
    in_payload = [name for name in pieces if name in _PAYLOAD_OF]
    if in_payload:
        return _PAYLOAD_OF[in_payload[0]], "".join(pieces[name] for name in in_payload)
    if any(name in (*_MEMBER_PARTS, *_BLOCK_PARTS) for name in pieces):
        return names.METER_READINGS, _member(pieces)
    return "", ""


def _inside(element: str) -> str:
    return element.partition(">")[2].rpartition("</")[0]


def _member(pieces: Pieces) -> str:
    """A MeterReading: that of the first hour of March where no piece says otherwise."""
    parts = {name: pieces[name] for name in _MEMBER_PARTS if name in pieces}
    parts.setdefault("Meter", _METER)
    if any(name in pieces for name in _BLOCK_PARTS):
        parts["IntervalBlocks"] = _block(pieces)
    elif not {"IntervalBlocks", "Readings"} & parts.keys():
        parts["IntervalBlocks"] = _block({})
        parts["Readings"] = _REGISTERS
        parts.setdefault("valuesInterval", _SPAN)
    return "<MeterReading>" + "\n".join(parts[name] for name in _MEMBER_PARTS if name in parts) + "</MeterReading>"


def _block(pieces: Pieces) -> str:
    readings = pieces.get("IntervalReadings") or "\n".join(_interval(minute, pieces if minute == 30 else {}) for minute in (15, 30, 45, 60))
    reading_type = pieces.get("ReadingType", f'<ReadingType ref="{QUARTER_HOUR_KWH}"/>')
    return f"<IntervalBlocks>{readings}\n{reading_type}</IntervalBlocks>"


def _interval(minute: int, pieces: Pieces) -> str:
    parts = {
        "timeStamp": f"<timeStamp>2026-03-01T0{minute // 60}:{minute % 60:02}:00Z</timeStamp>",
        "value": "<value>0.250</value>",
    } | {name: pieces[name] for name in _READING_PARTS if name in pieces}
    return "<IntervalReadings>" + "".join(parts[name] for name in _READING_PARTS if name in parts) + "</IntervalReadings>"


def _wrapped(pieces: Pieces, payload_name: str, payload: str, dialect_name: str) -> str:
    spoken = dialect.dialect(dialect_name)
    noun = (payload_name or names.METER_READINGS).removeprefix("Get")
    reply = pieces.get("Reply", "")
    if reply and not payload_name and _inside(pieces.get("Noun", "")) in names.NOUNS:
        noun = _inside(pieces["Noun"])
    verb = names.REPLY if reply else _USUAL_VERB.get(payload_name, "create")
    kind = Kind.RESPONSE if reply else Kind.EVENT if verb in names.EVENT_VERBS else Kind.REQUEST
    wrapping = spoken.wrapping(kind, verb, noun)
    root = _inside(pieces["root"]) if "root" in pieces else wrapping.root
    space = f' xmlns="{spoken.header_namespace}"'
    header = f"<m:Header{space}>{_header(pieces, verb, noun)}</m:Header>"
    if payload_name == names.METER_SERVICE_REQUESTS:
        payload = f"<Header><Verb{space}>{verb}</Verb><Noun{space}>{noun}</Noun></Header>{payload}"
    content = f'<{payload_name} xmlns="{spoken.payload(payload_name)}">{payload}</{payload_name}>' if payload_name else payload
    holder = "m:Request" if verb == names.GET else "m:Payload"
    carried = f"<{holder}{space if any(name in pieces for name in _SPECIAL) else ''}>{content}</{holder}>" if content else ""
    answer = f"<m:Reply{space}>{_inside(reply)}</m:Reply>" if reply else ""
    return f'<m:{root} xmlns:m="{wrapping.namespace}">\n{header}\n{answer}{carried}\n</m:{root}>'


def _header(pieces: Pieces, verb: str, noun: str) -> str:
    if "Header" in pieces:
        return _inside(pieces["Header"])
    usual = {
        "Verb": verb,
        "Noun": noun,
        "Timestamp": "2026-03-01T01:00:10Z",
        "Source": names.HES,
        "MessageID": "6a1f0c52-8f5e-4d0b-9a43-0c1f0e6f7b11",
    }
    if verb == names.REPLY:
        usual["CorrelationID"] = "0d9b7a30-52e1-4c86-8e0f-5b8b8f2f4a22"
    fields = {name: f"<{name}>{text}</{name}>" for name, text in usual.items()}
    fields |= {name: pieces[name] for name in _HEADER_FIELDS if name in pieces}
    return "\n".join(fields[name] for name in _HEADER_FIELDS if name in fields)
