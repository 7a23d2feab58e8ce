"""The head-end of the bench as spyne has it: the same query, its header validated by spyne's lxml validator, and the same answer.

spyne cannot write a schema whose elements stand in several namespaces, so Request and Payload are any XML to it: less to do for it.
Prints its port and serves until its input ends.
"""

import sys
import threading
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from gevent.pywsgi import WSGIServer
from lxml import etree
from spyne import AnyXml, Application, ComplexModel, DateTime, ServiceBase, String, Unicode, rpc
from spyne.protocol.soap import Soap11
from spyne.server.wsgi import WsgiApplication

from ami import names
from ami.dialect import dialect
from ami.identifiers import derived_id
from ami.reading_type import register_kwh

WORDING = dialect("2011")
ENVELOPE = WORDING.header_namespace
QUERY = WORDING.payload(names.GET_METER_READINGS)
READINGS = WORDING.payload(names.METER_READINGS)
MESSAGES = WORDING.get_root_namespace.format(noun=names.METER_READINGS)


def model(name: str, space: str, /, **members: Any) -> Any:
    """A class of spyne's in a namespace, with its members in the order of the wire."""
    return type(name, (ComplexModel,), {"__namespace__": space, "_type_info": list(members.items())})


def may(kind: Any) -> Any:
    """A member that may be left out."""
    return kind.customize(min_occurs=0)


def must(kind: Any) -> Any:
    """A member that may not."""
    return kind.customize(min_occurs=1, nillable=False)


def many(kind: Any) -> Any:
    """A member of which there may be any number."""
    return kind.customize(min_occurs=0, max_occurs="unbounded")


Header = model(
    "HeaderType",
    ENVELOPE,
    Verb=must(Unicode(values=list(WORDING.verbs))),
    Noun=must(String),
    Timestamp=may(DateTime),
    Source=may(String),
    MessageID=may(String),
    CorrelationID=may(String),
)
Error = model("ErrorType", ENVELOPE, code=must(String), level=may(String))
Answered = model("ReplyType", ENVELOPE, Result=must(String), Error=many(Error))
PAYLOAD = (
    '<MeterReadings xmlns="{space}"><MeterReading><Meter><Names><name>{meter}</name></Names></Meter><Readings><timeStamp>{now}</timeStamp>'
    '<value>366.000</value><ReadingType ref="{kind}"/></Readings><valuesInterval><end>{now}</end><start>{now}</start></valuesInterval>'
    "</MeterReading></MeterReadings>"
)


class OnDemand(ServiceBase):  # type: ignore[misc]  # spyne has no types
    """Answers the one query of the bench."""

    @rpc(
        Header,
        AnyXml,
        _in_arg_names={"header": "Header", "request": "Request"},
        _operation_name="GetMeterReadings",
        _out_message_name="MeterReadingsResponseMessage",
        _returns=[Header, Answered, AnyXml],
        _out_variable_names=["Header", "Reply", "Payload"],
    )
    def read(_context: Any, header: Any, request: Any) -> Any:  # noqa: N805 - spyne's first argument is a context
        """The register of the meter that is asked for."""
        now = datetime.now(UTC)
        meter = request.findtext(f"{{{QUERY}}}EndDevice/{{{QUERY}}}Names/{{{QUERY}}}name")
        payload = PAYLOAD.format(space=READINGS, meter=escape(meter), now=now.isoformat(), kind=register_kwh())
        own = Header(
            Verb="reply",
            Noun=header.Noun,
            Timestamp=now,
            Source=names.HES,
            MessageID=derived_id("spyne", header.MessageID),
            CorrelationID=header.MessageID,
        )
        return own, Answered(Result="OK", Error=[Error(code="0.0", level="INFORM")]), etree.fromstring(payload)


def main() -> None:
    """Serve until the input ends."""
    application = Application([OnDemand], MESSAGES, name="hes", in_protocol=Soap11(validator="lxml"), out_protocol=Soap11())
    server = WSGIServer(("127.0.0.1", 0), WsgiApplication(application), log=None, error_log=None)
    server.start()
    print(server.server_port, flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), server.loop.run_callback_threadsafe(server.stop)), daemon=True).start()
    server.serve_forever()


if __name__ == "__main__":
    main()
