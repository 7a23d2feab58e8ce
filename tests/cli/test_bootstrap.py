"""The first use: when `.venv` is made, made again, or left alone. No test here reaches a network."""

import json
import os
import re
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).resolve().parents[2]


def bootstrap() -> Any:
    """The script `metergate` as a module."""
    loader = SourceFileLoader("metergate_script", str(HOUSE / "metergate"))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


SCRIPT = bootstrap()


@pytest.fixture
def house(tmp_path: Path) -> Any:
    """A checkout whose .venv is whole but for its stamp, and whose steps towards one are only noted down in `.did`."""
    (tmp_path / "requirements.txt").write_text("lxml==1\n")
    (tmp_path / "requirements-dev.txt").write_text("lxml==1\nruff==1\n")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    made = SCRIPT.House(tmp_path)
    made.did = []
    made.make_empty = lambda: made.did.append("empty")
    made.fill = made.did.append
    return made


def test_unstamped_environment_is_made_anew(house: Any) -> None:
    """What was left half made is not trusted."""
    house.make_ready("requirements.txt")

    assert house.did == ["empty", "requirements.txt"]
    assert house.is_ready("requirements.txt")


def test_stamped_environment_is_left_alone(house: Any) -> None:
    """The second use installs nothing, and so needs no network."""
    house.make_ready("requirements.txt")
    house.did.clear()

    house.make_ready("requirements.txt")

    assert house.did == []


def test_changed_requirements_make_it_anew(house: Any) -> None:
    """A pull that brings other pins does not run on the old ones."""
    house.make_ready("requirements.txt")
    (house.folder / "requirements.txt").write_text("lxml==2\n")

    assert not house.is_ready("requirements.txt")


def test_developer_packages_are_added_to_a_whole_environment(house: Any) -> None:
    """`test` after `run` adds what is missing, and `run` is served by it too."""
    house.make_ready("requirements.txt")
    house.did.clear()

    house.make_ready("requirements-dev.txt")

    assert house.did == ["requirements-dev.txt"]
    assert house.is_ready("requirements.txt")
    assert house.is_ready("requirements-dev.txt")


def test_failed_install_leaves_no_stamp(house: Any) -> None:
    """An install that broke off is begun again by the next use."""

    def fail(_requirements: str) -> None:
        raise SCRIPT.BootstrapError("no network")

    house.fill = fail
    with pytest.raises(SCRIPT.BootstrapError):
        house.make_ready("requirements.txt")

    assert house.installed() == {}


def test_stamp_that_is_no_json_counts_for_nothing(house: Any) -> None:
    """A stamp cut off by a full disk is no stamp."""
    house.stamp.write_text('{"requirements.txt"')

    assert house.installed() == {}


def test_stamp_without_its_python_counts_for_nothing(house: Any) -> None:
    """After the system's Python was replaced, the environment is made again."""
    house.make_ready("requirements.txt")
    house.python.unlink()

    assert house.installed() == {}


@pytest.mark.parametrize(
    ("arguments", "requirements"),
    [
        ([], "requirements.txt"),
        (["--help"], "requirements.txt"),
        (["run", "--phase", "fat"], "requirements.txt"),
        (["test"], "requirements-dev.txt"),
        (["bench"], "requirements-dev.txt"),
    ],
)
def test_only_developer_commands_need_developer_packages(arguments: list[str], requirements: str) -> None:
    """A user installs no linter."""
    assert SCRIPT.requirements_of(arguments) == requirements


def test_failing_pip_is_one_line_with_its_reason(house: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """What failed and where the log is, instead of a page of pip."""
    real = SCRIPT.House(house.folder)
    real.python.unlink()
    real.python.write_text("#!/bin/sh\necho 'Collecting lxml'\necho 'ERROR: no matching distribution'\nexit 1\n")
    real.python.chmod(0o755)
    real.make_empty = lambda: None

    assert SCRIPT.prepare(real, "requirements.txt") == 3
    last = capsys.readouterr().err.splitlines()[-1]
    assert "no matching distribution" in last
    assert str(real.log) in last
    assert b"Collecting lxml" in real.log.read_bytes()


def test_missing_ensurepip_is_one_line(house: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian's python3 without python3-venv is told what to install."""
    monkeypatch.setattr(SCRIPT.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else True)

    assert SCRIPT.prepare(SCRIPT.House(house.folder), "requirements.txt") == 3
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert "-venv" in lines[0]


def test_old_python_is_one_line(house: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.10 is refused before anything is installed."""
    monkeypatch.setattr(SCRIPT.sys, "version_info", (3, 10, 1))

    assert SCRIPT.prepare(house, "requirements.txt") == 3
    assert capsys.readouterr().err.startswith("metergate: needs Python 3.11 or newer, this is 3.10")
    assert house.did == []


def test_missing_requirements_file_is_one_line(house: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """A checkout that lacks a file says which."""
    (house.folder / "requirements.txt").unlink()

    assert SCRIPT.prepare(house, "requirements.txt") == 3
    assert capsys.readouterr().err == "metergate: requirements.txt cannot be read: No such file or directory\n"


def test_two_first_uses_install_once(house: Any, tmp_path: Path) -> None:
    """The second waits for the first and takes what it made."""
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    house.python.unlink()
    house.python.write_text(f"#!/bin/sh\necho one >> {tmp_path}/installs\nread _ < {gate}\nexit 0\n")
    house.python.chmod(0o755)
    code = f"""
from importlib.machinery import SourceFileLoader
from pathlib import Path
script = SourceFileLoader("metergate_script", {str(HOUSE / "metergate")!r}).load_module()
house = script.House(Path({str(tmp_path)!r}))
house.make_empty = lambda: None
raise SystemExit(script.prepare(house, "requirements.txt"))
"""
    command = [sys.executable, "-W", "ignore", "-c", code]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as first:
        assert first.stderr is not None
        assert "installing" in first.stderr.readline()
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as second:
            assert second.stderr is not None
            assert "waiting" in second.stderr.readline()
            gate.write_text("go on\n")
            assert [first.wait(timeout=30), second.wait(timeout=30)] == [0, 0]

    assert (tmp_path / "installs").read_text() == "one\n"
    assert set(json.loads((tmp_path / ".venv" / "metergate.json").read_text())) == {"requirements.txt"}


def test_developers_pin_what_users_pin() -> None:
    """Adding the developers' packages to a whole environment changes none that is there. On which machines a pin holds may differ."""
    users, developers = (
        set(re.findall(r"^[\w.-]+==[^\s;]+", (HOUSE / name).read_text(), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    )

    assert users
    assert users <= developers


def test_hands_over_from_any_folder(house: Any, tmp_path: Path) -> None:
    """Our packages are imported, not a folder of the same name where the user stands."""
    script = tmp_path / "metergate"
    script.write_bytes((HOUSE / "metergate").read_bytes())
    house.make_ready("requirements.txt")
    for folder, said in ((tmp_path / "cli", "ours"), (tmp_path / "elsewhere" / "cli", "theirs")):
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
        (folder / "__main__.py").write_text(f"import os, sys\nprint('{said}', sys.argv[1:], os.path.basename(os.getcwd()))\n")

    command = [sys.executable, str(script), "run", "--seed", "7"]
    done = subprocess.run(
        command, cwd=tmp_path / "elsewhere", capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": "."}
    )

    assert done.stdout == "ours ['run', '--seed', '7'] elsewhere\n"
