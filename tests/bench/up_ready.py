"""How long `metergate up` of all systems takes until the first of them answers, and how much of that is work of one core."""

import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path

HOUSE = Path(__file__).parents[2]
ROUNDS = 3
LIMIT_S = 2.0
LONGEST_S = 60.0
PAUSE_S = 0.01


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST_S)
    try:
        connection.request("GET", "/soap?wsdl")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _once(folder: Path) -> tuple[float, float]:
    """Seconds until it answers, and seconds of work until then and to its end."""
    port = _free_port()
    env = folder / "bench.toml"
    env.write_text(f'[systems.oms]\naddress = "http://127.0.0.1:{port}"\n', "utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    command = [sys.executable, "-P", "-m", "cli", "up", "--env", str(env)]
    with subprocess.Popen(command, cwd=HOUSE, env={**os.environ, "PYTHONPATH": str(HOUSE)}, stdout=subprocess.DEVNULL) as process:
        try:
            while not _answers(port):
                if time.perf_counter() - began > LONGEST_S or process.poll() is not None:
                    raise SystemExit("metergate up does not answer")
                # The server can tell nobody that it is about to listen.
                time.sleep(PAUSE_S)
            took = time.perf_counter() - began
        finally:
            process.terminate()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Print both; the exit code is 1 where it takes too long."""
    with tempfile.TemporaryDirectory() as folder:
        rounds = [_once(Path(folder)) for _ in range(ROUNDS)]
    took, worked = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"metergate up, all systems, until the outage management's WSDL is answered, median of {ROUNDS}:")
    print(f"  ready after   {took:6.2f} s  (less than {LIMIT_S:.0f})")
    print(f"  work of it    {worked:6.2f} s of one core, its end included")
    return 0 if took < LIMIT_S else 1


if __name__ == "__main__":
    raise SystemExit(main())
