"""The UsernameToken of WS-Security with a digest: a name, and proof of a password that is not said.

Source: OASIS WSS UsernameToken Profile, Password of type PasswordDigest: Base64(SHA-1(nonce + created + password)).
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from ami import names
from transports.security.envelope import Element, child_text, opened_security, security

DIGEST = f"{names.WSS_USERNAMES}#PasswordDigest"
BASE64 = f"{names.WSS_MESSAGES}#Base64Binary"


@dataclass(frozen=True, slots=True)
class UsernameToken:
    """What a token says. nonce: bytes that come once; created: as it was written, which the digest covers."""

    username: str
    digest: str
    nonce: bytes
    created: str

    @property
    def created_at(self) -> datetime | None:
        """When it was made; None where it does not say so with an offset."""
        try:
            at = datetime.fromisoformat(self.created)
        except ValueError:
            return None
        return at if at.tzinfo is not None else None

    def proves(self, password: str) -> bool:
        """Whether whoever made it knew the password."""
        return hmac.compare_digest(self.digest.encode(), _digest(self.nonce, self.created, password).encode())


def add(envelope: Element, username: str, password: str, nonce: bytes, now: datetime) -> None:
    """Put a token into an envelope. nonce: at least 16 bytes that were never used before."""
    created = now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    token = etree.SubElement(opened_security(envelope), f"{{{names.WSSE}}}UsernameToken")
    etree.SubElement(token, f"{{{names.WSSE}}}Username").text = username
    etree.SubElement(token, f"{{{names.WSSE}}}Password", Type=DIGEST).text = _digest(nonce, created, password)
    etree.SubElement(token, f"{{{names.WSSE}}}Nonce", EncodingType=BASE64).text = base64.b64encode(nonce).decode()
    etree.SubElement(token, f"{{{names.WSU}}}Created").text = created


def found(envelope: Element) -> UsernameToken | None:
    """The token of an envelope; None where there is none, or one without a digest, a nonce or a time."""
    header = security(envelope)
    token = header.find(f"{{{names.WSSE}}}UsernameToken") if header is not None else None
    password = token.find(f"{{{names.WSSE}}}Password") if token is not None else None
    if token is None or password is None or password.get("Type") != DIGEST:
        return None
    try:
        nonce = base64.b64decode("".join(child_text(token, f"{{{names.WSSE}}}Nonce").split()), validate=True)
    except binascii.Error:
        return None
    created = child_text(token, f"{{{names.WSU}}}Created")
    username = child_text(token, f"{{{names.WSSE}}}Username")
    return UsernameToken(username, (password.text or "").strip(), nonce, created) if nonce and created else None


def _digest(nonce: bytes, created: str, password: str) -> str:
    # SHA-1 is what the profile asks for; nothing else would be understood.
    return base64.b64encode(hashlib.sha1(nonce + created.encode() + password.encode()).digest()).decode()  # noqa: S324 - see above
