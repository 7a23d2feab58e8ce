"""Tariffs as data."""

from decimal import Decimal

import pytest

from ami.errors import ConfigurationError
from simulators.cis.tariff import parsed, tariffs

FLAT = 'title = "Flat"\nstanding_charge_per_day = 0.45\ntax_rate = 0.2\n[price_per_kwh]\nall-day = 0.1\n'


def test_tariffs_of_the_folder() -> None:
    """Three tariffs come with the system, and one of them nets."""
    assert {name: (tariff.by_period, tariff.nets_reverse) for name, tariff in tariffs().items()} == {
        "flat": (False, False),
        "net_metering": (False, True),
        "time_of_use": (True, False),
    }


def test_price_is_exact() -> None:
    """A price is the decimal that stands in the file, not the float next to it."""
    assert parsed("flat", FLAT).price_per_kwh["all-day"] == Decimal("0.1")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("tax_rate = 0.2", "", "tax_rate is missing"),
        ("tax_rate = 0.2", 'tax_rate = "much"', "tax_rate is a number"),
        ("tax_rate = 0.2", "tax_rate = nan", "tax_rate is a finite number"),
        ("all-day = 0.1", "all-day = 0.1\npeak = 0.2", "holds one price"),
        ("all-day = 0.1", "", "holds one price"),
        ("[price", "[[price", "tariff flat: "),
        ("tax_rate = 0.2", "tax_rate = 0.2\nnets_reverse = true", ""),
    ],
)
def test_wrong_tariff_is_named(old: str, new: str, complaint: str) -> None:
    """A tariff file that cannot be used says what is wrong with it."""
    if not complaint:
        assert parsed("flat", FLAT.replace(old, new)).nets_reverse
        return
    with pytest.raises(ConfigurationError, match=complaint):
        parsed("flat", FLAT.replace(old, new))


def test_netting_by_period_is_refused() -> None:
    """A surplus has no period, so that a netting tariff has one price."""
    with pytest.raises(ConfigurationError, match="netting needs one price"):
        parsed("net", FLAT.replace("all-day", "peak").replace("tax_rate", "nets_reverse = true\ntax_rate"))


def test_period_without_a_price() -> None:
    """A calendar may have a period that the tariff does not price."""
    with pytest.raises(ValueError, match="no price for critical"):
        tariffs()["time_of_use"].check(("off-peak", "critical"))
