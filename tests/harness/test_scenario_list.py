"""The list of scenarios: what it takes out of a feature file, and that the committed page is current."""

from pathlib import Path

from harness.scenario_list import as_markdown, of_file
from reports.phases import TITLES

HOUSE = Path(__file__).parents[2]

FEATURE = """\
@process:billing @system:cis @risk:high
Feature: A bill

  Rule: It is right

    @system:mdms
    Scenario: A month
      Given a day

    Scenario Outline: <spell> of silence
      Given a day

      Examples:
        | spell   |
        | An hour |
        | A day   |
"""


def test_a_scenario_has_the_tags_and_the_rule_that_it_stands_under(tmp_path: Path) -> None:
    """Tags of the feature come first; an outline is listed row by row, under its own words."""
    file = tmp_path / "bill.feature"
    file.write_text(FEATURE, "utf-8")

    feature = of_file(file, "features/sit/bill.feature")

    assert [scenario.name for scenario in feature.scenarios] == ["A month", "An hour of silence", "A day of silence"]
    assert {scenario.rule for scenario in feature.scenarios} == {"It is right"}
    assert [scenario.values("system") for scenario in feature.scenarios] == ["cis, mdms", "cis", "cis"]


def test_a_bar_in_a_name_does_not_break_the_table(tmp_path: Path) -> None:
    """Every row has as many cells as the header."""
    folder = tmp_path / "fat"
    folder.mkdir()
    (folder / "bar.feature").write_text("Feature: F\n\n  Scenario: either | or\n    Given a day\n", "utf-8")

    page = as_markdown(tmp_path, TITLES)

    assert "|  | either &#124; or | - | - | - |" in page


def test_the_page_is_current() -> None:
    """docs/scenarios.md is what the feature files say; CONTRIBUTING.md tells how to write it again."""
    assert (HOUSE / "docs" / "scenarios.md").read_text("utf-8") == as_markdown(HOUSE / "features", TITLES)
