"""One message in every wrapping that `metergate check` takes, and the files that hold several."""

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from conformance import example
from tests.conformance import good

ACTION: Final = "http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings"
NOTHING: Final[frozenset[str]] = frozenset()

Wrapping = tuple[str, bytes, frozenset[str]]


def shown() -> Iterator[Wrapping]:
    """File name, content, and the ids of what is wrong with it."""
    delivery = good.delivery(good.day("M-1", [250] * 8)).body
    answer = good.acknowledgement().body
    message = example.message("<MessageID>m-1</MessageID>")
    payload = delivery[delivery.index(b"<MeterReadings") : delivery.index(b"</MeterReadings>") + len(b"</MeterReadings>")]
    yield "soap_11.xml", delivery, NOTHING
    yield "soap_12.xml", example.envelope(message, soap="1.2"), NOTHING
    yield "message.xml", message.encode(), NOTHING
    yield "payload.xml", payload, NOTHING
    yield "indented.xml", good.rewritten(delivery, "indented"), NOTHING
    yield "prefixed.xml", good.rewritten(delivery, "prefixed"), NOTHING
    yield "utf_16.xml", good.rewritten(delivery, "UTF-16"), NOTHING
    yield "exchange.har", _har(delivery, answer), NOTHING
    yield "exchange.http", _http(delivery, answer), NOTHING
    yield "project.xml", _soapui(message), NOTHING
    yield "archive.zip", _zip({"a.xml": delivery, "inner.zip": _zip({"b.har": _har(delivery, answer)})}), NOTHING
    yield "no_message.har", b'{"log": {"entries": []}}', NOTHING
    yield "strange_root.xml", b"<invoice/>", frozenset({"ME-01"})


def _har(sent: bytes, answered: bytes) -> bytes:
    headers = [{"name": "Content-Type", "value": "text/xml; charset=utf-8"}]
    entry = {
        "startedDateTime": good.HEARD_AT.isoformat(),
        "time": 12,
        "request": {
            "method": "POST",
            "url": "http://mdms/in",
            "headers": [*headers, {"name": "SOAPAction", "value": f'"{ACTION}"'}],
            "postData": {"text": sent.decode()},
        },
        "response": {"status": 200, "headers": headers, "content": {"text": answered.decode()}},
    }
    return json.dumps({"log": {"version": "1.2", "entries": [entry]}}).encode()


def _http(sent: bytes, answered: bytes) -> bytes:
    packed = gzip.compress(answered, mtime=0)
    head = f'POST /in HTTP/1.1\r\nHost: mdms\r\nContent-Type: text/xml; charset=utf-8\r\nSOAPAction: "{ACTION}"\r\n'
    reply = "HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Encoding: gzip\r\n"
    return f"{head}Content-Length: {len(sent)}\r\n\r\n".encode() + sent + f"{reply}Content-Length: {len(packed)}\r\n\r\n".encode() + packed


def _soapui(message: str) -> bytes:
    request = escape(example.envelope(message).decode())
    return (
        '<con:soapui-project xmlns:con="http://eviware.com/soapui/config" name="AMI"><con:interface name="I">'
        f'<con:operation name="Created" action="{ACTION}"><con:call name="One"><con:request>{request}</con:request></con:call>'
        '<con:call name="Two"><con:request>&lt;a>${#Project#id}&lt;/a></con:request></con:call></con:operation></con:interface>'
        "</con:soapui-project>"
    ).encode()


def _zip(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, body in members.items():
            opened.writestr(zipfile.ZipInfo(name), body)
    return made.getvalue()
