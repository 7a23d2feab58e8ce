"""The arithmetic of a bill."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from simulators.cis.bill_lines import Charges, Energy, charges, rounded
from simulators.cis.tariff import Tariff

PRICES = st.decimals(Decimal("-1"), Decimal("10"), places=5)
WATT_HOURS = st.integers(0, 10**9).map(lambda wh: Decimal(wh).scaleb(-3))
NET = Tariff("net", "Net", {"all-day": Decimal("0.50")}, Decimal("1.00"), Decimal("0.10"), nets_reverse=True)
FLAT = Tariff("flat", "Flat", {"all-day": Decimal("0.25")}, Decimal("0.40"), Decimal("0.20"))


def net_bill(drawn: str, fed_back: str, credit: str = "0", *, is_last: bool = False) -> Charges:
    """A net metering bill over no day at all, so that only energy counts."""
    energies = [Energy(Decimal(drawn)), Energy(Decimal(fed_back), flow="reverse")]
    return charges(NET, energies, 0, Decimal(credit), is_last=is_last)


@st.composite
def tariffs(draw: st.DrawFn) -> Tariff:
    """Any tariff."""
    nets = draw(st.booleans())
    by_period = not nets and draw(st.booleans())
    prices = {name: draw(PRICES) for name in (("off-peak", "peak") if by_period else ("all-day",))}
    return Tariff("any", "Any", prices, draw(PRICES), draw(st.decimals(Decimal(0), Decimal(1), places=4)), nets)


@given(tariffs(), st.lists(WATT_HOURS, min_size=2, max_size=2), st.integers(0, 400), WATT_HOURS, st.booleans())
def test_total_is_the_sum_rounded_once(tariff: Tariff, kwh: list[Decimal], days: int, credit: Decimal, is_last: bool) -> None:
    """The exact lines added up as fractions, and rounded half up to the cent, are the total."""
    names = [name if name != "all-day" else None for name in tariff.price_per_kwh]
    energies = [Energy(amount, name) for amount, name in zip(kwh, names, strict=False)]
    if tariff.nets_reverse:
        energies.append(Energy(kwh[1], flow="reverse"))

    result = charges(tariff, energies, days, credit, is_last=is_last)

    exact = sum((Fraction(line.amount) for line in result.lines), Fraction(0))
    cents = abs(exact) * 100
    half_up = (2 * cents.numerator + cents.denominator) // (2 * cents.denominator)
    assert Fraction(result.total) * 100 == (half_up if exact >= 0 else -half_up)
    *before_tax, standing, tax = result.lines
    for line in before_tax:
        assert line.kwh is not None
        assert line.unit_price is not None
        assert Fraction(line.amount) == Fraction(line.kwh) * Fraction(line.unit_price)
    assert Fraction(standing.amount) == days * Fraction(tariff.standing_charge_per_day)
    assert Fraction(tax.amount) == sum(Fraction(line.amount) for line in (*before_tax, standing)) * Fraction(tariff.tax_rate)


@given(st.lists(st.tuples(WATT_HOURS, WATT_HOURS), min_size=1, max_size=6))
def test_netting_loses_no_energy(months: list[tuple[Decimal, Decimal]]) -> None:
    """Over all bills of an agreement, the kWh charged are what was drawn less what flowed back."""
    credit, charged = Decimal(0), Decimal(0)
    for number, (drawn, fed_back) in enumerate(months, start=1):
        result = charges(NET, [Energy(drawn), Energy(fed_back, flow="reverse")], 30, credit, is_last=number == len(months))
        credit = result.credit_kwh
        charged += sum((line.kwh for line in result.lines if line.kwh is not None), Decimal(0))

    assert credit == 0
    assert charged == sum(drawn - fed_back for drawn, fed_back in months)


def test_half_a_cent_goes_up() -> None:
    """0.125 is 0.13, where banker's rounding would say 0.12; a credit rounds away from zero too."""
    assert [rounded(Decimal(text)) for text in ("0.125", "0.135", "-0.125", "0.1249")] == [
        Decimal(text) for text in ("0.13", "0.14", "-0.13", "0.12")
    ]


def test_lines_of_a_flat_bill() -> None:
    """10 kWh at 0.25, two days at 0.40, and a fifth of tax."""
    result = charges(FLAT, [Energy(Decimal(10))], 2, Decimal(0), is_last=False)

    assert [(line.text, line.amount) for line in result.lines] == [
        ("energy, all-day", Decimal("2.50")),
        ("standing charge, 2 days", Decimal("0.80")),
        ("tax 20 %", Decimal("0.66")),
    ]
    assert result.total == Decimal("3.96")


def test_one_rounding_and_not_one_a_line() -> None:
    """Three lines of 0.004 come to 0.01; rounded one by one they would come to nothing."""
    tariff = Tariff("tiny", "Tiny", {"off-peak": Decimal("0.004"), "peak": Decimal("0.004")}, Decimal("0.004"), Decimal(0))
    energies = [Energy(Decimal(1), "off-peak"), Energy(Decimal(1), "peak")]

    assert charges(tariff, energies, 1, Decimal(0), is_last=False).total == Decimal("0.01")


def test_reverse_energy_is_taken_off() -> None:
    """10 kWh drawn and 4 fed back are charged as 6."""
    assert net_bill("10", "4").total == Decimal("3.30")


def test_surplus_waits_for_the_next_bill() -> None:
    """More fed back than drawn costs nothing, and the difference waits."""
    result = net_bill("4", "10")
    assert (result.total, result.credit_kwh) == (Decimal(0), Decimal(6))


def test_surplus_is_used_up() -> None:
    """6 kWh that waited are taken off 10 that were drawn."""
    result = net_bill("10", "0", credit="6")
    assert (result.total, result.credit_kwh) == (Decimal("2.20"), Decimal(0))


def test_surplus_outlasts_a_bill() -> None:
    """What one bill cannot use waits on."""
    assert net_bill("1", "3", credit="6").credit_kwh == Decimal(8)


def test_last_bill_pays_the_surplus_out() -> None:
    """No bill follows that could use it: 6 kWh at 0.50 with tax come back."""
    result = net_bill("4", "10", is_last=True)
    assert (result.total, result.credit_kwh) == (Decimal("-3.30"), Decimal(0))


def test_surplus_pays_no_standing_charge() -> None:
    """With energy to spare, the days are still charged."""
    energies = [Energy(Decimal(0)), Energy(Decimal(100), flow="reverse")]
    assert charges(NET, energies, 30, Decimal(0), is_last=False).total == Decimal("33.00")


def test_estimated_line_says_so() -> None:
    """Only the line that rests on estimates carries the mark."""
    tariff = Tariff("two", "Two", {"off-peak": Decimal(1), "peak": Decimal(1)}, Decimal(0), Decimal(0))
    energies = [Energy(Decimal(1), "off-peak"), Energy(Decimal(1), "peak", estimated=True)]

    lines = charges(tariff, energies, 0, Decimal(0), is_last=False).lines

    assert [line.period for line in lines if line.estimated] == ["peak"]
