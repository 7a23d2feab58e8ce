"""Recorded conversations: what was asked and answered in an earlier run, asked again and compared."""

import json
from dataclasses import asdict, dataclass, replace
from itertools import zip_longest
from pathlib import Path

from lxml import etree

from ami.errors import ConfigurationError
from harness.tester import Tester

FOLDER = Path(__file__).parent.parent / "features" / "regression" / "recordings"
VOLATILE = ("MessageID",)
"""What may differ between two answers that are the same: ids that a system makes up."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request as it was sent, and the answer that came."""

    target: str
    action: str
    request: str
    reply: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A recording.

    day and at: the local day and time of its requests. minutes: of an interval. meters: those in the field, with a
    constant draw in watts. dialect: how its messages are wrapped.
    """

    day: str
    at: str
    minutes: int
    meters: dict[str, int]
    exchanges: tuple[Recorded, ...]
    dialect: str = "2011"


def load(name: str) -> Conversation:
    """The recording of that name. Raises ConfigurationError where there is none, naming those that there are."""
    path = FOLDER / f"{name.replace(' ', '_')}.json"
    if not path.exists():
        known = ", ".join(sorted(file.stem.replace("_", " ") for file in FOLDER.glob("*.json")))
        raise ConfigurationError(f"there is no recorded conversation {name!r}; there are: {known}")
    told = json.loads(path.read_text("utf-8"))
    return Conversation(**told | {"exchanges": tuple(Recorded(**exchange) for exchange in told["exchanges"])})


def save(name: str, conversation: Conversation) -> Path:
    """Keep a conversation under a name."""
    path = FOLDER / f"{name.replace(' ', '_')}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(conversation), indent=1) + "\n", "utf-8")
    return path


def replay(tester: Tester, conversation: Conversation) -> list[str]:
    """The answers to the recorded requests, sent again byte for byte, in canonical form."""
    return [canonical(tester.exchange_bytes(entry.target, entry.request.encode(), entry.action)) for entry in conversation.exchanges]


def answered_anew(tester: Tester, conversation: Conversation) -> Conversation:
    """The conversation with the answers that its requests have now."""
    exchanges = (
        replace(entry, reply=tester.exchange_bytes(entry.target, entry.request.encode(), entry.action).decode())
        for entry in conversation.exchanges
    )
    return replace(conversation, exchanges=tuple(exchanges))


def differences(conversation: Conversation, answers: list[str]) -> list[str]:
    """Where answers are not those that were recorded: one line an exchange that differs, with the first line that does."""
    found = []
    for number, (entry, answer) in enumerate(zip(conversation.exchanges, answers, strict=True), 1):
        before = canonical(entry.reply.encode())
        if before != answer:
            lines = zip_longest(before.splitlines(), answer.splitlines(), fillvalue="nothing more")
            recorded, now = next((recorded.strip(), now.strip()) for recorded, now in lines if recorded != now)
            found.append(f"the answer of {entry.target} to request {number} was {recorded} when it was recorded, and is {now} now")
    return found


def canonical(raw: bytes) -> str:
    """An answer without what may differ: canonical XML, one element a line, volatile ids struck out; what is no XML stays as it is."""
    try:
        root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=True))
    except etree.XMLSyntaxError:
        return raw.decode("utf-8", "replace")
    for element in root.iter("{*}" + VOLATILE[0]):
        element.text = "*"
    etree.indent(root)
    return etree.tostring(root, method="c14n2", strip_text=False).decode()
