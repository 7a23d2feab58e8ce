"""TLS on both ends of a connection: who one is, and whom one believes."""

import os
import ssl
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ami.errors import ConfigurationError

Context = ssl.SSLContext

FROM_VARIABLE: Final = "env:"


@dataclass(frozen=True, slots=True)
class Material:
    """PEM texts. ca: the certificates that others are vouched for by; certificate, key: one's own, the chain after the certificate."""

    ca: bytes | None = None
    certificate: bytes | None = None
    key: bytes | None = None


def pem(source: str, folder: Path) -> bytes:
    """The PEM text in a file, below `folder` where its name is relative, or in a variable: `env:NAME`. Raises ConfigurationError."""
    if source.startswith(FROM_VARIABLE):
        variable = source.removeprefix(FROM_VARIABLE)
        text = os.environ.get(variable)
        if text is None:
            raise ConfigurationError(f"the environment variable {variable}, named in the environment file, is not set")
        return text.encode()
    try:
        return (folder / source).read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{source}: cannot be read ({error.strerror}); name a PEM file, or env:NAME of a variable") from None


def for_client(own: Material, theirs: Material) -> ssl.SSLContext:
    """What a client connects with. own: certificate and key, where it shows any; theirs: the ca that the server's derives from.

    Raises ConfigurationError where the texts cannot be used.
    """
    context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH)
    if theirs.ca is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        _believe(context, theirs.ca)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if own.certificate is not None:
        _show(context, own)
    return context


def for_server(own: Material) -> ssl.SSLContext:
    """What a server listens with; where `own.ca` is there, clients without a certificate from it are turned away.

    Raises ConfigurationError where certificate or key are missing or cannot be used.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if own.certificate is None:
        raise ConfigurationError("who listens at https needs a certificate and its key in its tls table")
    _show(context, own)
    if own.ca is not None:
        _believe(context, own.ca)
        context.verify_mode = ssl.CERT_REQUIRED
    return context


def _believe(context: ssl.SSLContext, ca: bytes) -> None:
    try:
        context.load_verify_locations(cadata=ca.decode("ascii"))
    except (ssl.SSLError, ValueError) as error:
        raise ConfigurationError(f"ca: is no certificate in PEM ({error})") from None


def _show(context: ssl.SSLContext, own: Material) -> None:
    # The library reads certificate and key from files alone; these are gone before anybody else could look.
    with tempfile.TemporaryDirectory(prefix="metergate-tls-") as folder:
        certificate, key = Path(folder) / "certificate.pem", Path(folder) / "key.pem"
        for path, text in ((certificate, own.certificate), (key, own.key or own.certificate)):
            path.touch(mode=0o600)
            path.write_bytes(text or b"")
        try:
            # A key that needs a pass phrase is refused: nobody is there to type it.
            context.load_cert_chain(certificate, key, password=b"")
        except (ssl.SSLError, OSError) as error:
            raise ConfigurationError(f"certificate, key: cannot be used together ({error})") from None
