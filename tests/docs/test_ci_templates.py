"""The templates for CI servers: well-formed, and every command in them is one that there is."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from cli.__main__ import COMMANDS, application

HOUSE = Path(__file__).parents[2]
FOLDER = HOUSE / "deploy" / "ci"
TEMPLATES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".toml")
COMMAND = re.compile(r"\./metergate ([^'|\n]*)")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_commands_are_those_that_there_are(template: Path) -> None:
    """With options that they take and files that exist; a run is always verified and put before the gate."""
    called = [shlex.split(found) for found in COMMAND.findall(template.read_text("utf-8"))]

    application_commands: Any = get_command(application(COMMANDS))
    for name, *arguments in called:
        command = application_commands.commands[name]
        taken = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        assert [each for each in arguments if each.startswith("--") and each not in taken] == []
        assert [each for each in arguments if each.endswith(".toml") and not (HOUSE / each).is_file()] == []
    assert [name for name, *_ in called] == ["run", "verify", "gate"]


@pytest.mark.parametrize("template", [path for path in TEMPLATES if path.suffix == ".yml"], ids=lambda path: path.name)
def test_template_is_yaml_whose_steps_are_where_the_server_looks(template: Path) -> None:
    """The results are kept whatever the gate says."""
    told = yaml.safe_load(template.read_text("utf-8"))

    if template.name == "gitlab_ci.yml":
        assert told["metergate"]["artifacts"]["when"] == "always"
        assert told["metergate"]["artifacts"]["reports"]["junit"] == "runs/*/junit.xml"
        return
    (job,) = told["jobs"].values() if template.name == "github_actions.yml" else told["jobs"]
    steps: list[dict[str, Any]] = job["steps"]
    ends = [step for step in steps if "upload" in step.get("uses", "") or "Publish" in step.get("task", "")]
    assert len(ends) == 2
    assert [str(step.get("if") or step.get("condition")) for step in ends] == ["always()", "always()"]
    tolerant = [step for step in steps if step.get("continue-on-error") or step.get("continueOnError")]
    assert [step.get("run") or step.get("script") for step in tolerant] == ["./metergate run --no-progress"]


def test_jenkinsfile_is_a_declarative_pipeline() -> None:
    """Every bracket is closed, and what is published always is."""
    text = (FOLDER / "Jenkinsfile").read_text("utf-8")
    bare = re.sub(r"//.*|'[^'\n]*'", "", text)

    open_ones: list[str] = []
    for sign in bare:
        if sign in "([{":
            open_ones.append(sign)
        elif sign in ")]}":
            assert open_ones.pop() + sign in ("()", "[]", "{}")
    assert open_ones == []
    assert bare.split()[:2] == ["pipeline", "{"]
    assert "junit testResults:" in bare[bare.index("always") :]
