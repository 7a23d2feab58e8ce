"""What a signature has to cover: the message that is read, wherever somebody put the one that was signed."""

import pytest

from conformance.capture import Capture
from conformance.example import PREFIXES, envelope, message
from conformance.judge import Judge

MESSAGE = message("<MessageID>6a1f0c52-8f5e-4d0b-9a43-0c1f0e6f7b11</MessageID>")
BOUND = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in PREFIXES.items() if prefix != "s")
SIGNATURE = (
    '<s:Header><wsse:Security>{}<ds:Signature><ds:SignedInfo><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>'
    '<ds:Reference URI="#signed"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms>'
    '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/></ds:Reference></ds:SignedInfo></ds:Signature></wsse:Security></s:Header>'
)


def ids(judge: Judge, body: str, aside: str = "") -> set[str]:
    """The rules of WS-Security that an envelope breaks."""
    raw = envelope(MESSAGE, SIGNATURE.format(aside), body).decode().replace("<s:Envelope ", f"<s:Envelope {BOUND} ", 1)
    return {finding.rule_id for finding in judge.message(Capture(raw.encode())).findings if finding.rule_id.startswith("WS")}


READ = MESSAGE.replace(" xmlns:m=", ' wsu:Id="signed" xmlns:m=', 1)
OTHER = MESSAGE


@pytest.mark.parametrize(
    ("body", "aside", "found"),
    [
        ('<s:Body wsu:Id="signed"><message/></s:Body>', "", set()),
        (f"<s:Body>{READ}</s:Body>", "", {"WS-14"}),
        (f"<s:Body>{READ}{OTHER}</s:Body>", "", {"WS-08"}),
        (f"<s:Body>{OTHER}{READ}</s:Body>", "", {"WS-08"}),
        ("<s:Body><message/></s:Body>", f'<a:Aside xmlns:a="urn:aside">{READ}</a:Aside>', {"WS-08"}),
        ("<s:Body><message/></s:Body>", f'<a:Aside xmlns:a="urn:aside"><s:Body wsu:Id="signed">{OTHER}</s:Body></a:Aside>', {"WS-08"}),
        (f'<s:Body><a:Aside xmlns:a="urn:aside">{READ}</a:Aside></s:Body>', "", {"WS-08"}),
        (f'<s:Body wsu:Id="signed">{READ}</s:Body>', "", {"WS-07"}),
    ],
    ids=[
        "Body",
        "all in it",
        "one of two, read",
        "one of two, not read",
        "message aside",
        "Body aside",
        "deeper in the Body",
        "one id twice",
    ],
)
def test_what_is_read_has_to_be_what_is_signed(judge: Judge, body: str, aside: str, found: set[str]) -> None:
    """By the Body, or by the one message in it; a signed message beside, above or below it proves nothing of the one that is read."""
    assert ids(judge, body, aside) == found
