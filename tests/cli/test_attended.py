"""An attended run: the question reaches the terminal of `metergate run`, and its answer the scenario and the record."""

import json
import os
import pty
import select
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cli.__main__ import main
from tests.harness.up_process import HOUSE, free_port, standing

PATIENCE_S = 60.0
PASSWORDS = {f"PASSWORD_{name}": f"secret of {name}" for name in ("HES", "MDMS", "CIS", "OMS", "TESTER")}
SCENARIO = "With consent"


def landscape(folder: Path, *, is_elsewhere: bool, ports: tuple[int, int]) -> Path:
    """An MDMS without a control port, as a run or as `up` sees it. ports: of the wiretap and of the MDMS."""
    tap, own = ports
    elsewhere = 'run = "elsewhere"\npatience_s = 1.0\n' if is_elsewhere else ""
    path = folder / f"{'run' if is_elsewhere else 'up'}.toml"
    path.write_text(
        f'[environment]\nlisten = "http://127.0.0.1:{tap}"\ntester_password = "PASSWORD_TESTER"\n'
        + "".join(f'[systems.{name}]\npassword = "PASSWORD_{name.upper()}"\n' for name in ("hes", "cis", "oms"))
        + f'[systems.mdms]\npassword = "PASSWORD_MDMS"\naddress = "http://127.0.0.1:{own}"\n{elsewhere}',
        "utf-8",
    )
    return path


class Terminal:
    """A run at a pseudo-terminal."""

    def __init__(self, folder: Path, env: Path, *arguments: str) -> None:
        self._leader, follower = pty.openpty()
        command = [sys.executable, "-P", "-m", "cli", "run", "--env", str(env), "--runs", str(folder), "--attended", *arguments]
        self.process = subprocess.Popen(
            command,
            cwd=HOUSE,
            env={**os.environ, **PASSWORDS, "PYTHONPATH": str(HOUSE)},
            stdin=follower,
            stdout=follower,
            stderr=follower,
        )
        os.close(follower)
        self.text = ""
        self._read = 0

    def read_until(self, wanted: str) -> None:
        """Read what it shows until `wanted` is shown. Raises AssertionError where it never is."""
        while (found := self.text.find(wanted, self._read)) < 0:
            ready, _, _ = select.select([self._leader], [], [], PATIENCE_S)
            assert ready, f"waited in vain for {wanted!r} after {self.text!r}"
            try:
                shown = os.read(self._leader, 4096)
            except OSError:
                shown = b""
            assert shown, f"it ended without {wanted!r}: {self.text!r}"
            self.text += shown.decode()
        self._read = found + len(wanted)

    def type(self, text: str) -> None:
        """Type a line."""
        os.write(self._leader, f"{text}\n".encode())

    def end(self) -> int:
        """Its exit code, once it has ended."""
        self.read_until("Report:")
        code = self.process.wait(PATIENCE_S)
        os.close(self._leader)
        return code


def attended(folder: Path) -> list[dict[str, Any]]:
    """The lines of the record about what a person was asked."""
    (record,) = folder.glob("*/record.ndjson")
    return [line for line in map(json.loads, record.read_text("utf-8").splitlines()) if line["type"] == "attended"]


def finished(folder: Path) -> dict[str, Any]:
    """The last line about the scenario."""
    (record,) = folder.glob("*/record.ndjson")
    (line,) = (line for line in map(json.loads, record.read_text("utf-8").splitlines()) if line["type"] == "scenario_finished")
    return dict(line)


@pytest.mark.parametrize(
    ("answer", "limit_s", "refusal"),
    [("the consent desk is closed", "30", "the consent desk is closed"), (None, "1", "nobody answered within 1 s")],
    ids=["refused", "silence"],
)
def test_person_at_the_terminal_is_asked_with_a_limit(tmp_path: Path, answer: str | None, limit_s: str, refusal: str) -> None:
    """What is not done is not tested, with the person's words; the record says who said it and when."""
    ports = free_port(), free_port()
    with standing(landscape(tmp_path, is_elsewhere=False, ports=ports), "mdms", **PASSWORDS):
        terminal = Terminal(
            tmp_path / "runs",
            landscape(tmp_path, is_elsewhere=True, ports=ports),
            *("--scenario", SCENARIO, "--attended-limit", limit_s),
        )
        if answer is not None:
            terminal.read_until("have all complete days validated and estimated")
            terminal.read_until("): ")
            terminal.type("")
            terminal.read_until("let SunAdvice see the readings")
            terminal.read_until("): ")
            terminal.type(answer)
        code = terminal.end()

    told = attended(tmp_path / "runs")
    assert (code, finished(tmp_path / "runs")["outcome"]) == (2, "not tested")
    assert refusal in finished(tmp_path / "runs")["reason"]
    assert told[-1]["refusal"] == refusal
    assert told[-1]["by"] == ("" if answer is None else told[0]["by"])
    assert [line["asked_at"] <= line["answered_at"] for line in told] == [True] * len(told)
    if answer is not None:
        assert [(line["command"], line["refusal"]) for line in told] == [("validate", None), ("consent", refusal)]
        assert told[0]["by"]


def test_attended_without_a_terminal_is_bad_usage(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """In a build server nobody would ever answer."""
    with Path(os.devnull).open("r", encoding="utf-8") as nobody:
        monkeypatch.setattr(sys, "stdin", nobody)

        assert main(["run", "--attended"]) == 64
    assert "--attended needs somebody at a terminal" in capsys.readouterr().err
