"""Conversations: requests and their replies, deliveries of several days, later replies, outages, orders and what became of them."""

from datetime import datetime, timedelta
from random import Random
from typing import Final

from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.oracle.around import identifier
from tests.conformance.mutation.pieces import Pieces, add, both, drop, exchange, give, pieces, repeat, say
from tests.conformance.mutation.texts import plus, times

REGISTER: Final = "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"
ASKED_AT: Final = datetime.fromisoformat("2026-03-01T01:00:11Z")


def _at(seconds: int) -> str:
    return f"{ASKED_AT + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%SZ}"


def heard(wire: str, exchange_number: int | None, seconds: int, inside: str, leg: str = "request") -> str:
    """A capture, so many seconds after ASKED_AT."""
    number = f' exchange="{exchange_number}"' if exchange_number else ""
    stamp = f"<Timestamp>{_at(seconds)}</Timestamp>"
    return f'<capture wire="{wire}"{number} leg="{leg}" at="{_at(seconds)}">{stamp}{inside}</capture>'


def answered(wire: str, number: int, seconds: int, asked: str, noun: str, random: Random, code: str = "0.0") -> str:
    """The reply OK to a request. asked: its MessageID."""
    reply = f"<Reply><Result>OK</Result><Error><code>{code}</code><level>INFORM</level></Error></Reply>"
    told = f"<MessageID>{identifier(random)}</MessageID><CorrelationID>{asked}</CorrelationID><Noun>{noun}</Noun>{reply}"
    return heard(wire, number, seconds, told, "reply")


def _register(hour: int, value: str) -> str:
    return f'<Readings><timeStamp>2026-02-28T{hour:02}:00:00Z</timeStamp><value>{value}</value><ReadingType ref="{REGISTER}"/></Readings>'


def _deliveries(random: Random) -> str:
    """A head-end that delivers the register of a meter twice, an hour apart; each is taken."""
    meter, value = identifier(random), random.randint(1000, 90000)
    told = ""
    for number in (1, 2):
        asked = identifier(random)
        reading = f"<Meter><mRID>{meter}</mRID></Meter>{_register(number, f'{value + number}.5')}"
        told += heard("hes-&gt;mdms", number, 2 * number, f"<MessageID>{asked}</MessageID>{reading}")
        told += answered("hes-&gt;mdms", number, 2 * number + 1, asked, "MeterReadings", random)
    return f"<conversation>{told}</conversation>"


def _amounts(random: Random) -> str:
    """A head-end that delivers one hour of a meter twice, with the same values."""
    meter, values = identifier(random), [f"0.{random.randint(100, 999)}" for _ in range(4)]
    rows = "".join(
        f"<IntervalReadings><timeStamp>2026-02-28T0{minute // 60}:{minute % 60:02}:00Z</timeStamp><value>{value}</value></IntervalReadings>"
        for minute, value in zip((15, 30, 45, 60), values, strict=True)
    )
    told = ""
    for number in (1, 2):
        asked = identifier(random)
        told += heard("hes-&gt;mdms", number, 2 * number, f"<MessageID>{asked}</MessageID><Meter><mRID>{meter}</mRID></Meter>{rows}")
        told += answered("hes-&gt;mdms", number, 2 * number + 1, asked, "MeterReadings", random)
    return f"<conversation>{told}</conversation>"


def _question(random: Random) -> str:
    """A billing system that asks for the registers of two meters, and gets them."""
    meters, asked = [identifier(random) for _ in range(2)], identifier(random)
    wanted = "".join(f"<EndDevice><mRID>{meter}</mRID></EndDevice>" for meter in meters)
    query = f"<GetMeterReadings>{wanted}<ReadingType><Names><name>{REGISTER}</name></Names></ReadingType></GetMeterReadings>"
    got = "".join(
        f"<MeterReading><Meter><mRID>{meter}</mRID></Meter>{_register(3, f'{random.randint(1000, 9000)}.5')}</MeterReading>"
        for meter in meters
    )
    ids = f"<MessageID>{identifier(random)}</MessageID><CorrelationID>{asked}</CorrelationID>"
    answer = f"{ids}<Reply><Result>OK</Result></Reply>{got}"
    return (
        f"<conversation>{heard('cis-&gt;hes', 1, 0, f'<MessageID>{asked}</MessageID>{query}')}"
        f"{heard('cis-&gt;hes', 1, 2, answer, 'reply')}</conversation>"
    )


