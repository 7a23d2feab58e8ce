"""The layers of all judged messages together: in how many each was judged, found wanting, not reached, and not there."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ami.ports import Json
from conformance import layers
from conformance.checking import Checked
from conformance.layers import Layer, Reached, Standing


class Row(NamedTuple):
    """One layer. Each figure counts messages; one whose layer was judged in part, with findings, counts as found and as not reached."""

    layer: Layer
    fine: int
    found: int
    absent: int
    not_reached: int

    @property
    def judged(self) -> int:
        """In how many messages it was judged, at least in part."""
        return self.fine + self.found

    def figures(self) -> dict[str, Json]:
        """For programs."""
        return {"fine": self.fine, "found": self.found, "absent": self.absent, "not_reached": self.not_reached}


def of(checked: Checked) -> Standing:
    """The layers of one message by how they came out."""
    return layers.standing(checked.reached, (located.finding for located in checked.findings))


def rows(checked: Sequence[Checked]) -> tuple[Row, ...]:
    """Every layer, in their order; that of a WSDL only where there was one."""
    counts: Counter[tuple[Layer, str]] = Counter()
    alike: dict[int, list[Reached]] = {}
    for each in checked:
        if each.findings:
            _count(of(each), counts, 1)
        else:
            # Of ten thousand clean messages nearly all share one tuple.
            alike.setdefault(id(each.reached), []).append(each.reached)
    for same in alike.values():
        _count(layers.standing(same[0], ()), counts, len(same))
    wanted = (layer for layer in Layer if layer is not Layer.WSDL or any(counts[layer, name] for name in Standing._fields))
    return tuple(Row(layer, *(counts[layer, name] for name in Standing._fields)) for layer in wanted)


def _count(standing: Standing, counts: Counter[tuple[Layer, str]], messages: int) -> None:
    for name in Standing._fields:
        found: Iterable[Layer] = getattr(standing, name)
        for layer in found:
            counts[layer, name] += messages


def told(checked: Sequence[Checked]) -> list[str]:
    """In how many messages which layer was judged, and where one was not reached, in a line each; empty where there was no message."""
    messages = sum(bool(each.reached) for each in checked)
    if not messages:
        return []
    every = rows(checked)
    lines = [f"layers judged: {_grouped([(row.layer, row.judged) for row in every], messages)}"]
    missed = [(row.layer, row.not_reached) for row in every if row.not_reached]
    return [*lines, f"layers not reached: {_grouped(missed, messages)}"] if missed else lines


def _grouped(figures: Sequence[tuple[Layer, int]], messages: int) -> str:
    by_number: dict[int, list[str]] = {}
    for layer, number in figures:
        by_number.setdefault(number, []).append(layer)
    return "; ".join(f"{', '.join(names)} ({_of(number, messages)})" for number, names in sorted(by_number.items(), reverse=True))


def _of(number: int, messages: int) -> str:
    if number == messages:
        return "all" if number == 1 else f"all {number:,}"
    return f"{number:,}" if number else "none"
