"""What changes how a message is written and nothing that it says: white space, comments, prefixes, encodings, quotes."""

import re
from collections.abc import Callable
from random import Random
from typing import Final

from lxml import etree

from conformance.capture import Capture
from tests.conformance.mutation.made import Edit, Made
from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.oracle.header import any_message


def _written(change: Callable[[Random, str], str]) -> Edit:
    """Write the text of the message in another way."""

    def edit(random: Random, made: Made) -> bool:
        seed = random.random()
        made.heard = lambda capture: _changed(capture, lambda text: change(Random(seed), text))
        return True

    return edit


def _changed(capture: Capture, change: Callable[[str], str]) -> Capture:
    return capture._replace(body=change(capture.body.decode()).encode())


def _at_random(mark: str, what: str, share: float = 0.3) -> Callable[[Random, str], str]:
    """Put something beside some of the places where a pattern matches."""
    return lambda random, text: re.sub(mark, lambda found: what + found[0] if random.random() < share else found[0], text)


def _prefixed(_random: Random, text: str) -> str:
    """With a prefix for each namespace, as other libraries write it."""
    root = etree.fromstring(text.encode())
    spaces = {f"p{number}": space for number, space in enumerate(sorted({etree.QName(each).namespace or "" for each in root.iter()}))}
    new = etree.Element(root.tag, nsmap=spaces)
    new.text = root.text
    new.extend([_copy(child) for child in root])
    return etree.tostring(new, encoding="unicode")


def _copy(element: etree._Element) -> etree._Element:
    new = etree.Element(element.tag, attrib=dict(element.attrib))
    new.text, new.tail = element.text, element.tail
    new.extend([_copy(child) for child in element])
    return new


def _encoded(_random: Random, made: Made) -> bool:
    """In UTF-16, which the declaration says."""
    made.heard = lambda capture: capture._replace(
        body=('<?xml version="1.0" encoding="UTF-16"?>' + re.sub(r"^<\?xml[^>]*\?>", "", capture.body.decode())).encode("utf-16"),
    )
    return True


MUTATIONS: Final = (
    Mutation("neutral", "line ends between elements", any_message, _written(_at_random(r"(?<=>)<(?=\w)", "\n  "))),
    Mutation("neutral", "comments", any_message, _written(_at_random(r"(?<=>)<(?=\w)", "<!-- 1 > 0 -->"))),
    Mutation(
        "neutral", "a text as CDATA", any_message, _written(lambda _, text: re.sub(r">([^<>&\s]+)</name>", r"><![CDATA[\1]]></name>", text))
    ),
    Mutation(
        "neutral",
        "characters as references",
        any_message,
        _written(lambda _, text: re.sub(r">(\d)(?=[^<>]*</value>)", lambda found: f">&#{ord(found[1])};", text)),
    ),
    Mutation(
        "neutral", "single quotes", any_message, _written(lambda _, text: re.sub(r'(?<!version)="([^"\']*)"(?=[^<]*>)', r"='\1'", text))
    ),
    Mutation("neutral", "white space in tags", any_message, _written(_at_random(r"(?<![?/])/?>", " "))),
    Mutation(
        "neutral",
        "empty elements as pairs of tags",
        any_message,
        _written(lambda _, text: re.sub(r"<([\w:]+)((?: [^<>]*?)?)/>", r"<\1\2></\1>", text)),
    ),
    Mutation("neutral", "prefixes", any_message, _written(_prefixed)),
    Mutation("neutral", "another encoding", any_message, _encoded),
)
