"""Masking: secrets and personal data leave the record before they come into it.

A value is replaced by a token that tells its kind and is the same wherever the value stands, so that what belongs together in a
report still does. Line feeds stay, and so does the shape of an XML document: a finding still points at its line.
"""

import base64
import gzip
import hashlib
import re
import secrets
import zlib
from binascii import Error as NoBase64
from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape

from ami.ports import Json
from harness import masking_xml
from harness.masking_rules import CREDENTIALS, IN_FEATURES, IN_ROWS, Rules

NOUN: Final = {"names": "name", "addresses": "address", "accounts": "account", "meters": "meter", "credentials": "secret"}
TOKEN: Final = re.compile(r"\A(?:name|address|account|meter|secret)-[0-9a-f]{12}\Z")
PLACEHOLDER: Final = re.compile(r"\A<[^<>]+>\Z")
"""What stands in the sentence of an outline in the place of a value."""

UNTOUCHED: Final = frozenset(
    {"type", "number", "at", "seal", "wire", "leg", "sender", "verb", "outcome", "severity", "stage", "verdict", "party", "system"}
    | {
        "owed_by",
        "virtual_at",
        "end",
        "first_end",
        "day",
        "run",
        "dialect",
        "clock",
        "keyword",
        "phase",
        "rule",
        "status",
        "sealed",
        "masked",
        "commit",
    }
)
"""Fields of a line that our own code fills from short lists of its own."""

LEAST_LETTERS: Final = 3
"""A value shorter than this, or a number of less than six digits, is replaced only where its element says what it is."""

LEAST_SECRET: Final = 4


class Mask:
    """What is known of the secrets and personal data of a run, and what stands in their place.

    how: for each kind, mask, hash or keep. rules: where such values stand. run_key: makes the tokens of `mask`, hash_key those
    of `hash`.
    """

    def __init__(self, how: Mapping[str, str], rules: Rules, run_key: bytes | None = None, hash_key: bytes = b"") -> None:
        self.how = dict(how)
        self.run_key = run_key if run_key is not None else secrets.token_bytes(32)
        self._hash_key = hash_key
        self._rules = rules
        self._tokens: dict[str, str] = {}
        self._everywhere: dict[str, str] = {}
        self._scenarios: dict[str, str] = {}

    def learn(self, kind: str, value: str) -> str:
        """The token of a value, which is replaced from now on; the value itself where its kind is kept."""
        value = " ".join(value.split())
        if self.how.get(kind, "keep") == "keep" or not value or TOKEN.match(value):
            return value
        if value not in self._tokens:
            key = self._hash_key if self.how[kind] == "hash" else self.run_key
            digest = hashlib.blake2b(value.encode("utf-8", "replace"), key=key[:64], digest_size=6).hexdigest()
            self._tokens[value] = f"{NOUN[kind]}-{digest}"
            if _is_telling(value):
                for written in {value, escape(value), escape(value, {'"': "&quot;", "'": "&apos;"})}:
                    self._everywhere[written] = self._tokens[value]
        return self._tokens[value]

    def learn_secret(self, value: str) -> None:
        """Replace a password or a token from now on; one of less than four signs may be any word, and is left alone."""
        if len(value) >= LEAST_SECRET:
            token = self.learn("credentials", value)
            self._everywhere[value] = token

    def learn_login(self, user: str, password: str) -> None:
        """Replace a password, alone and together with its user in base64."""
        self.learn_secret(password)
        self.learn_secret(base64.b64encode(f"{user}:{password}".encode()).decode())

    def learn_feature(self, text: str) -> None:
        """Learn the customers, addresses and meters that a feature file names in its sentences."""
        for kind, pattern in IN_FEATURES:
            for found in pattern.finditer(text):
                for value in filter(None, found.groups()):
                    if not PLACEHOLDER.match(value):
                        self.learn(kind, value)

    def text(self, text: str) -> str:
        """A text without the values that are known and without whatever looks like a credential."""
        lower = text.lower()
        for words, pattern in CREDENTIALS:
            if any(word in lower for word in words):
                text = pattern.sub(lambda found: f"{found['before']}{self.learn('credentials', found['value'])}{found['after']}", text)
        known = [value for value in self._everywhere if value in text]
        if not known:
            return text
        known.sort(key=len, reverse=True)
        either = "|".join(re.escape(value) for value in known)
        return re.sub(rf"(?<!\w)(?:{either})(?!\w)", lambda found: self._everywhere[found[0]], text)

    def document(self, text: str) -> str:
        """The body of a message: first what its elements say that it is, then all that is known."""
        return self.text(masking_xml.replace(text, self._rules, self._in_element))

    def _in_element(self, kind: str, value: str) -> str:
        if kind == "compressed":
            return self._compressed(value)
        token = self.learn(kind, value)
        return value if token == " ".join(value.split()) else token + "\n" * value.strip().count("\n")

    def _compressed(self, value: str) -> str:
        """A payload that was packed, packed again with what is in it masked."""
        try:
            inner = gzip.decompress(base64.b64decode(value, validate=False)).decode()
        except (NoBase64, OSError, EOFError, zlib.error, UnicodeDecodeError):
            return value
        masked = self.document(inner)
        return value if masked == inner else base64.b64encode(gzip.compress(masked.encode(), mtime=0)).decode()

    def body(self, content: bytes) -> bytes:
        """The bytes of a message that is no UTF-8: masked in the encoding that its declaration names, else byte by byte."""
        encoding = masking_xml.encoding(content)
        try:
            masked = self.document(content.decode(encoding)).encode(encoding)
        except (UnicodeDecodeError, UnicodeEncodeError, LookupError):
            masked = self.document(content.decode("latin-1")).encode("latin-1", "replace")
        # What it was taken for may not be what it is.
        for value, token in self._everywhere.items():
            for other in ("utf-8", "utf-16-le", "utf-16-be"):
                masked = masked.replace(value.encode(other), token.encode(other))
        return masked

    def line(self, kind: str, fields: Mapping[str, Json]) -> dict[str, Json]:
        """The fields of one line of the record."""
        return {name: self._field(kind, name, value) for name, value in fields.items()}

    def _field(self, kind: str, name: str, value: Json) -> Json:
        if name in UNTOUCHED and not isinstance(value, (dict, list)):
            return value
        if name == "scenario" and isinstance(value, str):
            # What a scenario is called must not change once it has been said.
            return self._scenarios.setdefault(value, self.text(value))
        if name == "body" and isinstance(value, str):
            return self.document(value)
        if name == "body_base64" and isinstance(value, str):
            return base64.b64encode(self.body(base64.b64decode(value))).decode()
        if name == "row" and isinstance(value, dict):
            return {key: self.row_value(key, str(cell)) for key, cell in value.items()}
        return self._any(kind, value)

    def row_value(self, key: str, value: str) -> str:
        """A value of a table of examples, whose column may say what it is."""
        kind = IN_ROWS.get(key.lower())
        return self.learn(kind, value) if kind else self.text(value)

    def _any(self, kind: str, value: Json) -> Json:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self._field(kind, key, inner) for key, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._any(kind, inner) for inner in value]
        return value


def _is_telling(value: str) -> bool:
    """Whether a value says who somebody is wherever it stands; 12 may be anything."""
    letters = sum(each.isalpha() for each in value)
    return letters >= LEAST_LETTERS or (len(value) >= LEAST_LETTERS and letters > 0) or sum(each.isdigit() for each in value) >= 6
