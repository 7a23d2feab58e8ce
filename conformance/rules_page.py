"""The page `docs/rules.md`: everything that the judge asks, with the messages that show it."""

import re
from collections.abc import Iterator
from typing import Final

from conformance.catalogue import FAMILIES, RULES
from conformance.rule import Demand, Rule

_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\ufeff]")

LONGEST_EXAMPLE: Final = 600
"""Signs of an example that a reader is shown; beyond them it only goes on like that."""


def as_markdown() -> str:
    """The page, family by family."""
    return "\n".join(_page()) + "\n"


def shortened(example: str) -> str:
    """An example as a reader is shown it: what cannot be seen is spelled out."""
    visible = _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", example)
    return visible if len(visible) <= LONGEST_EXAMPLE else f"{visible[:LONGEST_EXAMPLE]}…"


def _page() -> Iterator[str]:
    yield "# What the judge asks"
    yield ""
    yield f"{len(RULES)} rules, and what is asked of bytes, XML, SOAP, wrapping and schema before them. An *error* fails a scenario; a"
    yield "*warning* and a *remark* do not. How a few elements stand for a whole message is said at the top of `conformance/example.py`."
    yield "Made from the rules by `conformance.rules_page.as_markdown`; a test keeps it current."
    for family in FAMILIES:
        yield ""
        yield f"## {family.title}"
        for asked in family.asked:
            yield from _entry(asked)


def _entry(asked: Demand | Rule) -> Iterator[str]:
    yield ""
    yield f"### {asked.id}"
    yield ""
    yield f"**{asked.severity.capitalize()}**: asks for {asked.requires}. *{asked.source}*"
    yield ""
    yield f"{asked.why} To mend it: {asked.mend[0].lower()}{asked.mend[1:]}"
    for title, examples in (("Passes", asked.passes), ("Fails", asked.fails)):
        yield ""
        yield f"{title}:"
        yield ""
        yield "```xml"
        yield from (shortened(example) or "(nothing at all)" for example in examples)
        yield "```"
