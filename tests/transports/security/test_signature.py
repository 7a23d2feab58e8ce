"""The signature: whatever is changed, moved or put in its place, it does not prove what was not signed."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import xmlsec
from lxml import etree
from zeep.wsse import signature as zeep_signature
from zeep.wsse.utils import WSU as zeep_wsu  # noqa: N811 - its maker of elements, no constant
from zeep.wsse.utils import get_security_header as security_of

from ami.names import WSSE, WSU, XML_SIGNATURE
from conformance.capture import Capture
from conformance.judge import Judge
from tests.pki import Authority, bare
from transports.security import signature
from transports.security.envelope import NoEnvelopeError, parsed, written
from transports.security.signature import SignatureError

NOW = datetime.now(UTC)
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
ENVELOPE = f'<s:Envelope xmlns:s="{SOAP}"><s:Body><a xmlns="urn:a">1 kWh</a></s:Body></s:Envelope>'.encode()
AUTHORITY = Authority()
CERTIFICATE, KEY = AUTHORITY.issue("hes")


def signed(certificate: bytes = CERTIFICATE, key: bytes = KEY) -> bytes:
    """A signed envelope."""
    envelope = parsed(ENVELOPE)
    signature.add(envelope, certificate, key, NOW, "1")
    return written(envelope)


def proved(raw: bytes, ca: bytes = AUTHORITY.ca) -> signature.Signed:
    """What a receiver makes of bytes."""
    return signature.verified(parsed(raw), ca, NOW)


def test_signed_envelope_is_believed() -> None:
    """Who signed, and for when."""
    found = proved(signed())
    assert found.signer == "hes"
    assert abs(found.created_at - NOW) < timedelta(milliseconds=1)
    assert found.expires_at - found.created_at == timedelta(minutes=5)


@pytest.mark.parametrize("prefixes", [(), ("s", "wsse")])
def test_judge_canonicalises_what_was_signed_as_the_signer_did(prefixes: tuple[str, ...]) -> None:
    """Also where prefixes were kept, as some toolkits do; and it sees where one sign of it was changed."""
    envelope = parsed(signed())
    made = envelope.find(f".//{{{XML_SIGNATURE}}}Signature")
    assert made is not None
    method = made.find(f".//{{{XML_SIGNATURE}}}CanonicalizationMethod")
    assert method is not None
    if prefixes:
        etree.SubElement(method, f"{{{method.get('Algorithm')}}}InclusiveNamespaces", PrefixList=" ".join(prefixes))
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(KEY, xmlsec.constants.KeyDataFormatPem)
    for element in envelope.iter(f"{{{SOAP}}}Body", f"{{{WSU}}}Timestamp"):
        context.register_id(element, "Id", WSU)
    context.sign(made)
    raw = written(envelope)
    changed = raw.replace(b"#body-1", b"#stamp-1", 1)

    judged = [{finding.rule_id for finding in Judge("2011").message(Capture(each, NOW)).findings} for each in (raw, changed)]
    assert ["WS-17" in found for found in judged] == [False, True]
    assert not any(found.startswith("WS") for found in judged[0])


def test_rsa_certificate_without_extensions_is_believed_where_it_is_trusted() -> None:
    """As they are in the field: for a signer that is trusted itself."""
    authority, certificate_and_key = Authority(), bare("mdms")
    assert proved(signed(*certificate_and_key), authority.ca + certificate_and_key[0]).signer == "mdms"


def test_judge_has_nothing_against_it() -> None:
    """Another hand, which reads signatures for itself, finds them sound."""
    findings = Judge("2011").message(Capture(signed(), NOW)).findings
    assert [finding for finding in findings if finding.rule_id.startswith("WS")] == []


def wrapped(raw: bytes) -> bytes:
    """The signed Body moved into the header, and another in its place: signature wrapping."""
    found = re.search(rb"<s:Body .*</s:Body>", raw, re.DOTALL)
    assert found is not None
    other = b'<s:Body><a xmlns="urn:a">1000 kWh</a></s:Body>'
    return raw.replace(found[0], other).replace(b"</s:Header>", b"<w:Aside xmlns:w='urn:w'>" + found[0] + b"</w:Aside></s:Header>")


def wrapped_with_the_same_id(raw: bytes) -> bytes:
    """The same, where the other Body bears the id that was signed."""
    return wrapped(raw).replace(b"<s:Body><a", b'<s:Body xmlns:wsu="%s" wsu:Id="body-1"><a' % WSU.encode())


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda raw: raw.replace(b"1 kWh", b"1000 kWh"), "does not fit what is signed"),
        (wrapped, "does not cover the Body"),
        (wrapped_with_the_same_id, "two elements have the id"),
        (lambda raw: re.sub(rb"<ds:Reference URI=\"#body-1\">.*?</ds:Reference>", b"", raw, flags=re.DOTALL), "does not cover the Body"),
        (lambda raw: re.sub(rb"<wsu:Timestamp.*?</wsu:Timestamp>", b"", raw, flags=re.DOTALL), "one Timestamp"),
        (lambda raw: re.sub(rb"<ds:Signature[ >].*</ds:Signature>", b"", raw, flags=re.DOTALL), "one Signature"),
        (lambda raw: raw.replace(b"#token-1", b"#token-2"), "refers to no BinarySecurityToken"),
        (lambda raw: re.sub(rb"(<wsse:BinarySecurityToken[^>]*>)....", rb"\1AAAA", raw), "no X.509 certificate"),
    ],
)
def test_what_was_not_signed_is_not_believed(change: Callable[[bytes], bytes], why: str) -> None:
    """And the reason names what is wrong."""
    raw = signed()
    proved(raw)
    changed = change(raw)
    assert changed != raw
    with pytest.raises(SignatureError, match=why):
        proved(changed)


def test_signer_whom_nobody_vouches_for_is_not_believed() -> None:
    """However sound the signature."""
    with pytest.raises(SignatureError, match="vouched for by nobody"):
        proved(signed(*bare("hes")))
    with pytest.raises(SignatureError, match="vouched for by nobody"):
        proved(signed(), Authority().ca)


def test_certificate_that_has_expired_is_not_believed() -> None:
    """Seen years later."""
    with pytest.raises(SignatureError, match="not valid now"):
        signature.verified(parsed(signed()), AUTHORITY.ca, NOW + timedelta(days=400_000))


@pytest.mark.parametrize("raw", [b"<a/>", b"no XML", ENVELOPE.replace(b"</s:Envelope>", b"<s:Body/></s:Envelope>")])
def test_what_is_no_envelope_with_one_body_is_refused(raw: bytes) -> None:
    """Two Bodies are the plainest way to show one and mean the other."""
    with pytest.raises(NoEnvelopeError):
        parsed(raw)


def test_key_that_is_none_is_told() -> None:
    """As somebody's mistake in the environment file."""
    with pytest.raises(SignatureError, match="cannot be used"):
        signed(CERTIFICATE, b"no key")


def test_zeep_believes_us() -> None:
    """A library that knows nothing of ours verifies what we sign."""
    envelope = parsed(signed())
    security = envelope.find(f"{{{SOAP}}}Header/{{{WSSE}}}Security")
    certificate = xmlsec.Key.from_memory(CERTIFICATE, xmlsec.constants.KeyDataFormatCertPem)
    assert security is not None
    zeep_signature._verify_envelope_with_key(envelope, certificate)


def test_we_believe_zeep(tmp_path: Path) -> None:
    """And we verify what it signs, by an RSA key, with its own ids and its own order of elements."""
    certificate, key = bare("cis")
    (tmp_path / "cis.pem").write_bytes(certificate)
    (tmp_path / "cis.key").write_bytes(key)
    envelope = parsed(ENVELOPE)
    stamp = zeep_wsu.Timestamp(zeep_wsu.Created(NOW.isoformat()), zeep_wsu.Expires((NOW + timedelta(minutes=5)).isoformat()))
    security_of(envelope).append(stamp)
    method, digest = xmlsec.constants.TransformRsaSha256, xmlsec.constants.TransformSha256
    signing = zeep_signature.BinarySignature(tmp_path / "cis.key", tmp_path / "cis.pem", signature_method=method, digest_method=digest)
    signed_by_zeep, _ = signing.apply(envelope, {})

    assert proved(written(signed_by_zeep), certificate).signer == "cis"


def test_zeep_with_a_weak_digest_is_not_believed(tmp_path: Path) -> None:
    """Its default is SHA-1, for which two contents can be made to look the same."""
    certificate, key = bare("cis")
    (tmp_path / "cis.pem").write_bytes(certificate)
    (tmp_path / "cis.key").write_bytes(key)
    envelope = parsed(ENVELOPE)
    security_of(envelope).append(zeep_wsu.Timestamp(zeep_wsu.Created(NOW.isoformat()), zeep_wsu.Expires(NOW.isoformat())))
    signed_by_zeep, _ = zeep_signature.BinarySignature(tmp_path / "cis.key", tmp_path / "cis.pem").apply(envelope, {})

    with pytest.raises(SignatureError, match="does not fit what is signed"):
        proved(written(signed_by_zeep), certificate)
