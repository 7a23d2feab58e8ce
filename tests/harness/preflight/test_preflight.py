"""What a preflight sees: each thing that is wrong in one line, with whoever mends it, and nothing where all is well."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partialmethod
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ami import names
from harness import environment, preflight
from harness.environment import Environment
from harness.preflight import Check, Verdict
from harness.preflight.here import _reachable
from harness.standing import Standing
from tests.harness.up_process import free_port
from tests.pki import Authority
from transports.security import tls
from transports.security.tls import Material

PASSWORD = "x"  # noqa: S105 - of nobody
LISTEN = '[environment]\nlisten = "http://127.0.0.1:{port}"\ntester_password = "T_PASSWORD"\n'


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    """The password of everybody."""
    monkeypatch.setenv("T_PASSWORD", PASSWORD)


def landscape(folder: Path, text: str) -> Environment:
    """An environment of a file, with a wiretap whose address is told."""
    file = folder / "landscape.toml"
    file.write_text(LISTEN.format(port=free_port()) + text)
    return environment.load(file)


def not_fine(checked: Environment) -> list[Check]:
    """What there is to do."""
    return [check for check in preflight.checks(checked) if check.verdict is not Verdict.FINE]


def elsewhere(address: str, more: str = "", name: str = "mdms") -> str:
    """The table of a system at an address."""
    return f'[systems.{name}]\nrun = "elsewhere"\naddress = "{address}"\n{more}\n'


@pytest.fixture
def mdms(tmp_path: Path) -> Iterator[str]:
    """The address of a meter data management that stands elsewhere, and knows the tester."""
    address = f"http://127.0.0.1:{free_port()}/soap"
    file = tmp_path / "there.toml"
    file.write_text(f'[environment]\nclock = "real"\ntester_password = "T_PASSWORD"\n[systems.mdms]\naddress = "{address}"\n')
    with Standing(environment.load(file), (names.MDMS,)):
        yield address


def test_landscape_of_stand_ins_has_nothing_to_do() -> None:
    """And nothing to ask of anybody."""
    assert list(preflight.checks(Environment())) == []


def test_right_system_is_fine_in_every_respect(tmp_path: Path, mdms: str) -> None:
    """Each check is made, and none is left out."""
    found = list(preflight.checks(landscape(tmp_path, elsewhere(mdms))))
    assert {check.verdict for check in found} == {Verdict.FINE}, [str(check) for check in found]
    assert {check.what for check in found if check.subject == "mdms"} == {"address", "clock", "credentials", "WSDL", "dialect"}


def test_system_that_is_not_there_is_the_environments(tmp_path: Path) -> None:
    """One line: what, where, and what to do."""
    (check,) = not_fine(landscape(tmp_path, elsewhere(f"http://127.0.0.1:{free_port()}/soap")))
    assert (check.verdict, check.party, check.what) == (Verdict.WRONG, "environment", "address")
    assert "is not there" in check.found
    assert "mend [systems.mdms] in the environment file" in check.mend


def test_name_that_nobody_knows_is_the_configurations(tmp_path: Path) -> None:
    """The name is said."""
    checked = not_fine(landscape(tmp_path, elsewhere("http://mdms.invalid/soap")))
    (check,) = [check for check in checked if check.verdict is Verdict.WRONG]
    assert (check.party, check.found) == ("configuration", "nobody knows the name mdms.invalid")


def test_wrong_password_of_the_tester_is_told(tmp_path: Path, mdms: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before any scenario blames the system for refusing it."""
    monkeypatch.setenv("T_PASSWORD", "another")
    (check,) = not_fine(landscape(tmp_path, elsewhere(mdms)))
    assert (check.what, check.party, check.found) == ("credentials", "configuration", "it refuses the tester's basic (HTTP 401)")


def test_other_dialect_is_told_by_name(tmp_path: Path, mdms: str) -> None:
    """Told from what it answers, and from what its WSDL offers."""
    found = not_fine(landscape(tmp_path, elsewhere(mdms, 'dialect = "generic"')))
    assert {check.what for check in found} >= {"dialect"}
    assert [check.found for check in found if check.verdict is Verdict.WRONG] == ["it speaks 2011, and the environment file says generic"]


