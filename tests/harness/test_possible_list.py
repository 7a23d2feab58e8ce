"""The list of what remains possible with a real system: what its tags may say, and that the committed page is current."""

from pathlib import Path

import pytest

from ami import names
from harness.possible_list import as_markdown, needs_of, of_all
from reports.phases import TITLES

HOUSE = Path(__file__).parents[2]


def test_tag_says_what_a_scenario_cannot_do_without() -> None:
    """A command of a system's control port, or time that can be moved."""
    assert needs_of(["smoke", "needs:mdms/validate", "needs:virtual-clock"]) == {"mdms": "validate", "virtual-clock": "virtual-clock"}


@pytest.mark.parametrize("tag", ["needs:mdms", "needs:mdms/everything", "needs:fridge/install", "needs:"])
def test_tag_that_nobody_could_explain_is_refused(tag: str) -> None:
    """It would leave a gap on the page."""
    with pytest.raises(ValueError, match="@needs:"):
        needs_of([tag])


def test_half_of_all_scenarios_remain_possible_with_a_real_mdms() -> None:
    """Without a control port, whatever the clock."""
    scenarios = [scenario for listed in of_all(HOUSE / "features").values() for scenario in listed]
    possible = [scenario for scenario in scenarios if not {names.MDMS, "virtual-clock"} & scenario.needs.keys()]

    assert 2 * len(possible) >= len(scenarios)


def test_the_page_is_current() -> None:
    """docs/possible.md is what the tags say; CONTRIBUTING.md tells how to write it again."""
    assert (HOUSE / "docs" / "possible.md").read_text("utf-8") == as_markdown(HOUSE / "features", TITLES)
