"""Which scenarios there are, and which of them a run takes."""

from dataclasses import replace
from pathlib import Path

import pytest

from ami.errors import ConfigurationError
from harness import environment, selection
from harness.options import PHASES, Options
from harness.selection import Scenario

SCENARIO = Scenario(
    id="sit/meter_to_bill::A silence of <spell>[2]",
    phase="sit",
    feature="From the meter to the bill",
    feature_file="features/sit/meter_to_bill.feature",
    description="",
    rule=None,
    name="A silence of three hours",
    line=12,
    tags=("risk:high", "sit", "smoke"),
    row={"spell": "three hours"},
)
OUTLINE = """
Feature: Two rules

  Rule: One
    Scenario: Plain
      Given nothing

    Scenario Outline: A silence of <spell>
      Given nothing

      Examples:
        | spell |
        | one   |
        | two   |

      Examples: more
        | spell |
        | three |

  Rule: Two
    Example: Plain again
      Given nothing
"""


def chosen(phases: tuple[str, ...] = (), tags: str = "", scenario: str = "") -> bool:
    """Whether a run that was asked for this takes the scenario."""
    return selection.is_chosen(SCENARIO, Options(Path("runs"), 1, environment.load(None), None, phases, tags, scenario, {}))


def test_run_that_was_asked_for_nothing_takes_all() -> None:
    """Every scenario of every phase."""
    assert chosen()


@pytest.mark.parametrize(("phases", "taken"), [(("sit",), True), (("fat", "sit"), True), (("fat",), False), (("si",), False)])
def test_phase_is_one_of_those_asked_for(phases: tuple[str, ...], taken: bool) -> None:
    """By its whole name."""
    assert chosen(phases=phases) is taken


@pytest.mark.parametrize(
    ("tags", "taken"),
    [
        ("@smoke", True),
        ("smoke", False),
        ("@risk:high and not @slow", True),
        ("@sit", True),
        ("not @smoke", False),
        ("@slow or @sit", True),
    ],
)
def test_tags_are_an_expression(tags: str, taken: bool) -> None:
    """The phase is a tag, too, and a tag may hold a colon."""
    assert chosen(tags=tags) is taken


@pytest.mark.parametrize("tags", ["@smoke and", "(@smoke", "@smoke @slow"])
def test_expression_that_is_none_is_one_line(tags: str) -> None:
    """That shows how to write one."""
    with pytest.raises(ConfigurationError, match="is no tag expression") as caught:
        chosen(tags=tags)

    assert "'@process:billing and @risk:high'" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "taken"), [("three HOURS", True), ("<spell>[2]", True), ("SIT/meter_to", True), ("[1]", False), ("outage", False)]
)
def test_scenario_is_named_by_a_part_of_its_id_or_name(text: str, taken: bool) -> None:
    """In capitals or not."""
    assert chosen(scenario=text) is taken


def test_all_that_was_asked_for_must_fit() -> None:
    """The right name in the wrong phase is not taken."""
    assert not chosen(phases=("fat",), tags="@smoke", scenario="silence")


def test_scenarios_run_phase_by_phase_and_as_they_are_written() -> None:
    """Not by the alphabet of the phases; a phase that nobody knows comes last."""
    phases = [replace(SCENARIO, phase=phase) for phase in ("other", *reversed(PHASES))]
    written = [
        replace(SCENARIO, feature_file=file, line=line, id=name) for file in ("b", "a") for line, name in ((9, "x"), (10, "b"), (10, "a"))
    ]

    assert [scenario.phase for scenario in sorted(phases, key=selection.in_order)] == [*PHASES, "other"]
    assert [(scenario.feature_file, scenario.line, scenario.id) for scenario in sorted(written, key=selection.in_order)] == [
        *[("a", 9, "x"), ("a", 10, "a"), ("a", 10, "b")],
        *[("b", 9, "x"), ("b", 10, "a"), ("b", 10, "b")],
    ]


@pytest.fixture
def features(tmp_path: Path) -> Path:
    """A folder with one feature of five scenarios."""
    (tmp_path / "sit").mkdir()
    (tmp_path / "sit" / "two.feature").write_text(OUTLINE, "utf-8")
    return tmp_path


def test_rows_of_an_outline_are_counted_one_by_one(features: Path) -> None:
    """In all of its tables, and in every rule."""
    assert selection.written(features) == {"features/sit/two.feature": 5}


def test_file_that_is_no_gherkin_is_named(features: Path) -> None:
    """With what the parser says of it."""
    (features / "broken.feature").write_text("Feature: x\n  Scenario: y\n    Given z\n    Hm", "utf-8")

    with pytest.raises(ConfigurationError, match=r"broken\.feature: is no Gherkin: .*\(4:5\).*'Hm'$"):
        selection.written(features)


@pytest.mark.parametrize(("collected", "missing"), [(5, 0), (4, 1), (0, 1)])
def test_what_was_not_collected_is_missed(features: Path, collected: int, missing: int) -> None:
    """Two scenarios of one name would be one, a file that nobody binds none."""
    found = [replace(SCENARIO, feature_file="features/sit/two.feature")] * collected
    complaints = selection.missing(found, features)

    assert len(complaints) == missing
    assert all(f"features/sit/two.feature has 5 scenarios, {collected} were collected" in complaint for complaint in complaints)
