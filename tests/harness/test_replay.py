"""Recorded conversations, asked again."""

from pathlib import Path
from typing import cast

import pytest

from ami.errors import ConfigurationError
from harness import replay, tester
from harness.replay import Conversation, Recorded

CONVERSATION = Conversation(
    "2026-03-03",
    "12:00",
    30,
    {"M-1": 500},
    (Recorded("hes", "urn:a", "<ask/>", "<a><b>1</b></a>"), Recorded("mdms", "urn:b", "<ä/>", "<a/>")),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for recordings."""
    monkeypatch.setattr(replay, "FOLDER", tmp_path / "recordings")
    return tmp_path / "recordings"


def test_conversation_is_kept_as_it_was(folder: Path) -> None:
    """By its name."""
    assert replay.save("a day in March", CONVERSATION) == folder / "a_day_in_March.json"
    assert replay.load("a day in March") == CONVERSATION


def test_recording_that_is_not_there_is_told_with_those_that_are(folder: Path) -> None:
    """A sentence that names the wrong one is mended in a moment."""
    assert not folder.exists()
    replay.save("a day in March", CONVERSATION)
    replay.save("a night in May", CONVERSATION)

    with pytest.raises(ConfigurationError, match="no recorded conversation 'a noon in June'; there are: a day in March, a night in May"):
        replay.load("a noon in June")


def test_requests_are_sent_byte_for_byte() -> None:
    """To whom they were sent then, with the same SOAPAction."""
    sent: list[tuple[str, bytes, str]] = []

    class Repeater:
        def exchange_bytes(self, target: str, body: bytes, action: str) -> bytes:
            sent.append((target, body, action))
            return b"<a><MessageID>5</MessageID></a>"

    answers = replay.replay(cast("tester.Tester", Repeater()), CONVERSATION)

    assert sent == [("hes", b"<ask/>", "urn:a"), ("mdms", "<ä/>".encode(), "urn:b")]
    assert answers == [replay.canonical(b"<a><MessageID>5</MessageID></a>")] * 2


@pytest.mark.parametrize(
    "same",
    [
        b"<a  y='2' x='1' ><b>1</b></a>",
        b'<a x="1" y="2">\n  <b>1</b>\n</a>',
        b'<?xml version="1.0"?><a x="1" y="2"><b>1</b></a>',
        b'<a x="1" y="2"><b>&#49;</b></a>',
    ],
)
def test_writing_makes_no_difference(same: bytes) -> None:
    """Spaces between elements, the order of attributes, how a character is spelled."""
    assert replay.canonical(same) == replay.canonical(b'<a x="1" y="2"><b>1</b></a>')


def test_ids_that_a_system_makes_up_are_struck_out() -> None:
    """In any namespace; the id of the question that is answered stays."""
    text = replay.canonical(b'<a xmlns="urn:x"><MessageID>17</MessageID><CorrelationID>18</CorrelationID></a>')

    assert "17" not in text
    assert "18" in text


@pytest.mark.parametrize(
    "other", [b"<a><b>2</b></a>", b"<a><b/></a>", b"<a><b>1</b><b>1</b></a>", b"<a><b> 1</b></a>", b'<a xmlns="urn:x"><b>1</b></a>']
)
def test_everything_else_makes_one(other: bytes) -> None:
    """A value, an element, a space inside a value, a namespace."""
    assert replay.canonical(other) != replay.canonical(b"<a><b>1</b></a>")


def test_difference_is_named_with_its_exchange_and_lines() -> None:
    """What was recorded and what came now, in one line; an answer that is the same is not mentioned."""
    answers = [replay.canonical(b"<a><b>2</b></a>"), replay.canonical(b"<a/>")]

    assert replay.differences(CONVERSATION, answers) == [
        "the answer of hes to request 1 was <b>1</b> when it was recorded, and is <b>2</b> now"
    ]


def test_answer_that_goes_on_after_the_recorded_one_differs() -> None:
    """Whatever comes first decides what is said."""
    answers = [replay.canonical(b"<a><b>1</b></a>"), replay.canonical(b"<a><more/></a>")]

    assert replay.differences(CONVERSATION, answers) == ["the answer of mdms to request 2 was <a></a> when it was recorded, and is <a> now"]


@pytest.mark.parametrize("raw", [b"Bad Gateway\n", b"", b"\xff<a>"])
def test_answer_that_is_no_xml_differs_and_is_no_fault_of_ours(raw: bytes) -> None:
    """A proxy in between may answer in plain words."""
    differences = replay.differences(CONVERSATION, [replay.canonical(raw), replay.canonical(b"<a/>")])

    assert [text.partition(" was ")[0] for text in differences] == ["the answer of hes to request 1"]


def test_answers_that_are_the_same_do_not_differ() -> None:
    """Nothing is said of them."""
    assert replay.differences(CONVERSATION, [replay.canonical(entry.reply.encode()) for entry in CONVERSATION.exchanges]) == []


def test_answer_that_is_missing_is_not_overlooked() -> None:
    """As many answers as questions."""
    with pytest.raises(ValueError, match="zip"):
        replay.differences(CONVERSATION, [])
