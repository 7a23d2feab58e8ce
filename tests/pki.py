"""A certificate authority of the tests' own, and what it issues: for servers and clients of TLS, and for signers of messages."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID


class Authority:
    """Issues certificates as PEM texts; ca: its own."""

    def __init__(self) -> None:
        self._ca = trustme.CA()
        self.ca = self._ca.cert_pem.bytes()

    def issue(self, common_name: str) -> tuple[bytes, bytes]:
        """A certificate with its chain, and its key, for the loopback addresses."""
        made = self._ca.issue_cert("127.0.0.1", "localhost", common_name=common_name)
        return b"".join(blob.bytes() for blob in made.cert_chain_pems), made.private_key_pem.bytes()

    def write(self, folder: Path, *common_names: str) -> None:
        """`ca.pem`, and `NAME.pem` and `NAME.key` for each name, in a folder."""
        (folder / "ca.pem").write_bytes(self.ca)
        for name in common_names:
            certificate, key = self.issue(name)
            (folder / f"{name}.pem").write_bytes(certificate)
            (folder / f"{name}.key").write_bytes(key)


def bare(common_name: str) -> tuple[bytes, bytes]:
    """A certificate that vouches for itself, without any extension, as messages are signed with in the field; and its RSA key."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    made = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    no_lock = serialization.NoEncryption()
    text = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, no_lock)
    return made.public_bytes(serialization.Encoding.PEM), text
