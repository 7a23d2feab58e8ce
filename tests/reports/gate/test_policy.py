"""The policy of a gate."""

from pathlib import Path

import pytest

from ami.errors import ConfigurationError
from reports.gate.policy import load

DOCUMENTED = Path(__file__).parents[3] / "deploy" / "ci" / "gate.toml"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("scenarios = -1", "scenarios: Input should be greater than or equal to 0"),
        ("[phases.sit]\npassd = 1.0", "phases.sit.passd: is no setting that there is"),
        ("[phases.sit]\npassed = 98", "phases.sit.passed: Input should be less than or equal to 1"),
        ('[[waivers]]\nwaives = "MR-03"\nowner = "R. Hopper"\nexpires = 2026-03-10', "waivers.0.reason: Field required"),
        ('[[waivers]]\nwaives = "MR-03"\nowner = ""\nreason = "x"\nexpires = 2026-03-10', "waivers.0.owner: String should have at least"),
        ("[findings]\nfatal = 0", "findings.fatal"),
        ("scenarios =", "is no TOML"),
    ],
)
def test_mistake_is_named_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    """With the file and the setting."""
    (tmp_path / "gate.toml").write_text(text)

    with pytest.raises(ConfigurationError) as refused:
        load(tmp_path / "gate.toml")

    assert said in str(refused.value)
    assert "\n" not in str(refused.value).strip() or "TOML" in said


def test_file_that_is_not_there_is_named() -> None:
    """In one line."""
    with pytest.raises(ConfigurationError, match=r"nowhere\.toml: cannot be read \(No such file or directory\)"):
        load(Path("nowhere.toml"))


def test_policy_that_comes_along_can_be_used() -> None:
    """And asks for every phase."""
    policy = load(DOCUMENTED)

    assert "fat" in policy.phases
    assert policy.acceptance is not None
