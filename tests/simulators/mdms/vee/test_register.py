"""How far a register went."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.mdms.vee.register import advance, digits_holding, turn_wh


def test_register_goes_forward() -> None:
    """The later less the earlier."""
    assert advance(1_000, 25_000) == 24_000


@pytest.mark.parametrize("digits", [4, 5, 6, 7])
def test_register_turns_over(digits: int) -> None:
    """All nines become zeros; how many nines there were shows in the number."""
    assert advance(turn_wh(digits) - 4_000, 20_000) == 24_000


def test_register_that_goes_backwards_says_nothing() -> None:
    """Nobody uses most of a register's range in between: this one was set back or is another meter's."""
    assert advance(50_000, 20_000) is None


def test_face_that_shows_more_has_more_digits() -> None:
    """Five digits unless they cannot hold it."""
    assert (digits_holding(99_999_999), digits_holding(100_000_000)) == (5, 6)


@given(st.integers(4, 8), st.data())
def test_turn_loses_nothing(digits: int, data: st.DataObject) -> None:
    """Whatever is used around the turn comes out again, up to a tenth of the range."""
    used = data.draw(st.integers(1, turn_wh(digits) // 10))
    before = turn_wh(digits) - data.draw(st.integers(1, used))

    assert advance(before, (before + used) % turn_wh(digits)) == used
