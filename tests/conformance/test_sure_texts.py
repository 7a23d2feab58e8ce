"""That a text which is called sure is one that a schema takes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from conformance.sure_texts import are_codes, are_moments, are_numbers

SCHEMA = etree.XMLSchema(
    etree.fromstring(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="moment" type="xs:dateTime"/>'
        '<xs:element name="number" type="xs:float"/><xs:element name="exact" type="xs:decimal"/></xs:schema>'
    )
)
MOMENT = "2026-03-01T00:15:00Z"
PIECES = [*"0123456789", *"+-.:TZeE \t\n\v\f\r\0\x1c\x85\xa0/;@é", "24", "60", "99", "INF", "NaN"]
edits = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 4), st.sampled_from(PIECES)), max_size=3)
Sure = Callable[[bytes, np.ndarray, np.ndarray], np.ndarray]


def is_taken(name: str, text: bytes) -> bool:
    """Whether the schema takes a text."""
    try:
        return SCHEMA.validate(etree.fromstring(b"<%b>%b</%b>" % (name.encode(), text, name.encode())))
    except etree.XMLSyntaxError:
        return False


def sure(asked: Sure, *texts: bytes) -> list[bool]:
    """What is said of texts that stand in a row."""
    lengths = np.array([len(text) for text in texts])
    starts = np.cumsum(lengths + 1) - lengths - 1
    answers: list[bool] = asked(b"<".join(texts) + b"<" * 64, starts, starts + lengths).tolist()
    return answers


def is_moment(text: bytes, like: bytes) -> bool:
    """Whether a text is a sure moment, written as another is."""
    return sure(lambda raw, starts, stops: are_moments(raw, starts, stops, like), text)[0]


def edited(text: str, changes: list[tuple[int, int, str]]) -> bytes:
    """A text with pieces cut out and put in."""
    for place, length, piece in changes:
        at = place % (len(text) + 1)
        text = text[:at] + piece + text[at + length :]
    return text.encode()


CENTURY = datetime(2000, 1, 1, tzinfo=UTC)
TAILS = ("Z", "+02:00", "-13:30", "+14:00", ".5Z", ".000+01:00")
moments = st.builds(
    lambda seconds, tail: (CENTURY + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S") + tail,
    st.integers(-(10**8), 34 * 10**8),
    st.sampled_from(TAILS),
)


@settings(max_examples=1500, deadline=None)
@given(moments, edits)
@example(MOMENT, [(20, 0, "\0")])
@example("2026-03-01T24:00:00.5Z", [])
@example("2026-02-29T00:00:00Z", [])
@example("2026-03-01T00:00:00+14:01", [])
def test_sure_moment_is_one_for_the_schema(moment: str, changes: list[tuple[int, int, str]]) -> None:
    """Whatever it is compared with."""
    text = edited(moment, changes)
    likes = (text, moment.encode(), MOMENT.encode())

    assert is_taken("moment", text) or not any(is_moment(text, like) for like in likes)


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        *(("2028-02-29T23:59:59Z", True), ("2026-02-29T00:00:00Z", False), ("2026-04-31T00:00:00Z", False), ("2026-12-31T00:00:00Z", True)),
        *(("2026-00-10T00:00:00Z", False), ("2026-13-10T00:00:00Z", False), ("2026-03-00T00:00:00Z", False)),
        *(("2026-03-01T24:00:00Z", False), ("2026-03-01T00:60:00Z", False), ("2026-03-01T00:00:60Z", False)),
        *(("2026-03-01T00:15:00+02:00", True), ("2026-03-01T00:15:00-05:45", True), ("2026-03-01T00:15:00.125Z", True)),
        *(("2026-03-01T00:15:00+14:01", False), ("2026-03-01T00:15:00+02:60", False), ("2026-03-01T00:15:00", False)),
        *(("1926-03-01T00:15:00Z", False), ("2126-03-01T00:15:00Z", False), ("2026-03-01t00:15:00Z", False)),
    ],
)
def test_which_moments_are_sure(text: str, *, is_sure: bool) -> None:
    """Those of this century with an offset that exists; what is like itself, or like one that is sure."""
    like = f"2026-03-01T00:00:00{text[19:]}".replace("60", "00").replace("14:01", "02:00")

    assert is_moment(text.encode(), text.encode()) is is_sure
    assert is_moment(text.encode(), like.encode()) is is_sure


def test_each_text_is_asked_by_itself() -> None:
    """One that is not sure says nothing about its neighbours."""
    texts = [MOMENT, "2026-03-01T00:30:00X", "2026-03-01T00:45:00Z", "2026-03-01T01:00:00.0Z", MOMENT]

    answers = sure(lambda raw, starts, stops: are_moments(raw, starts, stops, MOMENT.encode()), *(text.encode() for text in texts))
    assert answers == [True, False, True, False, True]
    assert sure(are_numbers, b"1", b"", b"0.125", b"1.2.3", b"-7", b"x") == [True, False, True, False, True, False]


@settings(max_examples=1500, deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-10000, max_value=10000), edits)
def test_sure_number_is_one_for_the_schema(number: object, changes: list[tuple[int, int, str]]) -> None:
    """Of either type that a schema might ask for."""
    text = edited(str(number), changes)

    assert (is_taken("number", text) and is_taken("exact", text)) or not sure(are_numbers, text)[0]


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        *(("0", True), ("12.345", True), ("-0.5", True), ("1" * 24, True), ("1" * 25, False), ("", False), ("-", False), (".", False)),
        *((".5", False), ("5.", False), ("-.5", False), ("1.2.3", False), ("+1", False), ("1E3", False), ("1-2", False), ("--1", False)),
        *((" 1", False), ("1 ", False), ("1\0", False), ("1\x1c", False), ("NaN", False), ("1/2", False), ("1:2", False)),
    ],
)
def test_which_numbers_are_sure(text: str, *, is_sure: bool) -> None:
    """Plain ones."""
    assert sure(are_numbers, text.encode()) == [is_sure]


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        ("3.8.0", True),
        ("1.2.32.5", True),
        ("3", True),
        ("1.2.3.4.5", False),
        ("3.8.", False),
        (".8", False),
        ('3" x="', False),
        ("-3", False),
    ],
)
def test_which_codes_are_sure(text: str, *, is_sure: bool) -> None:
    """Figures with points between."""
    assert sure(are_codes, text.encode()) == [is_sure]


def test_text_at_the_very_end_is_not_read_beyond() -> None:
    """Where a message is cut off right behind a text."""
    raw = f"<{MOMENT}".encode()
    starts, stops = np.array([1]), np.array([len(raw)])

    assert are_moments(raw, starts, stops, MOMENT.encode()).tolist() == [True]
    assert are_moments(raw, starts + 1, stops + 1, MOMENT.encode()).tolist() == [False]
    assert are_numbers(b"<12", np.array([1]), np.array([3])).tolist() == [True]
