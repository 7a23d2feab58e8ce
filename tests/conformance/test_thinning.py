"""That a message which is thinned before it is parsed is judged exactly as one that is not."""

import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from conformance import judge as judging
from conformance import schema_choice
from conformance.capture import Capture
from conformance.form import Form
from conformance.judge import Judge
from conformance.judgement import Judgement
from conformance.thinning import thinned
from tests.conformance import good

SETTINGS = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
MEMBERS = "".join(good.day(f"M-{number}", [250 + 10 * (place % 7) for place in range(96)]) for number in range(3))
MESSAGE = good.delivery(MEMBERS)
WITH_QUALITIES = good.delivery(
    good.meter_reading(
        "M",
        good.block([250] * 300, 15, good.START, good.Writing(), qualities=dict.fromkeys(range(40, 300), "3.7.0")),
        "",
        good.START,
        good.START + 300 * timedelta(minutes=15),
        good.Writing(),
    )
)
PIECES = (
    *("", "<", ">", "&", '"', "x", "0", "\n", " ", "é", "Z", "-", "NaN", "1E3", "<value>1</value>", "<!-- -->", "</IntervalReadings>"),
    *("+01:00", "+99:00", "<IntervalReadings>", "</IntervalBlocks>", "<p:value>", "24:00:00", "\0", "<a/>", ' x="1"', "Q", "]]>"),
)


def both(body: bytes) -> tuple[Judgement, Judgement]:
    """The same message judged as usual, and read whole."""
    capture = Capture(body, good.HEARD_AT, good.WIRE, "request", 1, MESSAGE.soap_action)
    usual = Judge().message(capture)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(judging, "thinned", lambda _: None)
        return usual, Judge().message(capture)


def agree(body: bytes) -> Judgement:
    """What both say; they must say the same."""
    usual, whole = both(body)
    assert usual.findings == whole.findings
    assert (usual.form, usual.header) == (whole.form, whole.header)
    assert (usual.readings is None) == (whole.readings is None)
    if usual.readings is not None and whole.readings is not None:
        assert list(usual.readings.delivered()) == list(whole.readings.delivered())
    return usual


@pytest.mark.parametrize("message", [MESSAGE, WITH_QUALITIES], ids=["plain", "with qualities"])
@pytest.mark.parametrize("style", ["plain", "prefixed"])
def test_message_of_alike_rows_is_thinned_to_a_part_that_is_valid(message: Capture, style: str) -> None:
    """One row is left of each run; otherwise nothing here would be tested."""
    body = good.rewritten(message.body, style)
    thin = thinned(body)

    assert thin is not None
    assert len(thin.body) < len(body) / 4
    root = etree.fromstring(thin.body)
    assert schema_choice.compiled("2011").validate(root[0][0])
    assert thin.gone.sum() == body.count(b"IntervalReadings>") / 2 - thin.body.count(b"IntervalReadings>") / 2
    assert agree(body).form is Form.ENVELOPE


@pytest.mark.parametrize("style", good.STYLES)
def test_writing_makes_no_difference(style: str) -> None:
    """Whether a style can be thinned or not."""
    for message in (MESSAGE, WITH_QUALITIES):
        agree(good.rewritten(message.body, style))


@SETTINGS
@given(st.booleans(), st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 60), st.sampled_from(PIECES)), min_size=1, max_size=3))
def test_change_anywhere_is_judged_alike(qualities: bool, edits: list[tuple[int, int, str]]) -> None:
    """Bytes cut out and put in, mostly among the rows."""
    body = (WITH_QUALITIES if qualities else MESSAGE).body
    for start, length, inserted in edits:
        place = start % len(body)
        body = body[:place] + inserted.encode() + body[place + length :]

    agree(body)


@SETTINGS
@given(st.integers(0, 287), st.sampled_from(["timeStamp", "value"]), st.sampled_from(PIECES) | st.text(max_size=8))
def test_change_of_one_text_is_judged_alike(row: int, name: str, text: str) -> None:
    """What stands between two tags, where a schema would have looked."""
    body = MESSAGE.body.decode()
    place = list(re.finditer(f"(?<=<{name}>)[^<]*", body))[row]
    plain = text.replace("&", "&amp;").replace("<", "&lt;")

    agree((body[: place.start()] + plain + body[place.end() :]).encode("utf-8", "replace"))


@pytest.mark.parametrize(
    "row",
    [
        "<IntervalReadings><timeStamp>2026-03-01T01:00:00Z</timeStamp><value>1</valve></IntervalReadings>",
        "<IntervalReadingz><timeStamp>2026-03-01T01:00:00Z</timeStamp><value>1</value></IntervalReadingz>",
        "<IntervalReadings><timeStamq>2026-03-01T01:00:00Z</timeStamq><value>1</value></IntervalReadings>",
        "<IntervalReadings><value>1</value><timeStamp>2026-03-01T01:00:00Z</timeStamp></IntervalReadings>",
        "<IntervalReadings>x<timeStamp>2026-03-01T01:00:00Z</timeStamp><value>1</value></IntervalReadings>",
        "<IntervalReadings><timeStamp>2026-03-01T01:00:00+15:00</timeStamp><value>1</value></IntervalReadings>",
        "<IntervalReadings><timeStamp>2026-03-01T01:00:00Z</timeStamp><value>1,0</value></IntervalReadings>",
        "<IntervalReadings><timeStamp>2026-02-30T01:00:00Z</timeStamp><value>1</value></IntervalReadings>",
    ],
)
def test_row_that_only_looks_like_the_others_is_found(row: str) -> None:
    """Names of the same length, other order, text between tags, values that no schema takes."""
    body = MESSAGE.body.decode()
    places = list(re.finditer("<IntervalReadings>.*?</IntervalReadings>", body))
    start, end = places[50].span()

    assert agree((body[:start] + row + body[end:]).encode()).has_errors


@pytest.mark.parametrize("between", ["x", "<value>1</value>", "<strange/>", "</IntervalBlocks><IntervalBlocks>"])
def test_what_stands_between_two_rows_is_looked_at(between: str) -> None:
    """Whatever it is; another block without a reading type, too."""
    body = MESSAGE.body.decode()
    places = list(re.finditer("</IntervalReadings><IntervalReadings>", body))
    middle = places[60].start() + len("</IntervalReadings>")

    assert agree((body[:middle] + between + body[middle:]).encode()).has_errors
