"""The offsets that a column of timestamps states."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.views.offsets import microseconds, offsets

OFFSETS = st.sampled_from(["Z", "", "+01:00", "+02:00", "-05:30", "+00:00"])
STAMPS = st.builds(
    lambda fraction, offset: f"2026-03-01T00:15:00{fraction}{offset}",
    st.sampled_from(["", ".5", ".123", ".123456789"]),
    OFFSETS,
)


@given(st.lists(st.one_of(STAMPS, st.just(""))))
def test_each_offset_is_the_end_of_its_text(stamps: list[str]) -> None:
    """However long the texts are, and whichever of them state one."""
    column = np.array([stamp.encode() for stamp in stamps], np.bytes_) if stamps else np.zeros(0, "S1")
    found = offsets(column)
    stated = [(re.findall(r"(?:Z|[+-]\d\d:\d\d)$", stamp) or [""])[0] for stamp in stamps]

    if found is None:
        assert set(stated) <= {"Z"}
    else:
        assert [found.texts[index] for index in found.of_row] == stated


@pytest.mark.parametrize(
    ("text", "minutes"), [("Z", 0), ("", 0), ("+05:45", 345), ("-03:30", -210), ("+00:00", 0), ("-12:00", -720), ("+14:00", 840)]
)
def test_offset_in_microseconds(text: str, minutes: int) -> None:
    """East of Greenwich is more, west of it less."""
    assert microseconds(text) == minutes * 60_000_000
