"""What a run was asked for."""

from pathlib import Path
from typing import Any, cast

import pytest

from ami.errors import ConfigurationError
from ami.names import Wire
from harness import options
from harness.options import PHASES, Options

FEATURES = Path(__file__).parent.parent.parent / "features"


def asked(**given: Any) -> Options:
    """The options of a run; names without `--ami-`."""
    defaults: dict[str, Any] = {
        "run": "runs/x",
        "seed": None,
        "env": None,
        "readings": None,
        "phase": [],
        "tags": "",
        "scenario": "",
        "fault": [],
        "schemas": None,
        "profile": None,
        "attended": None,
        "attended-limit": 300.0,
    }

    class Config:
        def getoption(self, name: str) -> Any:
            return {**defaults, **given}[name.removeprefix("--ami-")]

    return options.of(cast("pytest.Config", Config()))


def test_nothing_asked_for_is_the_whole_product() -> None:
    """Every phase, the built-in landscape, its seed, the sample readings, no faults."""
    told = asked()

    assert (told.folder, told.seed, told.readings, told.phases, told.tags, told.scenario, told.faults) == (
        Path("runs/x"),
        1,
        None,
        (),
        "",
        "",
        {},
    )
    assert told.environment.environment.name == "built-in"


def test_seed_is_that_of_the_environment_unless_another_is_named(tmp_path: Path) -> None:
    """Zero is a seed, too."""
    file = tmp_path / "landscape.toml"
    file.write_text("[environment]\nseed = 5\n", "utf-8")

    assert [asked(env=str(file)).seed, asked(env=str(file), seed=0).seed, asked(env=str(file), seed=9).seed] == [5, 0, 9]


def test_faults_are_put_on_their_wires() -> None:
    """As many as are named."""
    told = asked(fault=["hes->mdms=scale", "mdms->cis=drop-interval"])

    assert {wire: fault.name for wire, fault in told.faults.items()} == {Wire("hes", "mdms"): "scale", Wire("mdms", "cis"): "drop-interval"}


def test_readings_are_a_file() -> None:
    """Of the user's."""
    assert asked(readings="my.csv").readings == Path("my.csv")


def test_schemas_are_those_of_the_command_line() -> None:
    """A folder in the place of ours."""
    assert asked().environment.environment.schemas is None
    assert asked(schemas="licensed").environment.environment.schemas == Path("licensed")


def test_option_that_makes_no_sense_is_the_users() -> None:
    """One line, no traceback."""
    with pytest.raises(ConfigurationError):
        asked(fault=["scale"])
    with pytest.raises(ConfigurationError):
        asked(env="absent.toml")


def test_every_phase_is_a_folder_and_every_folder_a_phase() -> None:
    """A folder that is none of them would never run in its order."""
    assert {folder.name for folder in FEATURES.iterdir() if any(folder.glob("*.feature"))} == set(PHASES)
