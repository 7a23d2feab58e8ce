"""The wrappers of messages: one root element for each verb and noun, as the dialect names it."""

from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from ami import names, schemas
from ami.dialect import Dialect, Wrapping, dialect
from ami.messages import Kind

WORDING = dialect("2011")
HEADER = '<m:Header xmlns="{}"><Verb>{}</Verb><Noun>{}</Noun></m:Header>'
REPLY = '<m:Reply xmlns="{}"><Result>OK</Result></m:Reply>'
REQUESTS = [(Kind.REQUEST, verb) for verb in names.REQUEST_VERBS]
EVENTS = [(Kind.EVENT, verb) for verb in names.EVENT_VERBS]


def message(wrapping: Wrapping, *parts: str) -> etree._Element:
    """A message root with its parts, which write `m:` for the root's namespace."""
    return etree.fromstring(f'<m:{wrapping.root} xmlns:m="{wrapping.namespace}">{"".join(parts)}</m:{wrapping.root}>')


def header(verb: str, noun: str, wording: Dialect = WORDING) -> str:
    """The smallest header."""
    return HEADER.format(wording.header_namespace, verb, noun)


def carrying(part: str, payload: str, wording: Dialect = WORDING) -> str:
    """A part that holds an empty payload element; work needs a header of its own."""
    repeated = f'<Header><Verb xmlns="{wording.header_namespace}">create</Verb><Noun xmlns="{wording.header_namespace}">x</Noun></Header>'
    body = repeated if payload in (names.METER_SERVICE_REQUESTS, "MeterServiceRequest") else ""
    return f'<m:{part}><{payload} xmlns="{wording.payload(payload)}">{body}</{payload}></m:{part}>'


@pytest.mark.parametrize("noun", names.NOUNS)
@pytest.mark.parametrize(("kind", "verb"), [*REQUESTS, *EVENTS])
def test_request_and_event_carry_their_noun(everything: etree.XMLSchema, kind: Kind, verb: str, noun: str) -> None:
    """Header and payload make a message; a payload with nothing in it does not."""
    wrapping = WORDING.wrapping(kind, verb, noun)

    everything.assertValid(message(wrapping, header(verb, noun), carrying("Payload", noun)))
    assert not everything.validate(message(wrapping, header(verb, noun), "<m:Payload/>"))


@pytest.mark.parametrize("noun", names.NOUNS)
def test_response_needs_a_reply(everything: etree.XMLSchema, noun: str) -> None:
    """A response tells what came of the request; its payload may be left out."""
    wrapping = WORDING.wrapping(Kind.RESPONSE, names.REPLY, noun)
    reply = REPLY.format(WORDING.header_namespace)

    everything.assertValid(message(wrapping, header("reply", noun), reply))
    everything.assertValid(message(wrapping, header("reply", noun), reply, carrying("Payload", noun)))
    assert not everything.validate(message(wrapping, header("reply", noun)))


@pytest.mark.parametrize("noun", names.NOUNS)
def test_fault_is_a_reply_without_a_header(everything: etree.XMLSchema, noun: str) -> None:
    """What stands in the detail of a SOAP Fault is a reply alone."""
    wrapping = WORDING.wrapping(Kind.FAULT, names.REPLY, noun)
    reply = REPLY.format(WORDING.header_namespace)

    everything.assertValid(message(wrapping, reply))
    assert not everything.validate(message(wrapping, header("reply", noun), reply))


def test_query_stands_in_the_request(everything: etree.XMLSchema) -> None:
    """`get` has a wrapper of its own: its Request holds the query, after the fields that every Request has."""
    wrapping = WORDING.wrapping(Kind.REQUEST, names.GET, names.METER_READINGS)
    top = header("get", names.METER_READINGS)
    query = carrying("Request", names.GET_METER_READINGS)
    with_a_start = query.replace("<m:Request>", "<m:Request><m:StartTime>2026-03-01T00:00:00Z</m:StartTime>")

    everything.assertValid(message(wrapping, top, query))
    everything.assertValid(message(wrapping, top, with_a_start))
    assert not everything.validate(message(wrapping, top, "<m:Request/>"))
    assert not everything.validate(message(wrapping, top))


