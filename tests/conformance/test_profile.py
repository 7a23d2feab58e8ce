"""Profiles: which severities are changed, by whom, until when, and what of it no longer holds."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from ami.errors import ConfigurationError
from ami.findings import Finding, Severity, Where
from conformance import profile

TODAY = date(2026, 3, 1)
FOUND = Finding("HE-08", Severity.ERROR, Where("/a", 3), "this", "that")
OVERRIDE = """
[[override]]
rule = "{rule}"
severity = "{severity}"
owner = "Jo Miller"
reason = "the vendor mends it in May"
expires = {expires}
"""


def written(folder: Path, *overrides: str, rule: str = "HE-08", severity: str = "warning", expires: str = "2026-05-31") -> Path:
    """A profile with these overrides, or with one."""
    file = folder / "agreed.toml"
    file.write_text("".join(overrides) or OVERRIDE.format(rule=rule, severity=severity, expires=expires), "utf-8")
    return file


def test_severity_is_changed_and_says_by_whom(tmp_path: Path) -> None:
    """And why, and until when; what else is found stays."""
    made = profile.load(written(tmp_path), TODAY).applied(FOUND)

    assert made is not None
    assert (made.severity, made.where, made.expected) == (Severity.WARNING, FOUND.where, FOUND.expected)
    assert made.found == "that [error made warning until 2026-05-31 by Jo Miller: the vendor mends it in May]"


def test_other_rules_are_left_alone(tmp_path: Path) -> None:
    """A profile speaks of its own rules."""
    other = Finding("HE-07", Severity.ERROR, Where("/a", 3), "this", "that")

    assert profile.load(written(tmp_path), TODAY).applied(other) is other


def test_rule_can_be_switched_off(tmp_path: Path) -> None:
    """Its findings are not listed, and their number is told."""
    using = profile.load(written(tmp_path, severity="off"), TODAY)

    assert using.applied(FOUND) is None
    assert list(using.told_of_use(Counter({"HE-08": 2}))) == [
        "profile: HE-08 off until 2026-05-31 by Jo Miller: the vendor mends it in May (2 findings)"
    ]


def test_last_day_still_holds(tmp_path: Path) -> None:
    """Until and including that day."""
    assert profile.load(written(tmp_path), date(2026, 5, 31)).holding
    assert not profile.load(written(tmp_path), date(2026, 6, 1)).holding


@pytest.mark.parametrize(
    ("rule", "severity", "expires", "told"),
    [
        ("HE-08", "warning", "2026-02-28", "HE-08 expired on 2026-02-28 and does not hold"),
        ("XX-99", "warning", "2026-05-31", "there is no rule XX-99"),
        ("HE-08", "error", "2026-05-31", "HE-08 is of severity error anyway"),
    ],
)
def test_override_that_does_not_hold_is_told(tmp_path: Path, rule: str, severity: str, expires: str, told: str) -> None:
    """Expired, of no rule, or without any effect: the finding stays what it is, and a reader learns why."""
    using = profile.load(written(tmp_path, rule=rule, severity=severity, expires=expires), TODAY)

    assert using.applied(FOUND) is FOUND
    assert [line.removeprefix("profile: ").startswith(told) for line in using.told_of_use(Counter())] == [True]


def test_override_that_matches_nothing_is_told(tmp_path: Path) -> None:
    """What was mended needs no excuse any more."""
    (line,) = profile.load(written(tmp_path), TODAY).told_of_use(Counter())

    assert line.startswith("profile: HE-08 matches nothing any more")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[override]\n", "is no TOML"),
        ("[rules]\nHE-08 = 'off'\n", "expected nothing but [[override]] tables"),
        (OVERRIDE.format(rule="HE-08", severity="mild", expires="2026-05-31"), "severity: expected one of error, warning, remark, off"),
        (OVERRIDE.format(rule="HE-08", severity="off", expires='"soon"'), "expires: expected a day"),
        (OVERRIDE.format(rule="HE-08", severity="off", expires="2026-05-31T00:00:00Z"), "expires: expected a day"),
        (OVERRIDE.format(rule=" ", severity="off", expires="2026-05-31"), "rule: expected a text"),
        (OVERRIDE.format(rule="HE-08", severity="off", expires="2026-05-31").replace("owner", "user"), "owner: expected exactly"),
        (OVERRIDE.format(rule="HE-08", severity="off", expires="2026-05-31") * 2, "HE-08 is changed twice"),
    ],
)
def test_what_is_no_profile_is_said_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    """With the file, and what to write instead."""
    with pytest.raises(ConfigurationError) as refused:
        profile.load(written(tmp_path, text), TODAY)

    assert str(refused.value).startswith(str(tmp_path / "agreed.toml"))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_missing_file_is_said(tmp_path: Path) -> None:
    """Before anything is judged."""
    with pytest.raises(ConfigurationError, match="cannot be read"):
        profile.load(tmp_path / "missing.toml", TODAY)
