"""Text that any form can hold: what XML and HTML forbid, and what a terminal obeys, is shown instead of dropped."""

import re

_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_TURNS = "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
_FORBIDDEN = re.compile(f"[{_CONTROLS}{_TURNS}\ud800-\udfff\ufffe\uffff]")
"""Control characters, halves of pairs, and what turns the direction of text or ends a line, so that a reader sees something else."""

_LINE = re.compile("[\t\n\r]")
_PICTURES = 0x2400


def legible(text: str) -> str:
    """`text` with each control character as its Unicode picture (␀ for NUL), and half a pair or what turns text around as �."""
    return _FORBIDDEN.sub(lambda found: _picture(ord(found[0])), text)


def in_one_line(text: str) -> str:
    """As `legible`, with tabs and ends of lines as their pictures, too: names of files may hold them."""
    return _LINE.sub(lambda found: _picture(ord(found[0])), legible(text))


def _picture(code: int) -> str:
    if code < 0x20:
        return chr(_PICTURES + code)
    return "␡" if code == 0x7F else "�"


def seconds(value: float) -> str:
    """A duration as a person reads it: 4 ms, 0.35 s, 12.4 s, 2 min 5 s."""
    if value < 0.1:
        return f"{value * 1000:.0f} ms"
    if value < 10:
        return f"{value:.2f} s"
    if value < 60:
        return f"{value:.1f} s"
    minutes, rest = divmod(round(value), 60)
    return f"{minutes} min {rest} s"
