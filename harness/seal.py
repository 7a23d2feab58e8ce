"""The seal of a record: a chain of digests through its lines, so that one that was edited, cut or moved is seen.

Each line ends with the digest of the line before it and of its own bytes. With a key, in the environment variable
METERGATE_SEAL_KEY, nobody who does not have it can seal a changed record anew.
"""

import hashlib
import os
import re
from typing import Final

KEY_VARIABLE: Final = "METERGATE_SEAL_KEY"

FIRST: Final = ""
"""What stands in the place of the seal before the first line."""

_LONGEST_KEY = 64
_ENDING = re.compile(rb'\A(?P<content>\{.+),"seal":"(?P<seal>[0-9a-f]{64})"\}\n\Z', re.DOTALL)


def key() -> bytes:
    """The key that the user has set; empty where there is none, and the chain is a plain one."""
    given = os.environ.get(KEY_VARIABLE, "").encode()
    return given if len(given) <= _LONGEST_KEY else hashlib.sha256(given).digest()


def digest(content: bytes, before: str, secret: bytes) -> str:
    """The seal of a line. content: its bytes up to where the seal stands; before: the seal of the line before it."""
    return hashlib.blake2b(before.encode() + b"\n" + content, digest_size=32, key=secret).hexdigest()


def with_seal(content: bytes, seal: str) -> bytes:
    """A whole line. content: a JSON object with at least one field, without its closing brace."""
    return content + f',"seal":"{seal}"}}\n'.encode()


def taken_apart(raw: bytes) -> tuple[bytes, str] | None:
    """The content of a line and its seal; None for a line that has no seal at its end."""
    found = _ENDING.match(raw)
    return (found["content"], found["seal"].decode()) if found else None
