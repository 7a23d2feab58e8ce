"""`metergate up`: systems in a process of their own, from the first line that it prints to its end."""

import re
import signal
from pathlib import Path

import pytest
import requests

from cli.__main__ import main
from tests.harness.up_process import free_port, standing

SECRET, KEY = "secret of the head-end", "key"


def test_prints_what_a_neighbour_has_to_know(tmp_path: Path) -> None:
    """Address, WSDL, control port, token, neighbours; each is true."""
    address, other = f"http://127.0.0.1:{free_port()}/services/mdms", "http://127.0.0.1:9/hes"
    env = tmp_path / "landscape.toml"
    env.write_text(f'[systems.mdms]\naddress = "{address}"\n[systems.hes]\naddress = "{other}"\npassword = "HES_PASSWORD"\n', "utf-8")

    with standing(env, "mdms", HES_PASSWORD=SECRET) as said:
        text = "\n".join(said)
        (token,) = re.findall(r"export METERGATE_MDMS_CONTROL_TOKEN=(\S+?)\)", text)
        (control,) = re.findall(r"control port +(\S+)", text)
        wsdl = requests.get(f"{address}?wsdl", timeout=10).text
        told = requests.post(f"{control}/requests", json={}, headers={"authorization": f"Bearer {token}"}, timeout=10)
        shut = requests.post(f"{control}/requests", json={}, timeout=10)

    assert f'location="{address}"' in wsdl
    assert (told.status_code, shut.status_code) == (200, 401)
    assert re.search(rf"hes +{other}", text)
    assert "HES_PASSWORD" in text
    assert SECRET not in text
    assert re.findall(r"^(hes|mdms|cis|oms)  ", text, re.MULTILINE) == ["mdms"]


def test_wsdl_states_the_address_that_it_was_asked_at(tmp_path: Path) -> None:
    """Whoever reaches it by another name must be led to that one again."""
    port = free_port()
    env = tmp_path / "landscape.toml"
    env.write_text(f'[systems.oms]\naddress = "http://127.0.0.1:{port}"\n', "utf-8")

    with standing(env, "oms"):
        wsdl = requests.get(f"http://127.0.0.1:{port}/soap?wsdl", headers={"host": f"oms.example:{port}"}, timeout=10).text

    assert f'location="http://oms.example:{port}/soap"' in wsdl


def test_control_port_stands_on_the_loopback_unless_told_otherwise(tmp_path: Path) -> None:
    """Where SOAP is open to the network, commands that break meters are not."""
    port = free_port()
    env = tmp_path / "landscape.toml"
    env.write_text(f'[systems.oms]\naddress = "http://0.0.0.0:{port}"\n', "utf-8")

    with standing(env, "oms", METERGATE_OMS_CONTROL_TOKEN=KEY) as said:
        (control,) = re.findall(r"control port +(\S+)", "\n".join(said))
        key = {"authorization": f"Bearer {KEY}"}
        on_the_network = requests.post(f"http://127.0.0.1:{port}/control/outages", json={}, headers=key, timeout=10)
        on_the_loopback = requests.post(f"{control}/outages", json={}, headers=key, timeout=10)

    assert control.startswith("http://127.0.0.1:")
    assert not control.startswith(f"http://127.0.0.1:{port}/")
    assert (on_the_network.status_code, on_the_loopback.status_code) == (404, 200)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    """With exit code 0, without a traceback, and with its port free again."""
    port = free_port()
    env = tmp_path / "landscape.toml"
    env.write_text(f'[systems.oms]\naddress = "http://127.0.0.1:{port}"\n', "utf-8")
    with standing(env, "oms") as said:
        said.process.send_signal(number)
        code = said.process.wait(20)
        rest = said.rest()

    assert (code, "Traceback" in rest, "stopped" in rest) == (0, False, True)
    with pytest.raises(requests.ConnectionError):
        requests.get(f"http://127.0.0.1:{port}/soap?wsdl", timeout=10)


@pytest.mark.parametrize(("arguments", "said", "code"), [(["up", "fridge"], "there is no system 'fridge'", 64)])
def test_bad_usage_is_one_line(arguments: list[str], said: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """And exit code 64."""
    assert main(arguments) == code
    assert said in capsys.readouterr().err
