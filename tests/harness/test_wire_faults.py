"""Every fault on every wire is found, and the wire is named: the harness proved against broken landscapes, over real sockets."""

from collections.abc import Iterator

import pytest

from ami import names
from ami.names import Wire
from harness import environment, readings
from harness.faults import FAULTS
from harness.landscape import Landscape
from harness.wiretap import Captured
from tests.harness.fault_story import Stage, can_act, sound_traffic, told, told_with_fault

WIRES = (
    Wire("hes", "mdms"),
    Wire("hes", "oms"),
    Wire("mdms", "hes"),
    Wire("mdms", "cis"),
    Wire("cis", "mdms"),
    Wire("cis", "hes"),
    Wire("tester", "hes"),
    Wire("tester", "mdms"),
)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """One landscape on real sockets; each story starts it anew."""
    with Landscape(environment.load(None), seed=1) as landscape:
        feed, _ = readings.feed(landscape, None)
        yield landscape, feed


@pytest.fixture(scope="module")
def traffic(stage: Stage) -> list[Captured]:
    """All messages of the story on sound wires."""
    return sound_traffic(stage)


@pytest.mark.parametrize("wire", WIRES, ids=str)
@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_found_and_its_wire_named(stage: Stage, traffic: list[Captured], fault: str, wire: Wire) -> None:
    """Where the fault has something to act on, the scenario fails and blames that wire; elsewhere nothing happens."""
    story = told_with_fault(stage, fault, wire)
    complaint, blame = story.complaint(), story.attribution()
    if not can_act(fault, wire, traffic):
        assert complaint is None
        return
    assert complaint is not None
    assert blame is not None
    assert (blame.party, blame.wire) == ("system under test", str(wire)), complaint


def test_every_wire_of_the_story_is_tried(traffic: list[Captured]) -> None:
    """A new wire must not go untested."""
    assert {captured.wire for captured in traffic} == set(WIRES)


@pytest.mark.parametrize("wire", [Wire(names.HES, names.MDMS), Wire(names.TESTER, names.MDMS)], ids=str)
def test_faults_on_readings_can_act_where_readings_run(traffic: list[Captured], wire: Wire) -> None:
    """The proof would be empty if no fault had anything to act on."""
    acting = [fault for fault in FAULTS if can_act(fault, wire, traffic)]

    assert set(acting) >= set(FAULTS) - {"swap-meters"}


def heard(stage: Stage) -> list[tuple[Wire, str, bytes]]:
    """What crosses the wires of the story: wire, leg, bytes."""
    return [(captured.wire, captured.leg, captured.body) for captured, _ in told(stage, "twice").observe()]


def test_same_seed_says_the_same_bytes_and_another_seed_others(stage: Stage) -> None:
    """In the same landscape, in one that is started anew on other ports, and not under another seed."""
    with Landscape(environment.load(None), seed=1) as again, Landscape(environment.load(None), seed=2) as other:
        first, second = heard(stage), heard((again, readings.feed(again, None)[0]))
        third = heard((other, readings.feed(other, None)[0]))

    assert heard(stage) == first == second
    assert third != first
