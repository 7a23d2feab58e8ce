"""Every fault is found on the wires between processes too, and the wire is named."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ami.names import Wire
from harness import environment, readings
from harness.faults import FAULTS
from harness.landscape import Landscape
from harness.wiretap import Captured
from tests.harness.fault_story import Stage, can_act, sound_traffic, told_with_fault
from tests.harness.up_process import elsewhere, standing

WIRES = {
    "hes": (Wire("hes", "mdms"), Wire("mdms", "hes")),
    "mdms": (Wire("hes", "mdms"), Wire("cis", "mdms")),
    "cis": (Wire("mdms", "cis"), Wire("cis", "mdms")),
}
"""Wires of each system whose two ends lie in different processes while it runs elsewhere."""

NOTHING_TO_ACT_ON = {("cis", "swap-meters")}
"""No message to or from the billing system names two meters."""

KEY = "key"


@pytest.fixture(scope="module", params=WIRES)
def system(request: pytest.FixtureRequest) -> str:
    """The system that stands in a process of its own."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def stage(system: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A landscape in two processes."""
    env: Path = elsewhere(tmp_path_factory.mktemp(system), system)
    with pytest.MonkeyPatch.context() as variables, standing(env, system, **{f"METERGATE_{system.upper()}_CONTROL_TOKEN": KEY}):
        variables.setenv(f"METERGATE_{system.upper()}_CONTROL_TOKEN", KEY)
        with Landscape(environment.load(env), seed=1) as landscape:
            feed, _ = readings.feed(landscape, None)
            yield landscape, feed


@pytest.fixture(scope="module")
def traffic(stage: Stage) -> list[Captured]:
    """All messages of the story on sound wires."""
    return sound_traffic(stage)


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_between_processes_is_found_and_its_wire_named(system: str, stage: Stage, traffic: list[Captured], fault: str) -> None:
    """Wherever it has something to act on; it has on one of the wires at least, or the proof would be empty."""
    acting = [wire for wire in WIRES[system] if can_act(fault, wire, traffic)]

    assert bool(acting) is ((system, fault) not in NOTHING_TO_ACT_ON)
    for wire in acting:
        story = told_with_fault(stage, fault, wire)
        blame = story.attribution()
        assert story.complaint() is not None, f"{fault} on {wire} was not found"
        assert blame is not None
        assert (blame.party, blame.wire) == ("system under test", str(wire)), story.complaint()
