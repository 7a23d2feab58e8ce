"""`metergate up` in a process of its own, for tests."""

import os
import random
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer

HOUSE = Path(__file__).parents[2]
PATIENCE_S = 30.0


class Said(list[str]):
    """The lines that it printed until it was ready, and its process."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        assert process.stdout is not None
        for line in process.stdout:
            self.append(line.rstrip("\n"))
            if line.startswith("ready"):
                return
        raise AssertionError(f"metergate up ended with {process.wait(10)}: {list(self)}")

    def rest(self) -> str:
        """What it printed after that, once it has ended."""
        assert self.process.stdout is not None
        return self.process.stdout.read()


def free_port() -> int:
    """A port that nobody has now: an environment file has to name it before there is a server.

    None of those that the system gives to clients: one of them could take it meanwhile.
    """
    while True:
        port = random.SystemRandom().randrange(20_000, 30_000)
        with socket.socket() as taken, suppress(OSError):
            taken.bind(("127.0.0.1", port))
            return port


@contextmanager
def standing(env: Path, *arguments: str, **variables: str) -> Iterator[Said]:
    """The systems of a file, served until the block is left. variables: of its environment."""
    command = [sys.executable, "-P", "-m", "cli", "up", "--env", str(env), *arguments]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("METERGATE_")}
    process = subprocess.Popen(
        command,
        cwd=HOUSE,
        env={**inherited, "PYTHONPATH": str(HOUSE), **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    too_late = Timer(PATIENCE_S, process.kill)
    too_late.start()
    try:
        said = Said(process)
        too_late.cancel()
        yield said
    finally:
        too_late.cancel()
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def elsewhere(folder: Path, system: str, *, settings: str = "", line: str = "") -> Path:
    """An environment file in which one system runs elsewhere, with a control port. settings: more of [environment]; line: more of it."""
    address = f"http://127.0.0.1:{free_port()}"
    path = folder / f"{system}_elsewhere.toml"
    table = f'[systems.{system}]\nrun = "elsewhere"\naddress = "{address}"\ncontrol = "{address}/control"\n{line}\n'
    path.write_text(f"[environment]\n{settings}\n{table}", "utf-8")
    return path
