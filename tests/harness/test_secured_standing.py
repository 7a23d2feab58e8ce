"""Stand-ins that speak to each other without a wiretap bring and demand the same as with one."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ami import names
from ami.dialect import dialect
from ami.messages import Header, Kind, Linkage, MasterDataLinkageConfig, Message
from ami.names import Wire
from harness import environment
from harness.control_ports import ControlPorts
from harness.credentials import Credentials
from harness.standing import Standing
from simulators import wire
from tests.harness.up_process import free_port
from tests.pki import Authority
from transports import http_client

DIALECT = dialect("2011")
PATIENCE_S = 20.0
PASSWORD = "x"  # noqa: S105 - of nobody


def test_stand_ins_believe_each_other_and_nobody_without_credentials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The head-end's events reach the MDMS over mutual TLS, with token, UsernameToken and signature."""
    Authority().write(tmp_path, names.HES, names.MDMS, names.CIS)
    monkeypatch.setenv("T_PASSWORD", PASSWORD)
    file = tmp_path / "secured.toml"
    file.write_text(
        '[environment]\nclock = "real"\n'
        + "".join(
            f'[systems.{name}]\naddress = "https://127.0.0.1:{free_port()}/soap"\ndemands = ["bearer", "username-token", "signature"]\n'
            f'password = "T_PASSWORD"\n'
            f'[systems.{name}.tls]\nca = "ca.pem"\ncertificate = "{name}.pem"\nkey = "{name}.key"\n'
            for name in (names.HES, names.MDMS, names.CIS)
        )
    )
    landscape = environment.load(file)
    now = datetime.now(UTC)
    with Standing(landscape, (names.HES, names.MDMS)) as stood:
        credentials = Credentials(landscape, dict.fromkeys(names.SYSTEMS, PASSWORD))
        ports = ControlPorts(lambda: datetime.now(UTC))
        ports.tls_of = lambda name: credentials.tls(Wire(names.CIS, name))
        ports.open(names.HES, stood.hosted[names.HES].control, stood.hosted[names.HES].token)

        def say(target: str, *, protected: bool) -> int:
            linkage = MasterDataLinkageConfig((Linkage("U-1", now, meter="M-1"),))
            header = Header("create", names.MASTER_DATA_LINKAGE_CONFIG, f"to {target} {protected}", now, names.CIS)
            body = wire.write(Message(Kind.REQUEST, header, payload=linkage), DIALECT)
            on = Wire(names.CIS, target)
            out = credentials.protect(on, body, now)
            action = DIALECT.action("create", names.MASTER_DATA_LINKAGE_CONFIG)
            address, context = stood.hosted[target].soap, credentials.tls(on)
            return http_client.post_soap(address, out.body if protected else body, action, out.authorization, tls=context).status

        assert [say(target, protected=protected) for target in (names.HES, names.MDMS) for protected in (False, True)] == [500, 200] * 2
        mdms = stood.hosted[names.MDMS].host.at_work.stand_in
        heard, take = threading.Event(), mdms.receive

        def spy(message: Message, at: datetime) -> Sequence[Message]:
            if message.header.noun == names.END_DEVICE_EVENTS:
                heard.set()
            return take(message, at)

        monkeypatch.setattr(mdms, "receive", spy)
        meter = {"meter": "M-1", "interval_minutes": 30, "profile": {"kind": "constant", "wh": 100}}
        ports.tell(names.HES, "install", {"meters": [meter]})()
        ports.tell(names.HES, "tamper", {"meter": "M-1"})()
        assert heard.wait(PATIENCE_S)
