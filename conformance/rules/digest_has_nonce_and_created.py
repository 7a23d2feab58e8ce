"""WS-04: a digest without a nonce is a password that can be replayed."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.security import SecurityView


def check(security: SecurityView) -> Iterator[Breach]:
    """A UsernameToken with PasswordDigest that lacks Nonce or Created."""
    for token in security.usernames:
        missing = [name for name, found in (("Nonce", token.nonce), ("Created", token.created)) if not found]
        if token.manner == "PasswordDigest" and missing:
            yield Breach(token.where, f"PasswordDigest without {' and '.join(missing)}")


_DIGEST = (
    "<capture><s:Header><wsse:Security><wsse:UsernameToken><wsse:Username>hes</wsse:Username>"
    '<wsse:Password Type="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest">'
    "c2VjcmV0</wsse:Password>{}</wsse:UsernameToken></wsse:Security></s:Header></capture>"
)

RULE = Rule(
    id="WS-04",
    requires="Nonce and Created beside a PasswordDigest",
    source="WS-Security UsernameToken Profile 1.1 section 3.1, WS-I BSP 1.1",
    severity=Severity.ERROR,
    works_on=SecurityView,
    check=check,
    passes=(_DIGEST.format("<wsse:Nonce>bWV0ZXJnYXRl</wsse:Nonce><wsu:Created>2026-03-01T01:00:10Z</wsu:Created>"),),
    fails=(
        _DIGEST.format("<wsu:Created>2026-03-01T01:00:10Z</wsu:Created>"),
        _DIGEST.format("<wsse:Nonce>bWV0ZXJnYXRl</wsse:Nonce>"),
    ),
    why="Whoever has heard one message can switch meters with it for ever.",
    mend="Add a new Nonce and Created to each message and count them into the digest.",
)
