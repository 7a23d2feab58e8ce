"""A system that runs elsewhere: whether it is there, believes us, tells the same time, and speaks as the environment file says."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from ami import names
from ami.errors import ConfigurationError, UnreachableError
from ami.findings import Finding
from ami.messages import GetMeterReadings, Header, Kind, Message
from ami.names import Wire
from ami.services import SERVICES, takes
from conformance import wrapping
from conformance.capture import Capture
from conformance.parser import parsed
from conformance.views.wsdl import is_wsdl, wsdl_view
from harness.credentials import Credentials
from harness.environment import Environment, control_token, control_token_variable
from harness.judging import WireJudge
from harness.preflight.check import Check, Verdict, doubtful, fine, wrong
from simulators import wire
from transports import http_client
from transports.http_client import HttpReply

PATIENCE_S: Final = 5.0
CLOCKS_DIFFER_BY: Final = timedelta(seconds=30)
STRANGER: Final = "metergate-preflight"
"""A meter that nobody has: to be asked for it changes nothing."""

NO_MESSAGE: Final = f'<s:Envelope xmlns:s="{names.SOAP_11}"><s:Body/></s:Envelope>'.encode()
"""An envelope without a message: whoever takes it, takes nothing."""

_REFUSALS: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


def checks(environment: Environment, credentials: Credentials, name: str) -> Iterator[Check]:
    """The checks of one system, from the outside in; what one finds wrong, the next does not ask again."""
    system = environment.system(name)
    address, on = system.address or "", Wire(names.TESTER, name)
    where = urlsplit(address)
    try:
        socket.getaddrinfo(where.hostname, where.port or 0)
    except OSError:
        yield wrong(name, "address", f"nobody knows the name {where.hostname}", f"mend address of [systems.{name}]", "configuration")
        return
    try:
        reply = http_client.get(address, timeout_s=PATIENCE_S, tls=credentials.tls(on))
    except ConfigurationError as error:
        yield wrong(name, "TLS", str(error), f"mend [systems.{name}.tls]", "configuration")
        return
    except UnreachableError as error:
        yield _not_there(name, str(error))
        return
    yield fine(name, "address", f"{address} answers")
    yield _clock(environment, name, reply)
    yield from _control(environment, credentials, name)
    believed = _credentials(environment, credentials, name)
    yield believed
    yield from _wsdl(environment, credentials, name)
    is_shown = believed.verdict is Verdict.FINE and environment.environment.tester_password is not None
    if is_shown and takes(name, names.GET, names.METER_READINGS):
        yield _dialect(environment, credentials, name)


def _not_there(name: str, said: str) -> Check:
    if "TLS:" in said:
        mend = f"name the ca of its certificate, and a certificate that it believes, in [systems.{name}.tls]"
        return wrong(name, "TLS", said, mend, "configuration")
    mend = f"start it, or mend [systems.{name}] in the environment file"
    return wrong(name, "address", f"{names.SYSTEM_TITLES[name]} is not there: {said}", mend, "environment")


def _clock(environment: Environment, name: str, reply: HttpReply) -> Check:
    said = reply.headers.get("date")
    try:
        theirs = parsedate_to_datetime(said or "").replace(tzinfo=UTC)  # HTTP knows no other time
    except ValueError:
        return doubtful(name, "clock", "it does not say what time it is (no Date header)", f"look at the clock of {name}")
    apart = abs(datetime.now(UTC) - theirs)
    if apart <= CLOCKS_DIFFER_BY:
        return fine(name, "clock", f"differs from ours by less than {CLOCKS_DIFFER_BY.seconds} s")
    found, mend = f"differs from ours by {apart.total_seconds():,.0f} s", f"whoever runs {name} or this machine sets the clock"
    if environment.environment.clock == "real":
        return wrong(name, "clock", found, mend, "environment")
    return doubtful(name, "clock", found, mend)


def _control(environment: Environment, credentials: Credentials, name: str) -> Iterator[Check]:
    """Whether the control port takes the token; a command that there is not changes nothing."""
    address = environment.system(name).control
    if address is None:
        return
    headers = {"authorization": f"Bearer {control_token(environment, name) or ''}", "content-type": "application/json"}
    try:
        reply = http_client.post(f"{address}/preflight", b"{}", headers, PATIENCE_S, credentials.tls(Wire(names.TESTER, name)))
    except UnreachableError as error:
        yield wrong(name, "control", str(error), f"mend control of [systems.{name}], or leave it out", "environment")
        return
    if reply.status in _REFUSALS:
        mend = f"set {control_token_variable(environment, name)} to the token that it knows"
        yield wrong(name, "control", f"{address} does not take the token", mend, "configuration")
        return
    yield fine(name, "control", f"{address} takes the token")


def _credentials(environment: Environment, credentials: Credentials, name: str) -> Check:
    """Whether it takes what the tester brings, and nothing without it; shown by an envelope without a message."""
    system, on = environment.system(name), Wire(names.TESTER, name)
    demands = " and ".join(credentials.demands(name))
    if system.control is not None and environment.environment.tester_password is None:
        return fine(name, "credentials", "a run makes itself known over the control port")
    if environment.environment.tester_password is None and "signature" not in credentials.demands(name):
        mend = f"name tester_password in [environment], and let {name} know it"
        return doubtful(name, "credentials", f"the tester's password is made anew for each run, which {name} cannot know", mend)
    try:
        out = credentials.protect(on, NO_MESSAGE, datetime.now(UTC))
        taken = http_client.post_soap(system.address or "", out.body, "", out.authorization, PATIENCE_S, credentials.tls(on))
        bare = http_client.post_soap(system.address or "", NO_MESSAGE, "", None, PATIENCE_S, credentials.tls(on))
    except ConfigurationError as error:
        return wrong(name, "credentials", str(error), f"mend [systems.{name}]", "configuration")
    except UnreachableError as error:
        return wrong(name, "credentials", str(error), f"whoever runs {name} looks why it takes no message", "environment")
    if taken.status in _REFUSALS:
        mend = f"let {name} know the tester by {demands}, or mend demands and secrets of [systems.{name}]"
        return wrong(name, "credentials", f"it refuses the tester's {demands} (HTTP {taken.status})", mend, "configuration")
    if bare.status not in _REFUSALS and _same(taken, bare):
        mend = f"whoever runs {name} makes sure that it knows who sends"
        return doubtful(name, "credentials", "it answers a message without credentials no otherwise than one with them", mend)
    return fine(name, "credentials", f"it takes the tester's {demands}, and nothing without it")


def _same(taken: HttpReply, bare: HttpReply) -> bool:
    return (taken.status, taken.body) == (bare.status, bare.body)


def _wsdl(environment: Environment, credentials: Credentials, name: str) -> Iterator[Check]:
    """Whether what it offers is what we shall ask of it."""
    address, on = environment.system(name).address or "", Wire(names.TESTER, name)
    mend = f"look whether {name} offers it under another name, or tell {name}'s dialect in [systems.{name}]"
    try:
        reply = http_client.get(f"{address}?wsdl", timeout_s=PATIENCE_S, tls=credentials.tls(on))
    except UnreachableError as error:
        yield doubtful(name, "WSDL", str(error), f"whoever runs {name} looks why")
        return
    root = parsed(reply.body) if reply.status == HTTPStatus.OK else None
    if root is None or isinstance(root, Finding) or not is_wsdl(root):
        yield doubtful(
            name, "WSDL", f"there is none at {address}?wsdl (HTTP {reply.status})", "nothing to compare ours with: read its documentation"
        )
        return
    spoken = environment.dialect_on(on)
    offered = {
        bound.action.text for binding in wsdl_view(root, spoken).bindings for bound in binding.operations if bound.action is not None
    }
    asked = {f"{verb} {noun}": spoken.action(verb, noun) for noun, verbs in SERVICES[name].items() for verb in verbs}
    missing = [what for what, action in asked.items() if action not in offered]
    if missing:
        yield doubtful(name, "WSDL", f"it offers no {', no '.join(missing)}", mend)
    else:
        yield fine(name, "WSDL", f"it offers all {len(asked)} operations that are asked of it")
    errors = [
        found for found in WireJudge(environment).message(Capture(reply.body, wire=on, leg="reply")).findings if found.severity == "error"
    ]
    if errors:
        more = f", and {len(errors) - 1} more" if len(errors) > 1 else ""
        yield doubtful(name, "WSDL", f"{errors[0]}{more}", f"whoever makes {name} mends it; ./metergate check lists all")


def _dialect(environment: Environment, credentials: Credentials, name: str) -> Check:
    """How it wraps its answers, shown by what it says of a meter that nobody has."""
    on = Wire(names.TESTER, name)
    spoken, now = environment.dialect_on(on), datetime.now(UTC)
    header = Header(names.GET, names.METER_READINGS, f"preflight-{now:%Y%m%dT%H%M%S.%f}", now, names.TESTER)
    body = wire.write(Message(Kind.REQUEST, header, payload=GetMeterReadings(meters=(STRANGER,))), spoken)
    mend = f"tell the dialect of {name} in [systems.{name}]"
    try:
        out = credentials.protect(on, body, now)
        action = spoken.action(names.GET, names.METER_READINGS)
        reply = http_client.post_soap(
            environment.system(name).address or "", out.body, action, out.authorization, PATIENCE_S, credentials.tls(on)
        )
    except (ConfigurationError, UnreachableError) as error:
        return wrong(name, "dialect", str(error), f"whoever runs {name} looks why it takes no message", "environment")
    root = parsed(reply.body)
    found = None if isinstance(root, Finding) else root.find("{*}Body/*")
    if found is None:
        return doubtful(name, "dialect", f"its answer to get MeterReadings has no message (HTTP {reply.status})", mend)
    tag = etree.QName(found)
    if tag.localname == "Fault":
        return doubtful(name, "dialect", f"it answers get MeterReadings with a Fault: {' '.join(''.join(found.itertext()).split())}", mend)
    recognised = wrapping.recognise(tag.namespace or "", tag.localname, spoken.name)
    if recognised is None:
        return wrong(
            name, "dialect", f"it answers with {tag.localname} in {tag.namespace}, which is none that we know", mend, "configuration"
        )
    if recognised.dialect.name != spoken.name:
        said = f"it speaks {recognised.dialect.name}, and the environment file says {spoken.name}"
        return wrong(name, "dialect", said, mend, "configuration")
    return fine(name, "dialect", f"it speaks {spoken.name}")
