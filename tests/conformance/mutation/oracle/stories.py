"""Longer conversations: a disconnection from order to report, a reading schedule and its deliveries, sets of operations."""

from random import Random
from typing import Final

from lxml import etree

from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.oracle.around import identifier
from tests.conformance.mutation.oracle.conversations import OTHER, REGISTER, answered, heard
from tests.conformance.mutation.pieces import Pieces, both, drop, pieces, say

CIS_TO_MDMS: Final = "cis-&gt;mdms"
MDMS_TO_HES: Final = "mdms-&gt;hes"
MDMS_TO_CIS: Final = "mdms-&gt;cis"
HES_TO_MDMS: Final = "hes-&gt;mdms"


def _disconnection(random: Random) -> str:
    """The billing system has a meter disconnected: the switch is opened, the register is read, and the work is reported."""
    meter, order, control, query, report = (identifier(random) for _ in range(5))
    work = f"<MeterServiceWork><kind>disconnect</kind><Meter><mRID>{meter}</mRID></Meter>{{}}</MeterServiceWork>"
    switch = (
        f"<EndDeviceControl><issuerTrackingID>{order}</issuerTrackingID><PanDemandResponse/><PanDisplay/><PanPricing/>"
        f'<EndDeviceControlType ref="3.31.0.23"/><EndDevices><mRID>{meter}</mRID></EndDevices></EndDeviceControl>'
    )
    asked = f"<GetMeterReadings><EndDevice><mRID>{meter}</mRID></EndDevice></GetMeterReadings>"
    got = (
        f"<MeterReading><Meter><mRID>{meter}</mRID></Meter><Readings><timeStamp>2026-03-01T01:00:15Z</timeStamp>"
        f'<value>{random.randint(1000, 9000)}.5</value><ReadingType ref="{REGISTER}"/></Readings></MeterReading>'
    )
    answer = f"<MessageID>{identifier(random)}</MessageID><CorrelationID>{query}</CorrelationID><Reply><Result>OK</Result></Reply>{got}"
    ordered = work.format("")
    done = work.format("<status><value>completed</value></status>")
    told = (
        f"<root>ChangedMeterServiceRequests</root><Verb>changed</Verb><CorrelationID>{order}</CorrelationID>"
        f"<MessageID>{report}</MessageID>{done}"
    )
    return (
        f"<conversation>{heard(CIS_TO_MDMS, 1, 0, f'<MessageID>{order}</MessageID>{ordered}')}"
        f"{answered(CIS_TO_MDMS, 1, 1, order, 'MeterServiceRequests', random, '0.3')}"
        f"{heard(MDMS_TO_HES, 2, 2, f'<MessageID>{control}</MessageID>{switch}')}"
        f"{answered(MDMS_TO_HES, 2, 3, control, 'EndDeviceControls', random)}"
        f"{heard(MDMS_TO_HES, 3, 4, f'<MessageID>{query}</MessageID>{asked}')}{heard(MDMS_TO_HES, 3, 6, answer, 'reply')}"
        f"{heard(MDMS_TO_CIS, 4, 8, told)}{answered(MDMS_TO_CIS, 4, 9, report, 'MeterServiceRequests', random)}</conversation>"
    )


def _schedule(random: Random) -> str:
    """A reading schedule that is taken, one delivery of it, and its cancellation."""
    meter, order, delivery, end = (identifier(random) for _ in range(4))
    whom = f"<EndDevice><mRID>{meter}</mRID></EndDevice>"
    span = "<end>2026-03-31T00:00:00Z</end><start>2026-03-01T00:00:00Z</start>"
    when = f"<TimeSchedule><scheduleInterval>{span}</scheduleInterval></TimeSchedule>"
    canceled = (
        f"<root>CancelMeterReadSchedule</root><Verb>cancel</Verb><MessageID>{end}</MessageID><CorrelationID>{order}</CorrelationID>{whom}"
    )
    return (
        f"<conversation>{heard(MDMS_TO_HES, 1, 0, f'<MessageID>{order}</MessageID>{whom}{when}')}"
        f"{answered(MDMS_TO_HES, 1, 1, order, 'MeterReadSchedule', random)}"
        f"{heard(HES_TO_MDMS, 2, 2, f'<MessageID>{delivery}</MessageID><Meter><mRID>{meter}</mRID></Meter>')}"
        f"{answered(HES_TO_MDMS, 2, 3, delivery, 'MeterReadings', random)}"
        f"{heard(MDMS_TO_HES, 3, 4, canceled)}{answered(MDMS_TO_HES, 3, 5, end, 'MeterReadSchedule', random)}</conversation>"
    )


