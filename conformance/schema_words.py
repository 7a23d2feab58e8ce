"""What the schema validator says, in plain words: what was expected, and what was found."""

import re
from collections.abc import Callable
from typing import Final

_NAMESPACE = re.compile(r"\{[^}']*\}")
_QUOTED = re.compile(r"'([^']*)'")
_LONGEST_VALUE: Final = 80

_Words = Callable[[re.Match[str]], tuple[str, str]]
_SAYINGS: Final[tuple[tuple[re.Pattern[str], _Words], ...]] = (
    (
        re.compile(r"\[facet 'enumeration'\] The value '(.*)' is not an element of the set \{(.*)\}\.", re.DOTALL),
        lambda m: (f"one of {', '.join(_QUOTED.findall(m[2]))}", f"{_short(m[1])!r}"),
    ),
    (
        re.compile(r"\[facet '(\w+)'\] The value '(.*?)' (.*)\.", re.DOTALL),
        lambda m: (f"a value that keeps to its {m[1]}", f"{_short(m[2])!r}"),
    ),
    (
        re.compile(r"'(.*)' is not a valid value of the (?:local )?(?:atomic|union|list) type(?: '(.*)')?\.", re.DOTALL),
        lambda m: (f"a value of type {m[2] or 'of its own'}", f"{_short(m[1])!r}"),
    ),
    (
        re.compile(r"This element is not expected\. Expected is (?:one of )?\( (.*) \)\.", re.DOTALL),
        lambda m: (f"{m[1].replace(', ', ' or ').replace('##other*', 'an element of another namespace')} here", "{element}"),
    ),
    (re.compile(r"This element is not expected\."), lambda _: ("no further element here", "{element}")),
    (
        re.compile(r"Missing child element\(s\)\. Expected is (?:one of )?\( (.*) \)\.", re.DOTALL),
        lambda m: (f"{m[1].replace(', ', ' or ')} in {{element}}", "{element} without it"),
    ),
    (re.compile(r"The attribute '(.*)' is required but missing\."), lambda m: (f"an attribute {m[1]}", "{element} without it")),
    (re.compile(r"The attribute '(.*)' is not allowed\."), lambda m: (f"no attribute {m[1]}", f"{{element}} with {m[1]}")),
    (
        re.compile(r"Character content (?:other than whitespace )?is not allowed.*", re.DOTALL),
        lambda _: ("nothing but elements in {element}", "text among them"),
    ),
    (re.compile(r"The element is not 'nillable'\."), lambda _: ("a value in {element}, or no {element} at all", "xsi:nil")),
    (re.compile(r"Element content is not allowed.*", re.DOTALL), lambda _: ("nothing but text in {element}", "an element")),
)


def plainly(message: str, element: str, otherwise: str) -> tuple[str, str]:
    """(expected, found) of a validator's message.

    element: the name of what it is about. otherwise: what was expected, where the message is of no kind that is known.
    """
    said = _NAMESPACE.sub("", message).partition(": ")[2] or message
    for pattern, words in _SAYINGS:
        match = pattern.search(said)
        if match:
            expected, found = words(match)
            return expected.replace("{element}", element), found.replace("{element}", element)
    return otherwise, said


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else value[:_LONGEST_VALUE] + "…"
