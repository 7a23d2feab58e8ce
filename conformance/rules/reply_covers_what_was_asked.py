"""CV-07: a reply speaks of every meter and every reading type that it was asked for, if only to say that there is nothing."""

from collections.abc import Iterator
from typing import Final

from ami import reply_codes
from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation, Said, acknowledges

NO_TROUBLE: Final = frozenset({reply_codes.OK, reply_codes.ACKNOWLEDGED})

MORE_TO_COME: Final = "0.1"


def check(conversation: Conversation) -> Iterator[Breach]:
    """A meter, a usage point or a reading type that a get asked for and its reply passes over."""
    for exchange in conversation.exchanges:
        request = exchange.request
        if request is None or request.query is None:
            continue
        later = conversation.later_replies.get(request.message_id or "", [])
        replies = [said for said in (*exchange.replies, *later) if said.reply is not None and not acknowledges(said, request)]
        if replies and not any(_says_nothing_exact(said) for said in replies):
            yield from _passed_over(request, replies)


def _says_nothing_exact(said: Said) -> bool:
    """Whether a reply failed as a whole, has an error that names no object, or promises more."""
    if said.reply is None or said.reply.result.text == "FAILED" or MORE_TO_COME in said.reply.codes():
        return True
    return any(error.code.text not in NO_TROUBLE and not error.named for error in said.reply.errors)


def _passed_over(request: Said, replies: list[Said]) -> Iterator[Breach]:
    query, last = request.query, replies[-1]
    if query is None:
        return
    members = [member for said in replies if said.readings for member in said.readings.members]
    failed = {name for said in replies if said.reply for name in said.reply.failed}
    meters = {meter for said in replies if said.readings for meter in said.readings.meters_with_readings()} | failed
    for meter in query.meters:
        if meter not in meters:
            yield last.breach_of_reply(f"nothing about meter {meter!r}")
    usage_points = {name for member in members if member.usage_point for name in (member.usage_point, *member.also)}
    for usage_point in query.usage_points if usage_points else ():
        if usage_point not in usage_points | failed:
            yield last.breach_of_reply(f"nothing about usage point {usage_point!r}")
    if failed or any(said.reply and said.reply.codes() - NO_TROUBLE for said in replies):
        return
    types = {text for said in replies if said.readings for text in said.readings.types}
    for reading_type in query.reading_types:
        if reading_type not in types:
            yield last.breach_of_reply(f"no reading of type {reading_type}")
    wanted = types & set(query.reading_types)
    served = {meter for said in replies if said.readings for meter in said.readings.meters_with_readings(wanted)}
    for meter in query.meters if wanted else ():
        if meter in meters - served:
            yield last.breach_of_reply(f"nothing that was asked for about meter {meter!r}")


_ASKED = (
    "<conversation><capture wire='cis-&gt;hes' exchange='1'><MessageID>a</MessageID>"
    "<GetMeterReadings><EndDevice><mRID>M-1</mRID></EndDevice>"
    "<EndDevice><mRID>M-2</mRID></EndDevice><ReadingType><Names><name>0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0</name></Names></ReadingType>"
    "</GetMeterReadings></capture>"
    "<capture wire='cis-&gt;hes' exchange='1' leg='reply'><CorrelationID>a</CorrelationID>{}</capture></conversation>"
)
_READ = (
    "<MeterReading><Meter><mRID>{}</mRID></Meter><Readings><timeStamp>2026-03-01T01:00:00Z</timeStamp><value>7</value>"
    '<ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></Readings></MeterReading>'
)
_TWICE_NAMED = _READ.format("8f14e45f-ceea-467f-9d3c-0a1b2c3d4e5f").replace("</mRID>", "</mRID><Names><name>M-1</name></Names>")
_OTHER_TYPE = "".join(_READ.format(meter).replace("0.0.0.1.1.1.12", "0.0.0.1.19.1.12") for meter in ("M-1", "M-2"))
_OK = "<Reply><Result>OK</Result></Reply>"

RULE = Rule(
    id="CV-07",
    requires="a reply to speak of every meter and reading type that was asked for, with readings or with an error",
    source="IEC 61968-9, GetMeterReadings and its reply",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(
        _ASKED.format(_OK + _READ.format("M-1") + _READ.format("M-2")),
        _ASKED.format(_OK + _TWICE_NAMED + _READ.format("M-2")),
        _ASKED.format("<Reply><Result>PARTIAL</Result><Error><code>2.4</code><ID>M-2</ID></Error></Reply>" + _READ.format("M-1")),
        _ASKED.format("<Reply><Result>FAILED</Result><Error><code>4.1</code></Error></Reply>"),
    ),
    fails=(
        _ASKED.format(_OK + _READ.format("M-1")),
        _ASKED.format(_OK + _READ.format("M-1") + "<MeterReading><Meter><mRID>M-2</mRID></Meter></MeterReading>"),
        _ASKED.format(_OK + _OTHER_TYPE),
        _ASKED.format(_OK + _READ.format("M-1") + _READ.format("M-2").replace("0.0.0.1.1.1.12", "0.0.0.1.19.1.12")),
    ),
    why="One meter of a hundred is left out, and its customer gets an estimated bill.",
    mend="Add an Error with the meter's id for each meter that could not be read.",
)
