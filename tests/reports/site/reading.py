"""The site taken apart: what stands in the page, and what lies beside it, as its script opens it."""

import json
import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from gzip import decompress
from typing import Any

from lxml import html

from reports.run import Run
from reports.site.page import Site, site


def parsed(run: Run, *complaints: str) -> html.HtmlElement:
    """The page as a browser takes it in."""
    return html.document_fromstring(site(run, complaints).page)


def found(element: html.HtmlElement, path: str) -> list[html.HtmlElement]:
    """The elements at `path`; a class is written as in `.badge`, any depth below."""
    path = (
        re.sub(r"\.([a-z-]+)", r".//*[contains(concat(' ', @class, ' '), ' \1 ')]", path)
        if path.startswith(".") and "/" not in path
        else path
    )
    elements = element.xpath(path)
    assert isinstance(elements, list)
    return [each for each in elements if isinstance(each, html.HtmlElement)]


def text(element: html.HtmlElement, path: str = ".") -> str:
    """What stands in the first element at `path`, with single spaces."""
    first = element if path == "." else found(element, path)[0]
    return " ".join(" ".join(first.itertext()).split())


def told(made: Site, name: str) -> Any:
    """The data of that name in the page."""
    return json.loads(html.document_fromstring(made.page).get_element_by_id(f"data-{name}").text or "")


def lying(made: Site, kind: str, place: Sequence[int]) -> Any:
    """What lies in a file beside the page, as its script opens it."""
    packed = made.files[f"{kind}-{place[0]}.js"].split('"')[3]
    return json.loads(decompress(b64decode(packed)))[place[1]]


def rows(made: Site) -> Iterator[list[Any]]:
    """Every scenario of the index."""
    for phase in told(made, "index"):
        for feature in phase["features"]:
            for rule in feature["rules"]:
                yield from rule["scenes"]


def story(made: Site, name: str) -> Any:
    """What is opened for the scenario of that name."""
    return lying(made, "scenarios", next(row[9] for row in rows(made) if name in row[1]))


def article(made: Site, name: str) -> html.HtmlElement:
    """The scenario of that name."""
    return html.fragment_fromstring(story(made, name)["html"])
