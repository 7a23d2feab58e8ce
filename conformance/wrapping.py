"""Whose wrapping a message wears: the dialect, kind, verb and noun that its root element stands for."""

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from ami import dialect, names
from ami.dialect import Dialect
from ami.findings import Severity
from ami.messages import Kind
from conformance.rule import Demand

ANY: Final = "any"
"""In place of a dialect's name: each message in the dialect that its root element is of."""

USUAL: Final = "2011"
"""Where any will do: the dialect of what stands in all of them, or in none."""

KNOWN_ROOT = Demand(
    "ME-01",
    "the root element of an IEC 61968-100 message or payload",
    "IEC 61968-100, message envelope",
    Severity.ERROR,
    "A system that does not know what it was sent can only refuse it.",
    "Name the root element as the dialect does, in the namespace of its noun.",
    ("{envelope}",),
    ("<Readings/>", '<CreatedMeterReadings xmlns="http://iec.ch/TC57/2012/MeterReadingsMessage"/>'),
)
ONE_DIALECT = Demand(
    "ME-02",
    "every message in the dialect that was agreed on",
    "MeterGate (dialect of the environment)",
    Severity.ERROR,
    "Two products that wrap messages differently do not understand each other at all.",
    "Set both products to the same dialect, or name the one in use in the environment file.",
    ("{envelope}",),
    ('<CreatedMeterReadings xmlns="http://iec.ch/TC57/2017/MeterReadingsMessage"/>',),
)
DEMANDS: Final = (KNOWN_ROOT, ONE_DIALECT)


class Recognised(NamedTuple):
    """What a root element says by itself. verb, noun: None where the dialect leaves them to the header.

    answers_get: whether it is the reply to a `get`; None where the root does not tell.
    """

    dialect: Dialect
    kind: Kind
    verb: str | None
    noun: str | None
    answers_get: bool | None


def recognise(root_namespace: str, root: str, expected: str) -> Recognised | None:
    """What a root stands for in the expected dialect, else in any; None where no dialect has such a root."""
    found = _roots(expected).get((root_namespace, root))
    others = (_roots(name).get((root_namespace, root)) for name in _dialects())
    return found or next((other for other in others if other is not None), None)


def recognise_payload(payload_namespace: str, payload: str, expected: str) -> Dialect | None:
    """The dialect that a bare payload belongs to."""
    for name in (expected, *_dialects()):
        spoken = dialect.dialect(name)
        if payload.removeprefix("Get") in spoken.nouns and spoken.payload(payload) == payload_namespace:
            return spoken
    return None


def namespaces() -> Iterator[tuple[str, str]]:
    """Every namespace that parts of an envelope stand in, with a dialect that has it; the first is the one that is meant."""
    for name in _dialects():
        yield dialect.dialect(name).header_namespace, name
        yield from ((space, name) for space, _ in _roots(name))


def roots_named(root: str) -> list[str]:
    """The namespaces in which some dialect has a root of that name."""
    return sorted({space for name in _dialects() for space, known in _roots(name) if known == root})


@cache
def _dialects() -> tuple[str, ...]:
    return dialect.names()


@cache
def _roots(name: str) -> dict[tuple[str, str], Recognised]:
    """Every root of a dialect. A root that serves several verbs or nouns says nothing about them."""
    spoken = dialect.dialect(name)
    table: dict[tuple[str, str], Recognised] = {}
    for wrapping, root in _wrappings(spoken):
        key = wrapping.namespace, wrapping.root
        known = table.get(key)
        table[key] = root if known is None else _agreed(known, root)
    return table


def _wrappings(spoken: Dialect) -> Iterator[tuple[dialect.Wrapping, Recognised]]:
    for noun in spoken.nouns:
        for verb in spoken.request_verbs:
            yield spoken.wrapping(Kind.REQUEST, verb, noun), Recognised(spoken, Kind.REQUEST, verb, noun, None)
        for verb in spoken.event_verbs:
            yield spoken.wrapping(Kind.EVENT, verb, noun), Recognised(spoken, Kind.EVENT, verb, noun, None)
        for kind, wrapping in spoken.also(noun):
            yield wrapping, Recognised(spoken, kind, None, noun, None)
        for answers_get in (False, True):
            wrapping = spoken.wrapping(Kind.RESPONSE, names.REPLY, noun, answers_get=answers_get)
            yield wrapping, Recognised(spoken, Kind.RESPONSE, _only(spoken.response_verbs), noun, answers_get)
        yield spoken.wrapping(Kind.FAULT, names.REPLY, noun), Recognised(spoken, Kind.FAULT, _only(spoken.response_verbs), noun, None)


def _only(verbs: tuple[str, ...]) -> str | None:
    """The verb of a root that stands for all of them."""
    return verbs[0] if len(verbs) == 1 else None


def _agreed(one: Recognised, other: Recognised) -> Recognised:
    return Recognised(
        one.dialect,
        one.kind,
        one.verb if one.verb == other.verb else None,
        one.noun if one.noun == other.noun else None,
        one.answers_get if one.answers_get == other.answers_get else None,
    )
