"""Tariffs: data in `tariffs/*.toml`, read exactly."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from ami.errors import ConfigurationError

ALL_DAY = "all-day"


@dataclass(frozen=True, slots=True)
class Tariff:
    """What energy costs. price_per_kwh: by the name of the calendar's period, or one price `all-day`; without tax.

    nets_reverse: what flows back is taken off what was drawn, and a surplus waits for the next bill.
    """

    name: str
    title: str
    price_per_kwh: Mapping[str, Decimal]
    standing_charge_per_day: Decimal
    tax_rate: Decimal
    nets_reverse: bool = False

    @property
    def by_period(self) -> bool:
        """Whether the price depends on the period of the day."""
        return ALL_DAY not in self.price_per_kwh

    def check(self, period_names: tuple[str, ...]) -> None:
        """Raises ValueError where a period of the calendar has no price."""
        unpriced = [name for name in period_names if name not in self.price_per_kwh]
        if self.by_period and unpriced:
            raise ValueError(f"tariff {self.name} has no price for {', '.join(unpriced)}")


def _exact(name: str, key: str, value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise ConfigurationError(f"tariff {name}: {key} is a number, not {value!r}")
    number = Decimal(value)
    if not number.is_finite():
        raise ConfigurationError(f"tariff {name}: {key} is a finite number, not {value}")
    return number


def parsed(name: str, text: str) -> Tariff:
    """The tariff that a TOML text describes. Raises ConfigurationError, naming what is wrong."""
    try:
        table = tomllib.loads(text, parse_float=Decimal)
        prices = {period: _exact(name, f"price_per_kwh.{period}", price) for period, price in table["price_per_kwh"].items()}
        if not prices or (ALL_DAY in prices and len(prices) > 1):
            raise ConfigurationError(f"tariff {name}: price_per_kwh holds one price {ALL_DAY!r}, or one for each period")
        tariff = Tariff(
            name=name,
            title=str(table["title"]),
            price_per_kwh=prices,
            standing_charge_per_day=_exact(name, "standing_charge_per_day", table["standing_charge_per_day"]),
            tax_rate=_exact(name, "tax_rate", table["tax_rate"]),
            nets_reverse=table.get("nets_reverse", False) is True,
        )
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"tariff {name}: {error}") from None
    except KeyError as error:
        raise ConfigurationError(f"tariff {name}: {error.args[0]} is missing") from None
    if tariff.nets_reverse and tariff.by_period:
        raise ConfigurationError(f"tariff {name}: netting needs one price {ALL_DAY!r}, for a surplus has no period")
    return tariff


@cache
def tariffs() -> Mapping[str, Tariff]:
    """All tariffs that come with this system, by name."""
    texts = {
        entry.name.removesuffix(".toml"): entry.read_text("utf-8")
        for entry in (files("simulators.cis") / "tariffs").iterdir()
        if entry.name.endswith(".toml")
    }
    return {name: parsed(name, texts[name]) for name in sorted(texts)}
