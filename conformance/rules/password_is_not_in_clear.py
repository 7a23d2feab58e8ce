"""WS-05: a password that everybody can read is none."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.security import SecurityView


def check(security: SecurityView) -> Iterator[Breach]:
    """A UsernameToken whose password stands there as text."""
    for token in security.usernames:
        if token.manner == "PasswordText":
            yield Breach(token.where, f"the password of {token.username!r} as text")


RULE = Rule(
    id="WS-05",
    requires="no password as text in a message",
    source="WS-Security UsernameToken Profile 1.1 section 3.1 (PasswordText)",
    severity=Severity.WARNING,
    works_on=SecurityView,
    check=check,
    passes=(
        (
            "<capture><s:Header><wsse:Security><wsse:UsernameToken><wsse:Username>hes</wsse:Username></wsse:UsernameToken>"
            "</wsse:Security></s:Header></capture>"
        ),
    ),
    fails=(
        (
            "<capture><s:Header><wsse:Security><wsse:UsernameToken><wsse:Username>hes</wsse:Username><wsse:Password>"
            "secret</wsse:Password></wsse:UsernameToken></wsse:Security></s:Header></capture>"
        ),
    ),
    why="It stands in every log, and whoever reads one can send commands to every meter.",
    mend="Use PasswordDigest or a certificate; a password as text only inside TLS, by agreement.",
)
