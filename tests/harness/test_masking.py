"""Secrets and personal data leave a text, and everything else stays where it was."""

import base64
import gzip
import re
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from harness.masking import TOKEN, Mask
from harness.masking_rules import Rules

EVERYTHING = dict.fromkeys(("names", "addresses", "accounts", "meters", "credentials"), "mask")
MOVE_IN = """<?xml version="1.0" encoding="UTF-8"?>
<m:Create xmlns:m="m" xmlns="http://iec.ch/TC57/2011/MasterDataLinkageConfig#">
<CustomerAccount><Names><name>A-000001</name></Names></CustomerAccount>
<Customer><Names><name>Ada &amp; Söhne</name></Names></Customer><Meter><Names><name>M-1</name></Names></Meter>
<!-- <name>a remark</name> --><ServiceLocation note="12 &lt; 13 > 11"><Names><name>
  12 Mill Lane
</name></Names></ServiceLocation><PricingStructure><Names><name>flat</name></Names></PricingStructure>
<streetDetail><number>12</number><name><![CDATA[Mill & Lane]]></name></streetDetail><value>12</value>
</m:Create>
"""


def mask(run_key: bytes = b"key", **how: str) -> Mask:
    """A mask for everything, but for what the test says."""
    told = EVERYTHING | how
    return Mask(told, Rules(told), run_key, b"hash key")


def test_elements_lose_their_values_and_nothing_else_changes() -> None:
    """Line by line, and the document still is one."""
    masked = mask().document(MOVE_IN)

    for value in ("A-000001", "Ada", "Söhne", "M-1", "12 Mill Lane", "Mill & Lane"):
        assert value not in masked
    assert "flat" in masked
    assert "<value>12</value>" in masked
    assert masked.count("\n") == MOVE_IN.count("\n")
    kept = re.compile(r"<[^>]*>")
    assert kept.findall(masked)[:6] == kept.findall(MOVE_IN)[:6]
    tags = [element.sourceline for element in etree.fromstring(masked.encode()).iter()]
    assert tags == [element.sourceline for element in etree.fromstring(MOVE_IN.encode()).iter()]


def test_same_value_has_the_same_token_everywhere() -> None:
    """In a message, in a finding about it, and in a comparison with the truth."""
    one = mask()
    document = one.document(MOVE_IN)
    [token] = re.findall(r"<Meter><Names><name>(.*?)</name>", document)

    assert TOKEN.match(token)
    assert one.text("M-1 at hes->mdms: as measured; UP-M-1; AM-12") == f"{token} at hes->mdms: as measured; UP-{token}; AM-12"
    assert one.line("truth", {"meter": "M-1", "wire": "M-1"}) == {"meter": token, "wire": "M-1"}


def test_masked_differs_from_run_to_run_and_hashed_does_not() -> None:
    """Who has the key of a hash can follow a meter through all runs."""
    first, second = mask(b"one"), mask(b"two")
    hashed, again = mask(b"one", meters="hash"), mask(b"two", meters="hash")

    assert first.learn("meters", "M-1") != second.learn("meters", "M-1")
    assert hashed.learn("meters", "M-1") == again.learn("meters", "M-1")
    assert hashed.learn("names", "M-2") != again.learn("names", "M-2")


def test_what_is_kept_stays() -> None:
    """Credentials are masked all the same."""
    kept = mask(names="keep", addresses="keep", accounts="keep", meters="keep")

    assert kept.document(MOVE_IN) == MOVE_IN
    assert kept.document("<wsse:Password Type='text'>hunter2</wsse:Password>").startswith("<wsse:Password Type='text'>secret-")


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Authorization: Basic aGVzOmh1bnRlcjI=", "aGVzOmh1bnRlcjI="),
        ('{"Authorization": "Bearer eyJhbGciOi.J9.abc-_"}', "eyJhbGciOi.J9.abc-_"),
        ("http://hes:hunter2@127.0.0.1:9100/soap", "hunter2"),
        ("--ami-x=http://h/p?user=a&access_token=abcdef123&x=1", "abcdef123"),
        ('{"password": "hunter2", "user": "hes"}', "hunter2"),
        ("client_secret=s3cr3t-value", "s3cr3t-value"),
    ],
)
def test_credential_is_known_by_its_look(text: str, secret: str) -> None:
    """And nothing beside it is lost."""
    masked = mask().text(text)

    assert secret not in masked
    assert re.sub(r"secret-[0-9a-f]{12}", secret, masked) == text


