"""The zero run check: a long silence of a meter that usually uses energy in those hours."""

from collections.abc import Mapping, Sequence

from simulators.mdms.vee.runs import runs


def zero_runs(values: Mapping[int, int], shortest: int) -> list[range]:
    """The runs of at least `shortest` places with zero."""
    return [run for run in runs(place for place, wh in values.items() if wh == 0) if len(run) >= shortest]


def is_unusual(usual: Sequence[int]) -> bool:
    """Whether a zero run contradicts the past: earlier like intervals used energy more often than not.

    usual: what like intervals of earlier days used; empty where there is no past, which contradicts nothing.
    """
    return sum(wh > 0 for wh in usual) * 2 > len(usual)
