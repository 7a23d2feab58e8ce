"""What is handed in beside messages, spoiled: profiles, results that were kept, and folders of schemas. Refused in one line, or used."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from ami import schemas
from ami.dialect import dialect
from ami.errors import ConfigurationError
from conformance import profile, schema_folder
from conformance.judge import Judge
from conformance.wrapping import ANY
from reports.checked import difference
from tests.conformance import good
from tests.conformance.hostile import json_edits, random_edits, xml_edits

PROFILE: Final = b"""[[override]]
rule = "MR-03"
severity = "warning"
owner = "Jo"
reason = "it is replaced"
expires = 2099-12-31
"""

RESULT: Final = (
    b'{"schema": "metergate-check/1", "named": ["in"], "messages": 1, "files": [{"file": "in/a.xml", "part": null, "findings": '
    b'[{"rule": "MR-03", "severity": "error", "path": "/a", "expected": "b", "found": "c"}]}]}'
)

NOUNS: Final = ("MeterReadings", "MeterConfig", "EndDeviceEvents")


def a_profile(random: Random, folder: Path) -> None:
    """Reads a spoiled profile."""
    path = _written(folder / "agreed.toml", random_edits.edit(random, PROFILE, RESULT))
    _refused_or_used(lambda: profile.load(path, date(2026, 3, 1)))


def a_result(random: Random, folder: Path) -> None:
    """Reads a spoiled result, and tells it."""
    body = RESULT
    for _ in range(random.choice((1, 2, 3))):
        edited = json_edits.har(random, body, random_edits.insert, PROFILE)
        body = edited if random.random() < 0.8 else random_edits.edit(random, body, PROFILE)
    path = _written(folder / "old.json", body)
    _refused_or_used(lambda: [str(found) for found in difference.difference(*2 * (difference.of_result(path)[0],)).new])


def a_schema(random: Random, folder: Path) -> None:
    """Reads a folder with a spoiled schema, and judges by it."""
    place = folder / "schemas"
    place.mkdir(exist_ok=True)
    spoken = dialect("2011")
    noun = random.choice(NOUNS)
    text = schemas.documents(spoken)[schemas.payload_file(noun)].encode()
    edits = random_edits.EDITS if random.random() < 0.4 else xml_edits.EDITS
    _written(place / "a.xsd", random.choice(edits)(random, text, PROFILE))

    def judged() -> None:
        judge = Judge(ANY, schema_folder.read(place))
        captures = [good.delivery(good.day("M-1", [250] * 4))] * 2
        if [each.findings for each in judge.messages(captures)] != [judge.message(each).findings for each in captures]:
            raise AssertionError("messages together are judged otherwise than alone by schemas of a folder")

    _refused_or_used(judged)


KINDS: Final[dict[str, Callable[[Random, Path], None]]] = {"profile": a_profile, "result": a_result, "schema": a_schema}


def _written(path: Path, body: bytes) -> Path:
    path.write_bytes(body)
    return path


def _refused_or_used(use: Callable[[], object]) -> None:
    try:
        use()
    except ConfigurationError:
        return  # in one line, which is what is wanted
