"""Orders for the field: which meter, of what kind, and whose consumption flows through it."""

from collections.abc import Callable, Mapping

from simulators.hes.arguments import Arguments
from simulators.meter import Order
from simulators.profiles import Profile, Scaled
from simulators.profiles.profile import INTERVAL_MINUTES
from simulators.profiles.seeded import constant, household, solar

HIGHEST_DIGITS = 12
REGISTER_DIGITS = 6


def order(asked: Arguments, profiles: Mapping[str, Profile], seed: str) -> Order:
    """The meter that is asked for. Raises LookupError for an unknown profile, ValueError for what makes no sense."""
    meter = asked.text("meter")
    minutes = asked.whole("interval_minutes")
    if minutes not in INTERVAL_MINUTES:
        raise ValueError(f"interval_minutes is 15, 30 or 60, not {minutes}")
    digits = asked.whole("register_digits", REGISTER_DIGITS)
    if not 1 <= digits <= HIGHEST_DIGITS:
        raise ValueError(f"register_digits is 1 to {HIGHEST_DIGITS}, not {digits}")
    reverse = _energy(asked.part("reverse_profile"), meter, minutes, profiles, seed, solar) if asked.has("reverse_profile") else None
    return Order(
        meter,
        minutes,
        _energy(asked.part("profile"), meter, minutes, profiles, seed, household),
        asked.moment("at"),
        reverse,
        register_wh=asked.natural("register_wh", 0),
        reverse_register_wh=asked.natural("reverse_register_wh", 0),
        register_digits=digits,
    )


def profile(asked: Arguments) -> Profile:
    """A profile to load. Raises ValueError for what makes no sense."""
    if not asked.has("first_start"):
        raise ValueError("first_start is needed")
    return Profile(asked.text("name"), asked.whole("interval_minutes"), asked.moment("first_start"), asked.wholes("wh"))


def _energy(
    asked: Arguments,
    meter: str,
    minutes: int,
    profiles: Mapping[str, Profile],
    seed: str,
    seeded: Callable[[str, str, int], Profile],
) -> Profile | Scaled:
    """What flows, as one of four kinds of profile says."""
    kind = asked.text("kind")
    if kind == "seeded":
        return seeded(seed, meter, minutes)
    if kind == "solar":
        return solar(seed, meter, minutes)
    if kind == "constant":
        return constant(asked.natural("wh"), minutes)
    if kind == "named":
        name = asked.text("name")
        if name not in profiles:
            raise LookupError(f"profile {name!r}: load it first")
        return Scaled(profiles[name], asked.ratio("scale"), asked.whole("shift_days", 0))
    raise ValueError(f"the kind of a profile is named, constant, seeded or solar, not {kind!r}")
