"""CF-11: a table of prices begins before it ends, and the next one after it."""

from collections.abc import Iterator
from itertools import pairwise

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView, Part


def check(view: ConfigurationView) -> Iterator[Breach]:
    """A tariff that ends before it starts, or starts while another one of the same PricingStructure still holds."""
    for each in view.objects:
        if each.kind != "PricingStructure":
            continue
        tariffs = list(each.of_kind("Tariffs"))
        for tariff in tariffs:
            if _end(tariff) and _start(tariff) > _end(tariff):
                yield Breach(tariff.where, f"tariff {tariff.name!r} from {_start(tariff)} to {_end(tariff)}")
        for before, after in pairwise(sorted(tariffs, key=_start)):
            if _start(before) and (_start(after) == _start(before) or (_end(before) and _start(after) < _end(before))):
                yield Breach(after.where, f"tariff {after.name!r} from {_start(after)} on, {before.name!r} until {_end(before) or 'ever'}")


def _start(tariff: Part) -> str:
    return tariff.fields["startDate"].text[:10] if "startDate" in tariff.fields else ""


def _end(tariff: Part) -> str:
    return tariff.fields["endDate"].text[:10] if "endDate" in tariff.fields else ""


_CONFIG = (
    "<PricingStructureConfig><PricingStructure><mRID>flat</mRID><Tariffs><mRID>T-25</mRID><endDate>2025-12-31</endDate>"
    "<startDate>2025-01-01</startDate></Tariffs><Tariffs><mRID>T-26</mRID><endDate>{}</endDate><startDate>{}</startDate></Tariffs>"
    "</PricingStructure></PricingStructureConfig>"
)

RULE = Rule(
    id="CF-11",
    requires="the tariffs of a PricingStructure to start before they end, and not to overlap",
    source="IEC 61968-9, PricingStructureConfig; Tariff.startDate and endDate",
    severity=Severity.WARNING,
    works_on=ConfigurationView,
    check=check,
    passes=(_CONFIG.format("2026-12-31", "2026-01-01"),),
    fails=(_CONFIG.format("2025-12-31", "2026-01-01"), _CONFIG.format("2026-12-31", "2025-07-01")),
    why="For half a year two prices hold for the same kilowatt-hour.",
    mend="Let each tariff start when the one before it has ended.",
)
