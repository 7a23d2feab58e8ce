"""What stands around a message: HTTP, the envelope of SOAP, WS-Addressing."""

from random import Random
from typing import Final

from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.pieces import add, both, drop, exchange, give, pieces, repeat, say
from tests.conformance.mutation.texts import one_of

CREATED: Final = "http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings"
CHANGED: Final = "http://iec.ch/TC57/2011/MeterReadings/ChangedMeterReadings"
READING: Final = "<timeStamp>2026-03-01T00:30:00Z</timeStamp>"


def identifier(random: Random) -> str:
    """A UUID."""
    digits = f"{random.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def _posted(random: Random) -> str:
    return f'<capture method="POST"><MessageID>{identifier(random)}</MessageID></capture>'


def _posted_12(random: Random) -> str:
    kind = f"application/soap+xml; charset=utf-8; action=&quot;{CREATED}&quot;"
    return f'<capture soap="1.2" method="POST" content_type="{kind}"><MessageID>{identifier(random)}</MessageID></capture>'


def _fault(_random: Random) -> str:
    fault = "<s:Fault><faultcode>s:Client</faultcode><faultstring>who are you?</faultstring></s:Fault>"
    return f'<capture leg="reply" status="500"><s:Body>{fault}</s:Body></capture>'


def _answer(random: Random) -> str:
    ids = f"<MessageID>{identifier(random)}</MessageID><CorrelationID>{identifier(random)}</CorrelationID>"
    return f'<capture leg="reply" status="200">{ids}<Reply><Result>OK</Result></Reply></capture>'


def _tracked(random: Random) -> str:
    tracking = f'<a:Tracking xmlns:a="urn:utility" s:mustUnderstand="0">{random.randint(1, 99)}</a:Tracking>'
    return f"<capture><s:Header>{tracking}</s:Header><s:Body><message/></s:Body></capture>"


def _addressed(random: Random) -> str:
    blocks = (
        f"<wsa:Action>{CREATED}</wsa:Action><wsa:To>http://mdms.metergate.test/soap</wsa:To>"
        "<wsa:ReplyTo><wsa:Address>http://hes.metergate.test/soap</wsa:Address></wsa:ReplyTo>"
        f"<wsa:MessageID>urn:uuid:{identifier(random)}</wsa:MessageID>"
    )
    address = "<ReplyAddress>http://hes.metergate.test/soap</ReplyAddress>"
    return f'<capture soap_action="{CREATED}"><s:Header>{blocks}</s:Header>{address}<MessageID>{identifier(random)}</MessageID></capture>'


def _addressed_answer(random: Random) -> str:
    blocks = f"<wsa:Action>urn:reply</wsa:Action><wsa:RelatesTo>urn:uuid:{identifier(random)}</wsa:RelatesTo>"
    return f"<capture><s:Header>{blocks}</s:Header><Reply><Result>OK</Result></Reply></capture>"


POST: Final = pieces(_posted)
POST_12: Final = pieces(_posted_12)
FAULT: Final = pieces(_fault)
ANSWER: Final = pieces(_answer)
TRACKED: Final = pieces(_tracked)
ADDRESSED: Final = pieces(_addressed)
ADDRESSED_ANSWER: Final = pieces(_addressed_answer)
BLOCK: Final = "s:Header/*"

MUTATIONS: Final = (
    # HTTP
    Mutation(
        "recode", "the Content-Type", POST, give(".", content_type=one_of("application/xml", "application/soap+xml", "text/plain")), "HT-01"
    ),
    Mutation("recode", "the Content-Type of SOAP 1.2", POST_12, give(".", content_type="text/xml; charset=utf-8"), "HT-01"),
    Mutation("recode", "the charset", POST, give(".", content_type="text/xml; charset=iso-8859-1"), "HT-02"),
    Mutation("drop", "the quotes of SOAPAction", POST, give(".", soap_action=CREATED), "HT-03"),
    Mutation("drop", "the SOAPAction", POST, give(".", without="soapaction"), "HT-04"),
    Mutation("recode", "the status of a Fault", FAULT, give(".", status="200"), "HT-05"),
    Mutation("recode", "the status of an answer", ANSWER, give(".", status=one_of("500", "204", "301")), "HT-06"),
    Mutation("recode", "the method", POST, give(".", method=one_of("PUT", "GET")), "HT-07"),
    Mutation("recode", "the action of SOAP 1.2", POST_12, give(".", content_type=f'application/soap+xml; action="{CHANGED}"'), "HT-08"),
    Mutation("shift", "the Content-Length", POST, give(".", content_length=one_of("17", "99999999")), "HT-09"),
    Mutation("neutral", "a Content-Type without a charset", POST, give(".", content_type="text/xml")),
    # The envelope
    Mutation("recode", "the namespace of a header block", TRACKED, add("s:Header", "<Tracking>7</Tracking>"), "SO-06"),
    Mutation("retype", "mustUnderstand", TRACKED, give(BLOCK, s__mustUnderstand="no"), "SO-07"),
    Mutation("recode", "mustUnderstand", TRACKED, give(BLOCK, s__mustUnderstand="1"), "SO-11"),
    Mutation("recode", "the encodingStyle", TRACKED, give("s:Body", s__encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"), "SO-08"),
    Mutation("repeat", "the Body with something of no namespace", TRACKED, add("s:Body", "<Note/>"), "SO-10 SO-03"),
    Mutation("drop", "the reason of a Fault", FAULT, drop("s:Body/s:Fault/faultstring"), "SO-04"),
    Mutation("drop", "the code of a Fault", FAULT, drop("s:Body/s:Fault/faultcode"), "SO-04"),
    Mutation("recode", "the code of a Fault", FAULT, say("s:Body/s:Fault/faultcode", one_of("Client", "s:Sender")), "SO-05"),
    # WS-Addressing
    Mutation("drop", "the wsa:Action", ADDRESSED, drop("s:Header/wsa:Action"), "WA-01"),
    Mutation("recode", "the wsa:Action", ADDRESSED, say("s:Header/wsa:Action", CHANGED), "WA-02 WA-03"),
    Mutation("repeat", "an addressing header", ADDRESSED, repeat(BLOCK), "WA-04", "WA-08"),
    Mutation(
        "recode",
        "the version of an addressing header",
        ADDRESSED,
        add("s:Header", "<old:From><old:Address>http://hes.metergate.test</old:Address></old:From>"),
        "WA-05",
    ),
    Mutation("retype", "the wsa:MessageID", ADDRESSED, say("s:Header/wsa:MessageID", one_of("6a1f0c52", "")), "WA-06", "WA-08"),
    Mutation("drop", "the Address to reply to", ADDRESSED, say("s:Header/wsa:ReplyTo/wsa:Address", ""), "WA-07", "WA-08 WA-10"),
    Mutation("drop", "the wsa:MessageID", ADDRESSED, drop("s:Header/wsa:MessageID"), "WA-08"),
    Mutation("drop", "the RelatesTo", ADDRESSED_ANSWER, drop("s:Header/wsa:RelatesTo"), "WA-09"),
    Mutation(
        "recode", "the Address to reply to", ADDRESSED, say("s:Header/wsa:ReplyTo/wsa:Address", "http://oms.metergate.test/soap"), "WA-10"
    ),
    Mutation("neutral", "addressing headers in another order", ADDRESSED, exchange(BLOCK)),
    Mutation("neutral", "a block that is to be understood", ADDRESSED, both(give("s:Header/wsa:Action", s__mustUnderstand="1"))),
)
