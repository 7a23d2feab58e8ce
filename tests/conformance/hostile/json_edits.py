"""Edits of recordings in JSON: a value becomes one that nobody reckons with."""

import json
from collections.abc import Callable
from random import Random
from typing import Any, Final

from tests.conformance.hostile.values import JSON, TEXTS

_PLACE: Final = "the place of something odd"

Inner = Callable[[Random, bytes, bytes], bytes]


def har(random: Random, body: bytes, inner: Inner, other: bytes) -> bytes:
    """A HAR with an odd value. inner: an edit of a message in it."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return body
    return _edited(random, value, inner, other)


def record(random: Random, body: bytes, inner: Inner, other: bytes) -> bytes:
    """A record of a run with an odd value in one of its lines."""
    lines = body.split(b"\n")
    place = random.randrange(len(lines))
    return b"\n".join((*lines[:place], har(random, lines[place], inner, other), *lines[place + 1 :]))


def _edited(random: Random, value: Any, inner: Inner, other: bytes) -> bytes:
    owners = list(_owners(value))
    if not owners:
        return random.choice(JSON).encode()
    texts = [(owner, key) for owner, key in owners if isinstance(owner[key], str) and owner[key].lstrip()[:1] == "<"]
    if texts and random.random() < 0.5:
        owner, key = random.choice(texts)
        edited = inner(random, owner[key].encode("utf-8", "replace"), other)
        owner[key] = edited.decode("utf-8", random.choice(("replace", "surrogateescape")))
        return json.dumps(value).encode()
    owner, key = random.choice(owners)
    kind = random.random()
    if isinstance(owner, dict) and kind < 0.1:
        del owner[key]
        return json.dumps(value).encode()
    if isinstance(owner, dict) and kind < 0.2:
        name = f"{json.dumps(key)}: "
        return json.dumps(value).replace(name, f"{name}{random.choice(JSON)}, {name}", 1).encode()
    owner[key] = _PLACE
    odd = random.choice(JSON) if random.random() < 0.8 else json.dumps(random.choice(TEXTS))
    return json.dumps(value, ensure_ascii=random.random() < 0.5).replace(json.dumps(_PLACE), odd).encode("utf-8", "replace")


def _owners(value: Any) -> Any:
    """Every object and list with each of its keys."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _owners(value[key])
