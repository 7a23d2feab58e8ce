"""What stands around a message: the envelope, the headers of SOAP in it, and HTTP."""

from collections.abc import Iterator

from lxml import etree

from conformance import soap
from conformance.capture import Capture
from conformance.form import FAULTS, Form
from conformance.views.addressing import addressing_view
from conformance.views.envelope import EnvelopeView
from conformance.views.header import HeaderView
from conformance.views.http import HttpView
from conformance.views.nonces import used_nonces
from conformance.views.security import security_view


def surroundings(root: etree._Element, capture: Capture, form: Form, header: HeaderView | None) -> Iterator[object]:
    """The views of what stands around a message. header: the message's own, where it has one."""
    version = ""
    if soap.is_envelope(root):
        envelope = EnvelopeView(root, capture)
        version = envelope.version
        security = None
        if not envelope.is_plain:
            yield envelope
            security = security_view(envelope)
            yield from filter(None, (addressing_view(envelope, header), security))
        nonces = used_nonces(header, security)
        if nonces is not None:
            yield nonces
    if capture.headers is not None:
        encoding = root.getroottree().docinfo.encoding or "UTF-8"
        yield HttpView(capture, version, form in FAULTS, encoding, _action(header))


def around_unreadable(capture: Capture) -> HttpView | None:
    """What of HTTP is there to be judged, whatever it carries; None where none was heard."""
    return HttpView(capture, "", False, "", None) if capture.headers is not None else None


def _action(header: HeaderView | None) -> str | None:
    """The SOAPAction that a header's verb and noun stand for."""
    return header.wrapping.dialect.action(header.verb, header.noun) if header and header.verb and header.noun else None