def test_token_of_the_control_port_is_tried(tmp_path: Path, mdms: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the variable that has to hold it."""
    monkeypatch.setenv("METERGATE_MDMS_CONTROL_TOKEN", "wrong")
    control = mdms.replace("/soap", "/control")
    (check,) = not_fine(landscape(tmp_path, elsewhere(mdms, f'control = "{control}"')))
    assert (check.what, check.mend) == ("control", "set METERGATE_MDMS_CONTROL_TOKEN to the token that it knows")


def test_variable_that_is_not_set_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its name."""
    monkeypatch.delenv("T_PASSWORD")
    (check,) = not_fine(landscape(tmp_path, ""))
    assert (check.what, check.party) == ("secrets", "configuration")
    assert "T_PASSWORD" in check.found


class Odd(BaseHTTPRequestHandler):
    """A system that takes everything and has no WSDL."""

    off = timedelta()

    def _said(self, status: int) -> None:
        if "content-length" in self.headers:
            self.rfile.read(int(self.headers["content-length"]))
        self.send_response(status)
        self.send_header("content-length", "4")
        self.end_headers()
        self.wfile.write(b"well")

    do_GET = partialmethod(_said, 404)  # noqa: N815 - the names are the library's
    do_POST = partialmethod(_said, 200)  # noqa: N815 - likewise

    def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002 - likewise
        """The time that it believes it is."""
        return format_datetime(datetime.now(UTC) + self.off, usegmt=True)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def odd(off: timedelta = timedelta(), tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Its address. off: how wrong its clock is."""
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Odd", (Odd,), {"off": off})) as server:
        server.socket = tls.wrap_socket(server.socket, server_side=True) if tls is not None else server.socket
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"{'http' if tls is None else 'https'}://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_system_that_takes_anything_is_doubtful(tmp_path: Path) -> None:
    """It answers messages from nobody, and has no WSDL."""
    with odd() as address:
        found = not_fine(landscape(tmp_path, elsewhere(address)))
    assert {check.verdict for check in found} == {Verdict.DOUBTFUL}
    assert [check.what for check in found] == ["credentials", "WSDL"]
    assert "without credentials" in found[0].found


@pytest.mark.parametrize(("clock", "verdict"), [("virtual", Verdict.DOUBTFUL), ("real", Verdict.WRONG)])
def test_clock_that_differs_matters_where_clocks_are_real(tmp_path: Path, clock: str, verdict: Verdict) -> None:
    """Its messages would be stamped with the future, and the rules would blame it."""
    file = tmp_path / "landscape.toml"
    with odd(timedelta(hours=1)) as address:
        file.write_text(LISTEN.format(port=free_port()) + f'clock = "{clock}"\n' + elsewhere(address))
        (check,) = [check for check in not_fine(environment.load(file)) if check.what == "clock"]
    assert check.verdict is verdict
    assert check.found in ("differs from ours by 3,600 s", "differs from ours by 3,599 s")


def test_certificate_of_a_stranger_is_told_as_tls(tmp_path: Path) -> None:
    """And not as a system that is away."""
    (tmp_path / "ca.pem").write_bytes(Authority().ca)
    strangers = tls.for_server(Material(None, *Authority().issue("mdms")))
    with odd(tls=strangers) as address:
        for more in ("", '[systems.mdms.tls]\nca = "ca.pem"\n'):
            (check,) = not_fine(landscape(tmp_path, elsewhere(address) + more))
            assert (check.what, check.party) == ("TLS", "configuration")
            assert "certificate verify failed" in check.found


def test_port_that_is_taken_is_told(tmp_path: Path) -> None:
    """With the setting that names it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        (check,) = not_fine(landscape(tmp_path, f'[systems.hes]\naddress = "http://127.0.0.1:{port}"\n'))
    assert (check.subject, check.party) == ("here", "environment")
    assert check.found == f"http://127.0.0.1:{port} cannot be had (Address already in use)"
    assert "[systems.hes] address" in check.mend


def test_store_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    """Before a run has made anything of it."""
    (check,) = not_fine(landscape(tmp_path, f'[systems.mdms]\nstore = "sqlite:///{tmp_path}/none/mdms.db"\n'))
    assert (check.what, check.party) == ("store", "environment")


@pytest.mark.parametrize(
    ("listen", "address", "said"),
    [
        ("", "http://127.0.0.1:1/", "which mdms cannot know"),
        ('listen = "http://127.0.0.1:1"\n', "http://192.0.2.1:1/", "on another machine cannot reach http://127.0.0.1:1"),
        ('listen = "http://0.0.0.0:0"\n', "http://192.0.2.1:1/", None),
        ('listen = "http://127.0.0.1:0"\n', "http://127.0.0.1:1/", None),
    ],
)
def test_wiretap_that_cannot_be_reached_is_doubtful(tmp_path: Path, listen: str, address: str, said: str | None) -> None:
    """From where the other systems are."""
    file = tmp_path / "landscape.toml"
    file.write_text(f"[environment]\n{listen}{elsewhere(address)}")
    found = [check.found for check in _reachable(environment.load(file))]
    assert [said in each for each in found if said] == [True] * bool(said)
    assert len(found) == bool(said)