def _later(random: Random) -> str:
    """A billing system that asks, is told to wait, and is answered on a connection of its own."""
    meter, asked = identifier(random), identifier(random)
    flags = "<AsyncReplyFlag>true</AsyncReplyFlag><ReplyAddress>http://cis.metergate.test/soap</ReplyAddress>"
    query = f"<GetMeterReadings><EndDevice><mRID>{meter}</mRID></EndDevice></GetMeterReadings>"
    got = f"<MeterReading><Meter><mRID>{meter}</mRID></Meter>{_register(3, f'{random.randint(1000, 9000)}.5')}</MeterReading>"
    answer = f"<MessageID>{identifier(random)}</MessageID><CorrelationID>{asked}</CorrelationID><Reply><Result>OK</Result></Reply>{got}"
    return (
        f"<conversation>{heard('cis-&gt;mdms', 1, 0, f'{flags}<MessageID>{asked}</MessageID>{query}')}"
        f"{answered('cis-&gt;mdms', 1, 1, asked, 'MeterReadings', random, '0.3')}{heard('mdms-&gt;cis', None, 30, answer)}</conversation>"
    )


def _control(random: Random) -> str:
    """A switch that is opened, the event that says so, and a delivery two hours later."""
    meter, asked, told, event, later = (identifier(random) for _ in range(5))
    tracking = f"T-{random.randint(1, 999)}"
    order = (
        f"<EndDeviceControl><issuerTrackingID>{tracking}</issuerTrackingID><PanDemandResponse/><PanDisplay/><PanPricing/>"
        f'<EndDeviceControlType ref="3.31.0.23"/><EndDevices><mRID>{meter}</mRID></EndDevices></EndDeviceControl>'
    )
    done = (
        f"<EndDeviceEvent><mRID>{event}</mRID><createdDateTime>{_at(5)}</createdDateTime><issuerTrackingID>{tracking}</issuerTrackingID>"
        f'<Assets><mRID>{meter}</mRID></Assets><EndDeviceEventType ref="3.31.0.68"/></EndDeviceEvent>'
    )
    return (
        f"<conversation>{heard('mdms-&gt;hes', 1, 0, f'<MessageID>{asked}</MessageID>{order}')}"
        f"{answered('mdms-&gt;hes', 1, 1, asked, 'EndDeviceControls', random)}"
        f"{heard('hes-&gt;mdms', 2, 10, f'<MessageID>{told}</MessageID>{done}')}"
        f"{answered('hes-&gt;mdms', 2, 11, told, 'EndDeviceEvents', random)}"
        f"{heard('hes-&gt;mdms', 3, 7200, f'<MessageID>{later}</MessageID>')}"
        f"{answered('hes-&gt;mdms', 3, 7201, later, 'MeterReadings', random)}</conversation>"
    )


def _orders(random: Random) -> str:
    """A message that opens one switch and closes another."""
    order = (
        "<EndDeviceControl><issuerTrackingID>T-{0}</issuerTrackingID>"
        '<EndDeviceControlType ref="3.31.0.{0}"/><EndDevices><mRID>M-{1}</mRID></EndDevices></EndDeviceControl>'
    )
    inside = "".join(order.format(code, number) for number, code in enumerate(random.sample(["18", "23"], 2), 1))
    return f"<capture><MessageID>{identifier(random)}</MessageID>{inside}</capture>"


def _two_registers(random: Random) -> str:
    """A message with what a register showed at two hours."""
    value = random.randint(1000, 90000)
    shown = "".join(_register(hour, f"{value + hour}.5") for hour in (1, 2))
    return f"<capture><MessageID>{identifier(random)}</MessageID><Meter><mRID>{identifier(random)}</mRID></Meter>{shown}</capture>"


def _two_hours(random: Random) -> str:
    """A head-end that delivers one hour of a meter after the other."""
    meter, told = identifier(random), ""
    for hour in (1, 2):
        rows = "".join(
            f"<IntervalReadings><timeStamp>2026-02-28T{hour + (minute == 60):02}:{minute % 60:02}:00Z</timeStamp>"
            f"<value>0.{random.randint(100, 220)}</value></IntervalReadings>"
            for minute in (15, 30, 45, 60)
        )
        ids = f"<MessageID>{identifier(random)}</MessageID><Meter><mRID>{meter}</mRID></Meter>"
        told += heard("hes-&gt;mdms", None, 2 * hour, ids + rows)
    return f"<conversation>{told}</conversation>"


