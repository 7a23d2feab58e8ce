"""The judge: bytes in, findings out, layer by layer: bytes, XML, SOAP, message, schema, rules, conversation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from lxml import etree

from ami import dialect as dialects
from ami import names
from ami.findings import Finding, Severity
from conformance import compressed, mixture, schema, soap, wrapping
from conformance.batch import MOST_BYTES as MOST_BATCHED
from conformance.batch import MOST_MEMBERS, Cut, Readings, cut_out, suspects, thinned_together
from conformance.capture import Capture
from conformance.catalogue import RULES_BY_VIEW
from conformance.form import Form
from conformance.likeness import Alike, Likeness
from conformance.parser import parsed
from conformance.rule import in_line_order
from conformance.schema_choice import Used, used
from conformance.schema_folder import SchemaFolder
from conformance.surroundings import surroundings
from conformance.thinning import Thinned, thinned
from conformance.views.cells import ReadingCells
from conformance.views.configuration import CONFIGURATION_NOUNS, configuration_view
from conformance.views.controls import controls_view
from conformance.views.conversation import Conversation, Said
from conformance.views.envelope import EnvelopeView
from conformance.views.events import events_view
from conformance.views.header import HeaderView, header_view
from conformance.views.linkage import linkage_view
from conformance.views.operations import OperationsView, operations_view
from conformance.views.orders import QueryView, query_view, schedule_view
from conformance.views.place import Field, child, children, local_name, namespace, path, where
from conformance.views.readings import ReadingColumns
from conformance.views.reply import ReplyView, reply_view
from conformance.views.scan import scan
from conformance.views.security import SecurityView
from conformance.views.walk import walk
from conformance.views.work import service_requests_view
from conformance.views.wsdl import WsdlView, is_wsdl, wsdl_view

SCANNED_FROM_BYTES = 24 * 1024
"""Smaller messages are walked: numpy has not paid off yet."""

_WITH_A_TREE = frozenset({EnvelopeView, SecurityView})
"""Views that would keep the whole document in memory for as long as a scenario lasts."""

_READ_BY = frozenset({"XML", "SO", "ME", "XS"})
"""Families of what has to be right before anybody asks what a message means."""

_OF_A_MODEL = frozenset({HeaderView, ReplyView})
"""The views of a message that others may be judged by: that of the header is made anew, that of the reply is the same."""

_WORK = (names.METER_SERVICE_REQUESTS, names.METER_SERVICE_REQUEST)
_PLAIN_ENCODINGS = frozenset({None, "UTF-8", "ASCII", "US-ASCII"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the judge makes of one message. The views are None where the message has no such part or could not be read so far.

    views: all of those that hold no tree, by their class. schemas: which schemas judged it, apart from that of the envelope.
    dialect: the one that its root element is of; empty where that is no message's.
    """

    capture: Capture
    form: Form
    findings: tuple[Finding, ...] = ()
    header: HeaderView | None = None
    reply: ReplyView | None = None
    query: QueryView | None = None
    readings: ReadingColumns | None = None
    views: Mapping[type, object] = field(default_factory=dict)
    schemas: tuple[Used, ...] = ()
    dialect: str = ""

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def is_readable(self) -> bool:
        """Whether nothing below its meaning is wrong: a reader that validates takes it for the message that it is."""
        return not any(found.severity is Severity.ERROR and found.rule_id.partition("-")[0] in _READ_BY for found in self.findings)


@dataclass(slots=True)
class _Case:
    """A message on its way through the layers.

    thin: parsed in its place. is_postponed: its readings are asked together with those of other messages, if they are written for
    that; then `postponed` has them. unpacked: views of what was compressed, of which the rules were asked already.
    """

    capture: Capture
    thin: Thinned | None = None
    cut: Cut | None = None
    thinner: bytes | None = None
    postponed: Readings | None = None
    form: Form = Form.UNREADABLE
    findings: list[Finding] = field(default_factory=list)
    views: dict[type, object] = field(default_factory=dict)
    header: HeaderView | None = None
    reply: ReplyView | None = None
    query: QueryView | None = None
    readings: ReadingColumns | None = None
    schemas: tuple[Used, ...] = ()
    dialect: str = ""
    unpacked: dict[type, object] = field(default_factory=dict)

    def judged(self) -> Judgement:
        """The judgement, with the findings in the order of lines."""
        findings = in_line_order(self.findings)
        views = {kind: view for kind, view in (self.views | self.unpacked).items() if kind not in _WITH_A_TREE}
        taken = self.header, self.reply, self.query, self.readings, views, self.schemas
        return Judgement(self.capture, self.form, findings, *taken, self.dialect)


