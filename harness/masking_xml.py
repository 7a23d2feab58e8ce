"""The texts of an XML document replaced where they stand, and not one other sign of it: also in one that is not well-formed."""

import re
from collections.abc import Callable
from typing import Final
from xml.sax.saxutils import escape, unescape

from harness.masking_rules import Rules

_PIECE: Final = re.compile(
    r"<!\[CDATA\[(?P<cdata>.*?)\]\]>|<!--.*?-->|<\?.*?\?>|<!(?:[^<>\[]|\[[^\]]*\])*>"
    r"|<(?P<close>/)?(?P<name>[^\s<>/!?]+)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(?P<empty>/)?>"
    r"|(?P<text>[^<]+)",
    re.DOTALL,
)
_DECLARED: Final = re.compile(rb"""\A<\?xml[^>]*?encoding=["']([A-Za-z0-9._-]+)["']""")
_MARKS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_NUMBERED: Final = re.compile(r"&#(x[0-9a-fA-F]+|[0-9]+);")


def replace(text: str, rules: Rules, by: Callable[[str, str], str]) -> str:
    """`text` with what `by` makes of kind and value in the place of each value that the rules name."""
    if rules.leaves is None or not rules.leaves.search(text):
        return text
    path: list[str] = []
    pieces: list[str] = []
    done = 0
    for found in _PIECE.finditer(text):
        if found["name"] is not None:
            _walk(path, found)
            continue
        kind = rules.kind(path) if path and (found["text"] or found["cdata"]) else None
        if kind is None:
            continue
        group = "text" if found["text"] is not None else "cdata"
        pieces += [text[done : found.start(group)], _replaced(found[group], kind, by, is_escaped=group == "text")]
        done = found.end(group)
    return "".join((*pieces, text[done:]))


def _walk(path: list[str], found: re.Match[str]) -> None:
    """Follow a tag; one that closes what is not open closes nothing."""
    name = found["name"].rpartition(":")[2]
    if not found["close"]:
        if not found["empty"]:
            path.append(name)
    elif name in path:
        while path.pop() != name:
            continue


def _replaced(raw: str, kind: str, by: Callable[[str, str], str], *, is_escaped: bool) -> str:
    value = raw.strip()
    if not value:
        return raw
    start = raw.index(value)
    plain = _unescaped(value) if is_escaped else value
    told = by(kind, plain)
    if told == plain:
        return raw
    return f"{raw[:start]}{escape(told) if is_escaped else told}{raw[start + len(value) :]}"


def _unescaped(value: str) -> str:
    numbered = _NUMBERED.sub(lambda found: chr(min(int(f"0{found[1]}", 16) if found[1][0] == "x" else int(found[1]), 0x10FFFF)), value)
    return unescape(numbered, {"&quot;": '"', "&apos;": "'"})


def encoding(content: bytes) -> str:
    """The encoding of a document by its first bytes; UTF-8 where they say nothing."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    declared = _DECLARED.match(content)
    return declared[1].decode("ascii") if declared else "utf-8"
