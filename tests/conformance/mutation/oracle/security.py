"""WS-Security: stamps, tokens and signatures of a message."""

import base64
from random import Random
from typing import Final

from conformance.example_signed import proved
from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.oracle.around import identifier
from tests.conformance.mutation.pieces import add, both, drop, first, give, pieces, repeat, say
from tests.conformance.mutation.texts import one_of, without_offset

DIGEST: Final = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest"
X509: Final = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3"
SECURITY: Final = "s:Header/wsse:Security"
STAMP: Final = f"{SECURITY}/wsu:Timestamp"
TOKEN: Final = f"{SECURITY}/wsse:UsernameToken"
REFERENCE: Final = f"{SECURITY}/ds:Signature/ds:SignedInfo/ds:Reference"
TRANSFORM: Final = f"{REFERENCE}/ds:Transforms/ds:Transform"
KEY: Final = f"{SECURITY}/ds:Signature/ds:KeyInfo/wsse:SecurityTokenReference/wsse:Reference"
SHA_512: Final = "http://www.w3.org/2001/04/xmlenc#sha512"
SIGNED_FOR: Final = "WS-11"
"""What a digest is of is another element now."""


def _secured(random: Random, inside: str, body: str = "") -> str:
    header = f"<s:Header><wsse:Security>{inside}</wsse:Security></s:Header>"
    return f"<capture>{header}{body}<MessageID>{identifier(random)}</MessageID></capture>"


def _stamped(random: Random) -> str:
    created, expires = "2026-03-01T01:00:10Z", f"2026-03-01T01:0{random.randint(1, 9)}:10Z"
    return _secured(random, f"<wsu:Timestamp><wsu:Created>{created}</wsu:Created><wsu:Expires>{expires}</wsu:Expires></wsu:Timestamp>")


def _user(random: Random) -> str:
    nonce = base64.b64encode(random.randbytes(12)).decode()
    password = f'<wsse:Password Type="{DIGEST}">c2VjcmV0</wsse:Password><wsse:Nonce>{nonce}</wsse:Nonce>'
    return _secured(
        random,
        f"<wsse:UsernameToken><wsse:Username>hes</wsse:Username>{password}<wsu:Created>2026-03-01T01:00:10Z</wsu:Created></wsse:UsernameToken>",
    )


def _token(random: Random) -> str:
    key = base64.b64encode(random.randbytes(30)).decode()
    return _secured(random, f'<wsse:BinarySecurityToken ValueType="{X509}">{key}</wsse:BinarySecurityToken>')


def _signed(random: Random) -> str:
    reference = (
        '<ds:Reference URI="#body"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms>'
        '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/></ds:Reference>'
    )
    method = '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>'
    stamp = '<wsu:Timestamp wsu:Id="stamp"><wsu:Created>2026-03-01T01:00:10Z</wsu:Created></wsu:Timestamp>'
    signature = f"<ds:Signature><ds:SignedInfo>{method}{reference}</ds:SignedInfo></ds:Signature>"
    return _secured(random, stamp + signature, '<s:Body wsu:Id="body"><message/></s:Body>')


def _proved(random: Random) -> str:
    return proved().replace("</capture>", f"<MessageID>{identifier(random)}</MessageID></capture>")


def _another_sign(random: Random, text: str) -> str:
    """A text of base64 with one of its first signs changed."""
    place = random.randrange(8, 40)
    return f"{text[:place]}{'B' if text[place] == 'A' else 'A'}{text[place + 1 :]}"


STAMPED: Final = pieces(_stamped)
PROVED: Final = pieces(_proved)
USER: Final = pieces(_user)
SIGNED: Final = pieces(_signed)

