"""The X.509 signature over the Body of an envelope, and over the time at which it was made.

Source: OASIS WSS X.509 Certificate Token Profile; XML Signature with exclusive canonicalisation, RSA and SHA-256.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from cryptography.x509.verification import ExtensionPolicy, PolicyBuilder, Store, VerificationError
from lxml import etree

from ami import names
from transports.security.envelope import ID, Element, body, child_text, opened_security, security

LASTS = timedelta(minutes=5)
X509_V3 = f"{names.WSS_CERTIFICATES}#X509v3"
BASE64 = f"{names.WSS_MESSAGES}#Base64Binary"
ALLOWED = (
    xmlsec.constants.TransformExclC14N,
    xmlsec.constants.TransformRsaSha256,
    xmlsec.constants.TransformEcdsaSha256,
    xmlsec.constants.TransformSha256,
)
"""All that a signature may use; a digest of another kind, or a transform that leaves something out, is refused."""

_DS = f"{{{names.XML_SIGNATURE}}}"


class SignatureError(ValueError):
    """Why an envelope's signature proves nothing."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature proves. signer: the common name of its certificate; created_at, expires_at: of its Timestamp."""

    signer: str
    created_at: datetime
    expires_at: datetime


def add(envelope: Element, certificate_pem: bytes, key_pem: bytes, now: datetime, unique: str) -> None:
    """Sign the Body of an envelope and a Timestamp. unique: what makes the ids in this envelope different from all others.

    Raises SignatureError where certificate or key cannot be used.
    """
    header = opened_security(envelope)
    signed = body(envelope)
    signed.set(ID, f"body-{unique}")
    stamp = etree.SubElement(header, f"{{{names.WSU}}}Timestamp", {ID: f"stamp-{unique}"})
    for name, at in (("Created", now), ("Expires", now + LASTS)):
        text = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        etree.SubElement(stamp, f"{{{names.WSU}}}{name}").text = text
    token = etree.SubElement(
        header, f"{{{names.WSSE}}}BinarySecurityToken", {ID: f"token-{unique}", "ValueType": X509_V3, "EncodingType": BASE64}
    )
    try:
        certificate = x509.load_pem_x509_certificate(certificate_pem)
        key = xmlsec.Key.from_memory(key_pem, xmlsec.constants.KeyDataFormatPem)
    except (ValueError, xmlsec.Error) as error:
        raise SignatureError(f"the certificate or its key cannot be used: {error}") from None
    token.text = base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()
    is_elliptic = isinstance(certificate.public_key(), EllipticCurvePublicKey)
    method = xmlsec.constants.TransformEcdsaSha256 if is_elliptic else xmlsec.constants.TransformRsaSha256
    signature = xmlsec.template.create(envelope, xmlsec.constants.TransformExclC14N, method, ns="ds")
    for what in (f"body-{unique}", f"stamp-{unique}"):
        reference = xmlsec.template.add_reference(signature, xmlsec.constants.TransformSha256, uri=f"#{what}")
        xmlsec.template.add_transform(reference, xmlsec.constants.TransformExclC14N)
    pointer = etree.SubElement(xmlsec.template.ensure_key_info(signature), f"{{{names.WSSE}}}SecurityTokenReference")
    etree.SubElement(pointer, f"{{{names.WSSE}}}Reference", URI=f"#token-{unique}", ValueType=X509_V3)
    header.append(signature)
    context = xmlsec.SignatureContext()
    context.key = key
    for element in (signed, stamp):
        context.register_id(element, "Id", names.WSU)
    context.sign(signature)


def verified(envelope: Element, trusted_pem: bytes, now: datetime) -> Signed:
    """What the signature of an envelope proves, whoever may have put which elements where. Raises SignatureError.

    trusted_pem: certificates of those who may vouch for signers. now: in the time of the world, for the certificates.
    """
    header = security(envelope)
    signatures = header.findall(f"{_DS}Signature") if header is not None else []
    if header is None or len(signatures) != 1:
        raise SignatureError("expected one Signature in the Security header")
    stamps = header.findall(f"{{{names.WSU}}}Timestamp")
    if len(stamps) != 1:
        raise SignatureError("expected one Timestamp in the Security header")
    _every_id_once(envelope)
    covered = _covered(signatures[0])
    for element, what in ((body(envelope), "the Body"), (stamps[0], "the Timestamp")):
        if element.get(ID) is None or f"#{element.get(ID)}" not in covered:
            raise SignatureError(f"the signature does not cover {what} of this envelope")
    certificate = _certificate(header, signatures[0])
    _trust(certificate, trusted_pem, now)
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(certificate.public_bytes(Encoding.PEM), xmlsec.constants.KeyDataFormatCertPem)
    for transform in ALLOWED:
        context.enable_signature_transform(transform)
    context.enable_reference_transform(xmlsec.constants.TransformExclC14N)
    context.enable_reference_transform(xmlsec.constants.TransformSha256)
    for element in (body(envelope), stamps[0]):
        context.register_id(element, "Id", names.WSU)
    try:
        context.verify(signatures[0])
    except xmlsec.Error:
        raise SignatureError("the signature does not fit what is signed") from None
    created, expires = (_moment(child_text(stamps[0], f"{{{names.WSU}}}{name}")) for name in ("Created", "Expires"))
    return Signed(_common_name(certificate), created, expires)


def _every_id_once(envelope: Element) -> None:
    """A second element of the same id is how a signed Body is moved aside and another put in its place."""
    seen: set[str] = set()
    for element in envelope.iter(etree.Element):
        for attribute, value in element.attrib.items():
            if etree.QName(attribute).localname.lower() == "id" and (attribute == ID or etree.QName(attribute).namespace is None):
                if value in seen:
                    raise SignatureError(f"two elements have the id {value!r}")
                seen.add(str(value))


def _covered(signature: Element) -> Sequence[str]:
    return [reference.get("URI") or "" for reference in signature.findall(f"{_DS}SignedInfo/{_DS}Reference")]


def _certificate(header: Element, signature: Element) -> x509.Certificate:
    pointer = signature.find(f"{_DS}KeyInfo/{{{names.WSSE}}}SecurityTokenReference/{{{names.WSSE}}}Reference")
    wanted = (pointer.get("URI") or "").removeprefix("#") if pointer is not None else ""
    for token in header.findall(f"{{{names.WSSE}}}BinarySecurityToken"):
        if wanted and token.get(ID) == wanted:
            try:
                return x509.load_der_x509_certificate(base64.b64decode("".join((token.text or "").split()), validate=True))
            except (ValueError, binascii.Error):
                raise SignatureError("the BinarySecurityToken is no X.509 certificate") from None
    raise SignatureError("the signature refers to no BinarySecurityToken of this header")


def _trust(certificate: x509.Certificate, trusted_pem: bytes, now: datetime) -> None:
    store = Store(x509.load_pem_x509_certificates(trusted_pem))
    # Certificates for messages carry no name of a host and no purpose of TLS; that of their issuer must say that it may issue.
    policy = PolicyBuilder().store(store).time(now.astimezone(UTC).replace(tzinfo=None))
    verifier = policy.extension_policies(
        ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=ExtensionPolicy.permit_all()
    ).build_client_verifier()
    try:
        verifier.verify(certificate, [])
    except VerificationError:
        raise SignatureError("the signer's certificate is vouched for by nobody who is trusted, or not valid now") from None


def _common_name(certificate: x509.Certificate) -> str:
    return next((str(one.value) for one in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)), "")


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise SignatureError("the Timestamp names no moment with its offset")
    return at
