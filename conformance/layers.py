"""The layers of a message, from its bytes to the conversation around it: which of them were judged, and why the others were not."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from ami.findings import Finding
from conformance import parser, schema, soap, wrapping
from conformance.catalogue import FAMILIES, RULES
from conformance.form import ENVELOPES, FAULTS, Form
from conformance.judgement import Judgement
from conformance.rule import Demand, Rule
from conformance.unseen import SEEN_BY_SCHEMA
from conformance.views.conversation import Conversation


class Layer(StrEnum):
    """One layer, in the order in which a message is read."""

    BYTES = "bytes and encoding"
    XML = "XML"
    HTTP = "HTTP"
    SOAP = "SOAP"
    ADDRESSING = "WS-Addressing"
    SECURITY = "WS-Security"
    ENVELOPE = "message envelope"
    SCHEMA = "schema"
    CODES = "codes"
    MEANING = "meaning"
    CONVERSATION = "conversation"
    WSDL = "WSDL"


OF_FAMILY: Final[dict[str, Layer]] = {
    **dict.fromkeys(("IN",), Layer.BYTES),
    **dict.fromkeys(("XML",), Layer.XML),
    **dict.fromkeys(("HT",), Layer.HTTP),
    **dict.fromkeys(("SO",), Layer.SOAP),
    **dict.fromkeys(("WA",), Layer.ADDRESSING),
    **dict.fromkeys(("WS",), Layer.SECURITY),
    **dict.fromkeys(("ME", "HE", "RE", "OP", "PA"), Layer.ENVELOPE),
    **dict.fromkeys(("XS",), Layer.SCHEMA),
    **dict.fromkeys(("RT",), Layer.CODES),
    **dict.fromkeys(("MR", "QU", "GM", "EV", "CO", "SC", "SR", "LI", "CF", "NA"), Layer.MEANING),
    **dict.fromkeys(("CV", "CH"), Layer.CONVERSATION),
    **dict.fromkeys(("WD",), Layer.WSDL),
}
"""Prefix of a family -> the layer of what it asks, where nothing else is said below."""

OF_SINGLE: Final[dict[str, Layer]] = {
    **dict.fromkeys((each.id for each in parser.DEMANDS if each not in (parser.WELL_FORMED, parser.NO_DTD, parser.WHOLE)), Layer.BYTES),
    **dict.fromkeys(("RE-04", "RE-06", "QU-01", "QU-02", "GM-03", "SC-03", "CF-19", "CF-24"), Layer.CODES),
    **dict.fromkeys(("EV-01", "EV-02", "EV-06", "EV-07", "CO-01", "CO-02", "CO-04"), Layer.CODES),
}
"""What belongs to another layer than its family does. Whatever is asked of a conversation belongs to that, in every family."""


def _of(prefix: str, asked: Demand | Rule) -> Layer:
    if isinstance(asked, Rule) and asked.works_on is Conversation:
        return Layer.CONVERSATION
    return OF_SINGLE.get(asked.id, OF_FAMILY.get(prefix, Layer.MEANING))


OF_RULE: Final[dict[str, Layer]] = {asked.id: _of(family.prefix, asked) for family in FAMILIES for asked in family.asked}
"""Every id of the catalogue -> its layer."""

_OF_VIEW: Final[dict[type, frozenset[Layer]]] = {
    view: frozenset(OF_RULE[rule.id] for rule in RULES if rule.works_on is view) for view in {rule.works_on for rule in RULES}
}


class State(StrEnum):
    """How far the judge came with a layer."""

    JUDGED = "judged"
    ABSENT = "absent"
    NOT_REACHED = "not reached"


class Reach(NamedTuple):
    """One layer of a message. why: it is absent, or was not reached, not even in part; empty where it was judged."""

    layer: Layer
    state: State
    why: str = ""


Reached = tuple[Reach, ...]
"""All layers of a message in their order, and that of a WSDL where it is one; empty where there was nothing to judge."""


class Stop(NamedTuple):
    """Layers that were not reached, or not in all of the message, and why."""

    layers: tuple[Layer, ...]
    why: str


class Standing(NamedTuple):
    """The layers of a message by how they came out, each in its order.

    fine: judged, and nothing was found. found: how many findings. absent, not_reached: why. A layer that was judged in part can
    stand in `found` and in `not_reached`.
    """

    fine: tuple[Layer, ...]
    found: dict[Layer, int]
    absent: dict[Layer, str]
    not_reached: dict[Layer, str]


_CONTENT: Final = (Layer.CODES, Layer.MEANING)
MESSAGE: Final = (Layer.ENVELOPE, Layer.SCHEMA, *_CONTENT)
AROUND: Final = (Layer.SOAP, Layer.ADDRESSING, Layer.SECURITY)

_WORDS: Final = {
    parser.WELL_FORMED.id: "the XML is broken",
    parser.WHOLE.id: "the document is cut off",
    parser.NO_DTD.id: "a document type declaration is not read",
    parser.WITHIN_LIMITS.id: "the message is beyond the limits of a receiver",
}


def reached(judgement: Judgement, *, is_conversation: bool = False) -> Reached:
    """How far a judgement came, layer by layer. is_conversation: whether the message was judged together with others."""
    heard = judgement.capture.headers is not None
    if judgement.form is Form.UNREADABLE:
        stop = next(finding for finding in judgement.findings if OF_RULE[finding.rule_id] in (Layer.BYTES, Layer.XML))
        return unreadable(stop, judgement.capture.body, heard=heard, is_conversation=is_conversation)
    stops = tuple(_stops(judgement)) if judgement.findings or judgement.unseen else ()
    return _reached(judgement.form, judgement.asked, stops, heard, is_conversation)


def unreadable(finding: Finding, body: bytes = b"", *, heard: bool = False, is_conversation: bool = False) -> Reached:
    """How far one comes with a document that cannot be read, or a file that cannot be opened. finding: which says why."""
    why, is_xml = _because(finding), OF_RULE[finding.rule_id] is Layer.XML
    found: dict[Layer, tuple[State, str]] = dict.fromkeys(Layer, (State.NOT_REACHED, why))
    del found[Layer.WSDL]
    found[Layer.HTTP] = State.NOT_REACHED, "all but method and length"
    found[OF_RULE[finding.rule_id]] = State.JUDGED, ""
    if is_xml and _is_text(body):
        found[Layer.BYTES] = State.JUDGED, ""
    return _in_order(found, heard=heard, is_conversation=is_conversation)


def reached_in_pieces(first: Judgement, findings: Iterable[Finding]) -> Reached:
    """How far one came with a message in pieces. first: the judgement of its first piece; findings: those of all."""
    before = reached(first)
    broken = next((finding for finding in findings if OF_RULE[finding.rule_id] in (Layer.BYTES, Layer.XML)), None)
    if broken is None or first.form is Form.UNREADABLE:
        return before
    why = f"only up to where {_because(broken)}"
    return tuple(Reach(each.layer, State.NOT_REACHED, why) if each.layer in (Layer.SCHEMA, *_CONTENT) else each for each in before)


def standing(before: Reached, findings: Iterable[Finding]) -> Standing:
    """The layers of a message by how they came out. findings: all that count, after any profile."""
    counts: dict[Layer, int] = {}
    for finding in findings:
        layer = OF_RULE[finding.rule_id]
        counts[layer] = counts.get(layer, 0) + 1
    return Standing(
        tuple(each.layer for each in before if each.state is State.JUDGED and each.layer not in counts),
        {layer: counts[layer] for layer in Layer if layer in counts},
        {each.layer: each.why for each in before if each.state is State.ABSENT and each.layer not in counts},
        {each.layer: each.why for each in before if each.state is State.NOT_REACHED},
    )


def told(before: Reached) -> str:
    """Which layers were not reached, and why, in one line; empty where all that there are were."""
    by_reason: dict[str, list[str]] = {}
    for each in before:
        if each.state is State.NOT_REACHED:
            by_reason.setdefault(each.why, []).append(each.layer)
    return "; ".join(f"{', '.join(names)} ({why})" for why, names in by_reason.items())


def _stops(judgement: Judgement) -> Iterator[Stop]:
    """Where a document that can be read was not judged to its end."""
    ids = {finding.rule_id for finding in judgement.findings}
    if not judgement.dialect and wrapping.KNOWN_ROOT.id in ids:
        yield Stop((*MESSAGE, Layer.CONVERSATION), "the root element is not known")
    elif not judgement.dialect and judgement.form in ENVELOPES:
        yield Stop((*MESSAGE, Layer.CONVERSATION), "there is no message in the Body")
    elif soap.ONE_MESSAGE.id in ids:
        yield Stop(MESSAGE, "only the first of several in the Body is read")
    if schema.KNOWN_SCHEMA.id in ids:
        yield Stop((Layer.SCHEMA,), "there is no schema for all of it")
    if judgement.unseen:
        yield Stop(_CONTENT if judgement.unseen in SEEN_BY_SCHEMA else (Layer.SCHEMA, *_CONTENT), judgement.unseen)


@lru_cache(maxsize=1024)
def _reached(form: Form, asked: tuple[type, ...], stops: tuple[Stop, ...], heard: bool, is_conversation: bool) -> Reached:
    """One tuple for all messages of which the same can be said. asked: the views that rules were asked of."""
    judged = frozenset(layer for view in asked for layer in _OF_VIEW.get(view, ()))
    found: dict[Layer, tuple[State, str]] = dict.fromkeys(Layer, (State.JUDGED, ""))
    if form is Form.WSDL:
        found[Layer.HTTP] = State.NOT_REACHED, "it is not judged around a WSDL"
        found |= dict.fromkeys((*AROUND, *MESSAGE, Layer.CONVERSATION), (State.ABSENT, "a WSDL is no message"))
        return _in_order(found, heard=heard, is_conversation=is_conversation)
    del found[Layer.WSDL]
    if form in ENVELOPES or form in FAULTS:
        found |= {layer: (State.ABSENT, f"no {layer} header") for layer in AROUND[1:] if layer not in judged}
    else:
        found |= dict.fromkeys(AROUND, (State.ABSENT, "no SOAP envelope"))
    if form in FAULTS:
        found |= dict.fromkeys(MESSAGE, (State.ABSENT, "a Fault stands in place of a message"))
    else:
        found |= {layer: (State.ABSENT, "nothing in it that a rule is about") for layer in _CONTENT if layer not in judged}
    if form is Form.BARE_PAYLOAD:
        found[Layer.ENVELOPE] = State.ABSENT, "a payload without a message"
    elif form not in FAULTS and Layer.ENVELOPE not in judged:
        found[Layer.ENVELOPE] = State.NOT_REACHED, "the message has no Header"
    for stop in stops:
        found |= dict.fromkeys(stop.layers, (State.NOT_REACHED, stop.why))
    return _in_order(found, heard=heard, is_conversation=is_conversation)


def _in_order(found: dict[Layer, tuple[State, str]], *, heard: bool, is_conversation: bool) -> Reached:
    if not heard:
        found[Layer.HTTP] = State.ABSENT, "HTTP was not heard"
    if not is_conversation:
        found[Layer.CONVERSATION] = State.ABSENT, "no conversation"
    return tuple(Reach(layer, *found[layer]) for layer in Layer if layer in found)


def _because(finding: Finding) -> str:
    if finding.rule_id.startswith("IN-"):
        return "the file cannot be opened"
    at = f" at line {finding.where.line}" if finding.where.line else ""
    return f"{_WORDS.get(finding.rule_id, 'the bytes cannot be read')}{at}"


def _is_text(body: bytes) -> bool:
    """Whether bytes are all of one encoding, also those that no parser came to."""
    is_wide = body[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
    encoding = "utf-8" if not is_wide else "utf-16" if body[0] in (0xFE, 0xFF) else "utf-16-le" if body[:1] == b"<" else "utf-16-be"
    try:
        body.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
