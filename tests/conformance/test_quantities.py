"""Values on the wire, read exactly."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.quantities import MICRO, decimal, quantities, whole

plain = st.decimals(min_value=-(10**9), max_value=10**9, places=3, allow_nan=False).map(str)
floats = st.floats(allow_nan=False, allow_infinity=False, width=32).map(repr)


@given(st.lists(st.one_of(plain, floats, st.text("0123456789+-.eE ", max_size=12)), min_size=1, max_size=20))
def test_column_says_what_decimal_says(texts: list[str]) -> None:
    """Plain numbers, floats with exponents, and texts that are no numbers, side by side."""
    column = quantities(np.array([text.encode() for text in texts]))
    numbers = [decimal(text) for text in texts]

    assert column.known.tolist() == [number is not None for number in numbers]
    for micro, exact, number in zip(column.micro.tolist(), column.exact.tolist(), numbers, strict=True):
        if number is not None and exact:
            assert Decimal(micro) == number * MICRO
        elif number is not None and number.copy_abs() < 10**12:
            assert abs(Decimal(micro) - number * MICRO) <= Decimal("0.5")


@pytest.mark.parametrize(("text", "places"), [("12", 0), ("12.5", 1), ("0.250", 3), ("1E-2", 2), ("0.1234567", 6)])
def test_decimal_places_are_those_written(text: str, places: int) -> None:
    """A trailing zero counts: it says how exactly was measured."""
    assert quantities(np.array([text.encode()])).places[0] == places


@pytest.mark.parametrize("text", ["NaN", "INF", "-INF"])
def test_what_is_not_finite_is_told_apart(text: str) -> None:
    """xs:float allows it, and it is no number to add up."""
    column = quantities(np.array([text.encode(), b"1"]))

    assert column.not_finite.tolist() == [True, False]
    assert column.known.tolist() == [False, True]


@pytest.mark.parametrize(
    ("text", "known"), [("1e99999999999999999999", True), ("-1E-00099999999999999999999", True), ("\u0661\u0662", False)]
)
def test_number_beyond_any_float_is_one(text: str, known: bool) -> None:
    """However large its exponent; and digits of another script are none."""
    assert (decimal(text) is not None) is known
    column = quantities(np.array([text.encode()]))
    assert column.known.tolist() == [known]
    assert not column.exact[0]


@pytest.mark.parametrize("text", ["", "-", "+", ".", "1.2.3", "1,5", "--1", "0x10", "1_000"])
def test_what_is_no_number_is_unknown(text: str) -> None:
    """Python would take some of them; the wire does not."""
    column = quantities(np.array([text.encode(), b"1"]))

    assert not column.known[0]
    assert not column.not_finite[0]


def test_whole_number_is_of_plain_digits_and_within_bounds() -> None:
    """What Python takes for a number besides is none."""
    assert (whole("007"), whole("9" * 18)) == (7, 10**18 - 1)
    assert [whole(text) for text in ("", "-1", "+1", " 1", "1_0", "\u0661", "1.0", "9" * 19, "9" * 5000)] == [None] * 9