def test_answer_to_a_query_stands_in_the_namespace_of_the_query(everything: etree.XMLSchema) -> None:
    """The reply to `get` may bring readings, and may bring none."""
    wrapping = WORDING.wrapping(Kind.RESPONSE, names.REPLY, names.METER_READINGS, answers_get=True)
    parts = (header("reply", names.METER_READINGS), REPLY.format(WORDING.header_namespace))

    assert wrapping.namespace.endswith("/GetMeterReadingsMessage")
    everything.assertValid(message(wrapping, *parts))
    everything.assertValid(message(wrapping, *parts, carrying("Payload", names.METER_READINGS)))


def test_identifier_in_a_request_may_say_what_it_identifies(everything: etree.XMLSchema) -> None:
    """An ID carries its kind, and only a kind that there is."""
    wrapping = WORDING.wrapping(Kind.REQUEST, "cancel", names.END_DEVICE_CONTROLS)
    request = '<m:Request><ID xmlns="{}" kind="{}" idType="mRID" idAuthority="utility">c-1</ID></m:Request>'
    top = header("cancel", names.END_DEVICE_CONTROLS)

    everything.assertValid(message(wrapping, top, request.format(WORDING.header_namespace, "uuid")))
    assert not everything.validate(message(wrapping, top, request.format(WORDING.header_namespace, "colour")))


def test_dialect_whose_roots_are_the_envelope_has_no_wrappers(compile_schema: Any) -> None:
    """Where every message is a RequestMessage or the like, Message.xsd is enough, and its payloads are still judged."""
    plain = replace(
        WORDING,
        root_namespace=WORDING.header_namespace,
        get_root_namespace=WORDING.header_namespace,
        get_reply_root_namespace=WORDING.header_namespace,
        roots={"request": "RequestMessage", "response": "ResponseMessage", "event": "EventMessage", "fault": "FaultMessage"},
        get_root="RequestMessage",
        get_reply_root="ResponseMessage",
    )
    schema = compile_schema(schemas.entry(plain), plain)
    wrapping = plain.wrapping(Kind.REQUEST, names.GET, names.METER_READINGS)
    top = header("get", names.METER_READINGS)

    assert not [file for file in schemas.documents(plain) if file.endswith("Message.xsd") and file != "Message.xsd"]
    schema.assertValid(message(wrapping, top, carrying("Request", names.GET_METER_READINGS)))
    assert not schema.validate(message(wrapping, top, carrying("Request", names.GET_METER_READINGS).replace("></", "><Colour/></", 1)))


def test_dialect_may_carry_the_query_as_a_payload(compile_schema: Any) -> None:
    """Where the query stands is data."""
    wording = replace(WORDING, query_inside_request=False)
    schema = compile_schema(schemas.entry(wording), wording)
    wrapping = wording.wrapping(Kind.REQUEST, names.GET, names.METER_READINGS)
    top = header("get", names.METER_READINGS)

    schema.assertValid(message(wrapping, top, carrying("Payload", names.GET_METER_READINGS)))
    assert not schema.validate(message(wrapping, top, carrying("Request", names.GET_METER_READINGS)))


def test_dialect_may_spell_every_namespace_in_its_own_way(compile_schema: Any) -> None:
    """Header, payload and wrapper namespaces are filled in from the dialect, in committed schemas too."""
    wording = replace(
        WORDING,
        header_namespace="urn:example:message",
        payload_namespace="urn:example:{noun}",
        root_namespace="urn:example/{noun}Message",
    )
    schema = compile_schema(schemas.entry(wording), wording)
    wrapping = wording.wrapping(Kind.REQUEST, "create", names.METER_SERVICE_REQUESTS)

    schema.assertValid(message(wrapping, header("create", "x", wording), carrying("Payload", names.METER_SERVICE_REQUESTS, wording)))
