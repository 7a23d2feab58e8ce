"""Which messages have to be followed by more."""

import pytest

from harness.obligations import obliges

LATER = "<AsyncReplyFlag>true</AsyncReplyFlag>"


@pytest.mark.parametrize(
    ("verb", "noun", "more", "is_obliging"),
    [
        ("created", "MeterReadings", "", False),
        ("create", "MasterDataLinkageConfig", "", False),
        ("get", "MeterReadings", "", False),
        ("get", "MeterReadings", LATER, True),
        ("reply", "MeterReadings", "", True),
        ("create", "MeterServiceRequests", "", True),
        ("created", "EndDeviceEvents", "", True),
        ("create", "MeterReadSchedule", "", True),
    ],
)
@pytest.mark.parametrize("prefix", ["", "m:"])
def test_message_obliges_to_what_its_header_says(verb: str, noun: str, more: str, is_obliging: bool, prefix: str) -> None:
    """Whatever prefix its elements have."""
    more = more.replace("<A", f"<{prefix}A").replace("</A", f"</{prefix}A")
    head = f"<{prefix}Header><{prefix}Verb>{verb}</{prefix}Verb><{prefix}Noun>{noun}</{prefix}Noun>{more}</{prefix}Header>"

    assert obliges(head.encode()) is is_obliging


def test_what_is_no_message_obliges_nobody() -> None:
    """An attack, for instance."""
    assert not obliges(b"\xff<a/>")
