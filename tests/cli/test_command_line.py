"""The command line as a whole: overview, usage errors in one line, exit codes."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from textwrap import dedent

import pytest

from ami.errors import RecordError
from cli import __main__ as command_line
from cli.__main__ import COMMANDS, main

HOUSE = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_overview_explains_every_command_with_an_example(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Called alone or for help, it says what there is and how it is called."""
    assert main(arguments) == 0
    said = capsys.readouterr().out
    for name in COMMANDS:
        module = import_module(f"cli.{name}")
        assert f"  {name} " in said
        assert module.command.__doc__.split("\n")[0] in said
        assert module.EXAMPLES[0] in said


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_has_its_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One line each, as they are typed."""
    assert main([name, "--help"]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert set(import_module(f"cli.{name}").EXAMPLES) <= set(lines)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rum"], "Did you mean 'run'"),
        (["--nonsense"], "--nonsense"),
        (["run", "--phase", "fatt"], "choose from fat, sat"),
        (["run", "--seed", "seven"], "--seed"),
        (["run", "--tags", "(@smoke"], "is no tag expression"),
        (["run", "--env", "absent.toml"], "absent.toml: cannot be read"),
        (["run", "--readings", "absent.csv"], "absent.csv: cannot be read"),
        (["run", "--fault", "hes->mdms=gremlin"], "faults: drop-interval"),
        (["run", "--runs", "pyproject.toml/runs"], "--runs"),
        (["report", "absent"], "absent is no run"),
        (["test", "typos"], "choose from lint"),
        (["rules", "ZZ-99"], "ZZ-99"),
        (["check"], "FILE"),
        (["check", "absent.xml"], "absent.xml"),
    ],
)
def test_bad_usage_is_one_line_and_exit_64(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line says what is wrong and what to write instead."""
    monkeypatch.chdir(HOUSE)

    assert main(arguments) == 64
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("metergate: ")
    assert said in captured.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[environment", "is no TOML"),
        ("[environment]\nseeed = 7\n", "environment.seeed"),
        ('[systems.hes]\nrun = "elsewhere"\n', "needs an address"),
    ],
)
def test_wrong_environment_file_is_one_line(tmp_path: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It names the file and the place in it."""
    file = tmp_path / "landscape.toml"
    file.write_text(text)

    assert main(["run", "--env", str(file)]) == 64
    line = capsys.readouterr().err
    assert str(file) in line
    assert said in line
    assert line.count("\n") == 1


def test_readings_that_are_no_csv_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A picture by mistake is told off before any scenario begins."""
    file = tmp_path / "meters.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff" * 9)

    assert main(["run", "--readings", str(file), "--runs", str(tmp_path)]) == 64
    assert capsys.readouterr().err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["meters.png"]


def test_fault_of_ours_is_exit_3(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A HarnessError is one line, and never the exit code of a failed system."""

    def broken(*_: object, **__: object) -> None:
        raise RecordError("the record is torn")

    monkeypatch.setattr(command_line, "get_command", lambda _: type("App", (), {"main": broken}))

    assert main([]) == 3
    assert capsys.readouterr().err == "metergate: the record is torn\n"


def test_exception_that_nobody_expected_is_exit_3_and_not_1() -> None:
    """Python's own 1 would say that the system under test failed."""
    script = """
        import runpy, sys, cli.version
        cli.version.product_version = None
        sys.argv = ["cli", "version"]
        runpy.run_module("cli", run_name="__main__")
    """
    command = [sys.executable, "-c", dedent(script)]
    done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": "."})

    assert done.returncode == 3
    assert "Traceback" in done.stderr


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The version of the product and of Python."""
    assert main(["--version"]) == main(["version"]) == 0
    one, other = capsys.readouterr().out.splitlines()
    assert one == other
    assert one.startswith("MeterGate 0.")
