"""The test phases."""

from harness.options import PHASES
from reports import phases


def test_every_phase_of_a_run_has_a_title_and_its_place() -> None:
    """The same phases in the same order as a run goes through them."""
    assert sorted(PHASES, key=phases.rank) == list(PHASES)
    assert all(phases.title(phase) != phase for phase in PHASES)


def test_unknown_phase_comes_last_under_its_own_name() -> None:
    """A user's own folder."""
    assert phases.title("pilot") == "pilot"
    assert phases.rank("pilot") > phases.rank("penetration")
