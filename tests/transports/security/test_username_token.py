"""The UsernameToken: proof of a password that is not said."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zeep.wsse.username import UsernameToken as Zeep

from transports.security import username_token
from transports.security.envelope import parsed, written

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NONCE = bytes(range(16))
ENVELOPE = b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><a/></s:Body></s:Envelope>'
PASSWORD = "open sesame"  # noqa: S105 - everybody knows it
PASSWORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def sent(password: str = PASSWORD) -> bytes:
    """An envelope with a token."""
    envelope = parsed(ENVELOPE)
    username_token.add(envelope, "hes", password, NONCE, NOW)
    return written(envelope)


def test_digest_is_that_of_the_profile() -> None:
    """Base64 of SHA-1 over nonce, Created and password, reckoned by openssl."""
    token = username_token.found(parsed(sent()))
    assert token is not None
    assert (token.username, token.nonce, token.created, token.created_at) == ("hes", NONCE, "2026-03-01T12:00:00.000Z", NOW)
    assert token.digest == "LNwnh/KCmzsMwb0ulN8efMsfmt4="
    assert PASSWORD.encode() not in sent()


@given(password=PASSWORDS, other=PASSWORDS)
def test_token_proves_its_password_and_no_other(password: str, other: str) -> None:
    """Whatever characters it is made of."""
    token = username_token.found(parsed(sent(password)))
    assert token is not None
    assert token.proves(password)
    assert token.proves(other) == (other == password)


@pytest.mark.parametrize(
    "edit",
    [
        (b"#PasswordDigest", b"#PasswordText"),
        (b"AAECAwQFBgcICQoLDA0ODw==", b""),
        (b"AAECAwQFBgcICQoLDA0ODw==", b"no base64!"),
        (b"2026-03-01T12:00:00.000Z", b""),
        (b"wsse:UsernameToken", b"wsse:Other"),
    ],
)
def test_token_without_what_proves_it_is_none(edit: tuple[bytes, bytes]) -> None:
    """A password in the clear, no nonce, no time, or no token at all."""
    assert username_token.found(parsed(sent().replace(*edit))) is None


def test_time_without_offset_is_no_time() -> None:
    """Nobody could say how old the token is."""
    token = username_token.found(parsed(sent().replace(b"12:00:00.000Z", b"12:00:00.000")))
    assert token is not None
    assert token.created_at is None


def test_zeep_speaks_the_same_profile() -> None:
    """A token of a library that knows nothing of ours is understood."""
    envelope, _ = Zeep("cis", PASSWORD, use_digest=True).apply(parsed(ENVELOPE), {})
    token = username_token.found(parsed(written(envelope)))

    assert token is not None
    assert token.username == "cis"
    assert token.proves(PASSWORD)
