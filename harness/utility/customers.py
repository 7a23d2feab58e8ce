"""Customer service and billing: who is supplied where, what is ordered, what is billed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from ami import days, names
from ami.messages import Linkage, MasterDataLinkageConfig, Span
from ami.ports import Json
from harness.landscape import Landscape
from harness.tester import Tester

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bill; amounts are exact, not rounded yet."""

    period: str | None
    kwh: Decimal | None
    amount: Decimal
    is_estimated: bool


@dataclass(frozen=True, slots=True)
class MeterOnBill:
    """One meter's part of a bill, with the readings at its start and end."""

    meter: str
    start_kwh: Decimal | None
    end_kwh: Decimal | None
    span: Span


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill as the customer gets it. kwh: drawn; reverse_kwh: fed in."""

    account: str
    kind: str
    span: Span
    lines: tuple[Line, ...]
    kwh: Decimal
    reverse_kwh: Decimal
    is_estimated: bool
    meters: tuple[MeterOnBill, ...]
    total: Decimal

    @property
    def total_of_lines(self) -> Decimal:
        """The sum of the lines, rounded once."""
        return sum((line.amount for line in self.lines), Decimal()).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Order:
    """A service order, what became of it, and the reading that it brought back."""

    state: str
    reading_kwh: Decimal | None


class Customers:
    """The people at the customer information and billing system. An address stands for its usage point."""

    def __init__(self, landscape: Landscape, tester: Tester) -> None:
        self._landscape = landscape
        self._tester = tester
        self._usage_points: dict[str, str] = {}
        self._usage_point_of: dict[str, str] = {}

    def _tell(self, command: str, **arguments: Json) -> Json:
        result = self._landscape.control(names.CIS, command, **arguments)
        self._landscape.settle()
        return result

    def usage_point(self, address: str) -> str:
        """The usage point at an address."""
        return self._usage_points.setdefault(address, self._landscape.called(f"UP-{len(self._usage_points) + 1:04d}"))

    def link(self, meters: Sequence[str]) -> None:
        """Tell the systems that meters hang at usage points of their own, without a customer.

        Where the billing system cannot be told to, the tester says so in its place, as it would.
        """
        if not self._landscape.is_controlled(names.CIS, "install_meter"):
            self._link_by_message(meters)
            return
        now = self._landscape.clock.now().isoformat()
        for meter in meters:
            self._landscape.control(names.CIS, "install_meter", usage_point=f"UP-{meter}", meter=meter, at=now)
        self._landscape.settle()

    def _link_by_message(self, meters: Sequence[str]) -> None:
        for meter in meters:
            linkage = MasterDataLinkageConfig((Linkage(f"UP-{meter}", self._landscape.clock.now(), meter=meter),))
            for reader in (names.MDMS, names.HES):
                answer = self._tester.ask(reader, "create", names.MASTER_DATA_LINKAGE_CONFIG, linkage)
                assert not answer.is_refused, f"the {names.SYSTEM_TITLES[reader]} was told of meter {meter}, and answered {answer}"

    def move_in(self, address: str, meter: str | None, *, tariff: str = "flat", at: datetime | None = None) -> None:
        """A customer moves in."""
        arguments: dict[str, Json] = {"address": address, "usage_point": self.usage_point(address), "tariff": tariff}
        if meter is not None:
            arguments["meter"] = meter
            self._usage_point_of[meter] = self.usage_point(address)
        self._tell("move_in", **arguments, at=(at or self._landscape.clock.now()).isoformat())

    def move_out(self, address: str, at: datetime) -> None:
        """A customer moves out."""
        self._tell("move_out", usage_point=self.usage_point(address), at=at.isoformat())

    def exchange(self, old_meter: str, new_meter: str) -> None:
        """Tell the systems that one meter hangs in the place of another, from now on."""
        self._tell(
            "exchange_meter",
            usage_point=self._usage_point_of[old_meter],
            old_meter=old_meter,
            new_meter=new_meter,
            at=self._landscape.clock.now().isoformat(),
        )

    def cut_off(self, address: str) -> None:
        """Order the supply at an address to be cut off for non-payment."""
        self._tell("disconnect", usage_point=self.usage_point(address), reason="non-payment")

    def reconnect(self, address: str) -> None:
        """Order the supply at an address to be restored."""
        self._tell("reconnect", usage_point=self.usage_point(address))

    def last_order(self, address: str) -> Order:
        """The latest service order at an address. Raises AssertionError where there is none."""
        listed = self._landscape.control(names.CIS, "accounts", usage_point=self.usage_point(address))
        orders = sorted((order for entry in listed for order in entry["orders"]), key=lambda order: order["order"])
        assert orders, f"nothing was ordered for {address}"
        kwh = orders[-1]["register_kwh"]
        return Order(orders[-1]["state"], Decimal(kwh) if kwh is not None else None)

    def ask_reading(self, address: str) -> None:
        """Ask the MDMS for the value of now, and let the answer come."""
        self._tell("read_now", usage_point=self.usage_point(address))

    def await_reading(self, address: str) -> None:
        """Ask the MDMS for the value of now, and do not let the answer come yet."""
        self._landscape.control(names.CIS, "read_now", usage_point=self.usage_point(address))
        self._landscape.send_from(names.CIS)

    def readings_kwh(self) -> list[Decimal]:
        """The values that the customer service was given and believed, the latest last."""
        listed = self._landscape.control(names.CIS, "accounts")
        reads = sorted((read for entry in listed for read in entry["reads"]), key=lambda read: read["read"])
        return [Decimal(read["register_kwh"]) for read in reads if read["register_kwh"] is not None]

    def last_reading_kwh(self) -> Decimal:
        """The latest of them. Raises AssertionError where there is none."""
        readings = self.readings_kwh()
        assert readings, "the customer service has no reading"
        return readings[-1]

    def notices(self) -> list[Json]:
        """What the billing system has been told to look into."""
        listed: list[Json] = self._landscape.control(names.CIS, "notices")
        return listed

    def bill_day(self, address: str, day: date) -> Bill:
        """Have one day billed off the cycle, and take the bill. Raises AssertionError where it is not issued."""
        zone = self._landscape.environment.zone
        span = days.day_span(day, zone)
        self._tell("bill", usage_point=self.usage_point(address), start=span.start.isoformat(), end=span.end.isoformat(), kind="off-cycle")
        bills = [bill for bill in self.bills(address) if bill.span == span]
        assert bills, f"no bill was issued for {day}: {self.unissued(address)}"
        return bills[-1]

    def bills(self, address: str) -> list[Bill]:
        """The bills issued for an address, in order of their spans."""
        listed = self._landscape.control(names.CIS, "bills", usage_point=self.usage_point(address))
        return sorted((_bill(entry) for entry in listed if entry["status"] == "issued"), key=lambda bill: bill.span)

    def unissued(self, address: str) -> str:
        """Why bills of an address are not issued, in one line."""
        listed = self._landscape.control(names.CIS, "bills", usage_point=self.usage_point(address))
        return "; ".join(f"{entry['status']}: {entry.get('reason')}" for entry in listed if entry["status"] != "issued") or "there is none"

    def last_bill(self, address: str) -> Bill:
        """The latest bill of an address. Raises AssertionError where there is none."""
        bills = self.bills(address)
        assert bills, f"no bill was issued for {address}: {self.unissued(address)}"
        return bills[-1]


def _bill(entry: Json) -> Bill:
    return Bill(
        account=entry["account"],
        kind=entry["kind"],
        span=_span(entry),
        lines=tuple(map(_line, entry["lines"])),
        kwh=Decimal(entry["kwh_total"]),
        reverse_kwh=Decimal(entry["reverse_kwh_total"] or 0),
        is_estimated=entry["estimated"],
        meters=tuple(map(_meter, entry["meters"])),
        total=Decimal(entry["total"]),
    )


def _line(entry: Json) -> Line:
    kwh = entry["kwh"]
    return Line(entry["period"], Decimal(kwh) if kwh is not None else None, Decimal(entry["amount"]), entry["estimated"])


def _meter(entry: Json) -> MeterOnBill:
    start, end = entry["start_register_kwh"], entry["end_register_kwh"]
    return MeterOnBill(entry["meter"], Decimal(start) if start else None, Decimal(end) if end else None, _span(entry))


def _span(entry: Json) -> Span:
    return Span(datetime.fromisoformat(entry["start"]), datetime.fromisoformat(entry["end"]))
