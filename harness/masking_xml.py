"""The texts of an XML document replaced where they stand, and not one other sign of it: also in one that is not well-formed."""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple
from xml.sax.saxutils import escape, unescape

from harness.masking_rules import Rules

_TAG: Final = re.compile(r"<(?P<close>/)?(?P<name>[^\s<>/!?]+)(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?(?P<empty>/)?>")
_SKIPPED: Final = (("<!--", "-->"), ("<?", "?>"), ("<!", ">"))
_CDATA: Final = ("<![CDATA[", "]]>")
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
    for found in _pieces(text):
        if isinstance(found, re.Match):
            _walk(path, found)
            continue
        kind = rules.kind(path) if path else None
        if kind is not None:
            pieces += [text[done : found.start], _replaced(text[found.start : found.end], kind, by, is_escaped=found.is_escaped)]
            done = found.end
    return "".join((*pieces, text[done:]))


class _Text(NamedTuple):
    """Where a text stands. is_escaped: as XML escapes it, and not in a CDATA section."""

    start: int
    end: int
    is_escaped: bool


def _pieces(text: str) -> Iterator[re.Match[str] | _Text]:
    """The tags and texts of a document; a sign of markup that begins nothing is text. Each sign is looked at a few times at most."""
    missing: set[str] = set()
    start = at = 0
    while (at := text.find("<", at)) >= 0:
        opening, closing = next(((first, last) for first, last in (_CDATA, *_SKIPPED) if text.startswith(first, at)), ("", ""))
        tag = None if opening else _TAG.match(text, at)
        # What is not closed from here on is not closed from any later place either: it is looked for once.
        end = -1 if not opening or closing in missing else text.find(closing, at + len(opening))
        if opening and end < 0:
            missing.add(closing)
        if tag is None and end < 0:
            at += 1
            continue
        if start < at:
            yield _Text(start, at, is_escaped=True)
        if tag is not None:
            yield tag
            start = at = tag.end()
            continue
        if opening == _CDATA[0]:
            yield _Text(at + len(opening), end, is_escaped=False)
        start = at = end + len(closing)
    if start < len(text):
        yield _Text(start, len(text), is_escaped=True)


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
