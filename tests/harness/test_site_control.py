"""A site's own control: a package that is really installed, found by its entry point, and asked in place of a control port."""

import json
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ami import names
from ami.errors import ConfigurationError, NotTestedError
from harness import environment
from harness.landscape import Landscape
from harness.site_control import load
from harness.utility.outages import Outages
from tests.harness.stand_in import NOW
from transports.http_server import HttpRequest, HttpResponse, HttpServers

HOUSE = Path(__file__).parents[2]
EXAMPLE = HOUSE / "docs" / "examples" / "site_control"
OUTAGE = {"meter": "M-1", "lost_at": "2026-03-03T12:00:00Z", "restored_at": None}


def wheel(folder: Path) -> Path:
    """The example as a wheel, made from what its pyproject.toml says: no build system has to be installed for it."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    stem = f"{project['name'].replace('-', '_')}-{project['version']}"
    groups = project["entry-points"].items()
    entry_points = "".join(f"[{group}]\n" + "".join(f"{name} = {made}\n" for name, made in entries.items()) for group, entries in groups)
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as made:
        for module in EXAMPLE.glob("*.py"):
            made.write(module, module.name)
        made.writestr(f"{stem}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
        made.writestr(f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        made.writestr(f"{stem}.dist-info/entry_points.txt", entry_points)
        made.writestr(f"{stem}.dist-info/RECORD", "")
    return path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The example, installed by pip into a folder of the path."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile", "--target", str(folder)]
    package = wheel(tmp_path_factory.mktemp("wheel"))
    done = subprocess.run([*pip, str(package)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield


def answered(request: HttpRequest) -> HttpResponse:
    """A real outage management that has an administration service beside it."""
    if request.path != "/administration/outages":
        return HttpResponse(404, b"")
    assert json.loads(request.body) == {"now": NOW.isoformat()}
    return HttpResponse(200, json.dumps([OUTAGE]).encode(), "application/json")


@pytest.fixture
def stage(installed: None, servers: HttpServers, tmp_path: Path) -> Iterator[Landscape]:  # noqa: ARG001 - it must be installed
    """A landscape with that outage management."""
    address = servers.serve(answered)
    path = tmp_path / "site.toml"
    path.write_text(f'[systems.oms]\nrun = "elsewhere"\naddress = "{address}/soap"\ncontrol_plugin = "example-oms"\n', "utf-8")
    with Landscape(environment.load(path), seed=1) as made:
        made.begin("story", NOW)
        yield made


def test_step_is_answered_by_the_control_of_the_site(stage: Landscape) -> None:
    """It does not know who answers."""
    assert Outages(stage).is_dark("M-1")


def test_what_the_site_cannot_do_is_not_tested(stage: Landscape) -> None:
    """And the reason says so."""
    with pytest.raises(NotTestedError, match="outage management runs elsewhere with a control of the site that does not know 'reopen'"):
        stage.control(names.OMS, "reopen")


def test_system_that_cannot_forget_gets_names_of_its_own_in_every_story(stage: Landscape) -> None:
    """The meter of one story must not be taken for that of another."""
    first = stage.called("M-1"), stage.story
    stage.begin("another story", NOW)

    assert len({"M-1", first[0], stage.called("M-1")}) == 3
    assert stage.called(stage.called("M-1")) == stage.called("M-1")
    assert first[1] != stage.story


def test_plugin_that_is_not_installed_is_named() -> None:
    """In one line, with those that there are."""
    with pytest.raises(ConfigurationError, match=r"\[systems.oms\] control_plugin: .* 'absent' in metergate.control"):
        load("absent", "oms", "http://127.0.0.1:1")


def test_plugin_beside_a_control_port_is_refused(tmp_path: Path) -> None:
    """Nobody could say which of them counts."""
    path = tmp_path / "both.toml"
    told = 'run = "elsewhere"\naddress = "http://127.0.0.1:1"\ncontrol = "http://127.0.0.1:1/control"\ncontrol_plugin = "x"\n'
    path.write_text(f"[systems.oms]\n{told}", "utf-8")

    with pytest.raises(ConfigurationError, match=r"systems.oms: .*leave control out"):
        environment.load(path)
