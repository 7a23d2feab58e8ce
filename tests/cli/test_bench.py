"""`metergate bench`: every script of tests/bench, the worst of them as exit code."""

from pathlib import Path

import pytest

from ami.errors import ConfigurationError
from cli import bench


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for scripts."""
    monkeypatch.setattr(bench, "SCRIPTS", tmp_path)
    return tmp_path


@pytest.mark.parametrize(("codes", "code"), [((0, 0), 0), ((0, 1), 1), ((1, 7), 3), ((0, 2), 2), ((), 2)])
def test_worst_script_decides(scripts: Path, codes: tuple[int, ...], code: int) -> None:
    """One that misses its mark fails, one that breaks is an error; none, or one that could not measure, is no pass."""
    for number, exit_code in enumerate(codes):
        (scripts / f"of_{number}.py").write_text(f"raise SystemExit({exit_code})")

    assert bench.command() == code


def test_unknown_name_is_bad_usage(scripts: Path) -> None:
    """The names that there are stand in the line."""
    (scripts / "judging.py").touch()

    with pytest.raises(ConfigurationError, match="judging"):
        bench.command(["writing"])
