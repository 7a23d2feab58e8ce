"""`metergate check --profile`: every form says that a severity was changed, and by whom."""

from pathlib import Path

import pytest

from cli.__main__ import main
from conformance import example

FAILS = example.captures("<timeStamp>2026-03-01T00:30:00</timeStamp>")[0].body
OVERRIDE = """
[[override]]
rule = "{}"
severity = "{}"
owner = "Jo Miller"
reason = "mended in May"
expires = 2999-12-31
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a message that breaks MR-03."""
    (tmp_path / "a.xml").write_bytes(FAILS)
    return tmp_path


def profile(folder: Path, rule: str, severity: str) -> str:
    """A profile with one override."""
    file = folder / "agreed.toml"
    file.write_text(OVERRIDE.format(rule, severity), "utf-8")
    return str(file)


@pytest.mark.parametrize("form", ["text", "lines", "json", "sarif", "junit", "html"])
def test_every_form_says_who_changed_a_severity(folder: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And a warning fails nothing."""
    code = main(["check", str(folder / "a.xml"), "--format", form, "--profile", profile(folder, "MR-03", "warning")])
    written = capsys.readouterr()

    assert code == 0
    said = " ".join(written.out.replace("&#39;", "'").split())
    assert "error made warning until 2999-12-31 by Jo Miller: mended in May" in said
    assert "MR-03 warning until 2999-12-31 by Jo Miller: mended in May (1 finding)" in " ".join(written.err.split())


def test_what_is_switched_off_is_counted_and_not_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing hides without a name."""
    code = main(["check", str(folder / "a.xml"), "--format", "lines", "--profile", profile(folder, "MR-03", "off")])
    written = capsys.readouterr()

    assert code == 0
    assert written.out == ""
    assert "MR-03 off until 2999-12-31 by Jo Miller: mended in May (1 finding)" in " ".join(written.err.split())


def test_remark_can_be_made_an_error(folder: Path) -> None:
    """A profile can be stricter than the rules."""
    (folder / "a.xml").write_bytes(example.captures("<Context>Testing</Context>")[0].body)

    assert main(["check", str(folder / "a.xml")]) == 0
    assert main(["check", str(folder / "a.xml"), "--profile", profile(folder, "HE-10", "error")]) == 1


def test_override_without_a_use_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The finding that it was made for is gone."""
    code = main(["check", str(folder / "a.xml"), "--profile", profile(folder, "HE-08", "off")])

    assert code == 1
    assert "HE-08 matches nothing any more" in " ".join(capsys.readouterr().err.split())


def test_profile_that_is_none_is_bad_usage(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line, and nothing judged."""
    (folder / "agreed.toml").write_text("[[override]]\nrule = 'MR-03'\n", "utf-8")

    assert main(["check", str(folder / "a.xml"), "--profile", str(folder / "agreed.toml")]) == 64
    assert "override 1: severity: expected exactly" in capsys.readouterr().err
