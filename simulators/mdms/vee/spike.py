"""The spike check: an interval that stands too far above the rest of its day."""

from collections.abc import Mapping

from simulators.mdms.vee.limits import SPIKE_PERCENT


def spikes(day: Mapping[int, int], percent: int = SPIKE_PERCENT) -> tuple[int, ...]:
    """The places, two at most, whose value stands more than `percent` above the day's third highest.

    day: the values of one day by place. Below three values, or with a third highest of zero, there is nothing to compare with.
    Source: EEI Uniform Business Practices, metering vol. 2, spike check.
    """
    if len(day) < 3:
        return ()
    third = sorted(day.values(), reverse=True)[2]
    if third <= 0:
        return ()
    limit = third * (100 + percent)
    return tuple(place for place, wh in day.items() if wh * 100 > limit)


def towering(values: Mapping[int, int], percent: int = SPIKE_PERCENT) -> tuple[int, ...]:
    """The places, a quarter at most, that tower over all others by more than `percent`: a spike of several intervals."""
    ranked = sorted(values, key=lambda place: values[place], reverse=True)
    for count in range(1, len(ranked) // 4 + 1):
        lowest, next_lower = values[ranked[count - 1]], values[ranked[count]]
        if next_lower > 0 and lowest * 100 > next_lower * (100 + percent):
            return tuple(sorted(ranked[:count]))
    return ()
