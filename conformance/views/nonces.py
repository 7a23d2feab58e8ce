"""The nonces of a message: what tells it from its own recording."""

from typing import NamedTuple

from conformance.views.header import HeaderView
from conformance.views.place import Field
from conformance.views.security import SecurityView


class UsedNonces(NamedTuple):
    """Each nonce of a message: that of its ReplayDetection, and those of its UsernameTokens."""

    nonces: tuple[Field, ...]


def used_nonces(header: HeaderView | None, security: SecurityView | None) -> UsedNonces | None:
    """The nonces of a message; None where it has none."""
    told = header.parts.get("ReplayDetection/Nonce", ()) if header is not None else ()
    tokens = security.usernames if security is not None else ()
    found = (*told, *(Field(token.nonce, token.where.line, token.where.path, "Nonce") for token in tokens))
    written = tuple(nonce for nonce in found if nonce.text)
    return UsedNonces(written) if written else None
