"""The environment file: what may stand in it, and what is said of what may not."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from ami.dialect import dialect
from ami.errors import ConfigurationError
from ami.names import Wire
from harness import masking_of_run
from harness.environment import Environment, control_token, load, password, secret
from harness.masking_policy import Policy


def written(folder: Path, text: str) -> Path:
    """An environment file with that text."""
    path = folder / "landscape.toml"
    path.write_text(text, "utf-8")
    return path


def test_without_a_file_everything_is_simulated() -> None:
    """The built-in landscape."""
    described = load(None).described()

    assert {name: system["simulated"] for name, system in described.items()} == dict.fromkeys(("hes", "mdms", "cis", "oms"), True)


def test_system_elsewhere_is_not_simulated(tmp_path: Path) -> None:
    """A real MDMS."""
    path = written(tmp_path, '[systems.mdms]\naddress = "http://127.0.0.1:9102/"\nrun = "elsewhere"\n')

    assert load(path).described()["mdms"] == {"address": "http://127.0.0.1:9102", "simulated": False}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[environment", "is no TOML"),
        ('[environment]\ndialekt = "2011"\n', "environment.dialekt: is no setting that there is"),
        (
            '[environment]\ndialect = "1999"\n',
            "environment.dialect: there is no dialect '1999': choose one of 2011, 2011-draft, 2017, generic",
        ),
        ('[environment]\nclock = "broken"\n', "environment.clock"),
        ('[environment]\ntimezone = "Mars/Olympus"\n', "environment.timezone: expected a time zone"),
        ('[systems.hes]\naddress = "somewhere"\n', "systems.hes.address: expected an address such as"),
        ('[systems.mdms]\nrun = "elsewhere"\n', "needs an address"),
        ('[systems.fridge]\naddress = "http://127.0.0.1:1"\n', "systems.fridge"),
        ('[environment]\nseed = "seven"\n', "environment.seed"),
    ],
)
def test_wrong_file_is_one_line_that_names_the_place(tmp_path: Path, text: str, said: str) -> None:
    """Each mistake is named where it stands."""
    with pytest.raises(ConfigurationError) as caught:
        load(written(tmp_path, text))

    assert said in str(caught.value)
    assert "landscape.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_absent_file_is_named(tmp_path: Path) -> None:
    """No file, no traceback."""
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load(tmp_path / "absent.toml")


def test_secret_that_is_not_set_is_named_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is named, for its value cannot be."""
    monkeypatch.delenv("MDMS_PASSWORD", raising=False)

    with pytest.raises(ConfigurationError, match="MDMS_PASSWORD"):
        secret("MDMS_PASSWORD")


def test_system_may_speak_a_dialect_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two that differ, one elsewhere is right, then the one that is spoken to."""
    wording = dialect("2011")
    monkeypatch.setattr("ami.dialect.names", lambda: ("2011", "a", "b"))
    monkeypatch.setattr("ami.dialect.dialect", lambda name: replace(wording, name=name))
    here = '[systems.hes]\ndialect = "a"\n[systems.mdms]\ndialect = "b"\n'
    elsewhere = '[systems.oms]\ndialect = "a"\nrun = "elsewhere"\naddress = "http://127.0.0.1:1"\n'
    told = load(written(tmp_path, here + elsewhere))

    spoken = {str(wire): told.dialect_on(wire).name for wire in map(Wire._make, permutations(("hes", "mdms", "cis", "oms"), 2))}

    assert spoken["cis->hes"] == spoken["hes->cis"] == "a"
    assert (spoken["hes->mdms"], spoken["mdms->hes"]) == ("b", "a")
    assert spoken["mdms->oms"] == spoken["oms->mdms"] == "a"


@pytest.mark.parametrize(("line", "variable"), [("", "METERGATE_MDMS_CONTROL_TOKEN"), ('control_token = "MINE"\n', "MINE")])
def test_token_comes_from_the_named_variable_or_from_one_after_the_system(
    tmp_path: Path, line: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the same file does for both processes."""
    told = load(written(tmp_path, f"[systems.mdms]\n{line}"))
    monkeypatch.setenv(variable, "key")

    assert control_token(told, "mdms") == "key"


def test_password_of_the_tester_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real system has to know it."""
    monkeypatch.setenv("TESTER", "secret")

    assert password(load(written(tmp_path, '[environment]\ntester_password = "TESTER"\n')), "tester") == "secret"


def test_personal_data_are_masked_where_a_system_is_real() -> None:
    """Unless the file says otherwise; made-up people are nobody's."""
    made_up = Policy().resolved(all_simulated=True)
    real = Policy(names="keep").resolved(all_simulated=False)

    assert made_up == {"names": "keep", "addresses": "keep", "accounts": "keep", "meters": "keep", "credentials": "mask"}
    assert real == {"names": "keep", "addresses": "mask", "accounts": "mask", "meters": "keep", "credentials": "mask"}


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (Policy(meters="hash"), 'names no key: write key = "METERGATE_MASKING_KEY"'),
        (Policy(meters="hash", key="METERGATE_TEST_NOT_SET"), "METERGATE_TEST_NOT_SET, named in the environment file, is not set"),
    ],
)
def test_hashes_need_a_key(policy: Policy, said: str) -> None:
    """One that is set; a hash without one could be guessed by anybody."""
    with pytest.raises(ConfigurationError, match=said):
        masking_of_run.mask(Environment(masking=policy))