class Judge:
    """Judges messages of one dialect, or of any. For one thread at a time; it keeps nothing between messages.

    dialect: the one that was agreed on, or `wrapping.ANY`. folder: schemas that take the place of ours. Raises ConfigurationError
    for a dialect that there is not.
    """

    def __init__(self, dialect: str = "2011", folder: SchemaFolder | None = None) -> None:
        self._is_agreed = dialect != wrapping.ANY
        self._dialect = dialects.dialect(dialect if self._is_agreed else wrapping.USUAL).name
        self._folder = folder

    def message(self, capture: Capture) -> Judgement:
        """One message by itself, as far as it can be read; a fault in one layer does not hide the next."""
        # What thinning relies on holds for our schemas; one of a folder may ask anything of each row, or of their number.
        thin = None if self._folder else thinned(capture.body)
        if thin is not None:
            judgement = self._judged(capture, thin)
            if not judgement.findings and judgement.readings is not None and thin.stands(judgement.readings):
                return judgement
        return self._judged(capture, None)

    def messages(self, captures: Sequence[Capture]) -> list[Judgement]:
        """Many messages, each by itself, as `message` judges them, but sooner where they are small; their readings are not kept."""
        cuts = [cut_out(capture.body) for capture in captures]
        thin = [None] * len(captures) if self._folder else thinned_together([capture.body for capture in captures], cuts)
        likeness: Likeness[_Case] = Likeness()
        cases = [
            self._case(_Case(capture, cut=cut, thinner=thinner), likeness) if len(capture.body) <= MOST_BATCHED else None
            for capture, cut, thinner in zip(captures, cuts, thin, strict=True)
        ]
        postponed = [place for place, case in enumerate(cases) if case is not None and case.postponed is not None and not case.findings]
        readings = [case.postponed for place in postponed if (case := cases[place]) is not None and case.postponed is not None]
        clean = set(postponed) - {postponed[number] for number in suspects(readings)}
        return [
            case.judged()
            if case is not None and (place in clean or (case.postponed is None and case.thinner is None))
            else self.message(captures[place])
            for place, case in enumerate(cases)
        ]

    def _case(self, case: _Case, likeness: Likeness[_Case]) -> _Case:
        """A small message on its way; one that is written like a clean one before it is not parsed."""
        cut, body = case.cut, case.thinner or case.capture.body
        if cut is None or self._folder is not None or case.capture.headers is not None:
            return self._in_layers(case)
        alike = likeness.find(body, case.capture)
        if alike is not None and _follows(case, cut, alike):
            return case
        self._in_layers(case)
        if case.header is not None and case.postponed is not None and not case.findings and case.views.keys() <= _OF_A_MODEL:
            likeness.remember(body, cut._replace(end=cut.end - len(case.capture.body) + len(body)), case.header, case)
        return case

    def _judged(self, capture: Capture, thin: Thinned | None) -> Judgement:
        """As `message`. thin: parsed in the message's place; its findings would have the wrong lines."""
        return self._in_layers(_Case(capture, thin=thin)).judged()

    def _in_layers(self, case: _Case) -> _Case:
        """Layer by layer, as far as the message can be read."""
        root = parsed(case.thin.body if case.thin else case.thinner or case.capture.body)
        if isinstance(root, Finding):
            case.findings.append(root)
            return case
        if is_wsdl(root):
            case.form = Form.WSDL
            case.views[WsdlView] = wsdl_view(root, dialects.dialect(self._dialect))
            self._ask(case)
            return case
        message = self._unwrapped(root, case)
        if message is not None:
            self._judge_message(message, case)
        case.views |= {type(view): view for view in surroundings(root, case.capture, case.form, case.header)}
        self._ask(case)
        return case

    def _ask(self, case: _Case) -> None:
        """Asks every rule of every view that there is."""
        for kind, view in case.views.items():
            for rule in RULES_BY_VIEW.get(kind, ()):
                # Nearly every rule finds nothing in nearly every message: ask that first.
                if next(rule.check(view), None) is not None:
                    case.findings += [finding for _, finding in rule.findings(view)]

    def conversation(self, messages: Iterable[Capture | Judgement]) -> list[tuple[int, Finding]]:
        """What only all messages of a scenario together show: each finding with the index of its message.

        messages: in the order in which they were heard. What each says by itself is not repeated here.
        """
        judgements = [each if isinstance(each, Judgement) else self.message(each) for each in messages]
        view = conversation_of(judgements)
        found = [pair for rule in RULES_BY_VIEW.get(Conversation, ()) for pair in rule.findings(view)]
        found += [] if self._is_agreed else mixture.strange_answers(view)
        return sorted(found, key=lambda pair: (pair[0], pair[1].where.line))

    def _unwrapped(self, root: etree._Element, case: _Case) -> etree._Element | None:
        """The message in a document, with what is wrong with its envelope."""
        if soap.is_envelope(root):
            unwrapped = soap.unwrap(root)
            case.form = unwrapped.form
            case.findings += unwrapped.findings
            return unwrapped.message
        case.form = Form.BARE_MESSAGE
        if case.capture.wire is not None:
            case.findings.append(soap.ENVELOPE.finding(where(root), f"{local_name(root)} without an envelope"))
        return root

    def _judge_message(self, message: etree._Element, case: _Case) -> None:
        space, name = namespace(message), local_name(message)
        recognised = wrapping.recognise(space, name, self._dialect)
        if recognised is not None:
            case.dialect = recognised.dialect.name
            self._expect_dialect(recognised.dialect.name, message, case)
            is_valid = self._validate(message, recognised.dialect.name, case)
            mixed = None if is_valid else mixture.mixture(message, recognised.dialect)
            if mixed is not None:
                # What the schema says of it is the same, less exactly.
                case.findings = [found for found in case.findings if found.rule_id != schema.VALID.id or found.where != mixed.where]
                case.findings.append(mixed)
            self._view_message(message, recognised, case, is_valid)
            return
        spoken = wrapping.recognise_payload(space, name, self._dialect)
        if spoken is not None and case.form is Form.BARE_MESSAGE:
            case.form = Form.BARE_PAYLOAD
            self._expect_dialect(spoken.name, message, case)
            self._view_payload(message, case, self._validate(message, spoken.name, case))
            return
        case.form = Form.OTHER if case.form is Form.BARE_MESSAGE else case.form
        known = wrapping.roots_named(name)
        hint = f", which stands in {' or '.join(map(repr, known))}" if known else ""
        case.findings.append(wrapping.KNOWN_ROOT.finding(where(message), f"{name} in namespace {space!r}{hint}"))

    def _expect_dialect(self, spoken: str, message: etree._Element, case: _Case) -> None:
        if self._is_agreed and spoken != self._dialect:
            expected = f"a message in dialect {self._dialect}"
            case.findings.append(wrapping.ONE_DIALECT.finding(where(message), f"{local_name(message)} of dialect {spoken}", expected))

    def _validate(self, message: etree._Element, dialect: str, case: _Case) -> bool:
        found = schema.breaches(message, dialect, self._folder)
        case.schemas = used(message, dialect, self._folder)
        case.findings += found
        return not found

    def _view_message(self, message: etree._Element, recognised: wrapping.Recognised, case: _Case, is_valid: bool) -> None:
        header, payload = child(message, "Header"), _carried(message, recognised.dialect.header_namespace)
        packed = compressed.compressed_in(message) if payload is None else None
        unpacked = self._unpacked(packed, case) if packed is not None else None
        carried = Field(local_name(payload), where(payload)) if payload is not None else None
        if packed is not None and unpacked is not None:
            carried = Field(local_name(unpacked), where(packed))
        if header is not None:
            case.header = header_view(message, header, carried, recognised, case.capture)
            case.views[HeaderView] = case.header
        reply = child(message, "Reply")
        if reply is not None:
            case.reply = reply_view(reply, carries=carried is not None)
            case.views[ReplyView] = case.reply
        is_alone = payload is not None and payload.getnext() is None and payload.getprevious() is None
        operation_set = None if is_alone else child(message, "Payload", "OperationSet")
        if operation_set is not None:
            fields = case.header.fields if case.header else {}
            case.views[OperationsView] = operations_view(operation_set, fields.get("Verb"), fields.get("Noun"))
        if payload is not None:
            self._view_payload(payload, case, is_valid)
        elif packed is not None and unpacked is not None:
            self._judge_unpacked(unpacked, packed, recognised.dialect.name, case)

    def _unpacked(self, packed: etree._Element, case: _Case) -> etree._Element | None:
        """The payload that was compressed; None where there is none to judge."""
        raw = compressed.decompressed(packed)
        found = raw if isinstance(raw, Finding) else compressed.content(raw, packed)
        if isinstance(found, Finding):
            case.findings.append(found if found.where.path != "/" else compressed.inside(found, packed))
            return None
        return found

    def _judge_unpacked(self, payload: etree._Element, packed: etree._Element, dialect: str, case: _Case) -> None:
        """Judges what was compressed by itself, and takes its findings and views over."""
        raw = compressed.decompressed(packed)
        inner = _Case(replace(case.capture, body=raw if isinstance(raw, bytes) else b""), form=Form.BARE_PAYLOAD, header=case.header)
        self._view_payload(payload, inner, self._validate(payload, dialect, inner))
        self._ask(inner)
        case.findings += [compressed.inside(finding, packed) for finding in inner.findings]
        case.query, case.readings = inner.query, inner.readings
        case.unpacked = inner.views

    def _view_payload(self, payload: etree._Element, case: _Case, is_valid: bool) -> None:
        """Makes the views of a payload that rules may ask for."""
        noun = local_name(payload)
        said_at, verb = (case.header.at, case.header.verb or "") if case.header else (None, "")
        views: list[object] = []
        if case.cut is not None and noun == names.METER_READINGS and is_valid and _is_plain(payload):
            case.postponed = _postponed(payload, case, case.cut, said_at, verb)
            if case.postponed is not None or case.thinner is not None:
                return  # where rows are missing from this tree, the message is judged again
        if noun in (names.METER_READINGS, *_WORK):
            scanned = _scanned(payload, case, is_valid)
            if scanned is None and case.thin is not None:
                return  # the rows that were left out are missing from this tree
            taken = scanned or walk(payload)
            if taken is not None:
                case.readings = ReadingColumns(taken, said_at, verb if noun == names.METER_READINGS else "")
                views.append(case.readings)
            if scanned is None and noun == names.METER_READINGS:
                views.append(events_view(payload, said_at))
        if noun == names.GET_METER_READINGS:
            case.query = query_view(payload, said_at)
            views.append(case.query)
        elif noun == names.END_DEVICE_EVENTS:
            views.append(events_view(payload, said_at))
        elif noun == names.END_DEVICE_CONTROLS:
            views.append(controls_view(payload, said_at))
        elif noun == names.METER_READ_SCHEDULE:
            views.append(schedule_view(payload, verb, said_at))
        elif noun in _WORK:
            views.append(service_requests_view(payload, verb, said_at))
        elif noun == names.MASTER_DATA_LINKAGE_CONFIG:
            views.append(linkage_view(payload, said_at))
        elif noun in CONFIGURATION_NOUNS:
            views.append(configuration_view(payload, verb, said_at))
        case.views |= {type(view): view for view in views}