MUTATIONS: Final = (
    Mutation("shift", "Expires before Created", STAMPED, say(f"{STAMP}/wsu:Expires", "2026-03-01T01:00:00Z"), "WS-01"),
    Mutation(
        "shift",
        "a stamp to an hour ago",
        STAMPED,
        both(say(f"{STAMP}/wsu:Created", "2026-03-01T00:00:00Z"), say(f"{STAMP}/wsu:Expires", "2026-03-01T00:05:00Z")),
        "WS-02",
    ),
    Mutation(
        "shift",
        "a stamp into the future",
        STAMPED,
        both(say(f"{STAMP}/wsu:Created", "2026-03-01T03:00:00Z"), say(f"{STAMP}/wsu:Expires", "2026-03-01T03:05:00Z")),
        "WS-02",
    ),
    Mutation("drop", "the Created of a stamp", STAMPED, drop(f"{STAMP}/wsu:Created"), "WS-03"),
    Mutation("drop", "an offset of a stamp", STAMPED, say(f"{STAMP}/wsu:*", without_offset), "WS-03"),
    Mutation("repeat", "a stamp", STAMPED, repeat(STAMP), "WS-03"),
    Mutation("drop", "what a digest is made with", USER, drop(f"{TOKEN}/wsse:Nonce|{TOKEN}/wsu:Created"), "WS-04"),
    Mutation("recode", "a digest to the password", USER, give(f"{TOKEN}/wsse:Password", Type=None), "WS-05"),
    Mutation("drop", "the type of a token", pieces(_token), give(f"{SECURITY}/wsse:BinarySecurityToken", ValueType=None), "WS-06"),
    Mutation("retype", "a token", pieces(_token), say(f"{SECURITY}/wsse:BinarySecurityToken", "not base64!"), "WS-06"),
    Mutation("repeat", "an id that is signed", SIGNED, give(STAMP, wsu__Id="body"), "WS-07", SIGNED_FOR),
    Mutation("recode", "the Body that is signed", SIGNED, give("s:Body", wsu__Id="other"), "WS-08|WS-09", "WS-08 WS-09 WS-13"),
    Mutation(
        "shift",
        "the signed Body into the header",
        SIGNED,
        both(give("s:Body", wsu__Id="other"), first(SECURITY, '<a:Wrapper xmlns:a="urn:aside"><s:Body wsu:Id="body"/></a:Wrapper>')),
        "WS-08",
        SIGNED_FOR,
    ),
    Mutation(
        "recode",
        "what is signed",
        SIGNED,
        give(REFERENCE, URI=one_of("#elsewhere", "http://hes.metergate.test/body.xml")),
        "WS-09",
        "WS-08 WS-13",
    ),
    Mutation("recode", "what is signed to a header", SIGNED, give(REFERENCE, URI="#stamp"), "WS-13", SIGNED_FOR),
    Mutation(
        "recode",
        "how it is signed",
        SIGNED,
        give(f"{SECURITY}/ds:Signature/ds:SignedInfo/ds:SignatureMethod", Algorithm="http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
        "WS-10",
    ),
    Mutation(
        "recode",
        "a digest's method",
        SIGNED,
        give(f"{REFERENCE}/ds:DigestMethod", Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"),
        "WS-10",
    ),
    Mutation(
        "recode", "a digest", SIGNED, add(REFERENCE, f"<ds:DigestValue>{base64.b64encode(bytes(32)).decode()}</ds:DigestValue>"), "WS-11"
    ),
    Mutation("recode", "a transform to a filter", SIGNED, give(TRANSFORM, Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"), "WS-14"),
    Mutation("recode", "a transform to XSLT", SIGNED, give(TRANSFORM, Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"), "WS-15"),
    Mutation("recode", "where a signature's token stands", PROVED, give(KEY, URI="#another"), "WS-16"),
    Mutation("recode", "a SignatureValue", PROVED, say(f"{SECURITY}/ds:Signature/ds:SignatureValue", _another_sign), "WS-17"),
    Mutation("recode", "the digest method that was signed", PROVED, give(f"{REFERENCE}/ds:DigestMethod", Algorithm=SHA_512), "WS-17"),
    Mutation("repeat", "the Security header", STAMPED, repeat(SECURITY), "WS-12", "WS-03"),
    Mutation("neutral", "an id of a token that is not signed", USER, give(TOKEN, wsu__Id="user")),
)
