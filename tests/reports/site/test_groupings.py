"""The scenarios as trees."""

from ami.outcomes import Outcome
from reports.rule_words import KNOWN
from reports.run import read
from reports.site.groupings import Grouping, groupings
from reports.site.scenes import Stage
from tests.reports.telling import Telling


def grouped(telling: Telling) -> dict[str, Grouping]:
    """The trees of what has been told."""
    stage = Stage()
    return {each.key: each for each in groupings([stage.scene(scenario) for scenario in read(telling.save().path).scenarios])}


def told(telling: Telling) -> Telling:
    """Three scenarios of two phases; one failed, one was not tested."""
    telling.begin().collect(
        {"name": "A", "tags": ["process:billing", "process:meter_exchange", "risk:low", "covers:MR-03"]},
        {"name": "B", "tags": ["process:billing", "risk:high"]},
        {"name": "C", "phase": "fat", "tags": []},
    )
    telling.start("A").step("Given a day").finish()
    return telling.start("B").step("Then", "failed").finish("failed", "no").start("C").finish("not tested", "real")


def titles(grouping: Grouping) -> list[tuple[str, Outcome, int]]:
    """The branches with their worst outcome and how many scenarios they have."""
    return [(branch.title, branch.outcome, branch.summary.scenarios) for branch in grouping.branches]


def test_phases_stand_in_the_order_of_a_project(telling: Telling) -> None:
    """Nothing but an untested scenario is no pass."""
    assert titles(grouped(told(telling))["phases"]) == [
        ("Factory acceptance", Outcome.NOT_TESTED, 1),
        ("System integration", Outcome.FAILED, 2),
    ]


def test_scenario_of_two_processes_counts_in_both(telling: Telling) -> None:
    """And one that names none is told."""
    processes = grouped(told(telling))["processes"]

    assert titles(processes) == [("billing", Outcome.FAILED, 2), ("meter exchange", Outcome.PASSED, 1)]
    assert processes.note == "1 of 3 scenarios name no process and stand in none of these."


def test_risks_go_from_high_to_low(telling: Telling) -> None:
    """As a reader asks for them."""
    assert [title for title, *_ in titles(grouped(told(telling))["risks"])] == ["high", "low"]


def test_requirements_name_what_they_ask_and_how_many_are_not_named(telling: Telling) -> None:
    """By the tag @covers."""
    requirements = grouped(told(telling))["requirements"]

    assert titles(requirements) == [("MR-03", Outcome.PASSED, 1)]
    assert requirements.branches[0].said == "every reading's timestamp to name its offset from UTC"
    assert requirements.note.startswith(f"1 of the judge's {len(KNOWN)} rules is named by a scenario of this run.")


def test_branch_has_its_features_with_their_scenarios(telling: Telling) -> None:
    """So that the page can list them when they are opened."""
    [feature] = grouped(told(telling))["processes"].branches[0].branches

    assert (feature.title, feature.scenes) == ("From meter to bill", ("s1", "s2"))