def _after_its_cancellation(_random: Random, subject: Pieces) -> bool:
    """The delivery comes when nobody wants it any more."""
    for capture in subject.at("capture[position() = 3 or position() = 4]"):
        subject.top.append(capture)
    return True


def _operations(random: Random) -> str:
    """A set of operations of which one fails."""
    asked, number = identifier(random), random.randint(1, 3)
    told = "".join(
        f"<Operation><operationId>{each}</operationId><noun>MeterReadSchedule</noun><verb>create</verb></Operation>" for each in (1, 2, 3)
    )
    order = f"<root>RequestMessage</root><Verb>execute</Verb><Noun>OperationSet</Noun><OperationSet>{told}</OperationSet>"
    error = f"<Error><code>2.4</code><level>FATAL</level><operationId>{number}</operationId></Error>"
    answer = f"<Noun>OperationSet</Noun><CorrelationID>{asked}</CorrelationID><Reply><Result>FAILED</Result>{error}</Reply>"
    return (
        f'<conversation><capture exchange="1" dialect="generic"><MessageID>{asked}</MessageID>{order}</capture>'
        f'<capture exchange="1" leg="reply" dialect="generic"><MessageID>{identifier(random)}</MessageID>{answer}</capture></conversation>'
    )


def _part(random: Random) -> str:
    """A question about two meters, of which one cannot be read."""
    one, other, asked = (identifier(random) for _ in range(3))
    query = "".join(f"<EndDevice><mRID>{meter}</mRID></EndDevice>" for meter in (one, other))
    got = (
        f"<MeterReading><Meter><mRID>{one}</mRID></Meter><Readings><timeStamp>2026-03-01T00:30:00Z</timeStamp><value>7</value>"
        f'<ReadingType ref="{REGISTER}"/></Readings></MeterReading>'
    )
    error = f"<Error><code>5.3</code><level>FATAL</level><ID>{other}</ID></Error>"
    answer = f"<CorrelationID>{asked}</CorrelationID><Reply><Result>PARTIAL</Result>{error}</Reply>{got}"
    return (
        f'<conversation><capture exchange="1"><MessageID>{asked}</MessageID><GetMeterReadings>{query}</GetMeterReadings></capture>'
        f'<capture exchange="1" leg="reply"><MessageID>{identifier(random)}</MessageID>{answer}</capture></conversation>'
    )


def _both_failed(_random: Random, subject: Pieces) -> bool:
    """The other meter could not be read either."""
    (read,) = subject.at("capture[2]/MeterReading")
    (reply,) = subject.at("capture[2]/Reply")
    meter = read.findtext("Meter/mRID")
    reply.append(etree.fromstring(f"<Error><code>5.3</code><level>FATAL</level><ID>{meter}</ID></Error>"))
    subject.at("capture[2]")[0].remove(read)
    return True


