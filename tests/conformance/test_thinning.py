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
from conformance.parser import parsed
from conformance.thinning import thinned
from tests.conformance import good
from tests.conformance.writings import WRITINGS, written

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
WRITTEN = {title: written(MESSAGE.body, writing) for title, writing in WRITINGS.items()}
"""The same three days as each system writes them; all but the first rows of a kind are left out."""

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
    assert thin.gone.sum() == body.count(b"Readings>") / 2 - thin.body.count(b"Readings>") / 2
    assert agree(body).form is Form.ENVELOPE


@pytest.mark.parametrize("style", good.STYLES)
def test_writing_makes_no_difference(style: str) -> None:
    """Whether a style can be thinned or not."""
    for message in (MESSAGE, WITH_QUALITIES):
        usual, written = agree(message.body), agree(good.rewritten(message.body, style))
        assert [found.rule_id for found in written.findings] == [found.rule_id for found in usual.findings]


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


@pytest.mark.parametrize("title", WRITINGS)
def test_every_usual_writing_is_thinned(title: str) -> None:
    """To a few rows of each meter, and what is left is valid; nothing is found in either."""
    body = WRITTEN[title]
    thin = thinned(body)

    assert thin is not None
    assert thin.gone.sum() >= 3 * (96 - 3)
    assert is_valid(thin.body)
    assert not agree(body).findings


def is_valid(body: bytes) -> bool:
    """What parser and schema say of a whole document."""
    root = parsed(body)
    return isinstance(root, etree._Element) and schema_choice.compiled("2011").validate(root[-1][0])


FAULTS = (b"", b"x", b"<", b">", b"\0", b"\x1c", b"\xa0", b" ", b"\n", b"9", b"/", b'"', b"&", b":")


@pytest.mark.parametrize("title", WRITINGS)
def test_no_fault_in_a_row_is_left_out(title: str) -> None:
    """At each place of a row that is left out, and of the space before it, one letter is another, or one more, or missing."""
    body = WRITTEN[title]
    rows = [found.span() for found in re.finditer(rb"<(?:mr:)?(?:Interval)?Readings>.*?</(?:mr:)?(?:Interval)?Readings>", body, re.DOTALL)]
    start, end = rows[45][1], rows[46][1]
    changes = {
        body[:place] + fault + body[beyond:]
        for place in range(start, end)
        for fault in FAULTS[place % 5 :: 5]
        for beyond in (place, place + 1)
    }
    hidden = [changed for changed in changes if (thin := thinned(changed)) and is_valid(thin.body) and not is_valid(changed)]

    thin = thinned(body)
    assert thin is not None
    assert thin.gone[46], "the row is no row that is left out"
    assert not hidden


@SETTINGS
@given(
    st.sampled_from(sorted(WRITINGS)),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 60), st.sampled_from(PIECES)), min_size=1, max_size=3),
)
def test_change_anywhere_in_any_writing_is_judged_alike(title: str, edits: list[tuple[int, int, str]]) -> None:
    """Bytes cut out and put in."""
    body = WRITTEN[title]
    for start, length, inserted in edits:
        place = start % len(body)
        body = body[:place] + inserted.encode() + body[place + length :]

    agree(body)


@SETTINGS
@given(
    st.sampled_from(sorted(WRITINGS)),
    st.integers(0, 287),
    st.sampled_from(["timeStamp", "value", "start", "end", "reportedDateTime", "source"]),
    st.sampled_from(PIECES) | st.text(max_size=8),
    st.booleans(),
)
def test_change_of_one_text_in_any_writing_is_judged_alike(title: str, row: int, name: str, text: str, is_added: bool) -> None:
    """What stands between two tags, or comes after it."""
    body = WRITTEN[title].decode()
    places = list(re.finditer(f"(?<=[<:]{name}>)[^<]*", body))
    if not places:
        return
    place = places[row % len(places)]
    plain = text.replace("&", "&amp;").replace("<", "&lt;")

    agree((body[: place.end() if is_added else place.start()] + plain + body[place.end() :]).encode("utf-8", "replace"))


@pytest.mark.parametrize("edit", ["<value>1\x1c</value>", "<value>1\0</value>", "<value>\x0b1</value>"])
def test_control_character_in_a_row_is_found(edit: str) -> None:
    """Also such as a number may have around it for Python."""
    body = MESSAGE.body.decode()
    place = list(re.finditer("<value>[^<]*</value>", body))[50]

    assert [found.rule_id for found in agree((body[: place.start()] + edit + body[place.end() :]).encode()).findings] == ["XML-07"]


