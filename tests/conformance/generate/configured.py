"""What makes sense in an object that is configured: it can be told from others, its links close, its figures agree."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from ami.reading_type import ReadingType
from tests.conformance.generate.declared import Declared
from tests.conformance.generate.making import READING_TYPES, Maker, Object, Spec, written

NONE: Final = ()
"""How often an element stands that has no place here."""

LIFE: Final = ("manufacturedDate", "purchaseDate", "receivedDate", "installationDate", "removalDate", "retiredDate")
ONE_OF: Final[dict[str, tuple[str, ...]]] = {
    "CustomerAccount": ("Customer",),
    "CustomerAgreement": ("Customer", "CustomerAccount"),
    "EndDevice": ("EndDeviceFunctions",),
    "EndDeviceFirmware": ("EndDevice",),
    "EndDeviceGroup": ("EndDevices",),
    "Meter": ("MeterMultipliers",),
    "MeterConfig": ("ReadingType",),
    "PricingStructure": ("Tariffs",),
    "TariffProfiles": ("ConsumptionTariffIntervals", "TimeTariffIntervals"),
    "TimeTariffIntervals": ("ConsumptionTariffIntervals",),
    "Transaction": ("CustomerAccount",),
    "UsagePoint": ("ServiceMultipliers",),
    "UsagePointGroup": ("UsagePoints",),
}
"""Element -> what stands in it once: it has to, or several would have to agree."""


TEXTS: Final[dict[str, tuple[str, ...]]] = {
    "timeZone": ("Europe/London", "America/Bogota", "Asia/Kathmandu"),
    "timeZoneOffset": ("-300", "0", "60", "345"),
}
"""Element -> what can stand in it, where its type allows more."""

_SPELLED: Final = {
    "".join(word.capitalize() if place else word for place, word in enumerate(field.split("_"))): field for field in ReadingType._fields
}
"""Element of a ReadingType -> the field of the eighteen that it spells out."""


class ConfiguringMaker(Maker):
    """Makes objects that can stand in a register: each has an identity, and what belongs together fits."""

    def sense(self, declared: Declared) -> Object:
        """As Maker.sense."""
        parts = {part.name for part in declared.parts}
        spec: Object = identity(self, declared.name) if {"mRID", "Names"} <= parts else {}
        if "Names" in spec and declared.part("Names").least:
            spec["Names"] = self.one
        spec |= dict.fromkeys(ONE_OF.get(declared.name, ()), self.one)
        if declared.name in _FIGURES:
            spec |= _FIGURES[declared.name](self)
        spec |= {name: self.random.choice(texts) if self.chance() else NONE for name, texts in TEXTS.items()}
        return {name: held for name, held in spec.items() if name in parts}


def identity(make: Maker, kind: str) -> Object:
    """An object by its mRID, its name, or both; no other object has either."""
    by_mrid, by_name = make.random.choice(((True, False), (False, True), (True, True)))
    return {"mRID": make.uuid() if by_mrid else NONE, "Names": _name(make, make.fresh(kind)) if by_name else NONE}


def _name(make: Maker, name: str) -> Object:
    kind: Object = {"name": "number", "NameTypeAuthority": {"name": "utility"}}
    return {"name": name, "NameType": kind} if make.chance(0.3) else {"name": name}


def _life(make: Maker) -> Object:
    """The days of a device, in their order."""
    days = sorted(make.before(2000) for _ in LIFE)
    return {name: f"{day:%Y-%m-%d}" for name, day in zip(LIFE, days, strict=True) if make.chance(0.7)}


def _tariff(make: Maker) -> Object:
    starts = make.before(1000)
    return {"startDate": f"{starts:%Y-%m-%d}", "endDate": f"{starts + timedelta(days=make.random.randint(30, 700)):%Y-%m-%d}"}


def _receipt(make: Maker) -> Object:
    """What was paid in one or two ways, the first with change."""
    cents, change = make.random.randint(100, 50_000), make.random.randint(0, 90)
    card = make.random.randint(0, cents)
    tenders: list[Spec] = [{"amount": _money(cents - card + change), "change": _money(change), "kind": "cash"}]
    if card:
        tenders.append({"mRID": make.uuid(), "amount": _money(card), "kind": "card", "Card": make.some})
    return {"line": {"amount": _money(cents), "dateTime": written(make.before(300)), "note": make.some}, "Tenders": tenders}


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def _set(make: Maker) -> Object:
    """A customer with all that is theirs; every link leads to an object of the same message."""
    ids: dict[str, Spec] = {kind: {"mRID": make.uuid()} for kind in _LINKS}
    return {kind: _linked(ids, kind, links) for kind, links in _LINKS.items()}


def _linked(ids: dict[str, Spec], kind: str, links: dict[str, str]) -> Object:
    own = ids[kind]
    assert isinstance(own, dict)
    return {**own, **{place: ids[other] for place, other in links.items()}}


_LINKS: Final[dict[str, dict[str, str]]] = {
    "Customer": {"CustomerAccounts": "CustomerAccount", "CustomerAgreements": "CustomerAgreement"},
    "CustomerAccount": {"Customer": "Customer", "CustomerAgreements": "CustomerAgreement"},
    "CustomerAgreement": {
        "Customer": "Customer",
        "CustomerAccount": "CustomerAccount",
        "PricingStructures": "PricingStructure",
        "ServiceLocations": "ServiceLocation",
        "ServiceSupplier": "ServiceSupplier",
        "UsagePoints": "UsagePoint",
    },
    "Meter": {"Customer": "Customer", "ServiceLocation": "ServiceLocation", "UsagePoint": "UsagePoint"},
    "PricingStructure": {"CustomerAgreements": "CustomerAgreement", "UsagePoints": "UsagePoint"},
    "ServiceLocation": {"CustomerAgreements": "CustomerAgreement", "EndDevices": "Meter", "UsagePoints": "UsagePoint"},
    "ServiceSupplier": {},
    "UsagePoint": {"CustomerAgreement": "CustomerAgreement", "EndDevices": "Meter", "UsagePointLocation": "UsagePointLocation"},
    "UsagePointLocation": {"UsagePoints": "UsagePoint"},
}
"""Kind of object in a CustomerMeterDataSet -> its links, each with the kind of object that it leads to."""


def _reading_type(make: Maker) -> Object:
    """The eighteen numbers, and some of them spelled out."""
    code = make.random.choice(READING_TYPES)
    fields = ReadingType.parse(code)
    spelled = {element: str(getattr(fields, field)) if make.chance(0.3) else NONE for element, field in _SPELLED.items()}
    return {**spelled, "argument": NONE, "interharmonic": NONE, "Names": {"name": code}}


_NOTHING_ELSE: Final = ("EndDevice", "ServiceCategory")

_FIGURES: Final[dict[str, Callable[[Maker], Object]]] = {
    "CustomerMeterDataSet": lambda make: {**_set(make), **dict.fromkeys(_NOTHING_ELSE, NONE)},
    "ReadingType": _reading_type,
    "Receipt": _receipt,
    "Tariffs": _tariff,
    "lifecycle": lambda make: {**dict.fromkeys(LIFE, NONE), **_life(make)},
}
"""Element -> what stands in it, where that cannot be left to chance."""
