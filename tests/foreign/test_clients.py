"""Foreign clients, made from nothing but the served WSDL, in the place of the billing: what they say is understood, and judged.

Each makes the same five exchanges: it reads a meter at once, reads it with the answer to come later, has it cut off, tells an event,
and sends a message without an id, which is answered by a Fault.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.foreign import jax_ws
from tests.foreign.stage import NODE_MODULES, Listener, Program, Stage, documents, staged
from tests.foreign.zeep_client import Billing
from transports.http_server import HttpServers

AT = "2026-03-03T12:00:00Z"
HAS_NPM_SOAP = shutil.which("node") is not None and (NODE_MODULES / "soap").is_dir()


def test_zeep_understands_and_is_understood(tmp_path: Path, servers: HttpServers, dialect: str) -> None:
    """Typed values in, typed values out."""
    listener = Listener(dialect)
    with staged(tmp_path, dialect, servers.serve(listener)) as stage:
        came = dict(Billing(stage.told()).exchanges())
        all_is_well(stage, came)

    heard = [(message.header.verb, message.header.noun, message.header.correlation_id) for message in listener.heard]
    what_came_later(heard, came)


@pytest.mark.skipif(not HAS_NPM_SOAP, reason="needs Node and npm soap: npm ci --prefix tests/node")
def test_npm_soap_understands_and_is_understood(tmp_path: Path, servers: HttpServers, dialect: str) -> None:
    """As client, and as the server to which later answers come: the billing of one vendor who uses nothing else."""
    wsdl = servers.serve(documents("cis", dialect, "http://cis.test/soap")) + "/?wsdl"
    with (
        Program(["node", "tests/foreign/soap_server.js", wsdl, "0"], {"SOAP_SYSTEM": "cis", "AT": AT}) as billing,
        staged(tmp_path, dialect, billing.line()["address"]) as stage,
    ):
        with Program(["node", "tests/foreign/soap_client.js"], stage.told()) as client:
            came = client.until("done")
        all_is_well(stage, came)
        heard = [(told["heard"], told["noun"], told["correlation"]) for told in (billing.line() for _ in range(3))]

    what_came_later(heard, came)


@pytest.mark.slow
@pytest.mark.skipif(not jax_ws.is_here(), reason="needs a JDK and Debian's jaxws")
def test_jax_ws_understands_and_is_understood(tmp_path: Path, servers: HttpServers, dialect: str) -> None:
    """Generated classes in, generated classes out, on the reference implementation."""
    listener = Listener(dialect)
    with staged(tmp_path, dialect, servers.serve(listener)) as stage:
        told = stage.told()
        command = jax_ws.compiled(tmp_path, [told["HES_WSDL"], told["MDMS_WSDL"]], f"Billing{dialect.capitalize()}")
        with Program(command, told) as client:
            came = client.until("done")
        all_is_well(stage, came)

    heard = [(message.header.verb, message.header.noun, message.header.correlation_id) for message in listener.heard]
    what_came_later(heard, came)


def all_is_well(stage: Stage, came: Mapping[str, Mapping[str, Any]]) -> None:
    """Every exchange came to what it should, and the judge has nothing against any message but the one that is broken."""
    stage.landscape.settle()
    assert (came["read"]["result"], float(came["read"]["value"])) == ("OK", 12345.0)
    assert (came["later"]["result"], came["later"]["payload"]) == ("OK", False)
    assert (came["disconnect"]["result"], came["event"]["result"]) == ("OK", "OK")
    assert came["fault"]["code"].endswith("Client")
    assert "MessageID" in came["fault"]["reason"]
    assert stage.utility.meters.face("M-1").switch != "closed"
    heard = stage.heard()
    assert sum(wire == "cis->hes" for wire, *_ in heard) == 6
    (broken,) = stage.judged()
    assert broken.startswith("cis->hes HE-01")


def what_came_later(heard: list[tuple[Any, Any, Any]], came: Mapping[str, Mapping[str, Any]]) -> None:
    """The later reading, the end of the work, and the event, each of them once and under the id of what asked for it."""
    assert ("reply", "MeterReadings", came["later"]["message"]) in heard
    assert ("changed", "MeterServiceRequests", came["disconnect"]["message"]) in heard
    assert [(verb, noun) for verb, noun, _ in heard].count(("created", "EndDeviceEvents")) == 1
    assert len(heard) == 3
