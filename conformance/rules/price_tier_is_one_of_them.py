"""CO-18: the third of two prices is none."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.quantities import whole
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView, Part

_TELLING: Final = ("priceTier", "rateLabel", "registerTier", "currentTimeDate")


def check(view: ControlsView) -> Iterator[Breach]:
    """A priceTier beyond priceTierCount, or one that two details share."""
    for control in view.controls:
        seen: dict[tuple[str, ...], str] = {}
        for price in control.prices:
            tier, count = price.fields.get("priceTier"), price.fields.get("priceTierCount")
            if tier is None:
                continue
            amount = price.fields["price"].text if "price" in price.fields else ""
            number, most = whole(tier.text), whole(count.text) if count is not None else None
            if number is None or (most is not None and number > most):
                yield Breach(tier.where, f"tier {tier.text} of {count.text if count is not None else 'all'}")
            elif seen.setdefault(_which(price), amount) != amount:
                yield Breach(tier.where, f"tier {tier.text} costs {amount}, and {seen[_which(price)]}")


def _which(price: Part) -> tuple[str, ...]:
    """What tells one price from another: its tier, and the rate, the register and the moment that it is of."""
    return tuple(price.fields[name].text if name in price.fields else "" for name in _TELLING)


_TIER = "<PanPricingDetails><price>{}</price><priceTier>{}</priceTier><priceTierCount>2</priceTierCount></PanPricingDetails>"
_CONTROL = (
    "<EndDeviceControl><PanDemandResponse/><PanDisplay/><PanPricing>{}</PanPricing>"
    '<EndDeviceControlType ref="15.20.9.13"/><EndDevices><mRID>D-1</mRID></EndDevices></EndDeviceControl>'
)


def _prices(amount: str, tier: int) -> str:
    return _CONTROL.format(_TIER.format("0.30", 1) + _TIER.format(amount, tier))


RULE = Rule(
    id="CO-18",
    requires="a priceTier of at most priceTierCount, and one price for each",
    source="IEC 61968-9, PanPricingDetail.priceTier, priceTierCount and price",
    severity=Severity.ERROR,
    works_on=ControlsView,
    check=check,
    passes=(_prices("0.20", 2),),
    fails=(_prices("0.20", 3), _prices("0.20", 1), _prices("0.20", -2)),
    why="The display in the kitchen shows another price than the bill.",
    mend="Count the tiers from 1, and send each once with its price.",
)
