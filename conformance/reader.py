"""A message on its way down the layers: bytes, XML, SOAP, message, schema; and what the rules have to say of each view of it."""

from collections.abc import Sequence

from lxml import etree

from ami import dialect as dialects
from ami.findings import Finding
from ami.messages import Kind
from conformance import compressed, mixture, schema, soap, wrapping
from conformance.catalogue import RULES_BY_VIEW
from conformance.form import Form
from conformance.judgement import Case
from conformance.parser import KNOWN_ENCODING, WITHIN_LIMITS, in_utf_16, parsed, parser
from conformance.payload_views import view_payload
from conformance.schema_choice import OPEN, carried, used
from conformance.schema_folder import SchemaFolder
from conformance.surroundings import around_unreadable, surroundings
from conformance.unseen import unseen
from conformance.views.header import HeaderView, header_view
from conformance.views.http import HttpView
from conformance.views.operations import OperationsView, operations_view
from conformance.views.place import Field, child, first_named, local_name, namespace, where
from conformance.views.reply import ReplyView, reply_view
from conformance.views.wsdl import WsdlView, is_wsdl, wsdl_view


class Reader:
    """Reads messages as far as they can be read. For one thread at a time.

    dialect: the one that was agreed on, or the usual one where none was. folder: schemas that take the place of ours.
    """

    def __init__(self, dialect: str, is_agreed: bool, folder: SchemaFolder | None) -> None:
        self._dialect = dialect
        self._is_agreed = is_agreed
        self._folder = folder
        self._parser = parser()

    def read(self, case: Case, *, is_asked: bool = True) -> Case:
        """Layer by layer, as far as the message can be read; a fault in one layer does not hide the next.

        is_asked: whether the rules are asked of its views.
        """
        root = parsed(case.thin.body if case.thin else case.thinner or case.capture.body, self._parser)
        if isinstance(root, Finding):
            case.findings.append(root)
            old = in_utf_16(case.capture.body) if root.rule_id == KNOWN_ENCODING.id else None
            root = root if old is None else parsed(old, self._parser)
        if isinstance(root, Finding):
            http = around_unreadable(case.capture)
            if http is not None:
                case.views[HttpView] = http
                _ask(case)
            return case
        if is_wsdl(root):
            case.form = Form.WSDL
            case.views[WsdlView] = wsdl_view(root, dialects.dialect(self._dialect))
            _ask(case)
            return case
        full = soap.overfull(root) if soap.is_envelope(root) else None
        if full is not None:
            case.findings.append(WITHIN_LIMITS.finding(where(full), f"more of them in {local_name(full)}", soap.BOUNDS))
            return case
        message, detail = _unwrapped(root, case)
        if message is not None:
            self._read_message(message, case)
        elif detail is not None:
            self._read_detail(detail, case)
        case.views |= {type(view): view for view in surroundings(root, case.capture, case.form, case.header)}
        if is_asked:
            _ask(case)
        return case

    def _read_message(self, message: etree._Element, case: Case) -> None:
        space, name = namespace(message), local_name(message)
        recognised = wrapping.recognise(space, name, self._dialect)
        if recognised is not None:
            spoken = recognised.dialect
            case.dialect = spoken.name
            self._expect_dialect(spoken.name, message, case)
            payloads = tuple(carried(message, spoken.name))
            is_valid = self._validate(message, payloads, spoken.name, case)
            mixed = None if is_valid else mixture.mixture(message, spoken)
            if mixed is not None:
                # What the schema says of it is the same, less exactly.
                case.findings = [found for found in case.findings if found.rule_id != schema.VALID.id or found.where != mixed.where]
                case.findings.append(mixed)
            self._view_message(message, payloads, recognised, case, is_valid)
            return
        bare = wrapping.recognise_payload(space, name, self._dialect)
        if bare is not None and case.form is Form.BARE_MESSAGE:
            case.form = Form.BARE_PAYLOAD
            self._expect_dialect(bare.name, message, case)
            view_payload(message, case, self._validate(message, (), bare.name, case))
            return
        case.form = Form.OTHER if case.form is Form.BARE_MESSAGE else case.form
        known = wrapping.roots_named(name)
        hint = f", which stands in {' or '.join(map(repr, known))}" if known else ""
        case.findings.append(wrapping.KNOWN_ROOT.finding(where(message), f"{name} in namespace {space!r}{hint}"))

    def _read_detail(self, detail: etree._Element, case: Case) -> None:
        """What stands in the detail of a Fault, where it is a fault message: it may be anything else as well."""
        recognised = wrapping.recognise(namespace(detail), local_name(detail), self._dialect)
        if recognised is not None and recognised.kind is Kind.FAULT:
            case.findings += schema.breaches(detail, (), recognised.dialect.name, self._folder, len(case.capture.body))
            reply = child(detail, "Reply")
            if reply is not None:
                case.views[ReplyView] = reply_view(reply)

    def _expect_dialect(self, spoken: str, message: etree._Element, case: Case) -> None:
        if self._is_agreed and spoken != self._dialect:
            expected = f"a message in dialect {self._dialect}"
            case.findings.append(wrapping.ONE_DIALECT.finding(where(message), f"{local_name(message)} of dialect {spoken}", expected))

    def _validate(self, message: etree._Element, payloads: Sequence[etree._Element], dialect: str, case: Case) -> bool:
        found = schema.breaches(message, payloads, dialect, self._folder, len(case.capture.body))
        case.schemas = used(message, payloads, dialect, self._folder)
        case.findings += found
        return not found

    def _view_message(
        self, message: etree._Element, payloads: Sequence[etree._Element], recognised: wrapping.Recognised, case: Case, is_valid: bool
    ) -> None:
        parts, payload = first_named(message), _main(payloads)
        header, reply = parts.get("Header"), parts.get("Reply")
        is_alone = payload is not None and payload.getnext() is None and payload.getprevious() is None
        packed = None if is_alone else compressed.compressed_in(message)
        unpacked = _unpacked(packed, case) if packed is not None else None
        content = Field.at(where(payload), local_name(payload)) if payload is not None else None
        if packed is not None and unpacked is not None and (content is None or content.text != local_name(unpacked)):
            content = Field.at(where(packed), local_name(unpacked))
        if header is not None:
            carries = any(len(parts.get(part, ())) for part in OPEN)
            case.header = header_view(message, header, content, recognised, case.capture, carries=carries)
            case.views[HeaderView] = case.header
        if reply is not None:
            case.reply = reply_view(reply, carries=content is not None)
            case.views[ReplyView] = case.reply
        case.unseen = "" if is_alone else unseen(message, payloads, is_unpacked=unpacked is not None)
        operation_set = None if is_alone else child(message, "Payload", "OperationSet")
        if operation_set is not None:
            fields = case.header.fields if case.header else {}
            case.views[OperationsView] = operations_view(operation_set, fields.get("Verb"), fields.get("Noun"))
        if payload is not None:
            view_payload(payload, case, is_valid)
        if packed is not None and unpacked is not None:
            self._read_unpacked(unpacked, packed, recognised.dialect.name, case)

    def _read_unpacked(self, payload: etree._Element, packed: etree._Element, dialect: str, case: Case) -> None:
        """Reads what was compressed by itself, and takes its findings and views over."""
        raw = compressed.decompressed(packed)
        inner = Case(case.capture._replace(body=raw if isinstance(raw, bytes) else b""), form=Form.BARE_PAYLOAD, header=case.header)
        view_payload(payload, inner, self._validate(payload, (), dialect, inner))
        _ask(inner)
        case.findings += [compressed.inside(finding, packed) for finding in inner.findings]
        case.query, case.readings, case.schemas = (
            inner.query or case.query,
            inner.readings or case.readings,
            (*case.schemas, *inner.schemas),
        )
        case.unpacked = inner.views


