"""What few messages have: names with types, calculations left to the receiver, the moments of qualities."""

import pytest
from lxml import etree

from conformance import example
from conformance.capture import Capture
from conformance.judge import Judge
from conformance.views.names import names_view

PAYLOAD = (
    '<a xmlns="urn:a"><Meter><Names><name>M-1</name></Names><Names><name>4711</name><NameType><description>d</description>'
    "<name>badge</name><NameTypeAuthority><name/></NameTypeAuthority></NameType></Names></Meter>"
    "<UsagePoint><Names><name>UP-1</name></Names></UsagePoint></a>"
)
QUALITY = '<ReadingQualities><timeStamp>2027-03-01T01:00:00Z</timeStamp><ReadingQualityType ref="2.0.0"/></ReadingQualities>'


def test_all_names_of_an_object_are_seen_where_one_has_a_type() -> None:
    """An object whose names have none is not; what is empty is told from what is missing."""
    view = names_view(etree.fromstring(PAYLOAD))

    assert view is not None
    ((kind, names),) = view.objects
    assert kind == "Meter"
    assert [name[:5] for name in names] == [("M-1", None, None, "", ""), ("4711", "badge", "", "d", "")]


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16"])
def test_rare_views_are_made_in_any_encoding(judge: Judge, encoding: str) -> None:
    """In UTF-16 the bytes of a message do not show what it mentions."""
    body = example.envelope(example.message(QUALITY), encoding=encoding)

    assert [found.rule_id for found in judge.message(Capture(body)).findings] == ["QU-08"]
