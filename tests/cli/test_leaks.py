"""The hunt for leaks: a real run with known names, addresses and passwords, and every file that it leaves behind."""

import base64
import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.__main__ import main
from harness.record import FILE_NAME
from reports import forms
from reports.run import read

pytestmark = pytest.mark.slow

ENVIRONMENT = """
[environment]
name = "leaks"
tester_password = "LEAK_TESTER"

[systems.hes]
password = "LEAK_HES"

[systems.mdms]
password = "LEAK_MDMS"

[masking]
names = "mask"
addresses = "mask"
accounts = "mask"
meters = "hash"
key = "LEAK_KEY"
"""
SECRETS = {
    "LEAK_HES": "hes-Pa55word!",
    "LEAK_MDMS": "mdms-Pa55word!",
    "LEAK_TESTER": "tester-Pa55word!",
    "LEAK_KEY": "the key of the hashes",
}
PERSONAL = ("12 Mill Lane", "Mill Lane", "M-1", "A-000001", "C-000001", "G-000001")
PACKED = re.compile(rb"[A-Za-z0-9+/]{60,}={0,2}")


def readable(content: bytes, depth: int = 3) -> Iterator[bytes]:
    """A content, and whatever is packed in it."""
    yield content
    for found in PACKED.findall(content) if depth else ():
        try:
            inner = base64.b64decode(found + b"=" * (-len(found) % 4))
            inner = gzip.decompress(inner) if inner.startswith(b"\x1f\x8b") else inner
        except (ValueError, OSError, EOFError):
            continue
        yield from readable(inner, depth - 1)


@pytest.mark.parametrize("more", [(), ("--fault", "hes->mdms=drop-interval"), ("--jobs", "2")], ids=["passes", "fails", "side by side"])
def test_nothing_personal_and_no_secret_is_left_in_any_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    """Of a run that passes, of one with findings and failures, and of one told by two processes; in every form."""
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "leaks.toml").write_text(ENVIRONMENT, "utf-8")
    runs = tmp_path / "runs"

    code = main(
        ["run", "--env", str(tmp_path / "leaks.toml"), "--scenario", "delivery_habits", "--runs", str(runs), "--no-progress", *more]
    )

    [folder] = (path for path in runs.iterdir() if path.is_dir())
    forms.write(folder, forms.ALL)
    hunted = [value.encode() for value in (*PERSONAL, *SECRETS.values())]
    hunted += [base64.b64encode(f"{user}:{SECRETS[f'LEAK_{user.upper()}']}".encode()) for user in ("hes", "mdms", "tester")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    leaks = {
        f"{path.relative_to(folder)}: {value.decode()}"
        for path in files
        for content in readable(path.read_bytes())
        for value in hunted
        if re.search(rb"(?<![\w-])" + re.escape(value) + rb"(?!\w)", content)
    }
    assert leaks == set()
    assert len(files) > 20
    printed = capsys.readouterr().out
    assert not [value for value in (*PERSONAL, *SECRETS.values()) if value in printed]
    told = read(folder / FILE_NAME)
    assert code == (1 if "--fault" in more else 0), printed
    # What belongs together still does: the truth speaks of the meter that the messages speak of.
    meters = {truth.meter for scenario in told.scenarios for truth in scenario.truths}
    assert all(re.fullmatch(r"meter-[0-9a-f]{12}", meter) for meter in meters)
    bodies = "".join(message.body or "" for scenario in told.scenarios for message in scenario.messages)
    assert all(f"<name>{meter}</name>" in bodies for meter in meters)
    assert told.started.masked == {"names": "mask", "addresses": "mask", "accounts": "mask", "meters": "hash", "credentials": "mask"}