def test_row_between_rows_that_are_left_out_is_judged() -> None:
    """One that is written in another way stays, and is the only one that the schema sees of its kind."""
    body = WRITTEN["indented by two spaces"].decode()
    rows = list(re.finditer("<IntervalReadings>.*?</IntervalReadings>", body, re.DOTALL))
    odd = rows[50][0].replace("</value>", "</value><source>after the value</source>")
    changed = (body[: rows[50].start()] + odd + body[rows[50].end() :]).encode()
    thin = thinned(changed)

    assert thin is not None
    assert odd.encode() in thin.body
    assert [found.rule_id for found in agree(changed).findings] == ["XS-01"]


def test_one_row_of_each_kind_is_left_in_each_block() -> None:
    """So that the schema sees one beside those that are left out, whatever it has seen elsewhere."""
    thin = thinned(WRITTEN["no, one or two qualities, indented"])

    assert thin is not None
    for block in re.findall("<IntervalBlocks>.*?</IntervalBlocks>", thin.body.decode(), re.DOTALL):
        rows = re.findall("<IntervalReadings>.*?</IntervalReadings>", block, re.DOTALL)
        assert sorted(row.count("<ReadingQualities>") for row in rows) == [0, 1, 2]


@pytest.mark.parametrize("between", ["x", "<!-- -->"])
def test_nothing_is_left_out_where_more_than_white_space_is_between(between: str) -> None:
    """Even where it is always the same."""
    assert thinned(MESSAGE.body.replace(b"</IntervalReadings>", b"</IntervalReadings>" + between.encode())) is None


ABSURD = {
    **dict.fromkeys(("timeStamp", "start", "end", "reportedDateTime"), ("2001-01-01T00:00:00Z", "2099-12-31T23:59:59Z")),
    "value": ("123456789012", "-987654321", "0"),
    "source": ("nobody",),
}


@pytest.mark.parametrize("title", WRITINGS)
def test_what_a_row_says_is_known_to_the_rules(title: str) -> None:
    """Each text of a row that is left out is asked for all the same, or by no rule at all."""
    body = WRITTEN[title].decode()
    row = list(re.finditer("<(?:mr:)?(?:Interval)?Readings>.*?</(?:mr:)?(?:Interval)?Readings>", body, re.DOTALL))[46]
    for name, texts in ABSURD.items():
        for place in re.finditer(f"(?<=[<:]{name}>)[^<]*", row[0]):
            for text in texts:
                agree((body[: row.start() + place.start()] + text + body[row.start() + place.end() :]).encode())


def test_moment_of_a_quality_is_known_to_the_rules() -> None:
    """It is in no column; one that is another than that of the others stays."""
    moment = "<timeStamp>2026-03-01T00:00:00Z</timeStamp>"
    body = WRITTEN["a quality at each reading, indented"].replace(b"<ReadingQualities>", b"<ReadingQualities>" + moment.encode())
    places = [found.start() for found in re.finditer(moment.encode(), body)]
    later = body[: places[46]] + moment.replace("2026", "2027").encode() + body[places[46] + len(moment) :]

    assert not agree(body).findings
    assert thinned(body) is not None
    assert [found.rule_id for found in agree(later).findings] == ["QU-08"]


@pytest.mark.parametrize("encoding", ["UTF-8", "utf-8", "us-ascii", ""])
def test_encoding_is_known_however_it_is_declared(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In small letters as most libraries write it, or not at all; no tree is walked for that."""
    declared = f'<?xml version="1.0" encoding="{encoding}"?>' if encoding else ""
    body = declared.encode() + MESSAGE.body.partition(b"?>")[2].lstrip()
    monkeypatch.setattr("conformance.payload_views.walk", lambda _: pytest.fail("the tree was walked"))
    judgement = Judge().message(Capture(body))

    assert not judgement.findings
    assert judgement.readings is not None


def test_attribute_beside_a_reading_type_is_no_part_of_it() -> None:
    """What the schema takes anywhere, such as a hint for a parser."""
    bound = MESSAGE.body.replace(b"<MeterReadings ", b'<MeterReadings xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ')

    assert not agree(bound.replace(b'72.0"/>', b'72.0" xsi:schemaLocation="a b"/>', 1)).findings


def test_row_with_more_than_a_reading_is_not_left_out() -> None:
    """Ids and names may be asked for in another way than by columns."""
    assert thinned(MESSAGE.body.replace(b"<IntervalReadings>", b"<IntervalReadings><mRID>1</mRID>")) is None
