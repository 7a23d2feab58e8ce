"""Text that any form can hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reports.legible import in_one_line, legible, seconds


def test_control_characters_are_shown() -> None:
    """None is dropped; tab and line feed stay."""
    assert legible("a\x00\x1b\x7f\x85\tb\n\ufffe") == "a␀␛␡�\tb\n�"


def test_signs_that_turn_text_around_are_shown() -> None:
    """They let a name end otherwise than it seems to, or a line where it does not."""
    assert legible("a\u202egnp.xml\u2028\u2066") == "a�gnp.xml��"


def test_name_stands_in_one_line() -> None:
    """Whatever somebody has called a file."""
    assert in_one_line("a\n\tb\r\x1b") == "a␊␉b␍␛"


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_text_can_stand_in_xml(text: str) -> None:
    """Halves of pairs and control characters too; length and lines are kept."""
    shown = legible(text)

    etree.Element("a").text = shown
    assert len(shown) == len(text)


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0042, "4 ms"), (0.35, "0.35 s"), (12.44, "12.4 s"), (59.9, "59.9 s"), (125.4, "2 min 5 s"), (3600, "60 min 0 s")],
)
def test_duration_reads_as_a_person_says_it(value: float, words: str) -> None:
    """Three figures at most."""
    assert seconds(value) == words