def test_login_is_known_in_every_spelling() -> None:
    """Alone, and as HTTP Basic writes it."""
    one = mask()
    one.learn_login("hes", "correct horse")

    told = one.text(f"sent {base64.b64encode(b'hes:correct horse').decode()} and 'correct horse'")
    assert re.fullmatch(r"sent secret-\w{12} and 'secret-\w{12}'", told)


def test_payload_that_is_packed_is_unpacked_masked_and_packed_again() -> None:
    """Nobody greps in gzip, and everybody can unpack it."""
    packed = base64.b64encode(gzip.compress(MOVE_IN.encode())).decode()

    masked = mask().document(f"<Payload><Compressed>{packed}</Compressed><Format>XML</Format></Payload>")

    inner = gzip.decompress(base64.b64decode(masked.split("Compressed>")[1].removesuffix("</"))).decode()
    assert "12 Mill Lane" not in inner
    assert inner.count("\n") == MOVE_IN.count("\n")


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_other_encodings_are_masked_in_their_own(encoding: str) -> None:
    """The bytes are what an XML reader takes."""
    content = MOVE_IN.replace("UTF-8", encoding).encode(encoding)

    masked = mask().body(content)

    assert "M-1" not in masked.decode(encoding)
    assert etree.fromstring(masked).tag == "{m}Create"


def test_what_is_no_xml_is_masked_by_what_is_known() -> None:
    """Also where the bytes are no text at all."""
    one = mask()
    one.document(MOVE_IN)

    assert b"12 Mill Lane" not in one.body(b"\xff\xfe\x00 rubbish 12 Mill Lane \x80")
    assert "A-000001" not in one.document("<a><b>A-000001</a>")


@pytest.mark.parametrize(
    "broken",
    [
        "<Customer><Names><name>Ada Lovelace</Names></Customer>",
        "</x><Customer><Names><name>Ada Lovelace</name>",
        "<Customer a='><Names><name>Ada Lovelace</name></Names></Customer>",
    ],
)
def test_document_that_is_not_well_formed_is_masked_as_far_as_it_tells(broken: str) -> None:
    """What is broken on purpose goes into the record, too."""
    one = mask()
    one.document("<Customer><Names><name>Ada Lovelace</name></Names></Customer>")

    assert "Ada" not in one.document(broken)


@given(
    value=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=5, max_size=30).filter(
        lambda text: sum(map(str.isalpha, text)) > 4
    )
)
def test_any_value_is_gone_and_the_document_stays_whole(value: str) -> None:
    """Whatever signs it is made of."""
    customer = etree.Element("Customer")
    names = etree.SubElement(customer, "Names")
    etree.SubElement(names, "name").text = value
    document = etree.tostring(customer, encoding="unicode")

    masked = etree.fromstring(mask().document(document))

    assert TOKEN.match((masked.findtext("Names/name") or "").strip()) or not value.strip()


@pytest.mark.parametrize("again", [lambda one, text: one.text(text), lambda one, text: one.document(text)])
def test_masking_twice_is_masking_once(again: Callable[[Mask, str], str]) -> None:
    """A token is no name."""
    one = mask()
    masked = one.document(MOVE_IN)

    assert again(one, masked) == masked


def test_sentences_of_features_teach_what_they_name() -> None:
    """Before anything is written of them."""
    one = mask()
    one.learn_feature('Given the customer at "12 Mill Lane" is supplied through meter "M-1"\nAnd meters "M-2" and "M-3" at "<where>"')

    assert re.fullmatch(r"address-\w+, meter-\w+, meter-\w+, meter-\w+, <where>", one.text("12 Mill Lane, M-1, M-2, M-3, <where>"))


def test_name_of_a_scenario_stays_what_it_was_first_called() -> None:
    """Whatever is learnt meanwhile: its lines belong together."""
    one = mask()
    before = one.line("scenario_collected", {"scenario": "sit/bill::Ada Lovelace moves"})
    one.learn("names", "Ada Lovelace")

    assert one.line("scenario_started", {"scenario": "sit/bill::Ada Lovelace moves"}) == before


@pytest.mark.parametrize("part", ["<![CDATA[", "<!--", "<?", "<![", "<a b='", "<", "<a>", "a.", "b:", "basic ", "token"])
def test_hostile_document_is_masked_in_a_time_that_grows_with_its_length(part: str) -> None:
    """A system that is tested must not be able to hang the harness: twice the length, not four times the work."""
    one = mask()

    def steps(times: int) -> int:
        counted = 0

        def count(*_: object) -> None:
            nonlocal counted
            counted += 1

        sys.setprofile(count)
        try:
            one.document(f"<Password>{part * times}@://x</Password>")
        finally:
            sys.setprofile(None)
        return counted

    short, long = steps(200), steps(400)
    assert long < 3 * short + 100