def _ask(case: Case) -> None:
    """Asks every rule of every view that there is."""
    for kind, view in case.views.items():
        for rule in RULES_BY_VIEW.get(kind, ()):
            # Nearly every rule finds nothing in nearly every message: ask that first.
            if next(rule.check(view), None) is not None:
                case.findings += [finding for _, finding in rule.findings(view)]


def _unwrapped(root: etree._Element, case: Case) -> tuple[etree._Element | None, etree._Element | None]:
    """The message in a document, or what stands in the detail of its Fault, with what is wrong with its envelope."""
    if soap.is_envelope(root):
        unwrapped = soap.unwrap(root)
        case.form = unwrapped.form
        case.findings += unwrapped.findings
        return unwrapped.message, unwrapped.detail
    case.form = Form.BARE_MESSAGE
    if case.capture.wire is not None:
        case.findings.append(soap.ENVELOPE.finding(where(root), f"{local_name(root)} without an envelope"))
    return root, None


def _main(payloads: Sequence[etree._Element]) -> etree._Element | None:
    """What a message carries in its Payload, or asks with in its Request."""
    if len(payloads) <= 1:
        return payloads[0] if payloads else None
    return next((each for each in payloads if (owner := each.getparent()) is not None and local_name(owner) == "Payload"), payloads[0])


def _unpacked(packed: etree._Element, case: Case) -> etree._Element | None:
    """The payload that was compressed; None where there is none to judge."""
    raw = compressed.decompressed(packed)
    found = raw if isinstance(raw, Finding) else compressed.content(raw, packed)
    if isinstance(found, Finding):
        case.findings.append(found if found.where.path != "/" else compressed.inside(found, packed))
        return None
    return found