def _addressed(random: Random) -> str:
    """A request and its reply with WS-Addressing, with the parameter that who asked wants to have back."""
    queue, parameter = random.randint(1, 999), "<c:Queue xmlns:c='urn:cis'{}>{}</c:Queue>"
    asked, identity = identifier(random), f"urn:uuid:{identifier(random)}"
    action = "<wsa:Action>http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings</wsa:Action>"
    reply = f"<CorrelationID>{asked}</CorrelationID><Reply><Result>OK</Result></Reply>"
    wanted = f"<wsa:ReferenceParameters>{parameter.format('', queue)}</wsa:ReferenceParameters>"
    back = f"<wsa:ReplyTo><wsa:Address>http://www.w3.org/2005/08/addressing/anonymous</wsa:Address>{wanted}</wsa:ReplyTo>"
    brought = parameter.format(' wsa:IsReferenceParameter="true"', queue)
    return (
        f'<conversation><capture exchange="1"><s:Header>{action}<wsa:MessageID>{identity}</wsa:MessageID>{back}</s:Header>'
        f'<MessageID>{asked}</MessageID></capture><capture exchange="1" leg="reply"><s:Header><wsa:Action>urn:reply</wsa:Action>'
        f"<wsa:RelatesTo>{identity}</wsa:RelatesTo>{brought}</s:Header><MessageID>{identifier(random)}</MessageID>{reply}</capture>"
        "</conversation>"
    )


def _known(random: Random) -> str:
    """A head-end that is told of a meter, and then to switch it."""
    meter, order = identifier(random), identifier(random)
    moments = "<createdDateTime>2026-02-01T00:00:00Z</createdDateTime><effectiveDateTime>2026-02-01T00:00:00Z</effectiveDateTime>"
    linkage = (
        f"<MasterDataLinkageConfig><ConfigurationEvent>{moments}</ConfigurationEvent><Meter><mRID>{meter}</mRID></Meter>"
        f"<UsagePoint><mRID>{identifier(random)}</mRID></UsagePoint></MasterDataLinkageConfig>"
    )
    switch = (
        "<EndDeviceControl><PanDemandResponse/><PanDisplay/><PanPricing/>"
        f'<EndDeviceControlType ref="3.31.0.18"/><EndDevices><mRID>{meter}</mRID></EndDevices></EndDeviceControl>'
    )
    return (
        f"<conversation>{heard('cis-&gt;hes', None, 0, f'<MessageID>{identifier(random)}</MessageID>{linkage}')}"
        f"{heard('cis-&gt;hes', 2, 1, f'<MessageID>{order}</MessageID>{switch}')}"
        f"{answered('cis-&gt;hes', 2, 2, order, 'EndDeviceControls', random)}</conversation>"
    )


DISCONNECTION: Final = pieces(_disconnection)
REFUSED: Final = both(say("capture[2]/Reply/Result", "FAILED"), say("capture[2]/Reply/Error/code", "2.4"))

MUTATIONS: Final = (
    Mutation("neutral", "a control on a wire out of sight", DISCONNECTION, both(drop("capture[3]"), drop("capture[3]"))),
    Mutation("drop", "the reading of a disconnection", DISCONNECTION, both(drop("capture[5]"), drop("capture[5]")), "CH-04", "CH-05"),
    Mutation("drop", "the report of a disconnection", DISCONNECTION, both(drop("capture[7]"), drop("capture[7]")), "CH-05"),
    Mutation("recode", "the order of a disconnection to a refusal", DISCONNECTION, REFUSED, "CH-04"),
    Mutation("reorder", "a delivery and the cancellation of its schedule", pieces(_schedule), _after_its_cancellation, "CH-02"),
    Mutation("recode", "which operation failed", pieces(_operations), say("capture[2]//operationId", "7"), "CV-18"),
    Mutation("repeat", "the error of a part with all that was asked for", pieces(_part), _both_failed, "CV-19", "CV-07"),
    Mutation("drop", "a parameter that was to come back", pieces(_addressed), drop("capture[2]/s:Header/*[local-name()='Queue']"), "CV-24"),
    Mutation("recode", "what a reply relates to", pieces(_addressed), say("capture[2]//wsa:RelatesTo", "urn:b"), "CV-17"),
    Mutation("recode", "the meter that is switched", pieces(_known), say("capture[2]//EndDevices/mRID", OTHER), "LI-14"),
    Mutation("neutral", "where a later reading is from", DISCONNECTION, say("capture[6]//value", "9000.5")),
)
