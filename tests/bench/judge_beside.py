"""Ours beside what else reads such messages: lxml, xmllint, Xerces, the package xmlschema, and zeep, on one message in one run.

All but ours only parse and validate, or make objects; ours does that, asks every rule, and says at which line what is wrong.
"""

import resource
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xmlschema
from lxml import etree
from zeep.transports import Transport
from zeep.xsd import Schema

from ami import schemas
from ami.dialect import dialect
from conformance import schema_choice
from conformance.capture import Capture
from conformance.judge import Judge
from conformance.parser import parser
from tests.bench.judge import DIALECT, INTERVALS, METERS, capture

JAVA = Path(__file__).with_name("_ValidateWithXerces.java")
ROUNDS, FEW = 21, 3
REPEATS = 100
"""What `xmllint --repeat` does."""

MOST = 1.5
"""Times lxml's parse and XSD."""


def _milliseconds(work: Callable[[], object], rounds: int) -> float:
    """The median, of processor time."""
    work()
    took = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        took.append(time.process_time() - started)
    return statistics.median(took) * 1000


def _xmllint(entry: Path, message: Path) -> float | None:
    """The processor time that a hundred repetitions take beyond one."""
    if shutil.which("xmllint") is None:
        return None

    def took(*options: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        subprocess.run(["xmllint", "--noout", *options, "--schema", str(entry), str(message)], check=True, capture_output=True)
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before

    once = statistics.median(took() for _ in range(FEW))
    return (took("--repeat") - once) * 1000 / (REPEATS - 1)


def _xerces(entry: Path, message: Path) -> float | None:
    if shutil.which("java") is None:
        return None
    command = ["java", str(JAVA), str(entry), str(message), str(ROUNDS)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _zeep(entry: Path, message: etree._Element) -> Callable[[], object]:
    loading: Any = Schema
    known = loading(etree.parse(entry).getroot(), Transport(), str(entry))
    element = known.get_element(message.tag)
    return lambda: element.parse(message, known)


def main() -> int:
    """Print the table; the exit code is 1 where ours takes more than MOST times lxml's parse and XSD."""
    body = capture(METERS, INTERVALS).body
    root = etree.fromstring(body, parser())
    message = etree.fromstring(etree.tostring(root[0][0]), parser())
    bare = etree.tostring(message)
    compiled = schema_choice.compiled(DIALECT)
    judge = Judge(DIALECT)
    heard = Capture(body)

    def parse_and_validate() -> None:
        if not compiled.validate(etree.fromstring(body, parser())[0][0]):
            raise ValueError("the benchmark's own message is not valid")

    with TemporaryDirectory() as place:
        folder = Path(place)
        spoken = dialect(DIALECT)
        for file, text in (schemas.documents(spoken) | {"entry.xsd": schemas.entry(spoken)}).items():
            (folder / file).write_text(text, "utf-8")
        path, entry = folder / "message.xml", folder / "entry.xsd"
        path.write_bytes(bare)
        by_xmlschema = xmlschema.XMLSchema(str(entry), allow="local")
        rows: dict[str, float | None] = {
            "lxml: parse + XSD": _milliseconds(parse_and_validate, ROUNDS),
            "MeterGate: parse, XSD, every rule, findings located": _milliseconds(lambda: judge.message(heard), ROUNDS),
            "xmllint --schema, without its start": _xmllint(entry, path),
            "Xerces of Java, warm: parse + XSD": _xerces(entry, path),
            "xmlschema: parse + XSD": _milliseconds(lambda: by_xmlschema.validate(bare.decode()), FEW),
            "zeep: parse + objects, no validation": _milliseconds(_zeep(entry, message), FEW),
        }
    base = rows["lxml: parse + XSD"] or 1.0
    print(f"{METERS} meters x {INTERVALS} intervals, {len(body) / 1e6:.1f} MB, processor time:")
    for name, took in rows.items():
        told = "not installed" if took is None else f"{took:9.1f} ms  {took / base:6.2f}"
        print(f"  {name:<54} {told}")
    ours = (rows["MeterGate: parse, XSD, every rule, findings located"] or 0) / base
    print(f"  allowed for ours: {MOST}")
    return 0 if ours <= MOST else 1


if __name__ == "__main__":
    raise SystemExit(main())
