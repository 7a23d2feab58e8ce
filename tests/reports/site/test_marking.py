"""Where in a message a finding points to."""

from datetime import UTC, datetime

import pytest

from ami.findings import Severity
from reports.lines import RecordedFinding
from reports.site.folding import fold
from reports.site.marking import Elements, spots
from tests.reports.telling import EVENT, STAMP_PATH


def finding(path: str, line: int = 1, found: str = "") -> RecordedFinding:
    """A finding at a place."""
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return RecordedFinding(1, at, "a", "finding", 1, "hes->mdms", "hes", "MR-03", Severity.ERROR, path, line, "better", found)


def marked(body: str, path: str, line: int = 1, found: str = "") -> list[str]:
    """What is marked, or the whole row where only that is known."""
    rows = fold(body)
    places = spots(rows, Elements(body), finding(path, line, found))
    return [rows[spot.row].text[spot.begin : spot.end] or rows[spot.row].text for spot in places]


def test_one_of_many_namesakes_is_known_by_what_was_found_in_it() -> None:
    """All readings stand in one line, and each has a time stamp."""
    assert marked(EVENT, STAMP_PATH, found="'2026-03-10T01:00:00'") == ["<timeStamp>2026-03-10T01:00:00</timeStamp>"]


def test_one_of_many_namesakes_is_known_by_its_index() -> None:
    """As in the paths of lxml."""
    assert marked(EVENT, STAMP_PATH.replace("Readings/time", "Readings[3]/time")) == ["<timeStamp>2026-03-10T01:30:00Z</timeStamp>"]


def test_one_of_many_namesakes_is_known_by_its_line() -> None:
    """Where lines tell anything."""
    body = "<a>\n<b>1</b>\n<b>2</b><c/>\n</a>"

    assert marked(body, "/a/b", line=3) == ["<b>2</b>"]


def test_all_namesakes_are_marked_where_nothing_tells_them_apart() -> None:
    """Better too many than none."""
    assert len(marked(EVENT, STAMP_PATH, found="no offset")) == 3


@pytest.mark.parametrize("path", ["/soap:Envelope/soap:Body", "/Envelope[1]/Body[1]", "/Body"])
def test_names_count_without_their_prefix(path: str) -> None:
    """A judge may name prefixes or indexes, or begin at its payload's root."""
    body = '<soap:Envelope xmlns:soap="x"><soap:Body a="1>2">\n<b/></soap:Body></soap:Envelope>'

    assert marked(body, path) == ['<soap:Body a="1>2">']


def test_attribute_is_marked_with_its_element() -> None:
    """Its start tag."""
    assert marked('<a><b ref="0.0"/></a>', "/a/b/@ref") == ['<b ref="0.0"/>']


def test_missing_element_marks_the_parent_that_lacks_it() -> None:
    """The nearest one that there is."""
    assert marked("<a>\n<b>\n<c/>\n</b>\n</a>", "/a/b/missing/child", line=2) == ["<b>"]


def test_path_that_leads_nowhere_leaves_the_line() -> None:
    """The whole row."""
    assert marked("<a>\n<b/>\n</a>", "/other", line=2) == ["<b/>"]


def test_message_as_a_whole_has_no_mark() -> None:
    """Neither path nor line."""
    assert marked("<a/>", "", line=0) == []


def test_elements_in_comments_and_cdata_are_none() -> None:
    """They only look like it."""
    assert marked("<a><!-- <b>1</b> --><![CDATA[<b>2</b>]]><b>3</b></a>", "/a/b") == ["<b>3</b>"]


def test_message_that_is_cut_off_is_marked_too() -> None:
    """Not well-formed, and all the more worth a look."""
    assert marked("<a>\n<b>1</b>\n<c><d>2", "/a/c/d", line=3) == ["<d>"]
    assert marked("<a></x><b>1</b></a></a>", "/a/b") == ["<b>1</b>"]