def _month(random: Random) -> str:
    """A billing system that asks for the register of a meter within a month, and gets it."""
    meter, asked = identifier(random), identifier(random)
    span = "<end>2026-03-01T00:00:00Z</end><start>2026-02-01T00:00:00Z</start>"
    query = (
        f"<GetMeterReadings><EndDevice><mRID>{meter}</mRID></EndDevice>"
        f"<TimeSchedule><scheduleInterval>{span}</scheduleInterval></TimeSchedule></GetMeterReadings>"
    )
    got = f"<MeterReading><Meter><mRID>{meter}</mRID></Meter>{_register(3, f'{random.randint(1000, 9000)}.5')}</MeterReading>"
    answer = f"<MessageID>{identifier(random)}</MessageID><CorrelationID>{asked}</CorrelationID><Reply><Result>OK</Result></Reply>{got}"
    return (
        f"<conversation>{heard('cis-&gt;hes', 1, 0, f'<MessageID>{asked}</MessageID>{query}')}"
        f"{heard('cis-&gt;hes', 1, 2, answer, 'reply')}</conversation>"
    )


def _outage(random: Random) -> str:
    """A meter that loses its supply, and has it again."""
    meter = identifier(random)
    told = ""
    for number, (minute, code) in enumerate((("10", "85"), ("40", "216")), 1):
        asked = identifier(random)
        event = (
            f"<EndDeviceEvent><mRID>{identifier(random)}</mRID><createdDateTime>2026-03-01T00:{minute}:00Z</createdDateTime>"
            f'<Assets><mRID>{meter}</mRID></Assets><EndDeviceEventType ref="3.26.0.{code}"/></EndDeviceEvent>'
        )
        told += heard("hes-&gt;oms", number, 2 * number, f"<MessageID>{asked}</MessageID>{event}")
        told += answered("hes-&gt;oms", number, 2 * number + 1, asked, "EndDeviceEvents", random)
    return f"<conversation>{told}</conversation>"


def _refused_once(random: Random) -> str:
    """A delivery that is refused, and taken when it is sent again under another MessageID."""
    first, second = identifier(random), identifier(random)
    value = f"<value>0.{random.randint(100, 999)}</value>"
    failed = "<Reply><Result>FAILED</Result><Error><code>5.3</code><level>FATAL</level></Error></Reply>"
    refusal = f"<MessageID>{identifier(random)}</MessageID><CorrelationID>{first}</CorrelationID>{failed}"
    return (
        f"<conversation>{heard('hes-&gt;mdms', 1, 0, f'<MessageID>{first}</MessageID>{value}')}"
        f"{heard('hes-&gt;mdms', 1, 1, refusal, 'reply')}"
        f"{heard('hes-&gt;mdms', 2, 10, f'<MessageID>{second}</MessageID>{value}')}"
        f"{answered('hes-&gt;mdms', 2, 11, second, 'MeterReadings', random)}</conversation>"
    )


def _same_id(_random: Random, subject: Pieces) -> bool:
    """The second attempt under the id of the first, and its answer to that."""
    (first,) = subject.at("capture[1]/MessageID")
    for path in ("capture[3]/MessageID", "capture[4]/CorrelationID"):
        subject.at(path)[0].text = first.text
    return True


def _set_of_two(random: Random) -> str:
    """Two orders that are done as a whole, and are."""
    asked = identifier(random)
    operation = "<Operation><operationId>{}</operationId><noun>MeterReadSchedule</noun><verb>create</verb></Operation>"
    both_of_them = "".join(operation.format(number) for number in random.sample(range(1, 99), 2))
    fields = "<root>RequestMessage</root><Verb>execute</Verb><Noun>OperationSet</Noun>"
    whole = f"<enforceTransactionalIntegrity>true</enforceTransactionalIntegrity>{both_of_them}"
    error = f"<Error><code>2.4</code><level>FATAL</level><ID>{identifier(random)}</ID></Error>"
    return (
        f"<conversation><capture exchange='1' dialect='generic'><MessageID>{asked}</MessageID>{fields}"
        f"<OperationSet>{whole}</OperationSet></capture><capture exchange='1' leg='reply' dialect='generic'>"
        f"<Reply><Result>FAILED</Result>{error}</Reply><MessageID>{identifier(random)}</MessageID><CorrelationID>{asked}</CorrelationID>"
        "<Noun>OperationSet</Noun></capture></conversation>"
    )


