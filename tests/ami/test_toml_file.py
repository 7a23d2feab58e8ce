"""A TOML file that somebody wrote: its table, or one line on what is wrong with it."""

from pathlib import Path

import pytest

from ami import toml_file
from ami.errors import ConfigurationError


def test_file_gives_its_table(tmp_path: Path) -> None:
    """As TOML has it."""
    (tmp_path / "a.toml").write_text("[part]\nnumber = 1\n")

    assert toml_file.read(tmp_path / "a.toml", "a policy") == {"part": {"number": 1}}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (None, r"a\.toml: cannot be read \(No such file or directory\); name a policy in TOML$"),
        (b"[part", r"a\.toml: is no TOML: "),
        (b"name = '\xff'", r"a\.toml: is no TOML: "),
    ],
    ids=["missing", "torn", "not UTF-8"],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path: Path, written: bytes | None, told: str) -> None:
    """With the file's name, and what to name instead."""
    if written is not None:
        (tmp_path / "a.toml").write_bytes(written)

    with pytest.raises(ConfigurationError, match=told):
        toml_file.read(tmp_path / "a.toml", "a policy")
