"""A run over wires that are protected in every way at once: all passes, and no secret is written anywhere."""

import json
import secrets
from pathlib import Path

from ami.names import SYSTEMS
from tests.cli.test_two_processes import started
from tests.harness.up_process import free_port
from tests.pki import Authority

DEMANDS = '["bearer", "username-token", "signature"]'


def landscape(folder: Path) -> tuple[Path, dict[str, str]]:
    """An environment file in which everybody demands everything, and the variables that it names."""
    Authority().write(folder, *SYSTEMS, "harness")
    variables = {f"{name.upper()}_KEY": (folder / f"{name}.key").read_text() for name in SYSTEMS}
    variables |= {f"{name.upper()}_PASSWORD": secrets.token_urlsafe(16) for name in (*SYSTEMS, "tester")}
    lines = [
        '[environment]\ntester_password = "TESTER_PASSWORD"',
        f'listen = "https://127.0.0.1:{free_port()}"',
        '[environment.tls]\nca = "ca.pem"\ncertificate = "harness.pem"\nkey = "harness.key"',
    ]
    for name in SYSTEMS:
        lines.append(f'[systems.{name}]\naddress = "https://127.0.0.1:{free_port()}/soap"\ndemands = {DEMANDS}')
        lines.append(f'password = "{name.upper()}_PASSWORD"')
        lines.append(f'[systems.{name}.tls]\nca = "ca.pem"\ncertificate = "{name}.pem"\nkey = "env:{name.upper()}_KEY"')
    file = folder / "secured.toml"
    file.write_text("\n".join(lines))
    return file, variables


def test_secured_landscape_passes_and_tells_no_secret(tmp_path: Path) -> None:
    """Mutual TLS, tokens, UsernameTokens and signatures on every wire, each judged; nothing of it in any file of the run."""
    file, variables = landscape(tmp_path)
    ended = started(tmp_path / "runs", "--env", str(file), "--scenario", "a full day", **variables)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    (folder,) = (tmp_path / "runs").glob("*-7")
    lines = [json.loads(line) for line in (folder / "record.ndjson").read_text("utf-8").splitlines()]
    requests = [line for line in lines if line["type"] == "message" and line["leg"] == "request"]
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    keys = [variables[f"{name.upper()}_KEY"].splitlines()[1] for name in SYSTEMS]
    said = (ended.stdout + ended.stderr).encode() + written

    assert requests
    assert all("SignatureValue" in line["body"] and "PasswordDigest" in line["body"] for line in requests)
    for name, text in variables.items():
        if not name.endswith("_KEY"):
            assert text.encode() not in said, name
    for key in keys:
        assert key.encode() not in said


def test_certificate_that_is_missing_is_one_line(tmp_path: Path) -> None:
    """As a mistake in the environment file."""
    file, variables = landscape(tmp_path)
    (tmp_path / "ca.pem").unlink()
    ended = started(tmp_path / "runs", "--env", str(file), "--scenario", "a full day", **variables)

    assert ended.returncode in (3, 64), ended.stdout + ended.stderr
    assert "ca.pem: cannot be read (No such file or directory); name a PEM file, or env:NAME of a variable" in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr
