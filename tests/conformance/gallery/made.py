"""The gallery's files and its index."""

import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from ami import names
from ami.dialect import names as dialect_names
from ami.names import SOAP_11, SOAP_12
from conformance import example
from conformance.capture import Capture
from conformance.catalogue import DEMANDS, RULES
from conformance.inputs import archive
from conformance.rule import Demand, Rule
from tests.conformance import good
from tests.conformance.gallery import hostile, wrappings
from tests.conformance.gallery.also import ALSO
from tests.conformance.generate.messages import PAYLOADS, sound

SEED: Final = 3
NOT_IN_FILES: Final = frozenset({"HT-09"})
"""What a recording cannot show: it holds the body as it was taken apart, whatever its length was said to be."""

MESSAGE_ID: Final = "6a1f0c52-8f5e-4d0b-9a43-0c1f0e6f7b11"
ANSWERED_ID: Final = "0d9b7a30-52e1-4c86-8e0f-5b8b8f2f4a22"
"""The MessageID and the CorrelationID of every example."""


class Shown(NamedTuple):
    """One file. dialect: in which it is to be judged; rules: the ids of all that is wrong with it, each once."""

    name: str
    dialect: str
    body: bytes
    rules: frozenset[str]


def gallery() -> Iterator[Shown]:
    """Every file."""
    for noun in PAYLOADS:
        yield Shown(f"noun_{noun}.xml", example.DIALECT, sound(Random(SEED), noun).body(), frozenset())
    for name, body, rules in wrappings.shown():
        yield Shown(f"wrapping_{name}", example.DIALECT, body, rules)
    for spoken in dialect_names():
        foreign = frozenset() if spoken == example.DIALECT else frozenset({"ME-02"})
        body = sound(Random(SEED), names.METER_READINGS, spoken).body()
        yield Shown(f"wrapping_dialect_{spoken}.xml", example.DIALECT, body, foreign)
    for name, body, refused_by in hostile.shown():
        spoken = "generic" if name == hostile.IN_GENERIC else example.DIALECT
        yield Shown(f"hostile_{name}", spoken, body, frozenset({refused_by}))
    for demand in DEMANDS:
        for place, text in enumerate(demand.fails, 1):
            yield _of_layer(demand, place, text)
    for rule in RULES:
        for place, text in enumerate(rule.fails if rule.id not in NOT_IN_FILES else (), 1):
            yield _of_rule(rule, place, text)


def write(folder: Path) -> dict[str, dict[str, frozenset[str]]]:
    """Writes the gallery, and returns its index: dialect -> file -> the ids of all that is wrong with it."""
    index: dict[str, dict[str, frozenset[str]]] = {}
    for shown in gallery():
        place = folder / shown.dialect
        place.mkdir(exist_ok=True)
        (place / shown.name).write_bytes(shown.body)
        index.setdefault(shown.dialect, {})[shown.name] = shown.rules
    listed = {spoken: {name: sorted(rules) for name, rules in files.items()} for spoken, files in index.items()}
    (folder / "index.json").write_text(json.dumps(listed, indent=1) + "\n")
    return index


def _of_layer(demand: Demand, place: int, text: str) -> Shown:
    raw = example.document(text)
    spoken = "generic" if "compressed" in text else example.DIALECT
    ending = "zip" if archive.is_archive(raw) else "xml"
    return Shown(f"layer_{demand.id}_{place}.{ending}", spoken, raw, _expected(demand.id, place))


def _of_rule(rule: Rule, place: int, text: str) -> Shown:
    captures = example.captures(text)
    is_http = any(capture.headers is not None for capture in captures)
    ending, body = ("har", _har(_completed(captures))) if is_http else ("ndjson", _record(captures))
    return Shown(f"rule_{rule.id}_{place}.{ending}", example.dialect_of(text), body, _expected(rule.id, place))


def _expected(rule_id: str, place: int) -> frozenset[str]:
    return frozenset({rule_id}) | ALSO.get(f"{rule_id}_{place}", frozenset()) | ALSO.get(rule_id, frozenset())


def _record(captures: Sequence[Capture]) -> bytes:
    """The messages as the record of a run has them."""
    lines = [
        {
            "type": "message",
            "scenario": "gallery",
            "message": number,
            "exchange": capture.exchange,
            "wire": str(capture.wire or "hes->mdms"),
            "leg": capture.leg,
            "sender": capture.sender or names.HES,
            "virtual_at": capture.at.isoformat() if capture.at else example.HEARD_AT,
            "soap_action": capture.soap_action,
            "body_base64": b64encode(capture.body).decode(),
        }
        for number, capture in enumerate(captures, 1)
    ]
    return "".join(f"{json.dumps(line)}\n" for line in ({"type": "run_started"}, *lines)).encode()


def _completed(captures: Sequence[Capture]) -> Sequence[Capture]:
    """The messages with the other half of their exchange: a recording has both."""
    if len(captures) > 1:
        return captures
    (only,) = captures
    headers = {"content-type": "text/xml; charset=utf-8"}
    if only.leg == "request":
        answer = good.acknowledgement(1, MESSAGE_ID, heard_at=only.at or datetime.fromisoformat(example.HEARD_AT))
        body = answer.body
        if SOAP_12.encode() in only.body:
            body = body.replace(SOAP_11.encode(), SOAP_12.encode())
            headers = {"content-type": "application/soap+xml; charset=utf-8"}
        return only, answer._replace(body=body, headers=headers, status=200)
    asked = example.envelope(example.message(f"<Source>cis</Source><MessageID>{ANSWERED_ID}</MessageID>"))
    action = "http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings"
    return Capture(asked, headers=headers | {"soapaction": f'"{action}"'}, method="POST"), only


def _har(captures: Sequence[Capture]) -> bytes:
    """The messages as a proxy records them."""
    entries: dict[int, dict[str, object]] = {}
    for capture in captures:
        headers = [{"name": name, "value": value} for name, value in (capture.headers or {}).items()]
        content = {"text": b64encode(capture.body).decode(), "encoding": "base64"}
        entry = entries.setdefault(capture.exchange or 1, {})
        if capture.leg == "request":
            entry["request"] = {"method": capture.method or "POST", "url": "http://mdms/", "headers": headers, "postData": content}
            entry["startedDateTime"] = capture.at.isoformat() if capture.at else None
        else:
            entry["response"] = {"status": capture.status or 200, "headers": headers, "content": content}
    return json.dumps({"log": {"entries": list(entries.values())}}).encode()