DELIVERIES: Final = pieces(_deliveries)
REFUSED_ONCE: Final = pieces(_refused_once)
SET_OF_TWO: Final = pieces(_set_of_two)
AMOUNTS: Final = pieces(_amounts)
QUESTION: Final = pieces(_question)
LATER: Final = pieces(_later)
CONTROL: Final = pieces(_control)
OUTAGE: Final = pieces(_outage)
ORDERS: Final = pieces(_orders)
MONTH: Final = pieces(_month)
TWO_HOURS: Final = pieces(_two_hours)
TWO_REGISTERS: Final = pieces(_two_registers)

REQUESTS: Final = "capture[@leg='request']"
REPLIES: Final = "capture[@leg='reply']"
OTHER: Final = "b0f6d8a2-3c47-4f0f-9a0e-5d2c3b1a7e90"
UNANSWERED: Final = "CV-02 CV-05 CH-01 CH-02 CH-03 CH-05"
"""A reply that cannot be related leaves its request without one."""


def _nonce() -> str:
    return "<ReplayDetection><Nonce>n-1</Nonce><Created>2026-03-01T01:00:12Z</Created></ReplayDetection>"


MUTATIONS: Final = (
    Mutation(
        "repeat",
        "a MessageID",
        DELIVERIES,
        both(say(f"{REQUESTS}[1]/MessageID", OTHER), say("capture[3]/MessageID", OTHER)),
        "CV-01|CV-15",
        f"CV-01 CV-15 {UNANSWERED}",
    ),
    Mutation("recode", "the MessageID of another attempt", REFUSED_ONCE, _same_id, "CV-22"),
    Mutation("recode", "a refusal of all to a part", SET_OF_TWO, say("capture[2]/Reply/Result", "PARTIAL"), "CV-23"),
    Mutation("recode", "the CorrelationID of a reply", DELIVERIES, say(f"{REPLIES}/CorrelationID", OTHER), "CV-02", UNANSWERED),
    Mutation("drop", "a reply", DELIVERIES, drop(REPLIES), "CV-05"),
    Mutation("repeat", "a reply", DELIVERIES, both(repeat(REPLIES)), "CV-05", "CV-01"),
    Mutation("recode", "the noun of a reply", DELIVERIES, say(f"{REPLIES}/Noun", "EndDeviceEvents"), "CV-08"),
    Mutation(
        "shift", "a reply by minutes", DELIVERIES, both(give("capture[4]", at=_at(200)), say("capture[4]/Timestamp", _at(200))), "CV-10"
    ),
    Mutation("recode", "the dialect of a request", DELIVERIES, give("capture[3]", dialect="2017"), "CV-12", "ME-02"),
    Mutation("recode", "the SOAP of a reply", DELIVERIES, give(REPLIES, soap="1.2"), "CV-13"),
    Mutation("repeat", "a Nonce", DELIVERIES, both(add("capture[1]", _nonce()), add("capture[3]", _nonce())), "CV-14"),
    Mutation("recode", "the Source of a reply", DELIVERIES, add(REPLIES, "<Source>hes</Source>"), "CV-16"),
    Mutation("recode", "the CorrelationID of an event", DELIVERIES, add("capture[3]", f"<CorrelationID>{OTHER}</CorrelationID>"), "CV-04"),
    Mutation("shift", "a register backwards between messages", DELIVERIES, say("capture[3]/Readings/value", plus("-200")), "CV-09"),
    Mutation("shift", "a register by a thousand between messages", DELIVERIES, say("capture[3]/Readings/value", plus("900000")), "CV-09"),
    Mutation("neutral", "two exchanges that overlap", DELIVERIES, exchange("capture[2]")),
    Mutation("shift", "an amount that was delivered before", AMOUNTS, say("capture[3]/IntervalReadings/value", plus("1")), "MR-45"),
    Mutation("neutral", "another meter", AMOUNTS, say("capture[3]/Meter/mRID", OTHER)),
    Mutation("drop", "a meter that was asked for", QUESTION, drop("capture[2]/MeterReading"), "CV-07"),
    Mutation(
        "recode",
        "a type that was asked for",
        QUESTION,
        give("capture[2]/MeterReading/Readings/ReadingType", ref="0.0.0.1.19.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        "CV-07",
    ),
    Mutation("recode", "the meter of an answer", QUESTION, say("capture[2]/MeterReading/Meter/mRID", OTHER), "CV-07"),
    Mutation("drop", "an answer", QUESTION, drop("capture[2]"), "CV-05", "CH-05"),
    Mutation("drop", "a later reply", LATER, drop("capture[3]"), "CV-06", "CH-05"),
    Mutation("recode", "the CorrelationID of a later reply", LATER, say("capture[3]/CorrelationID", OTHER), "CV-03", "CV-06 CH-05"),
    Mutation("recode", "to whom a later reply goes", LATER, give("capture[3]", wire="mdms->oms"), "CV-11", "CV-06 CH-01 CH-05"),
    Mutation(
        "recode",
        "the noun of a later reply",
        LATER,
        both(drop("capture[3]/MeterReading"), add("capture[3]", "<Noun>EndDeviceEvents</Noun>")),
        "CV-20",
        "CH-01 CV-07",
    ),
    Mutation("repeat", "a later reply as another message", LATER, both(repeat("capture[3]"), say("capture[4]/MessageID", OTHER)), "CH-01"),
    Mutation("repeat", "a later reply", LATER, repeat("capture[3]"), "CH-01|CV-01", "CH-01 CV-01 CV-15"),
    Mutation("drop", "the event of a control", CONTROL, both(drop("capture[4]"), drop("capture[3]")), "CO-19", "CH-05"),
    Mutation(
        "recode",
        "the issuerTrackingID of an event",
        CONTROL,
        say("capture[3]/EndDeviceEvent/issuerTrackingID", "T-x"),
        "EV-16",
        "CO-19 CH-05",
    ),
    Mutation("recode", "the meter of a control's event", CONTROL, say("capture[3]/EndDeviceEvent/Assets/mRID", OTHER), "CO-20"),
    Mutation(
        "recode",
        "a control's event to its contrary",
        CONTROL,
        give("capture[3]/EndDeviceEvent/EndDeviceEventType", ref="3.31.0.42"),
        "CO-20",
    ),
    Mutation(
        "recode",
        "a control's acceptance to a refusal",
        CONTROL,
        both(
            say("capture[2]/Reply/Result", "FAILED"),
            say("capture[2]/Reply/Error/code", "5.3"),
            say("capture[2]/Reply/Error/level", "FATAL"),
        ),
        "CH-03",
    ),
    Mutation(
        "recode", "a restoration to another outage", OUTAGE, give("capture[3]/EndDeviceEvent/EndDeviceEventType", ref="3.26.0.85"), "EV-14"
    ),
    Mutation(
        "shift",
        "a restoration before its outage",
        OUTAGE,
        say("capture[3]/EndDeviceEvent/createdDateTime", "2026-03-01T00:05:00Z"),
        "EV-15",
    ),
    Mutation(
        "repeat",
        "an event's mRID between messages",
        OUTAGE,
        both(say("capture[1]/EndDeviceEvent/mRID", OTHER), say("capture[3]/EndDeviceEvent/mRID", OTHER)),
        "EV-12",
    ),
    Mutation("recode", "the meter of one of two orders", ORDERS, say("EndDeviceControl[2]/EndDevices/mRID", "M-1"), "CO-22"),
    Mutation(
        "shift", "a control's event before it", CONTROL, say("capture[3]/EndDeviceEvent/createdDateTime", "2026-02-28T20:00:00Z"), "CO-24"
    ),
    Mutation(
        "shift", "the month that is answered", MONTH, say("capture[2]/MeterReading/Readings/timeStamp", "2026-01-15T00:00:00Z"), "CV-21"
    ),
    Mutation("shift", "a register to the largest number", TWO_REGISTERS, say("Readings[2]/value", "4294967295"), "MR-50"),
    Mutation(
        "shift",
        "amounts by a thousand",
        TWO_HOURS,
        both(*(say(f"capture[2]/IntervalReadings[{place}]/value", times("1000")) for place in (1, 2, 3, 4))),
        "CV-25",
    ),
)