def _follows(case: _Case, cut: Cut, alike: Alike[_Case]) -> bool:
    """Judges a message by the one that it is written like; False where that is not enough."""
    header, model = alike
    is_breached = any(next(rule.check(header), None) is not None for rule in RULES_BY_VIEW[HeaderView])
    if is_breached or (case.capture.wire is None) != (model.capture.wire is None) or model.postponed is None:
        return False
    inside, is_thinned = case.capture.body[cut.start : cut.end], case.thinner is not None
    case.form, case.dialect, case.schemas, case.header, case.reply = model.form, model.dialect, model.schemas, header, model.reply
    case.views = {**model.views, HeaderView: header}
    case.postponed = model.postponed._replace(inside=inside, said_at=header.at, is_thinned=is_thinned)
    return True


def _carried(message: etree._Element, header_namespace: str) -> etree._Element | None:
    """What a message carries in its Payload, or asks with in its Request."""
    for part in ("Payload", "Request"):
        inside = child(message, part)
        if inside is not None:
            own = (namespace(inside), header_namespace)
            for element in children(inside):
                if namespace(element) not in own:
                    return element
    return None


def _postponed(payload: etree._Element, case: _Case, cut: Cut, said_at: datetime | None, verb: str) -> Readings | None:
    """The readings of a message that are asked later; None where they are not those that were cut out, or of too many meters."""
    if payload.prefix != cut.prefix or not 0 < len(payload) <= MOST_MEMBERS:
        return None
    return Readings(case.capture.body[cut.start : cut.end], cut.prefix, len(payload), said_at, verb, case.thinner is not None)


def _is_plain(payload: etree._Element) -> bool:
    """Whether the document's bytes are those of its texts."""
    return payload.getroottree().docinfo.encoding in _PLAIN_ENCODINGS


def _scanned(payload: etree._Element, case: _Case, is_valid: bool) -> ReadingCells | None:
    """The readings of a payload out of its bytes, where that is safe and worth it."""
    raw = case.capture.body
    if is_valid and _is_plain(payload) and len(raw) >= SCANNED_FROM_BYTES and local_name(payload) == names.METER_READINGS:
        if case.thin is None:
            return scan(raw, path(payload), payload.prefix, len(payload))
        if case.thin.prefix == payload.prefix:
            return scan(raw, path(payload), payload.prefix, len(payload), case.thin.tags)
    return None


def conversation_of(judgements: Sequence[Judgement]) -> Conversation:
    """The messages of a conversation, in the order in which they were heard."""
    return Conversation([_said(index, judgement) for index, judgement in enumerate(judgements)])


def _said(index: int, judgement: Judgement) -> Said:
    views = judgement.header, judgement.reply, judgement.query, judgement.readings, judgement.views
    return Said(index, judgement.capture, judgement.form, *views, judgement.is_readable)
